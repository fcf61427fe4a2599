//! The arguments that triggers with an EventBridge rule share: `dead_letters = Lost`, `retries = 3`,
//! `max_event_age = "1h"` and `input = {…}`.

use skylift_model::aws::limits;
use skylift_model::aws::node::Node;
use skylift_model::number_setting::NumberParameters;
use skylift_model::source::dead_letters;
use skylift_model::source::rule_target::RuleTarget;

use super::dead_letters::read_dead_letters;
use crate::errors::Errors;
use crate::messages;
use crate::readers::{read_json, read_number, read_seconds, take_number};
use crate::tree::{ArgValue, Args};

/// Reads how the rule delivers events.
pub(super) fn read_rule_target(args: &Args, errors: &mut Errors) -> RuleTarget {
    let mut parameters = NumberParameters::default();
    RuleTarget {
        dead_letters: args.take(dead_letters::KEY, read_dead_letters, errors),
        retries: take_number(args, RuleTarget::RETRIES, read_number, &mut parameters, errors),
        max_event_age: take_number(
            args,
            RuleTarget::MAX_EVENT_AGE,
            read_seconds,
            &mut parameters,
            errors,
        ),
        from_parameters: parameters,
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
