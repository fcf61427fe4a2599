//! Messages about `#[resource]`.

use std::fmt::Display;

use skylift_model::message::Message;
use skylift_model::resource::ResourceKind;

use super::{did_you_mean, list, one_of};

// The struct.

/// Reports that the item under `#[resource]` is not a struct.
pub(crate) fn not_a_struct() -> Message {
    Message::new("`#[resource]` goes on a struct")
        .with_help("write `#[resource(bucket)] pub struct Uploads;`")
}

/// Reports that the struct of a resource has type parameters. `name` is the name of the struct.
pub(crate) fn generic_resource(name: impl Display) -> Message {
    Message::new("a resource cannot be generic").with_help(format!("write `struct {name};`"))
}

/// Reports that the struct of a resource has fields. `name` is the name of the struct.
pub(crate) fn resource_with_fields(name: impl Display) -> Message {
    Message::new("the struct of a resource has no fields")
        .with_help(format!("write `struct {name};`"))
}

// The kind.

const WRITE_THE_KIND: &str =
    "write the kind: `#[resource(bucket)]`, `#[resource(queue(visibility = \"5m\"))]`";

/// Reports that `#[resource]` has no arguments, and so no kind.
pub(crate) fn kind_missing() -> Message {
    Message::new("`#[resource]` needs a kind").with_help(WRITE_THE_KIND)
}

/// Reports that the argument of `#[resource]` is not a name, and so not a kind.
pub(crate) fn kind_expected() -> Message {
    Message::new("expected a kind of resource").with_help(WRITE_THE_KIND)
}

/// Reports that `#[resource]` has a key in place of a kind.
pub(crate) fn key_in_place_of_kind(key: &str) -> Message {
    Message::new(format!("`{key}` is not a kind of resource")).with_help(
        "write the kind, with its arguments in parentheses: `queue(visibility = \"5m\")`",
    )
}

/// Reports that `#[resource(…)]` has a second argument beside its kind. `word` is the second argument if it is
/// a word that is not the name of a kind, such as `versioned` in `#[resource(bucket, versioned)]`, and `None`
/// otherwise.
pub(crate) fn second_kind(word: Option<&str>) -> Message {
    Message::new("a resource has one kind").with_help(match word {
        Some(word) => {
            format!("write the arguments of a kind in its parentheses: `bucket({word})`")
        }
        None => WRITE_THE_KIND.to_owned(),
    })
}

/// Reports that `#[resource]` has an unknown kind. `kinds` are the known kinds, and `familiar` is the help for a
/// familiar word.
pub(crate) fn unknown_kind(name: &str, kinds: &[&str], familiar: Option<&str>) -> Message {
    let near = || did_you_mean(name, kinds, |kinds| format!("the kinds are {}", list(kinds)));
    let help = familiar.map_or_else(near, str::to_owned);
    Message::new(format!("unknown kind of resource `{name}`")).with_help(help)
}

// Keys of several kinds.

/// Reports that a resource with `existing` has a key that is valid only if the template creates the resource.
/// `kind` is its kind with the article.
pub(crate) fn creation_key_of_existing(key: &str, kind: &str) -> Message {
    Message::new(format!("`{key}` is set when {kind} is created, and this one exists already"))
        .with_help(format!("leave `{key}` out"))
}

/// Reports the KMS key of a resource of a kind without a key of its own for encryption.
pub(crate) fn key_of_plain_resource(kind: ResourceKind) -> Message {
    let name = kind.with_article();
    if kind == ResourceKind::StateMachine {
        return Message::new(format!("`kms_key` does not encrypt {name}")).with_help(
            "set `EncryptionConfiguration` among the `properties`, and `allow(…)` what the key needs",
        );
    }
    Message::new(format!("CloudFormation makes {name} without encryption by a key of yours"))
        .with_help("make a `SecureString` by hand, and name it with `existing`; or take a `secret`")
}

/// Reports that a resource has `kms_key` and sets the same `property` of CloudFormation.
pub(crate) fn key_and_property(property: &str) -> Message {
    Message::new(format!("`kms_key` sets the property `{property}`, and so does `properties`"))
        .with_help("leave one of them out")
}

/// Reports that the value of a key is not the path of a type. `found` describes the value.
pub(crate) fn not_a_type(key: &str, found: &str) -> Message {
    Message::new(format!("`{key}` takes the path of a type, found {found}"))
        .with_help(format!("write `{key} = Order`"))
}

/// Reports that the value of a secret is written in the source.
pub(crate) fn secret_in_the_source() -> Message {
    Message::new("a secret is not written in the source: everybody who reads it would know the secret").with_help(
        "`secret(generate)` makes a random value; set your own after the deployment, with\n`aws secretsmanager put-secret-value`; `value = Credentials` names the type of its JSON",
    )
}

