//! AWS's rules for names: one function for each kind of name, which takes the text and returns the reason if
//! AWS would refuse the name. The accepted lengths are in [`limits`].

use crate::aws::arn::Arn;
use crate::aws::limits;
use crate::messages::names;

/// The result of the check of a name. The error is the reason why AWS refuses the name.
type Check = Result<(), String>;

/// Checks that a name has only allowed characters. `description` lists the allowed characters for the message.
fn check_characters(name: &str, allowed: impl Fn(char) -> bool, description: &str) -> Check {
    match name.chars().find(|letter| !allowed(*letter)) {
        Some(other) => Err(names::forbidden_character(other, description)),
        None => Ok(()),
    }
}

/// Checks that a name has at least `min` and at most `max` characters.
fn check_length(name: &str, min: usize, max: usize) -> Check {
    let count = name.chars().count();
    if count < min || count > max {
        return Err(names::length_out_of_range(count, "characters", min, max));
    }
    Ok(())
}

/// Checks a logical id, or the name of a CloudFormation parameter.
pub(super) fn check_logical_id(name: &str) -> Check {
    check_length(name, 1, limits::LOGICAL_ID_LEN)?;
    check_characters(name, |letter| letter.is_ascii_alphanumeric(), "ASCII letters and digits")
}

/// Checks the name of a Lambda function.
pub(super) fn check_function(name: &str) -> Check {
    check_length(name, 1, limits::FUNCTION_NAME_LEN)?;
    check_characters(
        name,
        |c| c.is_ascii_alphanumeric() || c == '-' || c == '_',
        "letters, digits, `-` and `_`",
    )
}

/// Checks the name of an environment, which is a key of a mapping.
pub(super) fn check_environment(name: &str) -> Check {
    check_length(name, 1, limits::MAPPING_KEY_LEN)?;
    check_characters(name, |c| c.is_ascii_alphanumeric() || c == '-', "letters, digits and `-`")?;
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        Ok(())
    } else {
        Err(names::environment_without_letter())
    }
}

/// Checks the name of an EventBridge rule.
pub(super) fn check_rule(name: &str) -> Check {
    check_length(name, 1, limits::RULE_NAME_LEN)?;
    check_letters_and_dots(name)
}

/// Checks the name of a rule of AWS IoT.
pub(super) fn check_iot_rule(name: &str) -> Check {
    check_length(name, 1, limits::IOT_RULE_NAME_LEN)?;
    check_characters(name, |c| c.is_ascii_alphanumeric() || c == '_', "letters, digits and `_`")
}

/// Checks the id of an Alexa skill. The ids of old skills begin with `amzn1.echo-sdk-ams.app.`.
pub(super) fn check_skill_id(id: &str) -> Check {
    check_length(id, 1, limits::SKILL_ID_LEN)?;
    check_letters_and_dots(id)?;
    if id.strip_prefix("amzn1.echo-sdk-ams.app.").is_some_and(|rest| !rest.is_empty()) {
        return Ok(());
    }
    let Some(uuid) = id.strip_prefix("amzn1.ask.skill.") else {
        return Err(names::skill_id_without_prefix());
    };
    let groups: Vec<&str> = uuid.split('-').collect();
    let is_hex = |group: &&str| group.bytes().all(|digit| digit.is_ascii_hexdigit());
    let lengths = groups.iter().map(|group| group.len());
    if groups.iter().all(is_hex) && lengths.eq([8, 4, 4, 4, 12]) {
        Ok(())
    } else {
        Err(names::skill_id_without_uuid())
    }
}

/// Checks the name of a group of schedules.
pub(super) fn check_schedule_group(name: &str) -> Check {
    check_length(name, 1, limits::SCHEDULE_GROUP_NAME_LEN)?;
    check_letters_and_dots(name)
}

/// Checks the name of an SQS queue.
pub(super) fn check_queue(name: &str) -> Check {
    check_name_with_fifo_suffix(name, limits::QUEUE_NAME_LEN)
}

/// Checks the name of an SNS topic.
pub(super) fn check_topic(name: &str) -> Check {
    check_name_with_fifo_suffix(name, limits::TOPIC_NAME_LEN)
}

/// Checks the name of a queue or of a topic. The name of a FIFO queue or topic ends in `.fifo`.
fn check_name_with_fifo_suffix(name: &str, limit: usize) -> Check {
    check_length(name, 1, limit)?;
    let stem = name.strip_suffix(limits::FIFO_SUFFIX).unwrap_or(name);
    check_length(stem, 1, limit)?;
    check_characters(
        stem,
        |c| c.is_ascii_alphanumeric() || c == '-' || c == '_',
        "letters, digits, `-` and `_`",
    )
}

