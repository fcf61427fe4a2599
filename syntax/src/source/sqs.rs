//! The source `sqs`, or `sqs(queue = Jobs, batch_size = 10, batch_window = "5s", max_concurrency = 20,
//! batch_concurrency = 5)`. Reads a trigger on a queue.

use skylift_model::aws::limits;
use skylift_model::aws::mapping::keys;
use skylift_model::aws::value::ResourceReference;
use skylift_model::number_setting::NumberParameters;
use skylift_model::resource::ResourceKind;
use skylift_model::source::BatchConcurrency;
use skylift_model::source::sqs::{QueueBatchSize, RECORD_FIELDS, Sqs};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::mapping::{RecordFields, read_mapping};
use crate::readers::{check_arn_kind, read_number, read_reference, take_number};
use crate::tree::Args;

/// The fields of a queue's record that the filters of an `sqs` trigger may name.
const RECORDS: RecordFields = RecordFields { source: "sqs", fields: RECORD_FIELDS, values: &[] };

impl SourceGrammar for Sqs {
    const WORDS: SourceWords = SourceWords {
        names: &[(&["sqs", "queue", "sqsqueue"], "write `trigger = sqs(queue = Jobs)`")],
        keys: &[
            (
                &["scalingconfig", "maximumconcurrency", "maxconcurrency"],
                "write `max_concurrency = 10`",
            ),
            (
                &["visibility", "visibilitytimeout"],
                "it is a key of the queue: `#[resource(queue(visibility = \"5m\"))]`",
            ),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let queue = args.take_main("queue", read_reference, errors);
        let queue = queue.unwrap_or(Some(ResourceReference::Own));
        let mut parameters = NumberParameters::default();
        let batch_size = take_number(args, keys::BATCH_SIZE, read_number, &mut parameters, errors);
        // This was `concurrency` before. It is taken before `max_concurrency`, so that of the two it is
        // suggested to those who still write `concurrency`.
        let batch_concurrency = args.take(BatchConcurrency::KEY, read_number, errors);
        let max_concurrency =
            take_number(args, keys::MAX_CONCURRENCY, read_number, &mut parameters, errors);
        let shared = args.take_flag("shared", errors).unwrap_or_default();
        let mut mapping = read_mapping(args, RECORDS, errors);
        mapping.from_parameters.add(parameters);
        let sqs =
            Self { queue: queue?, batch_size, max_concurrency, batch_concurrency, shared, mapping };
        check_queue(args, &sqs, errors);
        Some(sqs)
    }
}

/// Checks that the trigger has the batch window that its batch size needs, and that an ARN is the ARN of a queue. If
/// the name or the ARN shows that the queue is FIFO, checks instead of the window that a FIFO queue accepts the
/// settings.
fn check_queue(args: &Args, sqs: &Sqs, errors: &mut Errors) {
    // The numbers of parameters are checked with the limits of Cargo.toml.
    let is_parameter = |key| sqs.mapping.from_parameters.has(key);
    let is_fifo = matches!(&sqs.queue, ResourceReference::Named(name) if name.is_fifo())
        || matches!(&sqs.queue, ResourceReference::Arn(arn) if arn.ends_with(limits::FIFO_SUFFIX));
    if let Some((key, message)) = is_fifo.then(|| sqs.check_fifo()).flatten() {
        errors.push(args.span_of(key), message);
    } else if let Some(message) = sqs.check_window().filter(|_| !is_parameter(keys::BATCH_WINDOW)) {
        errors.push(args.span_of("batch_size"), message);
    }
    if let Some(message) = sqs.mapping.check_window(sqs.batch_size.map(QueueBatchSize::get)) {
        errors.push(args.span_of("batch_window"), message);
    }
    let concurrency = sqs.check_batch_concurrency().filter(|_| !is_parameter(keys::BATCH_SIZE));
    if let Some(message) = concurrency {
        errors.push(args.span_of(BatchConcurrency::KEY), message);
    }
    if let ResourceReference::Arn(arn) = &sqs.queue {
        check_arn_kind(ResourceKind::Queue, arn, args.span_of("queue"), errors);
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    fn sqs(arguments: &str) -> Sqs {
        match trigger(&format!("sqs({arguments})")) {
            Trigger::Sqs(sqs) => sqs,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let bare = sqs("");
        assert_eq!(bare.queue, ResourceReference::Own);
        assert!(bare.batch_size.is_none() && bare.max_concurrency.is_none());
        assert!(bare.batch_concurrency.is_none());
        let read = sqs(
            r#"queue = Jobs, batch_size = 100, batch_window = "5s", max_concurrency = 20, batch_concurrency = 5"#,
        );
        assert_eq!(read.queue, ResourceReference::Declared("Jobs".to_owned()));
        assert_eq!(read.batch_size.unwrap().get(), 100);
        assert_eq!(read.max_concurrency.unwrap().get(), 20);
        assert_eq!(read.batch_concurrency.unwrap().get(), 5);
        assert_eq!(read.mapping.batch_window.unwrap().get(), 5);
    }

    #[test]
    fn the_old_name_of_batch_concurrency_suggests_the_new_one() {
        assert_eq!(
            rejected("sqs(concurrency = 5)"),
            "unknown key `concurrency` in `sqs`\n\nhelp: did you mean `batch_concurrency`?"
        );
    }

    #[test]
    fn every_argument_is_checked() {
        let fifo = "arn:aws:sqs:eu-west-1:123456789012:jobs.fifo";
        for (wrong, message) in [
            ("queue = 3, batch_size = 5".to_owned(), "expected the path of a `#[resource]`"),
            ("batch_size = 0".to_owned(), "batch size of 0 is out of range"),
            ("max_concurrency = 1".to_owned(), "concurrency of 1 is out of range"),
            ("batch_concurrency = 0".to_owned(), "batch concurrency of 0 is"),
            ("batch_size = 11".to_owned(), "batch size of 11 needs a batch window"),
            (r#"queue = "jobs.fifo", batch_size = 11"#.to_owned(), "a FIFO queue"),
            (format!("queue = {fifo:?}, batch_size = 11"), "a FIFO queue"),
            (r#"queue = "jobs.fifo", batch_window = "5s""#.to_owned(), "a FIFO queue"),
            (
                r#"queue = "arn:aws:sns:eu-west-1:123456789012:a""#.to_owned(),
                "`arn:aws:sns:eu-west-1:123456789012:a` is not the ARN of a queue",
            ),
        ] {
            let found = rejected(&format!("sqs({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
        sqs(r#"queue = "jobs", batch_size = 11, batch_window = "5s""#);
        sqs(r#"queue = "jobs.fifo", batch_size = 10"#);
    }

    #[test]
    fn settings_of_larger_batches_have_an_effect() {
        for right in [
            r#"batch_size = 1, batch_window = "0s", batch_concurrency = 1"#,
            r#"batch_size = 2, batch_window = "5s", batch_concurrency = 2"#,
            "batch_concurrency = 10",
        ] {
            let _ = trigger(&format!("sqs({right})"));
        }
        for (wrong, message) in [
            (
                r#"batch_size = 1, batch_window = "5s""#,
                "a batch window of 5 s has no effect: a batch of one record does not wait for others",
            ),
            (
                "batch_concurrency = 11",
                "batch concurrency of 11 has no effect: a batch has at most 10 messages",
            ),
            (
                "batch_size = 3, batch_concurrency = 4",
                "batch concurrency of 4 has no effect: a batch has at most 3 messages",
            ),
        ] {
            let found = rejected(&format!("sqs({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
