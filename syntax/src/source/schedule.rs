//! `schedule("rate(5 minutes)")`, and its short form `schedule = "rate(5 minutes)"`.

use skylift_model::aws::limits;
use skylift_model::source::schedule::Schedule;

use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Value};

/// Reads the arguments of `schedule`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<Schedule> {
    let expression = match args.positional().as_slice() {
        [value] => read::schedule(value, errors),
        [] => {
            errors
                .push(&args.place, "`schedule` needs to say when")
                .help("write `schedule(\"rate(5 minutes)\")`");
            None
        }
        [_, second, ..] => {
            errors
                .push(&second.place, "`schedule` takes one expression")
                .help("write a second `trigger = schedule(…)`");
            None
        }
    };
    let description = args.get("description").and_then(|value| {
        read::text_within(value, limits::DESCRIPTION_LEN, "the description of a rule", errors)
    });
    let name = args.get("name").and_then(|value| read::name(value, errors));
    let enabled =
        args.get("enabled").and_then(|value| read::boolean(value, errors)).unwrap_or(true);
    let input = args.get("input").and_then(|value| read::node(value, errors));
    Some(Schedule { expression: expression?, name, description, enabled, input })
}

/// Reads the value of `schedule = "…"`.
pub fn read_short(value: &Value, errors: &mut Errors) -> Option<Schedule> {
    let expression = read::schedule(value, errors)?;
    Some(Schedule { expression, name: None, description: None, enabled: true, input: None })
}
