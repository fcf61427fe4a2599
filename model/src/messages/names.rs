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

pub(crate) fn reserved_bus_name() -> String {
    "EventBridge reserves this name".to_owned()
}

pub(crate) fn reserved_parameter_name() -> String {
    "AWS reserves names that begin with `aws` or `ssm`".to_owned()
}

pub(crate) fn levels_without_slash() -> String {
    "a name with levels begins with `/`".to_owned()
}

pub(crate) fn empty_level() -> String {
    "one of its levels is empty".to_owned()
}

pub(crate) fn too_many_levels(count: usize) -> String {
    format!("it has {count} levels, AWS takes {}", limits::SSM_NAME_LEVELS)
}

pub(crate) fn bucket_name_ends() -> String {
    "it has to begin and end with a letter or a digit".to_owned()
}

pub(crate) fn bucket_name_with_two_dots() -> String {
    "it has two dots in a row".to_owned()
}

pub(crate) fn reserved_bucket_prefix(prefix: &str) -> String {
    format!("S3 reserves names that begin with `{prefix}`")
}

pub(crate) fn reserved_bucket_suffix(suffix: &str) -> String {
    format!("S3 reserves names that end in `{suffix}`")
}

pub(crate) fn bucket_name_is_ip_address() -> String {
    "it looks like an IP address".to_owned()
}

pub(crate) fn reserved_variable() -> String {
    "Lambda sets it itself, and lets no function set it".to_owned()
}

pub(crate) fn short_variable() -> String {
    format!("it needs at least {} characters", limits::ENVIRONMENT_KEY_MIN_LEN)
}

pub(crate) fn variable_begins_without_letter() -> String {
    "it has to begin with a letter".to_owned()
}
