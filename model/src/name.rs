//! Names as AWS takes them: logical ids, function, bucket and queue names, environment keys.
//! Each is checked when it is made, and says in its error what is wrong with the text.

use std::fmt;

use serde::Serialize;

use crate::limits;

/// A name that AWS would refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidName {
    what: &'static str,
    name: String,
    why: String,
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, name, why } = self;
        write!(f, "`{name}` is not a {what}: {why}")
    }
}

impl std::error::Error for InvalidName {}

macro_rules! names {
    ($($(#[$doc:meta])* $Name:ident, $what:literal, $check:path;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $Name(String);

        impl $Name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = InvalidName;

            fn try_from(name: &str) -> Result<Self, InvalidName> {
                match $check(name) {
                    Ok(()) => Ok(Self(name.to_owned())),
                    Err(why) => Err(InvalidName { what: $what, name: name.to_owned(), why }),
                }
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

names! {
    /// A logical id of a template: letters and digits, 255 at most.
    LogicalId, "logical id", check_logical_id;
    /// The name of a Lambda function: 64 characters of `[A-Za-z0-9-_]`.
    FunctionName, "function name", check_function;
    /// The name of an S3 bucket, as the S3 guide's page "Bucket naming rules" has it.
    BucketName, "bucket name", check_bucket;
    /// The name of an SQS queue: 80 characters of `[A-Za-z0-9-_]`, a FIFO queue's ends in `.fifo`.
    QueueName, "queue name", check_queue;
    /// The key of an environment variable that Lambda lets a function set.
    EnvKey, "name for an environment variable", check_env_key;
    /// The name of a CloudFormation parameter or export.
    ParameterName, "parameter name", check_logical_id;
    /// The name of an EventBridge rule: 64 characters of `[A-Za-z0-9._-]`.
    RuleName, "rule name", check_rule;
}

impl QueueName {
    /// Whether the name is that of a FIFO queue.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        self.0.strip_suffix(limits::FIFO_SUFFIX).is_some()
    }
}

impl LogicalId {
    /// The id that an identifier of Rust gets: `make_thumbnail` gives `MakeThumbnail`.
    ///
    /// Rust allows letters in identifiers that CloudFormation does not; they are an error here.
    ///
    /// # Errors
    ///
    /// An identifier that has no ASCII letters or digits, or others beside them.
    pub fn from_identifier(identifier: &str) -> Result<Self, InvalidName> {
        let mut id = String::with_capacity(identifier.len());
        let mut upper = true;
        for letter in identifier.trim_start_matches("r#").chars() {
            if letter == '_' {
                upper = true;
            } else {
                id.push(if upper { letter.to_ascii_uppercase() } else { letter });
                upper = false;
            }
        }
        Self::try_from(id.as_str())
    }

    /// This id with `suffix` behind it. The suffix is ours and alphanumeric; an id at the very
    /// limit is cut to make room.
    #[must_use]
    pub fn join(&self, suffix: &str) -> Self {
        let room = limits::LOGICAL_ID_LEN.saturating_sub(suffix.len());
        let stem = self.0.get(..room).unwrap_or(&self.0);
        Self(format!("{stem}{suffix}"))
    }
}

type Check = Result<(), String>;

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

fn check_logical_id(name: &str) -> Check {
    length(name, 1, limits::LOGICAL_ID_LEN)?;
    only(name, |letter| letter.is_ascii_alphanumeric(), "ASCII letters and digits")
}

fn check_function(name: &str) -> Check {
    length(name, 1, limits::FUNCTION_NAME_LEN)?;
    only(
        name,
        |c| c.is_ascii_alphanumeric() || c == '-' || c == '_',
        "letters, digits, `-` and `_`",
    )
}

fn check_rule(name: &str) -> Check {
    length(name, 1, limits::RULE_NAME_LEN)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    only(name, allowed, "letters, digits, `.`, `-` and `_`")
}

fn check_queue(name: &str) -> Check {
    length(name, 1, limits::QUEUE_NAME_LEN)?;
    let stem = name.strip_suffix(limits::FIFO_SUFFIX).unwrap_or(name);
    length(stem, 1, limits::QUEUE_NAME_LEN)?;
    only(
        stem,
        |c| c.is_ascii_alphanumeric() || c == '-' || c == '_',
        "letters, digits, `-` and `_`",
    )
}

fn check_bucket(name: &str) -> Check {
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

fn check_env_key(name: &str) -> Check {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_become_ids_in_the_manner_of_types() {
        let id = |text| LogicalId::from_identifier(text).map(|id| id.to_string());
        assert_eq!(id("make_thumbnail").unwrap(), "MakeThumbnail");
        assert_eq!(id("r#type").unwrap(), "Type");
        assert_eq!(id("Uploads").unwrap(), "Uploads");
        assert_eq!(id("v2_list").unwrap(), "V2List");
        assert!(id("größe").is_err());
        assert!(id("_").is_err());
    }

    #[test]
    fn bucket_names_follow_the_rules_of_s3() {
        for good in ["abc", "my-bucket", "a.b.c", "0a0"] {
            assert!(BucketName::try_from(good).is_ok(), "{good}");
        }
        let long = "a".repeat(64);
        for bad in ["ab", "Upper", "-abc", "abc-", "a..b", "192.168.0.1", "a_b", "", long.as_str()]
        {
            assert!(BucketName::try_from(bad).is_err(), "{bad}");
        }
        for bad in ["xn--a", "sthree-a", "amzn-s3-demo-a", "a-s3alias", "a--ol-s3", "a--x-s3"] {
            let error = BucketName::try_from(bad).unwrap_err().to_string();
            assert!(error.contains("S3 keeps names"), "{error}");
        }
    }

    #[test]
    fn queue_names_may_end_in_fifo_only() {
        assert!(QueueName::try_from("jobs.fifo").unwrap().is_fifo());
        assert!(!QueueName::try_from("jobs").unwrap().is_fifo());
        assert!(QueueName::try_from("jobs.other").is_err());
        assert!(QueueName::try_from(".fifo").is_err());
    }

    #[test]
    fn lambdas_own_environment_names_are_refused() {
        for bad in ["AWS_REGION", "_HANDLER", "A", "1A", "A-B", ""] {
            assert!(EnvKey::try_from(bad).is_err(), "{bad}");
        }
        for good in ["LOG", "AWS_ENDPOINT_URL", "a1"] {
            assert!(EnvKey::try_from(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn joining_at_the_limit_stays_within_it() {
        let id = LogicalId::try_from("A".repeat(255).as_str()).unwrap();
        assert_eq!(id.join("Role").as_str().len(), 255);
    }
}
