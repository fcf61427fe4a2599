//! Names as AWS takes them: logical ids, names of functions and of every kind of resource, environment
//! keys. Each is checked when it is made, and says in its error what is wrong with the text.

mod check;

use std::fmt;

use serde::Serialize;

use crate::aws::limits;

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

            fn checked(name: &str, check: fn(&str) -> check::Check) -> Result<Self, InvalidName> {
                match check(name) {
                    Ok(()) => Ok(Self(name.to_owned())),
                    Err(why) => Err(InvalidName { what: $what, name: name.to_owned(), why }),
                }
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = InvalidName;

            fn try_from(name: &str) -> Result<Self, InvalidName> {
                Self::checked(name, $check)
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
    LogicalId, "logical id", check::logical_id;
    /// The name of a Lambda function: 64 characters of `[A-Za-z0-9-_]`.
    FunctionName, "function name", check::function;
    /// The name of an S3 bucket, as the S3 guide's page "Bucket naming rules" has it.
    BucketName, "bucket name", check::bucket;
    /// The name of an SQS queue: 80 characters of `[A-Za-z0-9-_]`, a FIFO queue's ends in `.fifo`.
    QueueName, "queue name", check::queue;
    /// The key of an environment variable that Lambda lets a function set.
    EnvKey, "name for an environment variable", check::env_key;
    /// The name of a CloudFormation parameter or export.
    ParameterName, "parameter name", check::logical_id;
    /// The name of an EventBridge rule: 64 characters of `[A-Za-z0-9._-]`.
    RuleName, "rule name", check::rule;
    /// The name of a DynamoDB table: 3 to 255 characters of `[A-Za-z0-9_.-]`.
    TableName, "table name", check::table;
    /// The name of an index of a table, like a table's.
    IndexName, "name of an index", check::table;
    /// The name of an attribute that is a key of a table: 255 bytes at most.
    AttributeName, "name of an attribute", check::attribute;
    /// The name of an SNS topic: 256 characters of `[A-Za-z0-9-_]`, a FIFO topic's ends in `.fifo`.
    TopicName, "topic name", check::topic;
    /// The name of a Kinesis stream: 128 characters of `[A-Za-z0-9_.-]`.
    StreamName, "stream name", check::stream;
    /// The name of an event bus: 256 characters of `[A-Za-z0-9_.-]`.
    BusName, "name of an event bus", check::bus;
    /// The name of a secret: 512 characters of `[A-Za-z0-9/_+=.@-]`.
    SecretName, "name of a secret", check::secret;
    /// The name of a parameter of Systems Manager: `/app/key`.
    ParameterPath, "name of a parameter", check::parameter;
}

impl TopicName {
    /// Whether the name is that of a FIFO topic.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        self.0.ends_with(limits::FIFO_SUFFIX)
    }
}

impl QueueName {
    /// Whether the name is that of a FIFO queue.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        self.0.ends_with(limits::FIFO_SUFFIX)
    }
}

impl BusName {
    /// The name of a bus that exists already: also `default`, and those of partners, which no
    /// template makes.
    ///
    /// # Errors
    ///
    /// A name that no bus can have.
    pub fn existing(name: &str) -> Result<Self, InvalidName> {
        Self::checked(name, check::existing_bus)
    }
}

impl AttributeName {
    /// A name of ours, known to be one that DynamoDB takes.
    pub(crate) fn known_valid(name: &'static str) -> Self {
        Self(name.to_owned())
    }
}

