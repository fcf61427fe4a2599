//! The client of DynamoDB, which tables and the records of idempotency share.

use aws_sdk_dynamodb::Client;

use super::connection::shared_client;
use crate::Error;

/// Returns the one DynamoDB client of this process, or the error of the SDK configuration.
pub(crate) fn dynamodb_client() -> Result<Client, Error> {
    shared_client!(aws_sdk_dynamodb)
}
