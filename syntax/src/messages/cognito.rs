//! Messages about the arguments of the source `cognito`.

use skylift_model::message::Message;

/// Reports a trigger without any argument.
pub(crate) fn trigger_without_pool() -> Message {
    Message::new("`cognito` without a user pool")
        .with_help("write `cognito(pool = overlay(\"Users\"), on = pre_sign_up)`")
}

/// Reports a trigger without `pool`.
pub(crate) fn pool_missing() -> Message {
    Message::new("`cognito` without a user pool").with_help(
        "add `pool = overlay(\"Users\")`, the logical id of a user pool in the overlay, or an ARN",
    )
}

/// Reports a trigger without `on`.
pub(crate) fn pool_trigger_missing() -> Message {
    Message::new("`cognito` without a trigger of the user pool")
        .with_help("add `on = pre_sign_up`, or a list of triggers")
}

/// Reports the path of a struct in the place of a user pool.
pub(crate) fn path_of_pool(name: &str) -> Message {
    Message::new("a user pool is no `#[resource]`")
        .with_help(format!("declare it in the overlay, and write `pool = overlay(\"{name}\")`"))
}

/// Reports a text in the place of a user pool that is not an ARN.
pub(crate) fn name_of_pool(text: &str) -> Message {
    let is_id = text.contains('_');
    let help = if is_id {
        format!("write the ARN, which ends in `userpool/{text}`")
    } else {
        format!("write `overlay(\"{text}\")` for a pool of the overlay")
    };
    Message::new(format!("`{text}` is not the ARN of a user pool")).with_help(help)
}

/// Reports that the list `on` is empty.
pub(crate) fn no_pool_triggers() -> Message {
    Message::new("`on` is empty, so the user pool never invokes the function")
        .with_help("write `on = pre_sign_up`, or another trigger")
}

/// Reports a trigger under a name of Cognito's. `word` is our word for it.
pub(crate) fn pool_trigger_spelled(written: &str, word: &str) -> Message {
    Message::new(format!("`{written}` is not a trigger of user pools"))
        .with_help(format!("write `{word}`"))
}

/// Reports two triggers of which a user pool has one.
pub(crate) fn two_pool_triggers(trigger: &str, other: &str) -> Message {
    Message::new(format!("`{trigger}` beside `{other}`"))
        .with_help("a user pool sends one version of the event: keep one of them")
}

/// Reports a trigger for which Cognito does not wait beside one for which it does.
pub(crate) fn sender_beside_another(trigger: &str, other: &str) -> Message {
    Message::new(format!("`{trigger}` beside `{other}`")).with_help(
        "Cognito does not wait for a function that sends messages: write a trigger of its own for it",
    )
}

/// Reports a function that sends messages, and has no key to decrypt their codes.
pub(crate) fn sender_without_key(sender: &str) -> Message {
    Message::new(format!("`{sender}` without a KMS key")).with_help(
        "add `kms_key = overlay(\"Key\", \"Arn\")`, or the ARN of a key: Cognito encrypts the codes with it",
    )
}

/// Reports a key beside triggers that get no encrypted codes.
pub(crate) fn key_without_sender() -> Message {
    Message::new(
        "`kms_key` is for `custom_email_sender` and `custom_sms_sender`, and this trigger has neither",
    )
    .with_help("leave it out")
}
