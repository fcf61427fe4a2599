//! Names that AWS accepts: logical ids, names of functions and of every kind of resource, keys of environment
//! variables. Each type takes a text, checks it, and returns the name or an [`InvalidName`] with the reason.

mod check;

use std::fmt;

use serde::Serialize;

use crate::aws::limits;

/// The error of a name that AWS would refuse, with the reason. The text of the error is in
/// `messages/values.rs`, and the reasons are in `messages/names.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidName {
    pub(crate) what: &'static str,
    pub(crate) name: String,
    pub(crate) reason: String,
}

impl std::error::Error for InvalidName {}

macro_rules! names {
    ($($(#[$doc:meta])* $Name:ident, $what:literal, $check:path;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $Name(String);

        impl $Name {
            /// Returns the name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            fn parse_with_check(
                name: &str,
                check: fn(&str) -> Result<(), String>,
            ) -> Result<Self, InvalidName> {
                match check(name) {
                    Ok(()) => Ok(Self(name.to_owned())),
                    Err(reason) => {
                        Err(InvalidName { what: $what, name: name.to_owned(), reason })
                    }
                }
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = InvalidName;

            fn try_from(name: &str) -> Result<Self, InvalidName> {
                Self::parse_with_check(name, $check)
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
    /// A logical id of a template: at most 255 letters and digits.
    LogicalId, "logical id", check::check_logical_id;
    /// The name of a Lambda function: at most 64 characters of `[A-Za-z0-9-_]`.
    FunctionName, "function name", check::check_function;
    /// The name of an S3 bucket, by the rules of the S3 guide's page "Bucket naming rules".
    BucketName, "bucket name", check::check_bucket;
    /// The name of an SQS queue: at most 80 characters of `[A-Za-z0-9-_]`. The name of a FIFO queue ends in
    /// `.fifo`.
    QueueName, "queue name", check::check_queue;
    /// The key of an environment variable that a function can set.
    EnvKey, "name for an environment variable", check::check_env_key;
    /// The name of a CloudFormation parameter.
    ParameterName, "parameter name", check::check_logical_id;
    /// The name of an environment of the application: at most 255 letters, digits and hyphens, beginning with a letter.
    EnvironmentName, "name of an environment", check::check_environment;
    /// The name of an EventBridge rule: at most 64 characters of `[A-Za-z0-9._-]`.
    RuleName, "rule name", check::check_rule;
    /// The name of a rule of AWS IoT: at most 128 characters of `[A-Za-z0-9_]`.
    IotRuleName, "name of an IoT rule", check::check_iot_rule;
    /// The id of an Alexa skill: `amzn1.ask.skill.` and a UUID, or the id of an old skill.
    SkillId, "skill id", check::check_skill_id;
    /// The name of a group of schedules: at most 64 characters of `[A-Za-z0-9._-]`.
    ScheduleGroupName, "name of a group of schedules", check::check_schedule_group;
    /// The name of a DynamoDB table: 3 to 255 characters of `[A-Za-z0-9_.-]`.
    TableName, "table name", check::check_table;
    /// The name of an index of a DynamoDB table: 3 to 255 characters of `[A-Za-z0-9_.-]`, as for the name of a
    /// table.
    IndexName, "name of an index", check::check_table;
    /// The name of an attribute that is a key of a table: at most 255 bytes.
    AttributeName, "name of an attribute", check::check_attribute;
    /// The name of an SNS topic: at most 256 characters of `[A-Za-z0-9-_]`. The name of a FIFO topic ends in
    /// `.fifo`.
    TopicName, "topic name", check::check_topic;
    /// The name of a Kinesis stream: at most 128 characters of `[A-Za-z0-9_.-]`.
    StreamName, "stream name", check::check_stream;
    /// The name of a Kafka topic: 2 to 249 characters of `[A-Za-z0-9_.-]`, not beginning with a dot.
    KafkaTopicName, "topic name", check::check_kafka_topic;
    /// The id of a consumer group of Kafka: at most 200 characters of `[A-Za-z0-9/:_+=.@-]`.
    ConsumerGroupId, "consumer group", check::check_consumer_group;
    /// The name of a group of pollers: at most 128 characters of `[A-Za-z0-9_-]`.
    PollerGroupName, "name of a poller group", check::check_poller_group;
    /// The name of a queue of a broker: at most 1,000 characters.
    BrokerQueueName, "name of a queue", check::check_broker_queue;
    /// The name of a virtual host of `RabbitMQ`: at most 200 characters of `[A-Za-z0-9/*:_+=.@-]`.
    VirtualHost, "name of a virtual host", check::check_virtual_host;
    /// The name of a database of `DocumentDB`: at most 63 characters, without spaces and without `/`, `.`, `$` and `"`.
    DatabaseName, "name of a database", check::check_database;
    /// The name of a collection of `DocumentDB`: at most 57 characters, not beginning with `system.`.
    CollectionName, "name of a collection", check::check_collection;
    /// The name of a new event bus: at most 256 characters of `[A-Za-z0-9_.-]`.
    BusName, "name of an event bus", check::check_bus;
    /// The name of a state machine of Step Functions: at most 80 characters of `[A-Za-z0-9-_]`.
    StateMachineName, "name of a state machine", check::check_state_machine;
    /// The name of a secret: at most 512 characters of `[A-Za-z0-9/_+=.@-]`.
    SecretName, "name of a secret", check::check_secret;
    /// The name of a log group: at most 512 characters of `[A-Za-z0-9_./#-]`.
    LogGroupName, "name of a log group", check::check_log_group;
    /// The name under which a stack exports a value: at most 255 letters, digits, colons and hyphens.
    ExportName, "name of an export", check::check_export;
    /// The name of a parameter of Systems Manager as CloudFormation reads it, such as `/app/key`. A version can
    /// follow: `/app/key:3`.
    ParameterReference, "name of a parameter", check::check_parameter_reference;
    /// The name of a parameter of Systems Manager, such as `/app/key`.
    ParameterPath, "name of a parameter", check::check_parameter;
}

impl TopicName {
    /// Returns whether the topic with this name is a FIFO topic.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        self.0.ends_with(limits::FIFO_SUFFIX)
    }
}

impl QueueName {
    /// Returns whether the queue with this name is a FIFO queue.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        self.0.ends_with(limits::FIFO_SUFFIX)
    }
}

impl BusName {
    /// Parses the name of an existing event bus. Unlike the name of a new bus, the name of an existing bus can
    /// be `default` or the name of a partner's bus, which no template creates.
    ///
    /// # Errors
    ///
    /// Returns an error if no event bus can have this name.
    pub fn parse_existing(name: &str) -> Result<Self, InvalidName> {
        Self::parse_with_check(name, check::check_existing_bus)
    }
}

impl AttributeName {
    /// Creates the name of one of Skylift's own attributes, without a check: DynamoDB is known to accept the
    /// name.
    pub(crate) fn known_valid(name: &'static str) -> Self {
        Self(name.to_owned())
    }
}

impl ParameterPath {
    /// Parses the name of an existing parameter of Systems Manager. Unlike the name of a new parameter, the
    /// name of an existing one can be a name that AWS publishes, such as
    /// `/aws/service/global-infrastructure/version`, which no template creates.
    ///
    /// # Errors
    ///
    /// Returns an error if no parameter can have this name.
    pub fn parse_existing(name: &str) -> Result<Self, InvalidName> {
        Self::parse_with_check(name, check::check_existing_parameter)
    }
}

impl LogicalId {
    /// Converts a Rust identifier to a logical id: `make_thumbnail` to `MakeThumbnail`.
    ///
    /// # Errors
    ///
    /// Returns an error if the identifier has letters that are not ASCII, which Rust allows and CloudFormation
    /// does not, or if it has no ASCII letters or digits at all.
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

    /// Returns this id with `suffix` at its end. The suffix is alphanumeric and Skylift's own. If the result
    /// would be too long for a logical id, this id is cut to make room for the suffix.
    #[must_use]
    pub fn join(&self, suffix: &str) -> Self {
        let room = limits::LOGICAL_ID_LEN.saturating_sub(suffix.len());
        let stem = self.0.get(..room).unwrap_or(&self.0);
        Self(format!("{stem}{suffix}"))
    }

    /// Returns the name of the environment variable through which a function finds the resource or function
    /// with this logical id. For the id `OrderLines` and the suffix `TABLE_NAME`, the name is
    /// `ORDER_LINES_TABLE_NAME`.
    #[must_use]
    pub fn variable_name(&self, suffix: &str) -> String {
        let mut name = String::with_capacity(self.0.len() + suffix.len() + 4);
        let mut lower = false;
        for letter in self.0.chars() {
            if letter.is_ascii_uppercase() && lower {
                name.push('_');
            }
            lower = !letter.is_ascii_uppercase();
            name.push(letter.to_ascii_uppercase());
        }
        format!("{name}_{suffix}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_becomes_an_id_in_camel_case() {
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
            assert!(error.contains("S3 reserves names"), "{error}");
        }
    }

    #[test]
    fn only_fifo_can_follow_a_dot_in_a_queue_name() {
        assert!(QueueName::try_from("jobs.fifo").unwrap().is_fifo());
        assert!(!QueueName::try_from("jobs").unwrap().is_fifo());
        assert!(QueueName::try_from("jobs.other").is_err());
        assert!(QueueName::try_from(".fifo").is_err());
    }

    #[test]
    fn names_of_log_groups_have_slashes_and_no_colons() {
        for good in ["/aws/lambda/a_b", "a", "a.b#c-d", &"a".repeat(512)] {
            assert!(LogGroupName::try_from(good).is_ok(), "{good}");
        }
        for bad in ["", "a:b", "a b", &"a".repeat(513)] {
            assert!(LogGroupName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_of_iot_rules_have_letters_digits_and_underscores() {
        for good in ["a", "rule_2", &"a".repeat(128)] {
            assert!(IotRuleName::try_from(good).is_ok(), "{good}");
        }
        for bad in ["", "a-b", "a.b", &"a".repeat(129)] {
            assert!(IotRuleName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_id_of_a_skill_has_its_prefix_and_a_uuid() {
        let uuid = "5BD3d8b1-0f7e-4e6a-9d3c-1a2b3c4d5e6f";
        for good in [format!("amzn1.ask.skill.{uuid}"), format!("amzn1.echo-sdk-ams.app.{uuid}")] {
            assert!(SkillId::try_from(good.as_str()).is_ok(), "{good}");
        }
        for bad in ["", "*", uuid, "amzn1.ask.skill.", "amzn1.ask.skill.[unique-value-here]"] {
            assert!(SkillId::try_from(bad).is_err(), "{bad}");
        }
        let short = format!("amzn1.ask.skill.{}", &uuid[1..]);
        assert_eq!(
            SkillId::try_from(short.as_str()).unwrap_err().to_string(),
            format!(
                "`{short}` is not a skill id: after `amzn1.ask.skill.` follows a UUID of 32 digits, in groups of 8, 4, 4, 4 and 12"
            )
        );
    }

    #[test]
    fn topic_names_can_have_256_characters_and_only_fifo_after_a_dot() {
        assert!(TopicName::try_from("news.fifo").unwrap().is_fifo());
        assert!(!TopicName::try_from("a".repeat(256).as_str()).unwrap().is_fifo());
        for bad in ["", ".fifo", "news.other", "a b", &"a".repeat(257)] {
            assert!(TopicName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_of_tables_and_indexes_have_at_least_three_characters() {
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
    fn attribute_names_are_measured_in_bytes() {
        for good in ["id", "größe", " ", "a".repeat(255).as_str()] {
            assert!(AttributeName::try_from(good).is_ok(), "{good}");
        }
        assert!(AttributeName::try_from("").is_err());
        assert!(AttributeName::try_from("ö".repeat(128).as_str()).is_err());
    }

    #[test]
    fn stream_names_have_at_most_128_characters() {
        assert!(StreamName::try_from("clicks.v2_a-b").is_ok());
        assert!(StreamName::try_from("a".repeat(128).as_str()).is_ok());
        for bad in ["", "a/b", &"a".repeat(129)] {
            assert!(StreamName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_new_bus_cannot_have_a_name_that_eventbridge_or_a_partner_uses() {
        assert!(BusName::try_from("events.v2_a-b").is_ok());
        for others in ["default", "aws.partner/acme.com/1"] {
            assert!(BusName::try_from(others).is_err(), "{others}");
            assert!(BusName::parse_existing(others).is_ok(), "{others}");
        }
        for bad in ["", "a b", &"a".repeat(257)] {
            assert!(BusName::try_from(bad).is_err(), "{bad}");
            assert!(BusName::parse_existing(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn secret_names_can_have_more_special_characters_than_other_names() {
        for good in ["a", "app/db_+=.@-1", "a".repeat(512).as_str()] {
            assert!(SecretName::try_from(good).is_ok(), "{good}");
        }
        for bad in ["", "a b", "a:b", &"a".repeat(513)] {
            assert!(SecretName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_new_parameter_has_a_plain_name_or_a_path_that_aws_does_not_reserve() {
        let levels = |count| "/a".repeat(count);
        for good in ["limit", "/limit", "/app/key.v2_a-b", &levels(15)] {
            assert!(ParameterPath::try_from(good).is_ok(), "{good}");
        }
        for bad in ["", "/", "//a", "app/key", "/app//key", "/app/", "a b", &levels(16)] {
            assert!(ParameterPath::try_from(bad).is_err(), "{bad}");
            assert!(ParameterPath::parse_existing(bad).is_err(), "{bad}");
        }
        for others in ["aws-x", "/AWS/service/a", "/ssm", "ssmTest"] {
            assert!(ParameterPath::try_from(others).is_err(), "{others}");
            assert!(ParameterPath::parse_existing(others).is_ok(), "{others}");
        }
    }

    #[test]
    fn the_name_of_an_environment_is_a_key_of_a_mapping() {
        for good in ["prod", "pre-prod", "EU2", "a".repeat(255).as_str()] {
            assert!(EnvironmentName::try_from(good).is_ok(), "{good}");
        }
        for bad in ["", "2a", "-a", "a_b", "a b", "a.b", &"a".repeat(256)] {
            assert!(EnvironmentName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_name_of_an_export_can_have_colons() {
        for good in ["shop:Table-1", "A", "a".repeat(255).as_str()] {
            assert!(ExportName::try_from(good).is_ok(), "{good}");
        }
        for bad in ["", "my export!", "a_b", "a/b", &"a".repeat(256)] {
            assert!(ExportName::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_parameter_is_read_by_its_name_and_version() {
        for good in ["limit", "/app/key", "/app/key:3", "/aws/service/a"] {
            assert!(ParameterReference::try_from(good).is_ok(), "{good}");
        }
        let shared = "arn:aws:ssm:eu-west-1:123456789012:parameter/app/key";
        assert!(ParameterReference::try_from(shared).is_ok());
        for bad in ["", "my param", "app/key", "/app/key:", "/app/key:new", "/app/key:0", "/a}}b"] {
            assert!(ParameterReference::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_name_of_a_variable_is_in_upper_snake_case() {
        let name = |id: &str, what| LogicalId::try_from(id).unwrap().variable_name(what);
        assert_eq!(name("OrderLines", "TABLE_NAME"), "ORDER_LINES_TABLE_NAME");
        assert_eq!(name("Uploads", "BUCKET_NAME"), "UPLOADS_BUCKET_NAME");
        assert_eq!(name("V2List", "FUNCTION_NAME"), "V2_LIST_FUNCTION_NAME");
        assert_eq!(name("HTTPLog", "QUEUE_URL"), "HTTPLOG_QUEUE_URL");
        assert_eq!(name("lower", "BUS_NAME"), "LOWER_BUS_NAME");
    }

    #[test]
    fn environment_variables_that_lambda_sets_are_refused() {
        for bad in ["AWS_REGION", "_HANDLER", "A", "1A", "A-B", ""] {
            assert!(EnvKey::try_from(bad).is_err(), "{bad}");
        }
        for good in ["LOG", "AWS_ENDPOINT_URL", "a1"] {
            assert!(EnvKey::try_from(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn an_id_at_the_limit_is_cut_for_a_suffix() {
        let id = LogicalId::try_from("A".repeat(255).as_str()).unwrap();
        assert_eq!(id.join("Role").as_str().len(), 255);
    }
}
