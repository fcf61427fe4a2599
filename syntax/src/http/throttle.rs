//! The limits for the number of requests: `throttle(rate = 100, burst = 50)`.

use skylift_model::http::{Rate, Throttle};

use super::accept_message;
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_number, report_expected};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// Reads the arguments of `throttle`. Returns `None` after an error was recorded.
pub(crate) fn read_throttle(args: &Args, errors: &mut Errors) -> Option<Throttle> {
    args.read_all("throttle", errors, |args, errors| {
        let rate = args.take_if_set("rate", read_rate, errors);
        let burst = args.take_if_set("burst", read_number, errors);
        // API Gateway takes zero for the one that is missing, which refuses every request.
        for (key, is_set) in [("rate", rate.is_some()), ("burst", burst.is_some())] {
            if !is_set {
                errors.push_missing(&args.span, messages::throttle_without(key));
                return None;
            }
        }
        Some(Throttle { rate: rate??, burst: burst?? })
    })
}

/// Reads the value of `rate`: a number, which can have a fraction. Returns `None` after an error was recorded.
fn read_rate(value: &ArgValue, errors: &mut Errors) -> Option<Rate> {
    let number = match &value.kind {
        ArgValueKind::Int(number) => i32::try_from(*number).map_or(f64::INFINITY, f64::from),
        ArgValueKind::Float(number) => *number,
        _ => return report_expected(phrases::REQUESTS_PER_SECOND, value, errors),
    };
    accept_message(Rate::try_from(number), value, errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::testing::{accepted, rejected};

    fn read(value: &ArgValue, errors: &mut Errors) -> Option<Throttle> {
        let ArgValueKind::Call(_, args) = &value.kind else { panic!("{value:?}") };
        read_throttle(args, errors)
    }

    #[test]
    fn a_limit_has_a_rate_and_a_burst() {
        for (rate, number) in [("100", 100.0), ("0.5", 0.5)] {
            let throttle = accepted(&format!("throttle(rate = {rate}, burst = 20)"), read);
            assert!((throttle.rate.get() - number).abs() < f64::EPSILON);
            assert_eq!(throttle.burst.get(), 20);
        }
        for (text, message) in [
            (
                "throttle(rate = 1)",
                "`throttle` needs `burst`: how many requests API Gateway takes at once\n\nhelp: write `throttle(rate = 100, burst = 50)`",
            ),
            (
                "throttle(burst = 1)",
                "`throttle` needs `rate`: how many requests API Gateway takes in a second\n\nhelp: write `throttle(rate = 100, burst = 50)`",
            ),
            (
                "throttle(rate = 0, burst = 1)",
                "a rate of 0 lets no request through\n\nhelp: write how many requests a second the API takes: `rate = 100`",
            ),
            (
                "throttle(rate = \"1\", burst = 1)",
                "expected a number of requests in a second, found a string",
            ),
        ] {
            assert_eq!(rejected(text, read), message, "{text}");
        }
        let message = rejected("throttle(rate = 1, burst = 0)", read);
        assert!(message.starts_with("burst"), "{message}");
    }
}