/// Reports that `fifo` and the name of a queue or topic contradict each other. `flag` is the value of `fifo`,
/// `can_rename` is whether the template sets the name, and `suffix` is the suffix of FIFO names.
pub(crate) fn fifo_differs_from_name(
    name: &str,
    flag: bool,
    can_rename: bool,
    suffix: &str,
) -> Message {
    let written = if flag { "fifo" } else { "fifo = false" };
    let help = match (flag, can_rename) {
        (false, _) => "leave `fifo = false` out".to_owned(),
        (true, true) => format!("end the name in `{suffix}`"),
        (true, false) => format!("leave `fifo` out: the name of a FIFO ends in `{suffix}`"),
    };
    Message::new(format!("`{name}` and `{written}` contradict each other")).with_help(help)
}

// Keys of one kind.

/// Reports that a parameter that the template creates has no initial value.
pub(crate) fn parameter_without_value() -> Message {
    Message::new("a parameter needs an initial value").with_help(
        "write `parameter(value = \"…\")`, or `existing = \"…\"` for one that has a value",
    )
}

/// Reports that the retention of a stream is not a whole number of hours. `hours` is the retention rounded up
/// to hours.
pub(crate) fn retention_not_in_hours(seconds: u32, hours: u32) -> Message {
    Message::new(format!("retention of {seconds} s is not a whole number of hours"))
        .with_help(format!("Kinesis counts in hours: write `\"{hours}h\"`"))
}

/// Reports that a table has no `key`.
pub(crate) fn table_without_partition_key() -> Message {
    Message::new("a table needs a partition key").with_help("write `table(key = \"id\")`")
}

/// Reports that a word is not a type of DynamoDB keys. `near` is the type of which it is DynamoDB's own name, and `known`
/// are the words for the types.
pub(crate) fn unknown_key_type(word: &str, near: Option<&str>, known: &[&str]) -> Message {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => did_you_mean(word, known, one_of),
    };
    Message::new(format!("`{word}` is not a type that a key of DynamoDB can have")).with_help(help)
}

/// Reports that an argument of `indexes(…)` is not an index. `found` describes the argument.
pub(crate) fn not_an_index(found: &str) -> Message {
    Message::new(format!("{found} is not an index, which is a name with its keys in parentheses"))
        .with_help("write `by_customer(key = \"customer\")`, or `by_date(sort = \"date\")` for a local index")
}

/// Reports that `project` of an index is an empty list.
pub(crate) fn no_index_attributes() -> Message {
    Message::new("`project` lists no attributes").with_help("write `project = keys`")
}

/// Reports that `project` of an index lists more attributes than DynamoDB accepts.
pub(crate) fn too_many_index_attributes(count: usize, limit: usize) -> Message {
    Message::new(format!("`project` lists {count} attributes, DynamoDB takes {limit}"))
        .with_help("write `project = all`")
}

// Views.

/// Reports `of` on a kind of resource that has no views.
pub(crate) fn kind_without_views(kind: ResourceKind) -> Message {
    Message::new(format!("{} has no views", kind.with_article())).with_help(
        "leave `of` out: views are of buckets, by a prefix, and of tables, by a partition key",
    )
}

/// Reports that a view has no key that says which part of the resource it is. `key` is that key.
pub(crate) fn view_without_part(kind: ResourceKind, key: &str) -> Message {
    let example = if kind == ResourceKind::Bucket { "in/" } else { "tenant#1" };
    Message::new(format!("a view of {} needs a `{key}`", kind.with_article()))
        .with_help(format!("write `{key} = \"{example}\"`"))
}

/// Reports that a view sets what only the whole resource has.
pub(crate) fn key_of_whole_resource(key: &str) -> Message {
    Message::new(format!("`{key}` is set on the whole resource, not on a view of it"))
        .with_help(format!("leave `{key}` out here"))
}

// Policies.

/// Reports that an action does not belong to the service of the resource.
pub(crate) fn foreign_action(action: &str, service: &str) -> Message {
    Message::new(format!("`{action}` is not an action of `{service}`"))
        .with_help(format!("the policy of this resource can only permit `{service}:…`"))
}

/// Reports that a statement permits something to everyone, and the service refuses such policies.
pub(crate) fn public_policy(service: &str) -> Message {
    let name = if service == "dynamodb" { "DynamoDB" } else { "Secrets Manager" };
    Message::new(format!("{name} refuses a policy for everyone"))
        .with_help("name who is meant in `Principal`")
}

/// Reports the statements for the stream of a table that has none. `key` is the key with the statements.
pub(crate) fn policy_without_stream(key: &str) -> Message {
    Message::new(format!("`{key}` is for the stream of the table, and it has none"))
        .with_help("write `stream = new_and_old` beside it")
}

/// Reports that a statement permits something to everyone, and the bucket blocks public access. `property` is the
/// property that blocks it.
pub(crate) fn public_bucket_policy(property: &str) -> Message {
    Message::new("S3 refuses a policy for everyone: the bucket blocks public access").with_help(
        format!("name who is meant in `Principal`, or set `{property}` among the `properties`"),
    )
}