/// Checks the name of a DynamoDB table, or of an index of a table.
pub(super) fn check_table(name: &str) -> Check {
    check_length(name, *limits::TABLE_NAME_LEN.start(), *limits::TABLE_NAME_LEN.end())?;
    check_letters_and_dots(name)
}

/// Checks the name of a Kinesis data stream.
pub(super) fn check_stream(name: &str) -> Check {
    check_length(name, 1, limits::STREAM_NAME_LEN)?;
    check_letters_and_dots(name)
}

/// Checks the name of a Kafka topic.
pub(super) fn check_kafka_topic(name: &str) -> Check {
    check_length(name, *limits::KAFKA_TOPIC_LEN.start(), *limits::KAFKA_TOPIC_LEN.end())?;
    check_letters_and_dots(name)?;
    if name.starts_with('.') { Err(names::topic_begins_with_dot()) } else { Ok(()) }
}

/// Checks the id of a consumer group. Lambda also accepts `*`, which would be every group in the role.
pub(super) fn check_consumer_group(name: &str) -> Check {
    check_length(name, 1, limits::CONSUMER_GROUP_LEN)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-/:_+=.@".contains(c);
    check_characters(name, allowed, "letters, digits and `-/:_+=.@`")
}

/// Checks the name of a group of pollers.
pub(super) fn check_poller_group(name: &str) -> Check {
    check_length(name, 1, limits::POLLER_GROUP_LEN)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    check_characters(name, allowed, "letters, digits, `-` and `_`")
}

/// Checks the name of a queue of a broker.
pub(super) fn check_broker_queue(name: &str) -> Check {
    check_length(name, 1, limits::BROKER_QUEUE_LEN)
}

