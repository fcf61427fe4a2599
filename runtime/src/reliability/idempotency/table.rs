//! The table of idempotency records, and the three operations on it. Each operation has a condition, so that
//! only one of two runs succeeds.

use std::time::SystemTime;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Builder;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use aws_types::SdkConfig;

use super::attempts::RequestFailure;
use super::record::{
    ANSWER, COMPLETED, IN_PROGRESS, Item, NewRecord, OWNER, STATUS, UNTIL, epoch_milliseconds,
    epoch_seconds, number_attribute, text_attribute,
};
use crate::aws::connection::SdkConnection;
use crate::registry::IdempotencyTable;

/// The condition under which a run may acquire a record: there is no record, it has expired, or the run that
/// holds it is past its deadline.
const FREE: &str =
    "attribute_not_exists(#key) OR #ttl <= :now OR (#status = :in_progress AND #until < :now_ms)";

/// The condition that a record belongs to this run. The status is not part of the condition: if a response of
/// AWS is lost, the SDK sends the request again.
const OWN: &str = "#owner = :owner";

/// The table that stores the idempotency records of a function.
#[derive(Clone)]
pub(super) struct Table {
    /// The client of DynamoDB, and the name of the table.
    pub(super) named: SdkConnection<Client>,
    /// The description of the table in the registry.
    pub(super) store: &'static IdempotencyTable,
}

/// Makes the client for a table of records. It does not retry: [`retry`](super::attempts::retry) does.
pub(super) fn table_client(config: &SdkConfig) -> Client {
    Client::from_conf(Builder::from(config).retry_config(RetryConfig::disabled()).build())
}

/// The outcome of an attempt to acquire a record.
pub(super) enum AcquireOutcome {
    /// This run has acquired the record.
    Acquired,
    /// Another run holds the record, or has completed it. The item is the record; `None` if AWS did not return
    /// it.
    Held(Option<Item>),
}

impl Table {
    /// Writes the record of a run that starts, unless another run is in progress or has done the work.
    pub(super) async fn acquire(
        &self,
        begun: &NewRecord<'_>,
    ) -> Result<AcquireOutcome, RequestFailure> {
        let now = SystemTime::now();
        let request = self.named.client.put_item().table_name(&*self.named.name);
        let request = request
            .set_item(Some(begun.item(self.store)))
            .condition_expression(FREE)
            .expression_attribute_names("#key", self.store.key)
            .expression_attribute_names("#ttl", self.store.ttl)
            .expression_attribute_names("#status", STATUS)
            .expression_attribute_names("#until", UNTIL)
            .expression_attribute_values(":now", number_attribute(epoch_seconds(now)))
            .expression_attribute_values(":now_ms", number_attribute(epoch_milliseconds(now)))
            .expression_attribute_values(":in_progress", text_attribute(IN_PROGRESS))
            // This saves a second request to read the record.
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match request.send().await {
            Ok(_) => Ok(AcquireOutcome::Acquired),
            Err(SdkError::ServiceError(refused))
                if refused.err().is_conditional_check_failed_exception() =>
            {
                Ok(AcquireOutcome::Held(match refused.into_err() {
                    PutItemError::ConditionalCheckFailedException(there) => there.item,
                    _ => None,
                }))
            }
            Err(error) => Err(RequestFailure::new("`PutItem`", self.store.id, error)),
        }
    }

    /// Marks the record of a run as completed, with the response if there is one to store. Returns `false` if
    /// the record no longer belongs to the run.
    pub(super) async fn complete(
        &self,
        id: &str,
        owner: &str,
        answer: Option<&str>,
        expires: u64,
    ) -> Result<bool, RequestFailure> {
        let update = match answer {
            Some(_) => "SET #status = :completed, #ttl = :expires, #answer = :answer REMOVE #until",
            None => "SET #status = :completed, #ttl = :expires REMOVE #until",
        };
        let mut request = self.named.client.update_item().table_name(&*self.named.name);
        if let Some(answer) = answer {
            request = request
                .expression_attribute_names("#answer", ANSWER)
                .expression_attribute_values(":answer", text_attribute(answer));
        }
        let request = request
            .key(self.store.key, text_attribute(id))
            .update_expression(update)
            .condition_expression(OWN)
            .expression_attribute_names("#status", STATUS)
            .expression_attribute_names("#ttl", self.store.ttl)
            .expression_attribute_names("#until", UNTIL)
            .expression_attribute_names("#owner", OWNER)
            .expression_attribute_values(":completed", text_attribute(COMPLETED))
            .expression_attribute_values(":expires", number_attribute(expires))
            .expression_attribute_values(":owner", text_attribute(owner));
        match request.send().await {
            Ok(_) => Ok(true),
            Err(SdkError::ServiceError(refused))
                if refused.err().is_conditional_check_failed_exception() =>
            {
                Ok(false)
            }
            Err(error) => Err(RequestFailure::new("`UpdateItem`", self.store.id, error)),
        }
    }

    /// Removes the record of a run that failed. It is no error if the record no longer belongs to the run or
    /// does not exist any more.
    pub(super) async fn release(&self, id: &str, owner: &str) -> Result<(), RequestFailure> {
        let request = self.named.client.delete_item().table_name(&*self.named.name);
        let request = request
            .key(self.store.key, text_attribute(id))
            .condition_expression(OWN)
            .expression_attribute_names("#owner", OWNER)
            .expression_attribute_values(":owner", text_attribute(owner));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(SdkError::ServiceError(refused))
                if refused.err().is_conditional_check_failed_exception() =>
            {
                Ok(())
            }
            Err(error) => Err(RequestFailure::new("`DeleteItem`", self.store.id, error)),
        }
    }
}
