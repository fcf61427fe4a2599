//! The triggers of a user pool of Cognito: the steps at which it invokes a function, each with its word in the grammar, its
//! key in the `LambdaConfig` of the pool, and its event.

use serde::Serialize;

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
    /// Before tokens are made, also for machines with the credentials of an app client: the function can change the claims
    /// and scopes of both tokens.
    PreTokenGenerationV3: "pre_token_generation_v3", "PreTokenGenerationConfig", "CognitoEventUserPoolsPreTokenGenV3";
    /// At the sign-in of a user whom the pool does not have: the function can add the user.
    UserMigration: "user_migration", "UserMigration", "CognitoEventUserPoolsMigrateUser";
    /// After an external identity provider signed a user in: the function can change the attributes that the pool gets.
    InboundFederation: "inbound_federation", "InboundFederation", "CognitoEventUserPoolsInboundFederation";
    /// When Cognito would send an e-mail to a user: the function sends it instead.
    CustomEmailSender: "custom_email_sender", "CustomEmailSender", "CognitoEventUserPoolsCustomEmailSender";
    /// When Cognito would send a text message to a user: the function sends it instead.
    CustomSmsSender: "custom_sms_sender", "CustomSMSSender", "CognitoEventUserPoolsCustomSmsSender";
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
            Self::PreTokenGeneration | Self::PreTokenGenerationV2 | Self::PreTokenGenerationV3 => {
                &["PreTokenGeneration", "PreTokenGenerationConfig"]
            }
            Self::UserMigration => &["UserMigration"],
            Self::InboundFederation => &["InboundFederation"],
            Self::CustomEmailSender => &["CustomEmailSender"],
            Self::CustomSmsSender => &["CustomSMSSender"],
        }
    }

    /// Returns the version of the event that the pool has to send. Returns `None` if the trigger has one version, which
    /// `LambdaConfig` does not name.
    #[must_use]
    pub const fn event_version(self) -> Option<&'static str> {
        match self {
            Self::PreTokenGenerationV2 => Some("V2_0"),
            Self::PreTokenGenerationV3 => Some("V3_0"),
            Self::InboundFederation | Self::CustomEmailSender | Self::CustomSmsSender => {
                Some("V1_0")
            }
            _ => None,
        }
    }

    /// Returns whether the function sends a message in the place of Cognito. Cognito does not wait for such a function,
    /// and sends it codes and passwords that are encrypted with the key of the pool.
    #[must_use]
    pub const fn is_sender(self) -> bool {
        matches!(self, Self::CustomEmailSender | Self::CustomSmsSender)
    }

    /// Returns whether a pool has one function for both triggers.
    #[must_use]
    pub fn conflicts_with(self, other: Self) -> bool {
        self.config_keys() == other.config_keys()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_trigger_of_a_pool_has_an_event_type_and_a_key_of_its_own() {
        let triggers = PoolTrigger::WORDS;
        let types: HashSet<&str> = triggers.iter().map(|(_, it)| it.event_type()).collect();
        assert_eq!(types.len(), triggers.len());
        for (word, trigger) in triggers {
            assert_eq!(trigger.word(), *word);
            assert!(trigger.config_keys().contains(&trigger.config_key()), "{word}");
            assert_eq!(serde_json::to_value(trigger).unwrap(), *word);
        }
    }

    #[test]
    fn the_versions_of_a_token_trigger_conflict() {
        let old = PoolTrigger::PreTokenGeneration;
        assert!(old.conflicts_with(PoolTrigger::PreTokenGenerationV2) && old.conflicts_with(old));
        let new = PoolTrigger::PreTokenGenerationV3;
        assert!(old.conflicts_with(new) && new.conflicts_with(PoolTrigger::PreTokenGenerationV2));
        assert!(!old.conflicts_with(PoolTrigger::PreSignUp));
        assert!(!PoolTrigger::CustomEmailSender.conflicts_with(PoolTrigger::CustomSmsSender));
    }

    #[test]
    fn a_trigger_with_versions_names_one() {
        let versions = |version: &str| -> Vec<&str> {
            let triggers = PoolTrigger::WORDS.iter();
            triggers.filter(|it| it.1.event_version() == Some(version)).map(|it| it.0).collect()
        };
        assert_eq!(versions("V2_0"), ["pre_token_generation_v2"]);
        assert_eq!(versions("V3_0"), ["pre_token_generation_v3"]);
        assert_eq!(
            versions("V1_0"),
            ["inbound_federation", "custom_email_sender", "custom_sms_sender"]
        );
        let senders = PoolTrigger::WORDS.iter().filter(|it| it.1.is_sender()).count();
        assert_eq!(senders, 2);
    }
}
