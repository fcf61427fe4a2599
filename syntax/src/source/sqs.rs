//! `sqs`, `sqs(queue = Jobs, batch_size = 10, batch_window = "5s", max_concurrency = 20, concurrency = 5)`.

use skylift_model::aws::limits;
use skylift_model::aws::value::ResourceReference;
use skylift_model::resource::ResourceKind;
use skylift_model::source::sqs::{RECORD_FIELDS, Sqs};

use super::Written;
use crate::errors::Errors;
use crate::mapping::{self, Records};
use crate::read;
use crate::tree::Args;

/// What its filters are about.
const RECORDS: Records = Records { source: "sqs", fields: RECORD_FIELDS };

impl Written for Sqs {
    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let queue =
            args.given("queue", read::reference, errors).unwrap_or(Some(ResourceReference::Own));
        let batch_size = args.take("batch_size", read::number, errors);
        let max_concurrency = args.take("max_concurrency", read::number, errors);
        let batch_concurrency = args.take("concurrency", read::number, errors);
        let mapping = mapping::read(args, RECORDS, errors);
        let sqs = Self { queue: queue?, batch_size, max_concurrency, batch_concurrency, mapping };
        check(args, &sqs, errors);
        Some(sqs)
    }
}

fn check(args: &Args, sqs: &Sqs, errors: &mut Errors) {
    let fifo = matches!(&sqs.queue, ResourceReference::Named(name) if name.is_fifo())
        || matches!(&sqs.queue, ResourceReference::Arn(arn) if arn.ends_with(limits::FIFO_SUFFIX));
    if let Some((key, message)) = fifo.then(|| sqs.check_fifo()).flatten() {
        errors.push(args.place_of(key), message);
    } else if let Some(message) = sqs.check_window() {
        errors.push(args.place_of("batch_size"), message).help("write `batch_window = \"5s\"`");
    }
    if let ResourceReference::Arn(arn) = &sqs.queue {
        read::is_arn_of(ResourceKind::Queue, arn, args.place_of("queue"), errors);
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{refused, trigger};

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
            r#"queue = Jobs, batch_size = 100, batch_window = "5s", max_concurrency = 20, concurrency = 5"#,
        );
        assert_eq!(read.queue, ResourceReference::Declared("Jobs".to_owned()));
        assert_eq!(read.batch_size.unwrap().get(), 100);
        assert_eq!(read.max_concurrency.unwrap().get(), 20);
        assert_eq!(read.batch_concurrency.unwrap().get(), 5);
        assert_eq!(read.mapping.batch_window.unwrap().get(), 5);
    }

    #[test]
    fn every_argument_is_checked() {
        let fifo = "arn:aws:sqs:eu-west-1:123456789012:jobs.fifo";
        for (wrong, message) in [
            ("queue = 3, batch_size = 5".to_owned(), "expected the path of a `#[resource]`"),
            ("batch_size = 0".to_owned(), "batch size of 0 is out of range"),
            ("max_concurrency = 1".to_owned(), "concurrency of 1 is out of range"),
            ("concurrency = 0".to_owned(), "concurrency of 0 is"),
            ("batch_size = 11".to_owned(), "batch size of 11 needs a batch window"),
            (r#"queue = "jobs.fifo", batch_size = 11"#.to_owned(), "a FIFO queue"),
            (format!("queue = {fifo:?}, batch_size = 11"), "a FIFO queue"),
            (r#"queue = "jobs.fifo", batch_window = "5s""#.to_owned(), "a FIFO queue"),
            (
                r#"queue = "arn:aws:sns:eu-west-1:123456789012:a""#.to_owned(),
                "`arn:aws:sns:eu-west-1:123456789012:a` is not the ARN of a queue",
            ),
        ] {
            let found = refused(&format!("sqs({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
        sqs(r#"queue = "jobs", batch_size = 11, batch_window = "5s""#);
        sqs(r#"queue = "jobs.fifo", batch_size = 10"#);
    }
}
