//! The source `cognito(pool = overlay("Users"), on = [pre_sign_up, post_confirmation])`. Reads a trigger on a user pool.

use skylift_model::aws::arn;
use skylift_model::source::cognito::{Cognito, EXAMPLE_ARN, POOL_PARAMETER, PoolTrigger, UserPool};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::mapping::read_key_of_resource;
use crate::messages::{self, phrases};
use crate::readers::{
    read_list, read_overlay_id, read_param, read_text, read_word, report_expected,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

impl SourceGrammar for Cognito {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["cognito", "userpool", "cognitouserpool"],
            "write `trigger = cognito(pool = overlay(\"Users\"), on = pre_sign_up)`",
        )],
        keys: &[
            (&["userpool", "userpoolid", "userpoolarn"], "write `pool = overlay(\"Users\")`"),
            (&["trigger", "triggers", "event", "events"], "write `on = pre_sign_up`"),
            (
                &["key", "kms", "kmskeyid", "kmskeyarn"],
                "write `kms_key = overlay(\"Key\", \"Arn\")`",
            ),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let pool = args.take_if_set("pool", read_pool, errors);
        let on = args.take_if_set("on", read_triggers, errors);
        match (&pool, &on) {
            (None, None) => errors.push_missing(&args.span, messages::trigger_without_pool()),
            (None, Some(_)) => errors.push_missing(&args.span, messages::pool_missing()),
            (Some(_), None) => errors.push_missing(&args.span, messages::pool_trigger_missing()),
            (Some(_), Some(_)) => {}
        }
        let has_key = args.has_key(Self::KMS_KEY);
        let kms_key = args.take(Self::KMS_KEY, read_key_of_resource, errors);
        let (pool, on) = (pool??, on??);
        let sender = on.iter().find(|trigger| trigger.is_sender());
        match (sender, has_key) {
            (Some(sender), false) => {
                errors.push_missing(&args.span, messages::sender_without_key(sender.word()));
            }
            (None, true) => {
                errors.push(args.span_of(Self::KMS_KEY), messages::key_without_sender());
            }
            _ => {}
        }
        Some(Self { pool, on, kms_key })
    }
}

/// Reads the value of `pool`: a resource of the overlay, an ARN or a parameter. Returns `None` after an error was
/// recorded.
fn read_pool(value: &ArgValue, errors: &mut Errors) -> Option<UserPool> {
    match &value.kind {
        ArgValueKind::Str(_) => {
            let text = read_text(value, errors)?;
            if POOL_PARAMETER.accepts(text) {
                return Some(UserPool::Arn(text.to_owned()));
            }
            let message = if text.starts_with(arn::PREFIX) {
                messages::arn_of_another_kind(text, phrases::USER_POOL, EXAMPLE_ARN)
            } else {
                messages::name_of_pool(text)
            };
            errors.push(&value.span, message);
            None
        }
        ArgValueKind::Call(function, args) if function.text == "overlay" => {
            read_overlay_id(function, args, value, errors).map(UserPool::Overlay)
        }
        ArgValueKind::Call(function, args) if function.text == "param" => {
            read_param(function, args, value, errors).map(UserPool::Param)
        }
        ArgValueKind::Path(segments, _) => {
            let name = segments.last().map(String::as_str).unwrap_or_default();
            errors.push(&value.span, messages::path_of_pool(name));
            None
        }
        _ => report_expected(phrases::POOL, value, errors),
    }
}

/// Reads the value of `on`: a trigger of a pool, or a list of them. Returns `None` after an error was recorded.
fn read_triggers(value: &ArgValue, errors: &mut Errors) -> Option<Vec<PoolTrigger>> {
    errors.scope(|errors| {
        let items = read_list(value);
        if items.is_empty() {
            errors.push(&value.span, messages::no_pool_triggers());
        }
        let mut triggers: Vec<PoolTrigger> = Vec::new();
        for item in items {
            let Some(trigger) = read_pool_trigger(item, errors) else { continue };
            if triggers.contains(&trigger) {
                errors.push(&item.span, messages::named_twice(trigger.word()));
            } else if let Some(other) = triggers.iter().find(|it| it.conflicts_with(trigger)) {
                let message = messages::two_pool_triggers(trigger.word(), other.word());
                errors.push(&item.span, message);
            } else if let Some(other) =
                triggers.iter().find(|it| it.is_sender() != trigger.is_sender())
            {
                let message = messages::sender_beside_another(trigger.word(), other.word());
                errors.push(&item.span, message);
            } else {
                triggers.push(trigger);
            }
        }
        Some(triggers)
    })
}