impl ParameterPath {
    /// The name of a parameter that exists already: also those that AWS publishes, such as
    /// `/aws/service/global-infrastructure/version`, and which no template makes.
    ///
    /// # Errors
    ///
    /// A name that no parameter can have.
    pub fn existing(name: &str) -> Result<Self, InvalidName> {
        Self::checked(name, check::existing_parameter)
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

    /// The name of an environment variable about what has this id: `OrderLines` and `TABLE_NAME` give
    /// `ORDER_LINES_TABLE_NAME`.
    #[must_use]
    pub fn variable_name(&self, what: &str) -> String {
        let mut name = String::with_capacity(self.0.len() + what.len() + 4);
        let mut lower = false;
        for letter in self.0.chars() {
            if letter.is_ascii_uppercase() && lower {
                name.push('_');
            }
            lower = !letter.is_ascii_uppercase();
            name.push(letter.to_ascii_uppercase());
        }
        format!("{name}_{what}")
    }
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
    fn topic_names_are_longer_than_those_of_queues_and_end_in_fifo_only() {
        assert!(TopicName::try_from("news.fifo").unwrap().is_fifo());
        assert!(!TopicName::try_from("a".repeat(256).as_str()).unwrap().is_fifo());
        for bad in ["", ".fifo", "news.other", "a b", &"a".repeat(257)] {
            assert!(TopicName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn tables_and_their_indexes_have_three_characters_at_least() {
        for good in ["abc", "Orders_v2.eu-1", "a".repeat(255).as_str()] {
            assert!(TableName::try_from(good).is_ok(), "{good}");
            assert!(IndexName::try_from(good).is_ok(), "{good}");
        }
        for bad in ["ab", "a/b", "größe", &"a".repeat(256)] {
            assert!(TableName::try_from(bad).is_err(), "{bad}");
        }
        let error = IndexName::try_from("by").unwrap_err().to_string();
        assert_eq!(
            error,
            "`by` is not a name of an index: it has 2 characters, AWS takes 3 to 255"
        );
    }

    #[test]
    fn attributes_are_counted_in_bytes() {
        for good in ["id", "größe", " ", "a".repeat(255).as_str()] {
            assert!(AttributeName::try_from(good).is_ok(), "{good}");
        }
        assert!(AttributeName::try_from("").is_err());
        assert!(AttributeName::try_from("ö".repeat(128).as_str()).is_err());
    }

    #[test]
    fn stream_names_have_128_characters_at_most() {
        assert!(StreamName::try_from("clicks.v2_a-b").is_ok());
        assert!(StreamName::try_from("a".repeat(128).as_str()).is_ok());
        for bad in ["", "a/b", &"a".repeat(129)] {
            assert!(StreamName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn buses_of_ones_own_have_no_names_of_eventbridge_or_its_partners() {
        assert!(BusName::try_from("events.v2_a-b").is_ok());
        for others in ["default", "aws.partner/acme.com/1"] {
            assert!(BusName::try_from(others).is_err(), "{others}");
            assert!(BusName::existing(others).is_ok(), "{others}");
        }
        for bad in ["", "a b", &"a".repeat(257)] {
            assert!(BusName::try_from(bad).is_err(), "{bad}");
            assert!(BusName::existing(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn secret_names_take_more_signs_than_others() {
        for good in ["a", "app/db_+=.@-1", "a".repeat(512).as_str()] {
            assert!(SecretName::try_from(good).is_ok(), "{good}");
        }
        for bad in ["", "a b", "a:b", &"a".repeat(513)] {
            assert!(SecretName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_of_parameters_are_plain_or_paths_and_not_of_aws() {
        let levels = |count| "/a".repeat(count);
        for good in ["limit", "/limit", "/app/key.v2_a-b", &levels(15)] {
            assert!(ParameterPath::try_from(good).is_ok(), "{good}");
        }
        for bad in ["", "/", "//a", "app/key", "/app//key", "/app/", "a b", &levels(16)] {
            assert!(ParameterPath::try_from(bad).is_err(), "{bad}");
            assert!(ParameterPath::existing(bad).is_err(), "{bad}");
        }
        for others in ["aws-x", "/AWS/service/a", "/ssm", "ssmTest"] {
            assert!(ParameterPath::try_from(others).is_err(), "{others}");
            assert!(ParameterPath::existing(others).is_ok(), "{others}");
        }
    }

    #[test]
    fn variables_are_named_in_the_manner_of_variables() {
        let name = |id: &str, what| LogicalId::try_from(id).unwrap().variable_name(what);
        assert_eq!(name("OrderLines", "TABLE_NAME"), "ORDER_LINES_TABLE_NAME");
        assert_eq!(name("Uploads", "BUCKET_NAME"), "UPLOADS_BUCKET_NAME");
        assert_eq!(name("V2List", "FUNCTION_NAME"), "V2_LIST_FUNCTION_NAME");
        assert_eq!(name("HTTPLog", "QUEUE_URL"), "HTTPLOG_QUEUE_URL");
        assert_eq!(name("lower", "BUS_NAME"), "LOWER_BUS_NAME");
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