/// Checks the name of a virtual host of a broker.
pub(super) fn check_virtual_host(name: &str) -> Check {
    check_length(name, 1, limits::ACCESS_VALUE_LEN)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-/*:_+=.@".contains(c);
    check_characters(name, allowed, "letters, digits and `-/*:_+=.@`")
}

/// Checks the name of a database of `DocumentDB`.
pub(super) fn check_database(name: &str) -> Check {
    check_length(name, 1, limits::DATABASE_NAME_LEN)?;
    check_characters(name, |c| !" /.$\"".contains(c), "characters other than spaces and `/.$\"`")
}

/// Checks the name of a collection of `DocumentDB`.
pub(super) fn check_collection(name: &str) -> Check {
    check_length(name, 1, limits::COLLECTION_NAME_LEN)?;
    check_characters(name, |c| c != '$', "characters other than `$`")?;
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if !begins {
        return Err(names::collection_begins_with_other());
    }
    if name.starts_with("system.") { Err(names::system_collection()) } else { Ok(()) }
}

/// Checks that a name has only ASCII letters, digits, `_`, `-` and `.`.
fn check_letters_and_dots(name: &str) -> Check {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    check_characters(name, allowed, "letters, digits, `.`, `-` and `_`")
}

/// Checks that a name has only ASCII letters, digits, `_`, `-`, `.` and `/`.
fn check_letters_dots_and_slashes(name: &str) -> Check {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    check_characters(name, allowed, "letters, digits, `/`, `.`, `-` and `_`")
}

/// Checks the name of an attribute that is a key of a DynamoDB table.
pub(super) fn check_attribute(name: &str) -> Check {
    let (bytes, range) = (name.len(), limits::ATTRIBUTE_NAME_LEN);
    if range.contains(&bytes) {
        return Ok(());
    }
    let (min, max) = (range.start(), range.end());
    Err(names::length_out_of_range(bytes, "bytes", *min, *max))
}

/// Checks the name of a log group.
pub(super) fn check_log_group(name: &str) -> Check {
    check_length(name, 1, limits::LOG_GROUP_NAME_LEN)?;
    check_characters(
        name,
        |c| c.is_ascii_alphanumeric() || "_./#-".contains(c),
        "letters, digits, `_`, `-`, `.`, `/` and `#`",
    )
}

/// Checks the name of a new event bus. The names of partners' buses have slashes and begin with `aws.`, so no
/// new bus can have such a name.
pub(super) fn check_bus(name: &str) -> Check {
    check_length(name, 1, limits::BUS_NAME_LEN)?;
    if name == "default" || name.starts_with("aws.") {
        return Err(names::reserved_bus_name());
    }
    check_letters_and_dots(name)
}

/// Checks the name of any event bus. The account's default bus and partners' buses are accepted too.
pub(super) fn check_existing_bus(name: &str) -> Check {
    check_length(name, 1, limits::BUS_NAME_LEN)?;
    check_letters_dots_and_slashes(name)
}

/// Checks the name of a state machine of Step Functions.
pub(super) fn check_state_machine(name: &str) -> Check {
    check_length(name, 1, limits::STATE_MACHINE_NAME_LEN)?;
    check_characters(
        name,
        |c| c.is_ascii_alphanumeric() || c == '-' || c == '_',
        "letters, digits, `-` and `_`",
    )
}

/// Checks the name of a secret.
pub(super) fn check_secret(name: &str) -> Check {
    check_length(name, 1, limits::SECRET_NAME_LEN)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/_+=.@-".contains(c);
    check_characters(name, allowed, "letters, digits, `/`, `_`, `+`, `=`, `.`, `@` and `-`")
}

/// Checks the name of a new parameter of Systems Manager. The names that begin with `aws` or `ssm` belong to
/// AWS.
pub(super) fn check_parameter(name: &str) -> Check {
    check_existing_parameter(name)?;
    let own = name.strip_prefix('/').unwrap_or(name).to_ascii_lowercase();
    if own.starts_with("aws") || own.starts_with("ssm") {
        return Err(names::reserved_parameter_name());
    }
    Ok(())
}

/// Checks the name of any parameter of Systems Manager. The parameters that AWS publishes are accepted too.
pub(super) fn check_existing_parameter(name: &str) -> Check {
    check_length(name, 1, limits::SSM_NAME_LEN)?;
    check_letters_dots_and_slashes(name)?;
    let levels: Vec<&str> = name.strip_prefix('/').unwrap_or(name).split('/').collect();
    if levels.len() > 1 && !name.starts_with('/') {
        return Err(names::levels_without_slash());
    }
    if levels.iter().any(|level| level.is_empty()) {
        return Err(names::empty_level());
    }
    if levels.len() > limits::SSM_NAME_LEVELS {
        return Err(names::too_many_levels(levels.len()));
    }
    Ok(())
}

/// Checks the name of a parameter of Systems Manager in a dynamic reference of CloudFormation, or its ARN if another
/// account shares the parameter. The number of a version can follow the name.
pub(super) fn check_parameter_reference(text: &str) -> Check {
    if let Some(arn) = Arn::parse(text) {
        let is_parameter = arn.service == "ssm" && arn.resource.starts_with("parameter/");
        return if is_parameter { Ok(()) } else { Err(names::arn_of_no_parameter()) };
    }
    let Some((name, version)) = text.split_once(':') else { return check_existing_parameter(text) };
    check_existing_parameter(name)?;
    match version.parse::<u32>() {
        Ok(1..) => Ok(()),
        _ => Err(names::invalid_parameter_version(version)),
    }
}

/// Checks the name under which a stack exports a value. CloudFormation: "consist only of alphanumeric characters,
/// colons, or hyphens".
pub(super) fn check_export(name: &str) -> Check {
    check_length(name, 1, limits::EXPORT_NAME_LEN)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-');
    check_characters(name, allowed, "letters, digits, `:` and `-`")
}

/// Checks the name of an S3 bucket.
pub(super) fn check_bucket(name: &str) -> Check {
    let (min, max) = (*limits::BUCKET_NAME_LEN.start(), *limits::BUCKET_NAME_LEN.end());
    check_length(name, min, max)?;
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    check_characters(name, allowed, "lower-case letters, digits, `.` and `-`")?;
    let outer = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if !outer(name.chars().next()) || !outer(name.chars().last()) {
        return Err(names::bucket_name_with_wrong_ends());
    }
    if name.contains("..") {
        return Err(names::bucket_name_with_two_dots());
    }
    let reserved = |affix: &&&str| name.starts_with(**affix);
    if let Some(prefix) = limits::BUCKET_RESERVED_PREFIXES.iter().find(reserved) {
        return Err(names::reserved_bucket_prefix(prefix));
    }
    let reserved = |affix: &&&str| name.ends_with(**affix);
    if let Some(suffix) = limits::BUCKET_RESERVED_SUFFIXES.iter().find(reserved) {
        return Err(names::reserved_bucket_suffix(suffix));
    }
    let parts: Vec<&str> = name.split('.').collect();
    if parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok()) {
        return Err(names::bucket_name_is_ip_address());
    }
    Ok(())
}

/// Checks the key of an environment variable that a user sets.
pub(super) fn check_env_key(name: &str) -> Check {
    if limits::RESERVED_ENVIRONMENT.contains(&name) {
        return Err(names::reserved_variable_name());
    }
    if name.chars().count() < limits::ENVIRONMENT_KEY_MIN_LEN {
        return Err(names::short_variable_name());
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(names::variable_name_begins_without_letter());
    }
    check_characters(name, |c| c.is_ascii_alphanumeric() || c == '_', "letters, digits and `_`")
}
