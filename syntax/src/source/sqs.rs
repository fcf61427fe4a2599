//! `sqs`, `sqs(queue = Jobs, batch_size = 10, batch_window = "5s", max_concurrency = 20, concurrency = 5)`.

use skylift_model::aws::limits;
use skylift_model::aws::value::Reference;
use skylift_model::resource::Kind;
use skylift_model::source::sqs::{RECORD_FIELDS, Sqs};

use crate::errors::Errors;
use crate::mapping::{self, Records, place};
use crate::read;
use crate::tree::Args;

/// What its filters are about.
const RECORDS: Records = Records { source: "sqs", fields: RECORD_FIELDS };

/// Reads the arguments of `sqs`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<Sqs> {
    let queue =
        args.get("queue").map_or(Some(Reference::Own), |value| read::reference(value, errors));
    let sqs = Sqs {
        queue: queue?,
        batch_size: args.get("batch_size").and_then(|value| read::number(value, errors)),
        max_concurrency: args.get("max_concurrency").and_then(|value| read::number(value, errors)),
        concurrency: args.get("concurrency").and_then(|value| read::number(value, errors)),
        mapping: mapping::read(args, RECORDS, errors),
    };
    check(args, &sqs, errors);
    Some(sqs)
}

fn check(args: &Args, sqs: &Sqs, errors: &mut Errors) {
    let fifo = matches!(&sqs.queue, Reference::Named(name) if name.is_fifo())
        || matches!(&sqs.queue, Reference::Arn(arn) if arn.ends_with(limits::FIFO_SUFFIX));
    if let Some((key, message)) = fifo.then(|| sqs.check_fifo()).flatten() {
        errors.push(place(args, key), message);
    } else if let Some(message) = sqs.check_window() {
        errors.push(place(args, "batch_size"), message).help("write `batch_window = \"5s\"`");
    }
    if let Reference::Arn(arn) = &sqs.queue {
        read::is_arn_of(Kind::Queue, arn, place(args, "queue"), errors);
    }
}
