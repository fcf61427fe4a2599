//! `sqs`, `sqs(queue = Jobs, batch_size = 10, batch_window = "5s", max_concurrency = 20, concurrency = 5)`.

use skylift_model::aws::limits;
use skylift_model::aws::value::Reference;
use skylift_model::resource::Kind;
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
        let queue = args.given("queue", read::reference, errors).unwrap_or(Some(Reference::Own));
        let batch_size = args.take("batch_size", read::number, errors);
        let max_concurrency = args.take("max_concurrency", read::number, errors);
        let concurrency = args.take("concurrency", read::number, errors);
        let mapping = mapping::read(args, RECORDS, errors);
        let sqs = Self { queue: queue?, batch_size, max_concurrency, concurrency, mapping };
        check(args, &sqs, errors);
        Some(sqs)
    }
}

fn check(args: &Args, sqs: &Sqs, errors: &mut Errors) {
    let fifo = matches!(&sqs.queue, Reference::Named(name) if name.is_fifo())
        || matches!(&sqs.queue, Reference::Arn(arn) if arn.ends_with(limits::FIFO_SUFFIX));
    if let Some((key, message)) = fifo.then(|| sqs.check_fifo()).flatten() {
        errors.push(args.place_of(key), message);
    } else if let Some(message) = sqs.check_window() {
        errors.push(args.place_of("batch_size"), message).help("write `batch_window = \"5s\"`");
    }
    if let Reference::Arn(arn) = &sqs.queue {
        read::is_arn_of(Kind::Queue, arn, args.place_of("queue"), errors);
    }
}
