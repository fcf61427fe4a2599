//! Messages about triggers on Kafka topics.

use crate::message::Message;

/// The help for a JSON path into a batch of Kafka records.
pub(crate) const BATCH_ADVICE: &str =
    "take a `KafkaRecord<T>`, so that the path begins in the value of one record: write `${rest}`";

/// The help for a setting that needs provisioned pollers.
const ADD_POLLERS: &str = "add `pollers(min = 1, max = 2)`, or leave it out";

/// Reports that a setting needs the provisioned mode of the event source mapping. `key` is its key.
pub(crate) fn setting_without_pollers(key: &str) -> Message {
    Message::new(format!(
        "`{key}` needs provisioned pollers: Lambda rejects it in a mapping without them"
    ))
    .with_help(ADD_POLLERS)
}

/// Reports that a Kafka topic is its own failure destination.
pub(crate) fn topic_as_its_own_destination(topic: &str) -> Message {
    Message::new(format!("a loop: records that fail would be sent to `{topic}` again"))
        .with_help("name another topic")
}

/// Reports that the minimum of the pollers is above the maximum.
pub(crate) fn more_pollers_than_maximum(min: u32, max: u32) -> Message {
    Message::new(format!("a minimum of {min} pollers is above the maximum of {max}"))
}

/// Reports that an authentication needs a secret. `auth` is its word.
pub(crate) fn auth_without_secret(auth: &str) -> Message {
    Message::new(format!("`auth = {auth}` needs the secret with the credentials: `secret`"))
        .with_help("write `secret = Credentials`, the path of a `#[resource(secret)]`, or its ARN in quotes")
}

/// Reports that a trigger has a secret, and an authentication that uses none. `auth` is its word, if the user wrote it.
pub(crate) fn secret_without_use(auth: Option<&str>, words: &str) -> Message {
    let text = match auth {
        Some(auth) => format!("`auth = {auth}` uses no secret"),
        None => "a secret without the authentication that uses it".to_owned(),
    };
    Message::new(text).with_help(format!("write `auth`, one of {words}, or leave the secret out"))
}

/// Reports that `secret_key` has no secret to decrypt.
pub(crate) fn secret_key_without_secret() -> Message {
    Message::new("`secret_key` decrypts the secrets, but this trigger has no secret")
        .with_help("leave it out")
}

/// Reports that a key belongs to other authentications. `owners` are their words.
pub(crate) fn key_of_other_auth(key: &str, owners: &str) -> Message {
    Message::new(format!("`{key}` has no effect without `auth = {owners}`"))
        .with_help("leave it out, or change `auth`")
}

/// Reports that `auth = iam_oauth_bearer` has no audience.
pub(crate) fn audience_missing() -> Message {
    Message::new("`auth = iam_oauth_bearer` needs an audience: `oauth_audience`")
        .with_help("write `oauth_audience = \"…\"`, as the brokers expect it")
}

/// Reports that a trigger has only one of `subnets` and `security_groups`. `missing` is the other one.
pub(crate) fn half_of_vpc(missing: &str) -> Message {
    Message::new("Lambda needs subnets and security groups together to reach the brokers in a VPC")
        .with_help(format!("add `{missing} = [\"…\"]`"))
}

/// Reports that a trigger neither authenticates nor names a VPC.
pub(crate) fn open_cluster() -> Message {
    Message::new(
        "Lambda reaches brokers either with an authentication or in a VPC, and this trigger has neither",
    )
    .with_help("write `auth = scram_512, secret = Credentials`, or `subnets = […], security_groups = […]`")
}

/// Reports that two triggers are of one consumer group. `other` describes the function of the other one.
pub(crate) fn consumer_group_taken(group: &str, other: &str) -> Message {
    Message::new(format!("consumer group `{group}` is taken by {other}")).with_help(
        "each mapping needs a consumer group of its own: change one of them, or leave it out",
    )
}
