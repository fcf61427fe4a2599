//! The source `cognito`: a function that a user pool of Cognito invokes at a step of a sign-up or sign-in. This module
//! has the trigger, and the checks.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent, check_timeout};
use super::payload_schema::PayloadSchema;
pub use super::pool_trigger::PoolTrigger;
use super::trigger_source::{ResumeConflict, TriggerSource};
use super::waiting_service::WaitingService;
use crate::aws::limits;
use crate::aws::name::{LogicalId, ParameterName};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::{CfnValue, UsedParameter};
use crate::messages::cognito as messages;
use crate::problem::Problems;

/// The service that waits for the answer of the function.
const COGNITO: WaitingService = WaitingService {
    name: "Cognito",
    behind: "a user pool",
    seconds: limits::COGNITO_TIMEOUT_SECONDS,
};

/// The properties that all triggers of the source `cognito` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        event("CognitoEventUserPoolsPreSignup"),
        event("CognitoEventUserPoolsPostConfirmation"),
        event("CognitoEventUserPoolsPreAuthentication"),
        event("CognitoEventUserPoolsPostAuthentication"),
        event("CognitoEventUserPoolsCustomMessage"),
        event("CognitoEventUserPoolsDefineAuthChallenge"),
        event("CognitoEventUserPoolsCreateAuthChallenge"),
        event("CognitoEventUserPoolsVerifyAuthChallenge"),
        event("CognitoEventUserPoolsPreTokenGen"),
        event("CognitoEventUserPoolsPreTokenGenV2"),
        event("CognitoEventUserPoolsPreTokenGenV3"),
        event("CognitoEventUserPoolsMigrateUser"),
        event("CognitoEventUserPoolsInboundFederation"),
        event("CognitoEventUserPoolsCustomEmailSender"),
        event("CognitoEventUserPoolsCustomSmsSender"),
    ],
    invocation: InvocationMode::Answered,
    is_tick: false,
    batch_response: None,
};

/// The schema of the events of a user pool. AWS: "Customizing user pool workflows with Lambda triggers".
const EVENT: &PayloadSchema = &PayloadSchema {
    name: "an event of a user pool",
    fields: &[
        "request",
        "response",
        "userName",
        "userPoolId",
        "triggerSource",
        "callerContext",
        "region",
        "version",
    ],
    advice: messages::EVENT_ADVICE,
    unique: None,
};

/// Creates the event type of one kind of trigger.
const fn event(name: &'static str) -> EventType {
    EventType::whole(name).with_schema(EVENT)
}

/// The form of the ARNs of user pools.
const ARN: ArnForm = ArnForm {
    service: "cognito-idp",
    is_global: false,
    prefix: "userpool/",
    name: "[A-Za-z0-9-]+_[A-Za-z0-9]+",
};

/// The content of a template parameter that is the ARN of a user pool.
pub const POOL_PARAMETER: ParameterContent =
    ParameterContent::arn("ARN of a Cognito user pool", &[ARN]);

/// An example of the ARN of a user pool.
pub const EXAMPLE_ARN: &str =
    "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI";

/// The user pool of a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UserPool {
    /// The resource of the overlay with this logical id. Its `LambdaConfig` gets the function.
    Overlay(LogicalId),
    /// An existing pool with this ARN, whose owner sets its `LambdaConfig`.
    Arn(String),
    /// An existing pool whose ARN is the value of this template parameter.
    Param(ParameterName),
}

/// A trigger on a user pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cognito {
    /// The pool that triggers the function.
    pub pool: UserPool,
    /// The steps at which the pool invokes the function, at least one.
    pub on: Vec<PoolTrigger>,
    /// The ARN of the KMS key with which the pool encrypts codes and passwords for the function. Senders have one, and no
    /// other trigger has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key: Option<CfnValue>,
}

impl Cognito {
    /// The key of the trigger that names the KMS key.
    pub const KMS_KEY: &'static str = "kms_key";

    /// The IAM action with which a function decrypts codes and passwords.
    pub const KEY_ACTIONS: &'static [&'static str] = &["kms:Decrypt"];

    /// Returns whether the function sends messages in the place of Cognito. A trigger has senders alone, or none.
    #[must_use]
    pub fn is_sender(&self) -> bool {
        self.on.iter().all(|trigger| trigger.is_sender())
    }
}

