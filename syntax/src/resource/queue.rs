//! `queue`, `queue(fifo, visibility = "5m", dead_letters(after = 5))`.

use skylift_model::limits;
use skylift_model::name::QueueName;
use skylift_model::resource::queue::{MaxReceives, Queue};

use crate::errors::Errors;
use crate::read;
use crate::tree::Args;

/// Reads the arguments of `queue`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<Queue> {
    let name: Option<QueueName> = args.get("name").and_then(|value| read::name(value, errors));
    let fifo = args.flag("fifo", errors);
    if let (Some(name), Some(value), Some(fifo)) = (&name, args.find("name"), fifo)
        && name.is_fifo() != fifo
    {
        let help = if name.is_fifo() {
            "leave `fifo = false` out".to_owned()
        } else {
            format!("end the name in `{}`", limits::FIFO_SUFFIX)
        };
        errors.push(&value.place, format!("`{name}` and `fifo` contradict each other")).help(help);
    }
    let fifo = fifo.unwrap_or_else(|| name.as_ref().is_some_and(QueueName::is_fifo));
    let visibility = args.get("visibility").and_then(|value| read::seconds(value, errors));
    let max_receives = args.nested("dead_letters", errors).and_then(|inner| {
        let after = inner.get("after").and_then(|value| read::number(value, errors));
        inner.finish("dead_letters", errors);
        after
    });
    Some(Queue {
        name,
        fifo,
        visibility,
        max_receives: max_receives.unwrap_or(MaxReceives::DEFAULT),
    })
}
