//! The kind `queue`, or `queue(fifo, visibility = "5m", retention = "4d", dead_letters(after = 5), message =
//! Job)`: reads the settings of an SQS queue.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::number_setting::NumberParameters;
use skylift_model::resource::ResourceKind;
use skylift_model::resource::queue::{MaxReceiveCount, Queue, VisibilityTimeout};

use super::common::{KindKeys, KindWords, NamedType};
use super::fifo::read_fifo;
use super::grammar::ResourceGrammar;
use super::trait_items::{RuntimeNames, expand_message_item, expand_order_item};
use crate::errors::Errors;
use crate::readers::{read_name, read_number, read_seconds, take_number};
use crate::tree::Args;

impl ResourceGrammar for Queue {
    const KEYS: KindKeys = KindKeys {
        creation: &["visibility", "retention", "delay", "dead_letters", "tls_only", "from"],
        types: &["message"],
        policy: Some("sqs"),
        sources: &[ResourceKind::Topic, ResourceKind::Bucket, ResourceKind::Bus],
        view: None,
        properties: &[
            ("QueueName", "name"),
            ("FifoQueue", "fifo"),
            ("VisibilityTimeout", "visibility"),
            ("MessageRetentionPeriod", "retention"),
            ("DelaySeconds", "delay"),
            ("RedrivePolicy", "dead_letters"),
        ],
    };

    const WORDS: KindWords = KindWords {
        names: &[(&["sqs", "fifo"], "write `queue`")],
        keys: &[
            (
                &["dlq", "deadletter", "deadletterqueue", "redrive", "redrivepolicy"],
                "a queue has a dead-letter queue already; `dead_letters(after = 5)` says when a message goes there",
            ),
            (&["maxreceivecount", "maxreceives"], "write `dead_letters(after = 5)`"),
            (&["visibilitytimeout"], "write `visibility = \"5m\"`"),
            (&["messageretentionperiod", "messageretention"], "write `retention = \"4d\"`"),
            (&["delayseconds"], "write `delay = \"10s\"`"),
            (&["fifoqueue"], "write `fifo`"),
            (&["subscribe", "subscription", "subscriptions"], "write `from = topic(Orders)`"),
            (
                &["contentbaseddeduplication", "deduplication"],
                "write `properties = { \"ContentBasedDeduplication\": true }`",
            ),
        ],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let mut parameters = NumberParameters::default();
        let max_receives = read_dead_letters(args, errors, |args, errors| {
            take_number(args, Self::MAX_RECEIVES, read_number, &mut parameters, errors)
        });
        let visibility = take_number(args, Self::VISIBILITY, read_seconds, &mut parameters, errors);
        let retention = take_number(args, Self::RETENTION, read_seconds, &mut parameters, errors);
        let delay = take_number(args, Self::DELAY, read_seconds, &mut parameters, errors);
        let queue = Self {
            name: args.take("name", read_name, errors),
            fifo: read_fifo(args, errors),
            high_throughput: false,
            visibility,
            retention,
            delay,
            max_receives: max_receives.unwrap_or(MaxReceiveCount::DEFAULT),
            tls_only: args.take_flag("tls_only", errors).unwrap_or(true),
            from_parameters: parameters,
        };
        let visibility = queue.visibility.map_or(0, VisibilityTimeout::get);
        // A retention that is a parameter is checked with the limits of Cargo.toml.
        let is_known = !queue.from_parameters.has(Self::RETENTION);
        if let Some((key, message)) = queue.check_retention(visibility).filter(|_| is_known) {
            errors.push(args.span_of(key), message);
        }
        Some(queue)
    }

    fn trait_items(&self, types: &[NamedType], runtime: RuntimeNames<'_>) -> TokenStream {
        let (message, order) =
            (expand_message_item(types, runtime), expand_order_item(self.fifo, runtime));
        quote!(#message #order)
    }
}

/// The key that says after how many receives a failed message goes to the dead-letter queue.
const DEAD_LETTERS: &str = "dead_letters";

/// Reads `dead_letters(after = 5)`; `take_after` takes the key in the parentheses. Returns `None` if the key is not set or has an error.
pub(crate) fn read_dead_letters(
    args: &Args,
    errors: &mut Errors,
    mut take_after: impl FnMut(&Args, &mut Errors) -> Option<MaxReceiveCount>,
) -> Option<MaxReceiveCount> {
    let read_after = |args: &Args, errors: &mut Errors| {
        args.read_all(DEAD_LETTERS, errors, |args, errors| take_after(args, errors))
    };
    args.take_nested(DEAD_LETTERS, read_after, errors)?
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::Queue;
    use crate::resource::testing::{rejected, settings};

    fn queue(attribute: &str) -> Queue {
        match settings(attribute) {
            ResourceSettings::Queue(queue) => queue,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_key_is_read() {
        assert_eq!(queue("queue"), Queue::default());
        let read = queue(
            r#"queue(name = "jobs.fifo", fifo, visibility = "5m", retention = "4d", delay = "10s", dead_letters(after = 7), tls_only = false)"#,
        );
        assert_eq!(read.name.unwrap().as_str(), "jobs.fifo");
        assert!(read.fifo && !read.tls_only);
        assert_eq!(read.visibility.unwrap().get(), 300);
        assert_eq!(read.retention.unwrap().get(), 345_600);
        assert_eq!(read.delay.unwrap().get(), 10);
        assert_eq!(read.max_receives.get(), 7);
    }

    #[test]
    fn every_key_is_checked() {
        for (wrong, message) in [
            (r#"name = "a b""#, "is not a queue name"),
            (r#"visibility = "13h""#, "visibility timeout of 46800 s is out of range"),
            ("visibility = 30", "write `\"30s\"`"),
            (r#"retention = "59s""#, "retention of 59 s is out of range"),
            (r#"retention = "15d""#, "retention of 1296000 s is out of range"),
            (r#"delay = "16m""#, "delay of 960 s is out of range"),
            ("dead_letters(after = 0)", "receive count of 0 is out of range"),
            ("dead_letters(before = 5)", "unknown key `before` in `dead_letters`"),
            ("dead_letters = 5", "takes its values in parentheses"),
            (
                r#"retention = "1m", visibility = "2m""#,
                "retention of 60 s is shorter than the visibility timeout of 120 s",
            ),
            (
                r#"retention = "1m", delay = "1m""#,
                "delay of 60 s with a retention of 60 s: a message is gone before",
            ),
            ("tls_only = 0", "`tls_only` takes `true` or `false`"),
        ] {
            let found = rejected(&format!("queue({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
    }
}
