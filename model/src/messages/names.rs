//! Reasons why AWS refuses a name. A reason follows the name in the message of an
//! [`InvalidName`](crate::aws::name::InvalidName), which is in `messages/values.rs`.

use crate::aws::limits;

/// Returns the reason that a name has a character that is not allowed. `allowed` lists the characters that the
/// name can have.
pub(crate) fn forbidden_character(character: char, allowed: &str) -> String {
    match character {
        ' ' => format!("a space is not allowed, only {allowed}"),
        control if control.is_control() => {
            format!("`{}` is not allowed, only {allowed}", control.escape_debug())
        }
        other => format!("`{other}` is not allowed, only {allowed}"),
    }
}

/// Returns the reason that a name is too short or too long. `unit` is `characters` or `bytes`.
pub(crate) fn length_out_of_range(length: usize, unit: &str, min: usize, max: usize) -> String {
    format!("it has {length} {unit}, AWS takes {min} to {max}")
}

/// Returns the reason that the name of an environment begins with a digit or a hyphen.
pub(crate) fn environment_without_letter() -> String {
    "it begins with a letter".to_owned()
}

/// Returns the reason that the id of a skill begins like no id of Alexa.
pub(crate) fn skill_id_without_prefix() -> String {
    "the id of a skill begins with `amzn1.ask.skill.`".to_owned()
}

/// Returns the reason that the id of a skill does not end in a UUID.
pub(crate) fn skill_id_without_uuid() -> String {
    "after `amzn1.ask.skill.` follows a UUID of 32 digits, in groups of 8, 4, 4, 4 and 12"
        .to_owned()
}

/// Returns the reason that EventBridge reserves the name of an event bus.
pub(crate) fn reserved_bus_name() -> String {
    "EventBridge reserves this name".to_owned()
}

/// Returns the reason that AWS reserves the name of a parameter of Systems Manager.
pub(crate) fn reserved_parameter_name() -> String {
    "AWS reserves names that begin with `aws` or `ssm`".to_owned()
}

/// Returns the reason that the name of a parameter has levels but does not begin with a slash.
pub(crate) fn levels_without_slash() -> String {
    "a name with levels begins with `/`".to_owned()
}

/// Returns the reason that the name of a parameter has an empty level.
pub(crate) fn empty_level() -> String {
    "one of its levels is empty".to_owned()
}

/// Returns the reason that the name of a parameter has more levels than AWS accepts. `count` is the number of
/// its levels.
pub(crate) fn too_many_levels(count: usize) -> String {
    format!("it has {count} levels, AWS takes {}", limits::SSM_NAME_LEVELS)
}

/// Returns the reason that the text is an ARN, but not that of a parameter of Systems Manager.
pub(crate) fn arn_of_no_parameter() -> String {
    "it is the ARN of something else".to_owned()
}

/// Returns the reason that the version after the name of a parameter is not a version.
pub(crate) fn invalid_parameter_version(version: &str) -> String {
    format!("`{version}` is not the number of a version")
}

/// Returns the reason that the name of a bucket begins or ends with a character that is neither a letter nor a
/// digit.
pub(crate) fn bucket_name_with_wrong_ends() -> String {
    "it has to begin and end with a letter or a digit".to_owned()
}

/// Returns the reason that the name of a bucket has two dots in a row.
pub(crate) fn bucket_name_with_two_dots() -> String {
    "it has two dots in a row".to_owned()
}

/// Returns the reason that the name of a bucket begins with a prefix that S3 reserves.
pub(crate) fn reserved_bucket_prefix(prefix: &str) -> String {
    format!("S3 reserves names that begin with `{prefix}`")
}

/// Returns the reason that the name of a bucket ends in a suffix that S3 reserves.
pub(crate) fn reserved_bucket_suffix(suffix: &str) -> String {
    format!("S3 reserves names that end in `{suffix}`")
}

/// Returns the reason that the name of a bucket looks like an IP address.
pub(crate) fn bucket_name_is_ip_address() -> String {
    "it looks like an IP address".to_owned()
}

/// Returns the reason that the name of a Kafka topic begins with a dot.
pub(crate) fn topic_begins_with_dot() -> String {
    "it begins with a dot".to_owned()
}

/// Returns the reason that the name of a collection begins with another character than a letter, a digit or `_`.
pub(crate) fn collection_begins_with_other() -> String {
    "it has to begin with a letter, a digit or `_`".to_owned()
}

/// Returns the reason that the name of a collection is one of the database's own.
pub(crate) fn system_collection() -> String {
    "names that begin with `system.` are those of the database itself".to_owned()
}

/// Returns the reason that Lambda itself sets an environment variable.
pub(crate) fn reserved_variable_name() -> String {
    "Lambda sets it itself, and lets no function set it".to_owned()
}

/// Returns the reason that the name of an environment variable is too short.
pub(crate) fn short_variable_name() -> String {
    format!("it needs at least {} characters", limits::ENVIRONMENT_KEY_MIN_LEN)
}

/// Returns the reason that the name of an environment variable does not begin with a letter.
pub(crate) fn variable_name_begins_without_letter() -> String {
    "it has to begin with a letter".to_owned()
}
