//! The source `mq(broker = overlay("Broker"), queue = "orders", secret = Login)`, with the arguments that every event
//! source mapping has but `metrics`. Reads a trigger on a queue of a broker of Amazon MQ.

use skylift_model::aws::mapping::keys;
use skylift_model::aws::mapping::stream::StreamBatchSize;
use skylift_model::number_setting::NumberParameters;
use skylift_model::source::mq::{EXAMPLE_ARN, Mq, RECORD_FIELDS, broker_name};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::mapping::servers::{ServerKind, read_basic_auth, read_server, report_missing};
use crate::mapping::{RecordFields, read_settings};
use crate::messages::phrases;
use crate::readers::{read_name, read_number, take_number};
use crate::tree::{ArgValue, Args};

/// An example of a trigger, for messages.
const EXAMPLE: &str = "mq(broker = overlay(\"Broker\"), queue = \"orders\", secret = Login)";

/// The brokers of this source.
const BROKER: ServerKind = ServerKind {
    key: "broker",
    noun: phrases::BROKER,
    example: EXAMPLE_ARN,
    is_arn: |text| broker_name(text).is_some(),
};

impl SourceGrammar for Mq {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["mq", "amazonmq", "activemq", "rabbitmq", "rmq", "amqp", "jms", "broker"],
            "write `trigger = mq(broker = overlay(\"Broker\"), queue = \"orders\", secret = Login)`",
        )],
        keys: &[
            (
                &["brokerarn", "arn", "eventsourcearn"],
                "write `broker = overlay(\"Broker\")`, or the ARN of the broker in quotes",
            ),
            (&["queues", "queuename", "destination"], "write `queue = \"orders\"`"),
            (&["vhost"], "write `virtual_host = \"tenant\"`"),
            (
                &["dynamicpolicyname"],
                "leave it out: the role of the function has a statement for each broker",
            ),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let broker = |value: &ArgValue, errors: &mut Errors| read_server(BROKER, value, errors);
        let broker = args.take(BROKER.key, broker, errors);
        let queue = args.take("queue", read_name, errors);
        let virtual_host = args.take("virtual_host", read_name, errors);
        let auth = read_basic_auth(args, errors);
        let mut parameters = NumberParameters::default();
        let batch_size: Option<StreamBatchSize> =
            take_number(args, keys::BATCH_SIZE, read_number, &mut parameters, errors);
        let records = RecordFields { source: "mq", fields: RECORD_FIELDS, values: &[] };
        let mut mapping = read_settings(args, records, errors);
        mapping.from_parameters.add(parameters);
        if let Some(message) = mapping.check_window(batch_size.map(StreamBatchSize::get)) {
            errors.push(args.span_of(keys::BATCH_WINDOW), message);
        }
        report_missing(args, "mq", &["broker", "queue", "secret"], EXAMPLE, errors);
        Some(Self {
            broker: broker?,
            queue: queue?,
            virtual_host,
            auth: auth?,
            batch_size,
            mapping,
        })
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::mapping::secret_access::ServerReference;
    use skylift_model::aws::value::ArnReference;
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    const BARE: &str = "broker = overlay(\"Broker\"), queue = \"orders\", secret = Login";

    fn mq(arguments: &str) -> Mq {
        match trigger(&format!("mq({arguments})")) {
            Trigger::Mq(mq) => mq,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let bare = mq(BARE);
        assert!(matches!(&bare.broker, ServerReference::Overlay(id) if id.as_str() == "Broker"));
        assert_eq!(bare.auth.secret, ArnReference::Declared("Login".to_owned()));
        assert_eq!((bare.virtual_host, bare.batch_size), (None, None));
        let read = mq(&format!(
            "{BARE}, virtual_host = \"/tenant\", secret_key = param(\"Key\"), batch_size = 10, batch_window = \"5s\", enabled = false, filters = [{{ \"data\": {{ \"a\": [1] }} }}], kms_key = param(\"Key\")"
        ));
        assert_eq!(read.virtual_host.unwrap().as_str(), "/tenant");
        assert_eq!(read.batch_size.unwrap().get(), 10);
        assert_eq!(read.mapping.batch_window.unwrap().get(), 5);
        assert!(read.auth.secret_key.is_some() && read.mapping.kms_key.is_some());
        assert!(!read.mapping.enabled && read.mapping.filters.len() == 1);
    }

    #[test]
    fn a_broker_is_of_the_overlay_or_exists_already() {
        let with =
            |broker: &str| mq(&format!("broker = {broker}, queue = \"a\", secret = A")).broker;
        assert_eq!(with(&format!("{EXAMPLE_ARN:?}")), ServerReference::Arn(EXAMPLE_ARN.to_owned()));
        assert!(
            matches!(with("param(\"Broker\")"), ServerReference::Param(it) if it.as_str() == "Broker")
        );
        assert!(
            matches!(with("import(\"shop-broker\")"), ServerReference::Import(it) if it.as_str() == "shop-broker")
        );
    }

    #[test]
    fn a_mistake_is_named() {
        let with = |broker: &str| format!("broker = {broker}, queue = \"a\", secret = A");
        for (wrong, message) in [
            (with("\"shop\""), "`shop` is not the ARN of an Amazon MQ broker"),
            (
                with("\"arn:aws:sqs:eu-west-1:123456789012:a\""),
                "`arn:aws:sqs:eu-west-1:123456789012:a` is not the ARN of an Amazon MQ broker",
            ),
            (
                with("Broker"),
                "no `#[resource]` is an Amazon MQ broker, so `Broker` cannot name one",
            ),
            (with("3"), "expected `overlay(\"…\")`, the ARN of an Amazon MQ broker in quotes"),
            ("queue = \"a\"".to_owned(), "`mq` needs `broker` and `secret`"),
            (String::new(), "`mq` needs `broker`, `queue` and `secret`"),
            (format!("{BARE}, virtual_host = \"a#b\""), "`a#b` is not a name of a virtual host"),
            (format!("{BARE}, batch_size = 10001"), "batch size of 10001 is out of range"),
            (
                format!("{BARE}, batch_size = 1, batch_window = \"5s\""),
                "a batch window of 5 s has no effect",
            ),
            (
                format!("{BARE}, filters = {{ \"body\": [1] }}"),
                "a record of `mq` has no field `body`",
            ),
            (format!("{BARE}, metrics"), "unknown key `metrics` in `mq`"),
            (format!("{BARE}, queues = [\"a\"]"), "unknown key `queues` in `mq`"),
        ] {
            let found = rejected(&format!("mq({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
