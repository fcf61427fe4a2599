//! The arguments that triggers with an EventBridge rule share: `dead_letters = Lost`, `retries = 3`,
//! `max_event_age = "1h"` and `input = {…}`.

use skylift_model::aws::limits;
use skylift_model::aws::node::Node;
use skylift_model::source::dead_letters;
use skylift_model::source::rule_target::RuleTarget;

use super::dead_letters::read_dead_letters;
use crate::errors::Errors;
use crate::messages;
use crate::readers::{read_json, read_number, read_seconds};
use crate::tree::{ArgValue, Args};

/// Reads how the rule delivers events.
pub(super) fn read_rule_target(args: &Args, errors: &mut Errors) -> RuleTarget {
    RuleTarget {
        dead_letters: args.take(dead_letters::KEY, read_dead_letters, errors),
        retries: args.take("retries", read_number, errors),
        max_event_age: args.take("max_event_age", read_seconds, errors),
    }
}

/// Reads the value of `input`: the payload that the function gets for each event. Returns `None` after an error was
/// recorded.
pub(super) fn read_rule_input(value: &ArgValue, errors: &mut Errors) -> Option<Node> {
    let input = read_json(value, errors)?;
    let length = input.json_len();
    if length > limits::RULE_INPUT_LEN {
        errors.push(&value.span, messages::rule_input_too_long(length, limits::RULE_INPUT_LEN));
        return None;
    }
    Some(input)
}
