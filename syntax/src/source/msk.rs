//! The source `msk(cluster = overlay("Cluster"), topic = "orders", start = latest)`, with the arguments that every
//! Kafka topic's event source mapping has. Reads a trigger on a topic of a cluster of Amazon MSK.

use skylift_model::source::BatchConcurrency;
use skylift_model::source::msk::{AUTHS, ClusterArn, EXAMPLE_ARN, Msk};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::mapping::kafka::read_kafka_mapping;
use crate::mapping::kafka_access::read_credentials;
use crate::mapping::servers::{ServerKind, read_server};
use crate::messages::{self, phrases};
use crate::readers::read_number;
use crate::tree::{ArgValue, Args};

/// The clusters of this source.
const CLUSTER: ServerKind = ServerKind {
    key: "cluster",
    noun: phrases::MSK_CLUSTER,
    example: EXAMPLE_ARN,
    is_arn: |text| ClusterArn::parse(text).is_some(),
};

/// An example of a trigger, for messages.
const EXAMPLE: &str = "msk(cluster = overlay(\"Cluster\"), topic = \"orders\", start = latest)";

impl SourceGrammar for Msk {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["msk", "managedkafka", "managedkafkaeventsource", "amazonmsk"],
            "write `trigger = msk(cluster = overlay(\"Cluster\"), topic = \"orders\", start = latest)`",
        )],
        keys: &[(
            &["stream", "clusterarn", "arn", "eventsourcearn"],
            "write `cluster = overlay(\"Cluster\")`, or the ARN of the cluster in quotes",
        )],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let cluster = |value: &ArgValue, errors: &mut Errors| read_server(CLUSTER, value, errors);
        let cluster = args.take(CLUSTER.key, cluster, errors);
        let mut read = read_kafka_mapping(args, "msk", errors);
        let has_registry_secret = read.mapping.as_ref().is_some_and(|mapping| {
            mapping.schema_registry.as_ref().is_some_and(|it| it.access().next().is_some())
        });
        let credentials = read_credentials(args, AUTHS, has_registry_secret, errors);
        let batch_concurrency = args.take(BatchConcurrency::KEY, read_number, errors);
        if !args.has_key("cluster") {
            read.missing.insert(0, "cluster");
        }
        if !read.missing.is_empty() {
            let message = messages::source_keys_missing("msk", &read.missing, EXAMPLE);
            errors.push_missing(&args.span, message);
        }
        Some(Self { cluster: cluster?, credentials, batch_concurrency, mapping: read.mapping? })
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::mapping::kafka::{KafkaDestination, KafkaMetric};
    use skylift_model::aws::mapping::kafka_access::KafkaAuth;
    use skylift_model::aws::mapping::secret_access::ServerReference;
    use skylift_model::aws::mapping::stream::StartingPosition;
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    const BARE: &str = "cluster = overlay(\"Cluster\"), topic = \"orders\", start = latest";

    fn msk(arguments: &str) -> Msk {
        match trigger(&format!("msk({BARE}, {arguments})")) {
            Trigger::Msk(msk) => msk,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let bare = msk("");
        assert!(matches!(&bare.cluster, ServerReference::Overlay(id) if id.as_str() == "Cluster"));
        assert_eq!((bare.auth(), bare.mapping.start), (KafkaAuth::Iam, StartingPosition::Latest));
        assert!(!bare.mapping.reports_failures() && !bare.mapping.bisects());
        let read = msk(
            r#"auth = scram_512, secret = Broker, batch_size = 500, batch_window = "5s", consumer_group = "billing", pollers(min = 1, max = 4, group = "shop"), retries = 3, max_record_age = "1h", on_failure = "kafka://lost", log_level = debug, metrics = [event_count, kafka_metrics], batch_concurrency = 4, schema_registry(address = "https://example.com", format = json, validate = [key, value], auth = basic, secret = Registry)"#,
        );
        let mapping = &read.mapping;
        assert_eq!(mapping.kafka_metrics, [KafkaMetric::EventCount, KafkaMetric::KafkaMetrics]);
        assert!(mapping.reports_failures() && mapping.bisects());
        assert!(
            matches!(&mapping.on_failure, Some(KafkaDestination::Topic(it)) if it.as_str() == "lost")
        );
        assert_eq!(mapping.consumer_group.as_ref().unwrap().as_str(), "billing");
        assert_eq!(mapping.pollers.as_ref().unwrap().max.unwrap().get(), 4);
        assert_eq!(mapping.schema_registry.as_ref().unwrap().validate.len(), 2);
        let imported = trigger(&format!("msk({})", BARE.replace("overlay", "import")));
        let Trigger::Msk(imported) = imported else { panic!("{imported:?}") };
        assert!(
            matches!(imported.cluster, ServerReference::Import(it) if it.as_str() == "Cluster")
        );
        assert_eq!(msk("metrics").mapping.kafka_metrics, [KafkaMetric::EventCount]);
        assert!(!msk("pollers(min = 1), retries = 3, bisect = false").mapping.bisects());
    }

    #[test]
    fn a_setting_of_provisioned_mode_needs_pollers() {
        for setting in [
            "bisect",
            "retries = 3",
            "max_record_age = \"1h\"",
            "on_failure = \"kafka://lost\"",
            "log_level = info",
        ] {
            let found = rejected(&format!("msk({BARE}, {setting})"));
            let key = setting.split(' ').next().unwrap();
            assert!(found.starts_with(&format!("`{key}` needs provisioned pollers")), "{found}");
            msk(&format!("{setting}, pollers(min = 1)"));
        }
        msk("on_failure = Lost, retries = forever");
    }

    #[test]
    fn a_mistake_is_named() {
        for (wrong, message) in [
            (
                "cluster = \"orders\", topic = \"ab\", start = latest",
                "`orders` is not the ARN of an MSK cluster",
            ),
            (
                "cluster = Cluster, topic = \"ab\", start = latest",
                "no `#[resource]` is an MSK cluster",
            ),
            ("topic = \"ab\"", "`msk` needs `cluster` and `start`"),
            (
                "cluster = overlay(\"A\"), topic = \"a b\", start = latest",
                "`a b` is not a topic name",
            ),
            (&format!("{BARE}, auth = scram_512"), "`auth = scram_512` needs the secret"),
            (&format!("{BARE}, auth = iam, secret = A"), "`auth = iam` uses no secret"),
            (&format!("{BARE}, secret = A"), "a secret without the authentication"),
            (
                &format!("{BARE}, auth = scram_256, secret = A"),
                "`scram_256` is not an authentication",
            ),
            (&format!("{BARE}, secret_key = param(\"Key\")"), "`secret_key` decrypts the secrets"),
            (
                &format!("{BARE}, pollers(min = 3, max = 2)"),
                "a minimum of 3 pollers is above the maximum of 2",
            ),
            (
                &format!("{BARE}, pollers(min = 1), on_failure = \"kafka://orders\""),
                "a loop: records that fail would be sent to `orders` again",
            ),
            (
                &format!("{BARE}, filters = {{ \"data\": [1] }}"),
                "a record of `msk` has no field `data`",
            ),
            (&format!("{BARE}, topics = [\"a\"]"), "unknown key `topics` in `msk`"),
            (&format!("{BARE}, consumer_group = \"a*\""), "`a*` is not a consumer group"),
        ] {
            let found = rejected(&format!("msk({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
