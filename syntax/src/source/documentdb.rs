//! The source `documentdb(cluster = overlay("Cluster"), database = "shop", start = latest, secret = Login)`, with the
//! arguments that every event source mapping has but `filters` and `metrics`. Reads a trigger on the change stream of a
//! cluster of Amazon `DocumentDB`.
// See decision 0120.

use skylift_model::aws::mapping::stream::StreamBatchSize;
use skylift_model::aws::mapping::{EventSourceMapping, keys};
use skylift_model::number_setting::NumberParameters;
use skylift_model::source::documentdb::{ClusterArn, DocumentDb, EXAMPLE_ARN, FullDocument};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::mapping::servers::{ServerKind, read_basic_auth, read_server, report_missing};
use crate::mapping::stream::{START_WORDS, read_start};
use crate::messages::phrases;
use crate::readers::{read_name, read_number, read_seconds, read_word, take_enabled, take_number};
use crate::tree::{ArgValue, Args};

/// An example of a trigger, for messages.
const EXAMPLE: &str = "documentdb(cluster = overlay(\"Cluster\"), database = \"shop\", start = latest, secret = Login)";

/// The clusters of this source.
const CLUSTER: ServerKind = ServerKind {
    key: "cluster",
    noun: phrases::DOCUMENTDB_CLUSTER,
    example: EXAMPLE_ARN,
    is_arn: |text| ClusterArn::parse(text).is_some(),
};

impl SourceGrammar for DocumentDb {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["documentdb", "docdb", "amazondocumentdb", "mongodb", "mongo", "changestream"],
            "write `trigger = documentdb(cluster = overlay(\"Cluster\"), database = \"shop\", start = latest, secret = Login)`",
        )],
        keys: &[
            (
                &["clusterarn", "arn", "eventsourcearn"],
                "write `cluster = overlay(\"Cluster\")`, or the ARN of the cluster in quotes",
            ),
            (&["databasename", "db"], "write `database = \"shop\"`"),
            (&["collectionname", "coll"], "write `collection = \"orders\"`"),
            (
                &["maximumbatchingwindowinseconds", "maximumbatchingwindow", "batchingwindow"],
                "write `batch_window = \"5s\"`",
            ),
            (
                &["filters", "filtercriteria", "kmskey", "kmskeyarn"],
                "leave it out: Lambda does not filter the changes of DocumentDB; name a `collection`",
            ),
            (
                &["functionresponsetypes", "reportbatchitemfailures"],
                "leave it out: Lambda sends the whole batch again if a change fails",
            ),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        args.explain(START_WORDS);
        let cluster = |value: &ArgValue, errors: &mut Errors| read_server(CLUSTER, value, errors);
        let start = |value: &ArgValue, errors: &mut Errors| read_start(value, true, errors);
        let document = |value: &ArgValue, errors: &mut Errors| {
            read_word(value, phrases::FULL_DOCUMENT, FullDocument::WORDS, errors)
        };
        let cluster = args.take(CLUSTER.key, cluster, errors);
        let database = args.take("database", read_name, errors);
        let collection = args.take("collection", read_name, errors);
        let full_document = args.take("full_document", document, errors);
        let start = args.take("start", start, errors);
        let auth = read_basic_auth(args, errors);
        let mut parameters = NumberParameters::default();
        let batch_size: Option<StreamBatchSize> =
            take_number(args, keys::BATCH_SIZE, read_number, &mut parameters, errors);
        let batch_window =
            take_number(args, keys::BATCH_WINDOW, read_seconds, &mut parameters, errors);
        let (enabled, enabled_by) = take_enabled(args, errors);
        let mapping = EventSourceMapping {
            batch_window,
            enabled,
            enabled_by,
            from_parameters: parameters,
            ..EventSourceMapping::default()
        };
        if let Some(message) = mapping.check_window(batch_size.map(StreamBatchSize::get)) {
            errors.push(args.span_of(keys::BATCH_WINDOW), message);
        }
        let needed = ["cluster", "database", "start", "secret"];
        report_missing(args, "documentdb", &needed, EXAMPLE, errors);
        Some(Self {
            cluster: cluster?,
            database: database?,
            collection,
            full_document,
            start: start?,
            auth: auth?,
            batch_size,
            mapping,
        })
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::mapping::secret_access::ServerReference;
    use skylift_model::aws::mapping::stream::StartingPosition;
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    const BARE: &str =
        "cluster = overlay(\"Cluster\"), database = \"shop\", start = latest, secret = Login";

    fn documentdb(arguments: &str) -> DocumentDb {
        match trigger(&format!("documentdb({arguments})")) {
            Trigger::DocumentDb(documentdb) => documentdb,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let bare = documentdb(BARE);
        assert!(matches!(&bare.cluster, ServerReference::Overlay(id) if id.as_str() == "Cluster"));
        assert_eq!((bare.collection, bare.full_document), (None, None));
        assert_eq!((bare.start, bare.mapping.enabled), (StartingPosition::Latest, true));
        let read = documentdb(
            r#"cluster = "arn:aws:rds:eu-west-1:123456789012:cluster:shop", database = "shop", collection = "orders", full_document = update_lookup, start = "2026-01-01T00:00:00Z", secret = param("Login"), secret_key = param("Key"), batch_size = 10, batch_window = "5s", enabled = false"#,
        );
        assert_eq!(read.collection.unwrap().as_str(), "orders");
        assert_eq!(read.full_document, Some(FullDocument::UpdateLookup));
        assert_eq!(read.start.as_str(), "AT_TIMESTAMP");
        assert_eq!(read.batch_size.unwrap().get(), 10);
        assert_eq!(read.mapping.batch_window.unwrap().get(), 5);
        assert!(read.auth.secret_key.is_some() && !read.mapping.enabled);
    }

    #[test]
    fn a_mistake_is_named() {
        let long = "a".repeat(64);
        for (wrong, message) in [
            (
                "database = \"a\", cluster = \"shop\", start = latest, secret = A".to_owned(),
                "`shop` is not the ARN of a DocumentDB cluster",
            ),
            ("database = \"a\"".to_owned(), "`documentdb` needs `cluster`, `start` and `secret`"),
            (format!("{BARE}, full_document = lookup"), "`lookup` is not a document of an update"),
            (format!("{BARE}, collection = \"system.users\""), "`system.users` is not a name of a"),
            (format!("{BARE}, collection = \"-a\""), "`-a` is not a name of a collection"),
            (format!("{BARE}, collection = \"{}\"", &long[..58]), "`aaaa"),
            (BARE.replace("shop", "a.b"), "`a.b` is not a name of a database"),
            (BARE.replace("shop", &long), "`aaaa"),
            (BARE.replace("latest", "first"), "`first` is neither a starting position nor"),
            (
                format!("{BARE}, filters = {{ \"a\": [1] }}"),
                "unknown key `filters` in `documentdb`\n\nhelp: leave it out: Lambda does not filter",
            ),
            (
                format!("{BARE}, kms_key = param(\"Key\")"),
                "unknown key `kms_key` in `documentdb`\n\nhelp: leave it out: Lambda does not filter",
            ),
            (format!("{BARE}, metrics"), "unknown key `metrics` in `documentdb`"),
            (format!("{BARE}, retries = 3"), "unknown key `retries` in `documentdb`"),
        ] {
            let found = rejected(&format!("documentdb({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
        documentdb(&BARE.replace("shop", &long[..63]));
        documentdb(&format!("{BARE}, collection = \"{}\"", &long[..57]));
    }
}
