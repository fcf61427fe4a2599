//! The source `kafka(servers = ["broker:9092"], topic = "orders", start = latest, auth = scram_512, secret =
//! Credentials)`, with the arguments that every Kafka topic's event source mapping has. Reads a trigger on a topic of a
//! self-managed Kafka cluster.

use skylift_model::aws::limits;
use skylift_model::aws::mapping::kafka_access::CA_KEY;
use skylift_model::aws::value::CfnValue;
use skylift_model::source::BatchConcurrency;
use skylift_model::source::kafka::{AUTHS, Kafka, OauthRequest};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::mapping::kafka::{read_kafka_mapping, read_values};
use crate::mapping::kafka_access::read_credentials;
use crate::mapping::servers::read_secret;
use crate::messages::{self, phrases};
use crate::readers::{read_cfn_value, read_number, read_short_text, report_expected};
use crate::tree::{ArgValue, Args};

/// An example of a trigger, for messages.
const EXAMPLE: &str =
    "kafka(servers = [\"broker-1.example.com:9092\"], topic = \"orders\", start = latest, …)";

impl SourceGrammar for Kafka {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["kafka", "selfmanagedkafka", "selfmanagedkafkaeventsource", "apachekafka"],
            "write `trigger = kafka(servers = [\"broker-1.example.com:9092\"], topic = \"orders\", start = latest, …)`, or\n`trigger = msk(…)` for a cluster of Amazon MSK",
        )],
        keys: &[
            (
                &["kafkabootstrapservers", "bootstrapservers", "brokers", "endpoints"],
                "write `servers = [\"broker-1.example.com:9092\"]`",
            ),
            (
                &["vpcsubnet", "vpcsubnets", "subnetids", "vpc"],
                "write `subnets = [\"subnet-…\"], security_groups = [\"sg-…\"]`",
            ),
            (
                &["vpcsecuritygroup", "securitygroup", "securitygroupids"],
                "write `security_groups = [\"sg-…\"]`",
            ),
            (
                &["serverrootcacertificate", "rootcacertificate", "certificate"],
                "write `ca = RootCertificate`, the path of a secret",
            ),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let servers = |value: &ArgValue, errors: &mut Errors| {
            read_values("servers", limits::BOOTSTRAP_SERVERS, value, errors, read_server)
        };
        let servers = args.take("servers", servers, errors);
        let mut read = read_kafka_mapping(args, "kafka", errors);
        let has_registry_secret = read.mapping.as_ref().is_some_and(|mapping| {
            mapping.schema_registry.as_ref().is_some_and(|it| it.access().next().is_some())
        });
        let ca = args.take(CA_KEY, read_secret, errors);
        let has_more_secrets = has_registry_secret || args.has_key(CA_KEY);
        let credentials = read_credentials(args, AUTHS, has_more_secrets, errors);
        let oauth = OauthRequest {
            scope: args.take("oauth_scope", read_oauth_value, errors),
            audience: args.take("oauth_audience", read_oauth_value, errors),
            logical_cluster: args.take("oauth_logical_cluster", read_oauth_value, errors),
            identity_pool: args.take("oauth_identity_pool", read_oauth_value, errors),
        };
        let subnets = take_ids(args, "subnets", ("a subnet", "subnet-"), errors);
        let groups = take_ids(args, "security_groups", ("a security group", "sg-"), errors);
        let batch_concurrency = args.take(BatchConcurrency::KEY, read_number, errors);
        if !args.has_key("servers") {
            read.missing.insert(0, "servers");
        }
        if !read.missing.is_empty() {
            let message = messages::source_keys_missing("kafka", &read.missing, EXAMPLE);
            errors.push_missing(&args.span, message);
        }
        let kafka = Self {
            servers: servers?,
            credentials,
            oauth,
            ca,
            subnets: subnets?,
            security_groups: groups?,
            batch_concurrency,
            mapping: read.mapping?,
        };
        // A wrong authentication has its message already.
        let is_read = kafka.credentials.auth.is_some() == args.has_key("auth");
        if let Some((key, message)) = kafka.check_access().filter(|_| is_read) {
            errors.push(args.span_of(key), message);
        }
        Some(kafka)
    }
}

/// Reads a bootstrap server: a host and a port, or a value that is known when the stack is deployed.
fn read_server(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    let server = read_cfn_value(value, errors)?;
    match &server {
        CfnValue::Literal(text) if !is_server(text) => {
            errors.push(&value.span, messages::not_a_server(text));
            None
        }
        CfnValue::Resource(_) => report_expected(phrases::STRING, value, errors),
        _ => Some(server),
    }
}

