//! `sqs`, `sqs(queue = Jobs, batch_size = 10, batch_window = "5s", max_concurrency = 20, concurrency = 5)`.

use skylift_model::limits;
use skylift_model::node::Node;
use skylift_model::source::sqs::Sqs;
use skylift_model::value::Reference;

use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Value};

/// Reads the arguments of `sqs`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<Sqs> {
    let queue =
        args.get("queue").map_or(Some(Reference::Own), |value| read::reference(value, errors));
    let sqs = Sqs {
        queue: queue?,
        batch_size: args.get("batch_size").and_then(|value| read::number(value, errors)),
        batch_window: args.get("batch_window").and_then(|value| read::seconds(value, errors)),
        max_concurrency: args.get("max_concurrency").and_then(|value| read::number(value, errors)),
        concurrency: args.get("concurrency").and_then(|value| read::number(value, errors)),
        enabled: args.get("enabled").and_then(|value| read::boolean(value, errors)).unwrap_or(true),
        filters: args.get("filters").map(|value| filters(value, errors)).unwrap_or_default(),
    };
    check(args, &sqs, errors);
    Some(sqs)
}

fn filters(value: &Value, errors: &mut Errors) -> Vec<Node> {
    let patterns = read::list(value);
    patterns.iter().filter_map(|pattern| read::object(pattern, errors)).map(Node::Map).collect()
}

fn check(args: &Args, sqs: &Sqs, errors: &mut Errors) {
    let place = |key| args.find(key).map_or(&args.place, |value| &value.place);
    let fifo = matches!(&sqs.queue, Reference::Named(name) if name.is_fifo())
        || matches!(&sqs.queue, Reference::Arn(arn) if arn.ends_with(limits::FIFO_SUFFIX));
    if let Some((key, message)) = fifo.then(|| sqs.check_fifo()).flatten() {
        errors.push(place(key), message);
    } else if let Some(message) = sqs.check_window() {
        errors.push(place("batch_size"), message).help("write `batch_window = \"5s\"`");
    }
    if let Reference::Arn(arn) = &sqs.queue
        && arn.split(':').nth(2) != Some("sqs")
    {
        errors.push(place("queue"), format!("`{arn}` is not the ARN of a queue"));
    }
}
