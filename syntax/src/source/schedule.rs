//! `schedule("rate(5 minutes)")`, and its short form `schedule = "rate(5 minutes)"`.

use skylift_model::aws::limits;
use skylift_model::source::schedule::Schedule;

use super::Written;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Value};

impl Written for Schedule {
    const SHORT: Option<fn(&Value, &mut Errors) -> Option<Self>> = Some(read_short);

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
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
        let description = |value: &Value, errors: &mut Errors| {
            read::text_within(value, limits::DESCRIPTION_LEN, "the description of a rule", errors)
        };
        let description = args.take("description", description, errors);
        let name = args.take("name", read::name, errors);
        let enabled = args.take("enabled", read::boolean, errors).unwrap_or(true);
        let input = args.take("input", read::node, errors);
        Some(Self { expression: expression?, name, description, enabled, input })
    }
}

/// Reads the value of `schedule = "…"`.
fn read_short(value: &Value, errors: &mut Errors) -> Option<Schedule> {
    let expression = read::schedule(value, errors)?;
    Some(Schedule { expression, name: None, description: None, enabled: true, input: None })
}