/// Returns whether a text is a host and a port.
fn is_server(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    let is_port = port.parse::<u16>().is_ok_and(|port| port > 0)
        && port.bytes().all(|it| it.is_ascii_digit());
    text.len() <= limits::BOOTSTRAP_SERVER_LEN && is_port && host.split('.').all(is_label)
}

/// Reads the ids of subnets or of security groups. `what` is the noun for one, and the beginning of its id. Returns an
/// empty list if the key is not set, and `None` after an error was recorded.
fn take_ids(
    args: &Args,
    key: &'static str,
    what: (&str, &str),
    errors: &mut Errors,
) -> Option<Vec<CfnValue>> {
    let (noun, prefix) = what;
    let read_id = |value: &ArgValue, errors: &mut Errors| {
        let id = read_cfn_value(value, errors)?;
        match &id {
            CfnValue::Literal(text) if !is_id(text, prefix) => {
                errors.push(&value.span, messages::not_an_id(text, noun, prefix));
                None
            }
            CfnValue::Resource(_) => report_expected(phrases::STRING, value, errors),
            _ => Some(id),
        }
    };
    let read = |value: &ArgValue, errors: &mut Errors| {
        read_values(key, limits::ACCESS_CONFIGURATIONS, value, errors, read_id)
    };
    if !args.has_key(key) {
        let _: Option<Vec<CfnValue>> = args.take(key, read, errors);
        return Some(Vec::new());
    }
    args.take(key, read, errors)
}

/// Returns whether a text is an id with this beginning.
fn is_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        !rest.is_empty()
            && rest.bytes().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it))
    })
}

/// Reads a value of a request for a token.
fn read_oauth_value(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    read_short_text(value, limits::ACCESS_VALUE_LEN, phrases::STRING, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    const BARE: &str =
        r#"servers = ["b-1.example.com:9092"], topic = "orders", start = trim_horizon"#;

    fn kafka(arguments: &str) -> Kafka {
        match trigger(&format!("kafka({BARE}, {arguments})")) {
            Trigger::Kafka(kafka) => kafka,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let read = kafka(
            r#"auth = plain, secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf", ca = RootCa, subnets = ["subnet-0a1b", param("Subnet")], security_groups = "sg-0a1b", secret_key = param("Key")"#,
        );
        assert_eq!((read.servers.len(), read.subnets.len(), read.security_groups.len()), (1, 2, 1));
        assert!(read.ca.is_some() && read.credentials.secret.is_some());
        let read = kafka("auth = iam_oauth_bearer, oauth_audience = \"brokers\"");
        assert_eq!(read.oauth.audience.as_deref(), Some("brokers"));
        kafka(
            "auth = oauth_bearer, secret = A, oauth_scope = \"a b\", oauth_identity_pool = \"p\"",
        );
    }

    #[test]
    fn a_mistake_is_named() {
        for (wrong, message) in [
            ("", "Lambda reaches brokers either with an authentication or in a VPC"),
            ("subnets = [\"subnet-0a\"]", "Lambda needs subnets and security groups together"),
            ("security_groups = [\"sg-0a\"]", "Lambda needs subnets and security groups together"),
            (
                "subnets = [\"private\"], security_groups = [\"sg-0a\"]",
                "`private` is not the id of a subnet",
            ),
            ("subnets = [], security_groups = [\"sg-0a\"]", "`subnets` is empty"),
            ("auth = iam_oauth_bearer", "`auth = iam_oauth_bearer` needs an audience"),
            ("auth = iam, oauth_scope = \"a\"", "`oauth_scope` has no effect without"),
            ("auth = scram_256", "`auth = scram_256` needs the secret"),
            ("auth = none", "`none` is not an authentication"),
            ("auth = iam, bootstrap_servers = \"a\"", "unknown key `bootstrap_servers` in `kafka`"),
        ] {
            let found = rejected(&format!("kafka({BARE}, {wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
        let found =
            rejected("kafka(servers = \"broker\", topic = \"orders\", start = latest, auth = iam)");
        assert!(found.starts_with("`broker` is not a bootstrap server"), "{found}");
        let found = rejected("kafka(topic = \"orders\", auth = iam)");
        assert!(found.starts_with("`kafka` needs `servers` and `start`"), "{found}");
    }

    #[test]
    fn a_server_has_a_host_and_a_port() {
        for right in ["a:1", "b-1.example.com:65535", "10.0.0.1:9092"] {
            assert!(is_server(right), "{right}");
        }
        for wrong in ["a", "a:", "a:0", "a:65536", "a:+1", ":9092", "a..b:1", "-a:1", "kafka://a:1"]
        {
            assert!(!is_server(wrong), "{wrong}");
        }
    }
}
