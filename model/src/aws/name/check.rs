//! The rules that AWS has for names: a function for each, which takes the text and gives what is
//! wrong with it. The numbers in them are those of [`limits`].

use crate::aws::limits;

/// Nothing, or what is wrong.
pub(super) type Check = Result<(), String>;

fn only(name: &str, allowed: impl Fn(char) -> bool, words: &str) -> Check {
    match name.chars().find(|letter| !allowed(*letter)) {
        Some(' ') => Err(format!("a space is not allowed, only {words}")),
        Some(other) if other.is_control() => {
            Err(format!("`{}` is not allowed, only {words}", other.escape_debug()))
        }
        Some(other) => Err(format!("`{other}` is not allowed, only {words}")),
        None => Ok(()),
    }
}

fn length(name: &str, min: usize, max: usize) -> Check {
    let count = name.chars().count();
    if count < min || count > max {
        return Err(format!("it has {count} characters, AWS takes {min} to {max}"));
    }
    Ok(())
}

pub(super) fn logical_id(name: &str) -> Check {
    length(name, 1, limits::LOGICAL_ID_LEN)?;
    only(name, |letter| letter.is_ascii_alphanumeric(), "ASCII letters and digits")
}

pub(super) fn function(name: &str) -> Check {
    length(name, 1, limits::FUNCTION_NAME_LEN)?;
    only(
        name,
        |c| c.is_ascii_alphanumeric() || c == '-' || c == '_',
        "letters, digits, `-` and `_`",
    )
}

pub(super) fn rule(name: &str) -> Check {
    length(name, 1, limits::RULE_NAME_LEN)?;
    dotted(name)
}

pub(super) fn queue(name: &str) -> Check {
    fifo(name, limits::QUEUE_NAME_LEN)
}

pub(super) fn topic(name: &str) -> Check {
    fifo(name, limits::TOPIC_NAME_LEN)
}

/// The name of what may be a FIFO, and then ends so.
fn fifo(name: &str, most: usize) -> Check {
    length(name, 1, most)?;
    let stem = name.strip_suffix(limits::FIFO_SUFFIX).unwrap_or(name);
    length(stem, 1, most)?;
    only(
        stem,
        |c| c.is_ascii_alphanumeric() || c == '-' || c == '_',
        "letters, digits, `-` and `_`",
    )
}

pub(super) fn table(name: &str) -> Check {
    length(name, *limits::TABLE_NAME_LEN.start(), *limits::TABLE_NAME_LEN.end())?;
    dotted(name)
}

pub(super) fn stream(name: &str) -> Check {
    length(name, 1, limits::STREAM_NAME_LEN)?;
    dotted(name)
}

fn dotted(name: &str) -> Check {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    only(name, allowed, "letters, digits, `.`, `-` and `_`")
}

fn slashed(name: &str) -> Check {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    only(name, allowed, "letters, digits, `/`, `.`, `-` and `_`")
}

pub(super) fn attribute(name: &str) -> Check {
    let (bytes, range) = (name.len(), limits::ATTRIBUTE_NAME_LEN);
    if range.contains(&bytes) {
        return Ok(());
    }
    let (min, max) = (range.start(), range.end());
    Err(format!("it has {bytes} bytes, AWS takes {min} to {max}"))
}

/// A bus of the user's own: the names of partners have slashes, and begin with `aws.`.
pub(super) fn bus(name: &str) -> Check {
    length(name, 1, limits::BUS_NAME_LEN)?;
    if name == "default" || name.starts_with("aws.") {
        return Err("EventBridge keeps this name for itself".to_owned());
    }
    dotted(name)
}

/// Any bus, also the account's default one and those of partners.
pub(super) fn existing_bus(name: &str) -> Check {
    length(name, 1, limits::BUS_NAME_LEN)?;
    slashed(name)
}

pub(super) fn secret(name: &str) -> Check {
    length(name, 1, limits::SECRET_NAME_LEN)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/_+=.@-".contains(c);
    only(name, allowed, "letters, digits, `/`, `_`, `+`, `=`, `.`, `@` and `-`")
}

/// A parameter of the user's own: AWS's begin with `aws` or `ssm`.
pub(super) fn parameter(name: &str) -> Check {
    existing_parameter(name)?;
    let own = name.strip_prefix('/').unwrap_or(name).to_ascii_lowercase();
    if own.starts_with("aws") || own.starts_with("ssm") {
        return Err("AWS keeps names that begin with `aws` or `ssm` for itself".to_owned());
    }
    Ok(())
}

/// Any parameter, also those that AWS publishes.
pub(super) fn existing_parameter(name: &str) -> Check {
    length(name, 1, limits::SSM_NAME_LEN)?;
    slashed(name)?;
    let levels: Vec<&str> = name.strip_prefix('/').unwrap_or(name).split('/').collect();
    if levels.len() > 1 && !name.starts_with('/') {
        return Err("a name with levels begins with `/`".to_owned());
    }
    if levels.iter().any(|level| level.is_empty()) {
        return Err("a level of it is empty".to_owned());
    }
    let (count, most) = (levels.len(), limits::SSM_NAME_LEVELS);
    if count > most {
        return Err(format!("it has {count} levels, AWS takes {most}"));
    }
    Ok(())
}

pub(super) fn bucket(name: &str) -> Check {
    let (min, max) = (*limits::BUCKET_NAME_LEN.start(), *limits::BUCKET_NAME_LEN.end());
    length(name, min, max)?;
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    only(name, allowed, "lower-case letters, digits, `.` and `-`")?;
    let outer = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if !outer(name.chars().next()) || !outer(name.chars().last()) {
        return Err("it has to begin and end with a letter or a digit".to_owned());
    }
    if name.contains("..") {
        return Err("two dots stand side by side".to_owned());
    }
    let reserved = |affix: &&&str| name.starts_with(**affix);
    if let Some(prefix) = limits::BUCKET_RESERVED_PREFIXES.iter().find(reserved) {
        return Err(format!("S3 keeps names that begin with `{prefix}` for itself"));
    }
    let reserved = |affix: &&&str| name.ends_with(**affix);
    if let Some(suffix) = limits::BUCKET_RESERVED_SUFFIXES.iter().find(reserved) {
        return Err(format!("S3 keeps names that end in `{suffix}` for itself"));
    }
    let parts: Vec<&str> = name.split('.').collect();
    if parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok()) {
        return Err("it looks like an IP address".to_owned());
    }
    Ok(())
}

pub(super) fn env_key(name: &str) -> Check {
    if limits::RESERVED_ENVIRONMENT.contains(&name) {
        return Err("Lambda sets it itself and lets no function do so".to_owned());
    }
    let least = limits::ENVIRONMENT_KEY_MIN_LEN;
    if name.chars().count() < least {
        return Err(format!("it needs {least} characters at least"));
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err("it has to begin with a letter".to_owned());
    }
    only(name, |c| c.is_ascii_alphanumeric() || c == '_', "letters, digits and `_`")
}
