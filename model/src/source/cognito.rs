//! The source `cognito`: a function that a user pool of Cognito invokes at a step of a sign-up or sign-in. This module
//! has the trigger, the kinds of triggers that a pool has, and the checks.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent, check_timeout};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerSource};
use super::waiting_service::WaitingService;
use crate::aws::limits;
use crate::aws::name::{LogicalId, ParameterName};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::UsedParameter;
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
        event("CognitoEventUserPoolsMigrateUser"),
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

macro_rules! pool_triggers {
    ($($(#[$doc:meta])* $Kind:ident: $word:literal, $key:literal, $event:literal;)*) => {
        /// A step at which a user pool invokes a function.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum PoolTrigger {
            $($(#[$doc])* $Kind,)*
        }

        impl PoolTrigger {
            /// All triggers of a pool, each with its word in the grammar.
            pub const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$Kind),)*];

            /// Returns the word of the trigger in the grammar.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$Kind => $word,)*
                }
            }

            /// Returns the key of the trigger in the `LambdaConfig` of a pool.
            #[must_use]
            pub const fn config_key(self) -> &'static str {
                match self {
                    $(Self::$Kind => $key,)*
                }
            }

            /// Returns the name of the type of the trigger's event.
            #[must_use]
            pub const fn event_type(self) -> &'static str {
                match self {
                    $(Self::$Kind => $event,)*
                }
            }
        }
    };
}

pool_triggers! {
    /// Before a user is added: the function can refuse or confirm the user.
    PreSignUp: "pre_sign_up", "PreSignUp", "CognitoEventUserPoolsPreSignup";
    /// After a user confirmed the account, or a new password.
    PostConfirmation: "post_confirmation", "PostConfirmation", "CognitoEventUserPoolsPostConfirmation";
    /// Before a sign-in is checked: the function can refuse it.
    PreAuthentication: "pre_authentication", "PreAuthentication", "CognitoEventUserPoolsPreAuthentication";
    /// After a user signed in.
    PostAuthentication: "post_authentication", "PostAuthentication", "CognitoEventUserPoolsPostAuthentication";
    /// Before a message is sent to a user: the function can change its text.
    CustomMessage: "custom_message", "CustomMessage", "CognitoEventUserPoolsCustomMessage";
    /// In a sign-in with own challenges: the function chooses the next one.
    DefineAuthChallenge: "define_auth_challenge", "DefineAuthChallenge", "CognitoEventUserPoolsDefineAuthChallenge";
    /// In a sign-in with own challenges: the function makes one.
    CreateAuthChallenge: "create_auth_challenge", "CreateAuthChallenge", "CognitoEventUserPoolsCreateAuthChallenge";
    /// In a sign-in with own challenges: the function checks the user's answer.
    VerifyAuthChallengeResponse: "verify_auth_challenge_response", "VerifyAuthChallengeResponse", "CognitoEventUserPoolsVerifyAuthChallenge";
    /// Before tokens are made: the function can change the claims of the identity token.
    PreTokenGeneration: "pre_token_generation", "PreTokenGeneration", "CognitoEventUserPoolsPreTokenGen";
    /// Before tokens are made: the function can change the claims and scopes of both tokens.
    PreTokenGenerationV2: "pre_token_generation_v2", "PreTokenGenerationConfig", "CognitoEventUserPoolsPreTokenGenV2";
    /// At the sign-in of a user whom the pool does not have: the function can add the user.
    UserMigration: "user_migration", "UserMigration", "CognitoEventUserPoolsMigrateUser";
}

impl PoolTrigger {
    /// Returns the keys of a pool's `LambdaConfig` that set the function of this trigger.
    #[must_use]
    pub const fn config_keys(self) -> &'static [&'static str] {
        match self {
            Self::PreSignUp => &["PreSignUp"],
            Self::PostConfirmation => &["PostConfirmation"],
            Self::PreAuthentication => &["PreAuthentication"],
            Self::PostAuthentication => &["PostAuthentication"],
            Self::CustomMessage => &["CustomMessage"],
            Self::DefineAuthChallenge => &["DefineAuthChallenge"],
            Self::CreateAuthChallenge => &["CreateAuthChallenge"],
            Self::VerifyAuthChallengeResponse => &["VerifyAuthChallengeResponse"],
            Self::PreTokenGeneration | Self::PreTokenGenerationV2 => {
                &["PreTokenGeneration", "PreTokenGenerationConfig"]
            }
            Self::UserMigration => &["UserMigration"],
        }
    }

    /// Returns whether a pool has one function for both triggers.
    #[must_use]
    pub fn conflicts_with(self, other: Self) -> bool {
        self.config_keys() == other.config_keys()
    }
}

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

    fn delivered_events(&self) -> Vec<&'static str> {
        self.on.iter().map(|trigger| trigger.event_type()).collect()
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        match &self.pool {
            UserPool::Param(name) => {
                vec![UsedParameter { key: "pool", name, content: POOL_PARAMETER }]
            }
            UserPool::Overlay(_) | UserPool::Arn(_) => Vec::new(),
        }
    }

    /// Checks that a pool has one function for each of its triggers, and that no function can take longer than Cognito
    /// waits.
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
            if slow != Some(index.function) && check_timeout(located, COGNITO, problems) {
                slow = Some(index.function);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trigger_of_a_pool_has_an_event_type_and_a_key_of_its_own() {
        let types: Vec<&str> = FACTS.events.iter().map(|event| event.name).collect();
        let triggers = PoolTrigger::WORDS;
        assert_eq!(triggers.iter().map(|(_, it)| it.event_type()).collect::<Vec<_>>(), types);
        for (word, trigger) in triggers {
            assert_eq!(trigger.word(), *word);
            assert!(trigger.config_keys().contains(&trigger.config_key()), "{word}");
            assert_eq!(serde_json::to_value(trigger).unwrap(), *word);
        }
    }

    #[test]
    fn the_two_versions_of_a_token_trigger_conflict() {
        let old = PoolTrigger::PreTokenGeneration;
        assert!(old.conflicts_with(PoolTrigger::PreTokenGenerationV2) && old.conflicts_with(old));
        assert!(!old.conflicts_with(PoolTrigger::PreSignUp));
    }

    #[test]
    fn a_parameter_is_the_arn_of_a_pool() {
        assert!(POOL_PARAMETER.accepts(EXAMPLE_ARN));
        assert!(!POOL_PARAMETER.accepts("eu-west-1_AbCdEfGhI"));
    }
}