/// Reads one trigger of a pool. A trigger under Cognito's own name has a message with our word. Returns `None` after an
/// error was recorded.
fn read_pool_trigger(value: &ArgValue, errors: &mut Errors) -> Option<PoolTrigger> {
    let letters = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    let written = value.word().filter(|word| PoolTrigger::WORDS.iter().all(|it| it.0 != *word));
    let meant = PoolTrigger::WORDS.iter().find(|(word, trigger)| {
        let known = [letters(word), letters(trigger.config_key())];
        written.is_some_and(|written| known.contains(&letters(written)))
    });
    if let (Some(written), Some((word, _))) = (written, meant) {
        errors.push(&value.span, messages::pool_trigger_spelled(written, word));
        return None;
    }
    read_word(value, phrases::POOL_TRIGGER, PoolTrigger::WORDS, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    fn cognito(arguments: &str) -> Cognito {
        match trigger(&format!("cognito({arguments})")) {
            Trigger::Cognito(cognito) => cognito,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let read = cognito("pool = overlay(\"Users\"), on = [pre_sign_up, custom_message]");
        assert!(matches!(read.pool, UserPool::Overlay(id) if id.as_str() == "Users"));
        assert_eq!(read.on, [PoolTrigger::PreSignUp, PoolTrigger::CustomMessage]);
        let read = cognito(&format!("pool = {EXAMPLE_ARN:?}, on = user_migration"));
        assert_eq!(read.pool, UserPool::Arn(EXAMPLE_ARN.to_owned()));
        assert_eq!(read.on, [PoolTrigger::UserMigration]);
        let read = cognito("pool = param(\"PoolArn\"), on = pre_token_generation_v2");
        assert!(matches!(read.pool, UserPool::Param(name) if name.as_str() == "PoolArn"));
        for (word, trigger) in PoolTrigger::WORDS {
            let key =
                if trigger.is_sender() { ", kms_key = overlay(\"Key\", \"Arn\")" } else { "" };
            let read = cognito(&format!("pool = overlay(\"Users\"), on = {word}{key}"));
            assert_eq!(read.on, [*trigger]);
            assert_eq!(read.kms_key.is_some(), trigger.is_sender());
        }
        let both = "on = [custom_email_sender, custom_sms_sender], kms_key = param(\"Key\")";
        let read = cognito(&format!("pool = param(\"PoolArn\"), {both}"));
        assert_eq!(read.on.len(), 2);
    }

    #[test]
    fn every_argument_is_checked() {
        for (wrong, message) in [
            (
                "",
                "`cognito` without a user pool\n\nhelp: write `cognito(pool = overlay(\"Users\"), on = pre_sign_up)`",
            ),
            (
                "on = pre_sign_up",
                "`cognito` without a user pool\n\nhelp: add `pool = overlay(\"Users\")`, the logical id of a user pool in the overlay",
            ),
            (
                "pool = overlay(\"Users\")",
                "`cognito` without a trigger of the user pool\n\nhelp: add `on = pre_sign_up`, or a list of triggers",
            ),
            (
                "pool = Users, on = pre_sign_up",
                "a user pool is no `#[resource]`\n\nhelp: declare it in the overlay, and write `pool = overlay(\"Users\")`",
            ),
            (
                "pool = \"Users\", on = pre_sign_up",
                "`Users` is not the ARN of a user pool\n\nhelp: write `overlay(\"Users\")` for a pool of the overlay",
            ),
            (
                "pool = \"eu-west-1_AbC\", on = pre_sign_up",
                "`eu-west-1_AbC` is not the ARN of a user pool\n\nhelp: write the ARN, which ends in `userpool/eu-west-1_AbC`",
            ),
            (
                "pool = \"arn:aws:sqs:eu-west-1:123456789012:a\", on = pre_sign_up",
                "`arn:aws:sqs:eu-west-1:123456789012:a` is not the ARN of a user pool",
            ),
            (
                "pool = 3, on = pre_sign_up",
                "expected `overlay(\"…\")`, an ARN in quotes, or `param",
            ),
            ("pool = overlay(\"a b\"), on = pre_sign_up", "`a b` is not a logical id"),
            (
                "pool = overlay(\"Users\"), on = []",
                "`on` is empty, so the user pool never invokes the function",
            ),
            (
                "pool = overlay(\"Users\"), on = PreSignUp",
                "`PreSignUp` is not a trigger of user pools\n\nhelp: write `pre_sign_up`",
            ),
            (
                "pool = overlay(\"Users\"), on = \"VerifyAuthChallengeResponse\"",
                "`VerifyAuthChallengeResponse` is not a trigger of user pools\n\nhelp: write `verify_auth_challenge_response`",
            ),
            (
                "pool = overlay(\"Users\"), on = pre_signin",
                "`pre_signin` is not a trigger of user pools\n\nhelp: did you mean `pre_sign_up`?",
            ),
            (
                "pool = overlay(\"Users\"), on = [pre_sign_up, pre_sign_up]",
                "`pre_sign_up` is named twice",
            ),
            (
                "pool = overlay(\"Users\"), on = [pre_token_generation, pre_token_generation_v2]",
                "`pre_token_generation_v2` beside `pre_token_generation`\n\nhelp: a user pool sends one version of the event: keep one of them",
            ),
            (
                "pool = overlay(\"Users\"), on = CustomSMSSender",
                "`CustomSMSSender` is not a trigger of user pools\n\nhelp: write `custom_sms_sender`",
            ),
            (
                "pool = overlay(\"Users\"), on = custom_sms_sender",
                "`custom_sms_sender` without a KMS key\n\nhelp: add `kms_key = overlay(\"Key\", \"Arn\")`, or the ARN of a key: Cognito encrypts the codes with it",
            ),
            (
                "pool = overlay(\"Users\"), on = pre_sign_up, kms_key = param(\"Key\")",
                "`kms_key` is for `custom_email_sender` and `custom_sms_sender`, and this trigger has neither\n\nhelp: leave it out",
            ),
            (
                "pool = overlay(\"Users\"), on = custom_sms_sender, kms_key = \"alias/a\"",
                "`alias/a` is not the ARN of a KMS key",
            ),
            (
                "pool = overlay(\"Users\"), on = custom_sms_sender, key = param(\"Key\")",
                "unknown key `key` in `cognito`\n\nhelp: write `kms_key = overlay(\"Key\", \"Arn\")`",
            ),
            (
                "pool = overlay(\"Users\"), on = [pre_sign_up, custom_email_sender], kms_key = param(\"Key\")",
                "`custom_email_sender` beside `pre_sign_up`\n\nhelp: Cognito does not wait for a function that sends messages: write a trigger of its own for it",
            ),
            (
                "user_pool = overlay(\"Users\"), on = pre_sign_up",
                "unknown key `user_pool` in `cognito`\n\nhelp: write `pool = overlay(\"Users\")`",
            ),
        ] {
            let found = rejected(&format!("cognito({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