impl TriggerSource for Cognito {
    fn summary(&self) -> String {
        let pool = match &self.pool {
            UserPool::Overlay(id) => id.to_string(),
            UserPool::Arn(arn) => arn.clone(),
            UserPool::Param(name) => format!("of parameter {name}"),
        };
        let on: Vec<&str> = self.on.iter().map(|trigger| trigger.word()).collect();
        format!("user pool {pool} {}", on.join(", "))
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(messages::pool_cannot_resume())]
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    /// Cognito waits for every function but a sender.
    fn own_invocation(&self) -> Option<InvocationMode> {
        self.is_sender().then_some(InvocationMode::Asynchronous)
    }

    fn delivered_events(&self) -> Vec<&'static str> {
        self.on.iter().map(|trigger| trigger.event_type()).collect()
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let pool = match &self.pool {
            UserPool::Param(name) => {
                Some(UsedParameter { key: "pool", name, content: POOL_PARAMETER })
            }
            UserPool::Overlay(_) | UserPool::Arn(_) => None,
        };
        let key = self.kms_key.as_ref().and_then(CfnValue::param);
        let key = key.map(|name| UsedParameter {
            key: Self::KMS_KEY,
            name,
            content: ParameterContent::RESOURCE_KEY,
        });
        pool.into_iter().chain(key).collect()
    }

    fn kms_key(&self) -> Option<&CfnValue> {
        self.kms_key.as_ref()
    }

    /// Checks that a pool has one function for each of its triggers and one key, and that no function can take longer than
    /// Cognito waits.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let mut slow: Option<usize> = None;
        for (position, located) in triggers.iter().enumerate() {
            let (index, trigger) = (located.index, located.trigger);
            let taken = triggers[..position].iter().find_map(|other| {
                let same_pool = other.trigger.pool == trigger.pool;
                let is_taken = |on: &&PoolTrigger| {
                    other.trigger.on.iter().any(|other| on.conflicts_with(*other))
                };
                let on = trigger.on.iter().find(is_taken).filter(|_| same_pool)?;
                Some((on, other))
            });
            if let Some((on, other)) = taken {
                let message = messages::pool_trigger_taken(on.word(), &other.describe_from(index));
                problems.push_for_trigger_key(index, "on", message);
            }
            let other_key = triggers[..position].iter().find(|other| {
                let keys = [&other.trigger.kms_key, &trigger.kms_key];
                other.trigger.pool == trigger.pool
                    && keys.iter().all(|key| key.is_some())
                    && keys[0] != keys[1]
            });
            if let Some(other) = other_key {
                let message = messages::pool_has_another_key(&other.describe_from(index));
                problems.push_for_trigger_key(index, Self::KMS_KEY, message);
            }
            let waits = !trigger.is_sender();
            if waits && slow != Some(index.function) && check_timeout(located, COGNITO, problems) {
                slow = Some(index.function);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trigger_of_a_pool_has_an_event_of_the_source() {
        let types: Vec<&str> = FACTS.events.iter().map(|event| event.name).collect();
        let triggers = PoolTrigger::WORDS.iter();
        assert_eq!(triggers.map(|(_, it)| it.event_type()).collect::<Vec<_>>(), types);
    }

    #[test]
    fn cognito_does_not_wait_for_senders() {
        let mode = |on: Vec<PoolTrigger>| {
            Cognito { pool: UserPool::Arn(EXAMPLE_ARN.to_owned()), on, kms_key: None }
                .own_invocation()
        };
        assert_eq!(mode(vec![PoolTrigger::PreSignUp]), None);
        let senders = vec![PoolTrigger::CustomEmailSender, PoolTrigger::CustomSmsSender];
        assert_eq!(mode(senders), Some(InvocationMode::Asynchronous));
    }

    #[test]
    fn a_parameter_is_the_arn_of_a_pool() {
        assert!(POOL_PARAMETER.accepts(EXAMPLE_ARN));
        assert!(!POOL_PARAMETER.accepts("eu-west-1_AbCdEfGhI"));
    }
}
