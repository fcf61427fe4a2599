//! The key `provisioned_concurrency = 2`, or `provisioned_concurrency(min = 1, max = 10, target = 0.7)`. The
//! form with parentheses takes any number of `schedule(at = "cron(0 8 ? * MON-FRI *)", min = 10, max = 20,
//! time_zone = "…")`.

use skylift_model::aws::function_keys;
use skylift_model::aws::limits;
use skylift_model::aws::provisioned_concurrency::{
    EnvironmentCount, ProvisionedConcurrency, ScheduledBounds, Utilization,
};
use skylift_model::reserved::check_provisioned;
use skylift_model::settings::ReservedConcurrency;

use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_action_schedule, read_number, read_time_zone, report_expected};
use crate::span::SourceSpan;
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// The key of `#[function]` that sets the provisioned concurrency.
pub(super) const KEY: &str = function_keys::PROVISIONED_CONCURRENCY.name;

/// Reads the value of `provisioned_concurrency`, and checks that no bound is more than the reserved
/// concurrency.
pub(super) fn read_provisioned(
    value: &ArgValue,
    reserved: Option<ReservedConcurrency>,
    errors: &mut Errors,
) -> Option<ProvisionedConcurrency> {
    let limit = ReservedLimit(reserved);
    match &value.kind {
        ArgValueKind::Call(name, args) if name.text == KEY => errors.scope(|errors| {
            args.read_all(KEY, errors, |args, errors| read_provisioned_args(args, limit, errors))
        }),
        ArgValueKind::Int(0) => {
            errors.push(&value.span, messages::provisioned_concurrency_of_zero(KEY));
            None
        }
        ArgValueKind::Int(_) => {
            let provisioned: ProvisionedConcurrency = read_number(value, errors)?;
            limit.check_bound(provisioned.max, &value.span, errors);
            Some(provisioned)
        }
        _ => report_expected(&phrases::provisioned_concurrency(KEY), value, errors),
    }
}

/// The reserved concurrency of a function, which no bound of its provisioned concurrency can exceed.
#[derive(Clone, Copy)]
struct ReservedLimit(Option<ReservedConcurrency>);

impl ReservedLimit {
    /// Checks that a bound of the provisioned concurrency is not more than the reserved concurrency.
    fn check_bound(self, bound: EnvironmentCount, span: &SourceSpan, errors: &mut Errors) {
        let check = |it: ReservedConcurrency| check_provisioned(bound.get(), it.get());
        if let Some(message) = self.0.and_then(check) {
            errors.push(span, message);
        }
    }
}

/// Reads the arguments of `provisioned_concurrency(…)`, and checks that `target` has an effect.
fn read_provisioned_args(
    args: &Args,
    limit: ReservedLimit,
    errors: &mut Errors,
) -> Option<ProvisionedConcurrency> {
    let provisioned = errors.scope(|errors| read_bounds_and_schedules(args, limit, errors))?;
    if args.has_key("target") && provisioned.target_utilization().is_none() {
        let max = u64::from(provisioned.min.get()) + 1;
        errors.push(args.span_of("target"), messages::target_without_range(max));
    }
    Some(provisioned)
}

/// Reads `min`, `max`, `target` and the schedules of `provisioned_concurrency(…)`. Returns `None` after an
/// error was recorded.
fn read_bounds_and_schedules(
    args: &Args,
    limit: ReservedLimit,
    errors: &mut Errors,
) -> Option<ProvisionedConcurrency> {
    let bounds = read_bounds(args, KEY, None, limit, errors);
    let target = args.take("target", read_utilization, errors);
    let default_max = bounds.map(|(_, max)| max);
    let written = args.take_each(&["schedule"]);
    if let Some((first_beyond, _)) = written.get(limits::SCHEDULED_ACTIONS) {
        let message = messages::too_many_schedules(written.len(), limits::SCHEDULED_ACTIONS);
        errors.push(&first_beyond.span, message);
    }
    let mut schedules: Vec<ScheduledBounds> = Vec::new();
    for (key, value) in written {
        let Some(next) = read_scheduled(key, value, default_max, limit, errors) else { continue };
        if schedules.iter().any(|it| it.start() == next.start()) {
            errors.push(&key.span, messages::second_schedule_at_one_time(&next.at));
        }
        schedules.push(next);
    }
    let (min, max) = bounds?;
    Some(ProvisionedConcurrency { min, max, target, schedules })
}

/// Reads `min` and `max`, and returns them in this order. If `max` is not set, it is the greater of
/// `default_max` and `min`. `owner` is the key that has the arguments.
fn read_bounds(
    args: &Args,
    owner: &str,
    default_max: Option<EnvironmentCount>,
    limit: ReservedLimit,
    errors: &mut Errors,
) -> Option<(EnvironmentCount, EnvironmentCount)> {
    let min = args
        .take_if_set("min", read_min, errors)
        .unwrap_or_else(|| report_no_min(args, owner, errors));
    let max = args.take_if_set("max", read_number::<EnvironmentCount>, errors);
    let min = min?;
    let (max, span) = match max {
        Some(max) => (max?, args.span_of("max")),
        None => (default_max.unwrap_or(min).max(min), args.span_of("min")),
    };
    if max < min {
        errors.push(span, messages::max_less_than_min(max.get(), min.get()));
        return None;
    }
    limit.check_bound(max, span, errors);
    Some((min, max))
}

/// Reports that `owner` has no `min`, and returns `None`. If it has a number without a key, the help is to add
/// `min =` before the number.
fn report_no_min<T>(args: &Args, owner: &str, errors: &mut Errors) -> Option<T> {
    let positional = args.take_positional().into_iter().next();
    let number = positional.and_then(|value| match value.kind {
        ArgValueKind::Int(number) if number > 0 => Some(number),
        _ => None,
    });
    let span = positional.map_or(&args.span, |value| &value.span);
    errors.push(span, messages::min_missing(owner, number.unwrap_or(1)));
    None
}

/// Reads the value of `min`, which cannot be 0. Returns `None` after an error was recorded.
fn read_min(value: &ArgValue, errors: &mut Errors) -> Option<EnvironmentCount> {
    if let ArgValueKind::Int(0) = value.kind {
        errors.push(&value.span, messages::min_of_zero());
        return None;
    }
    read_number(value, errors)
}

/// Reads the value of `target`. Returns `None` after an error was recorded.
fn read_utilization(value: &ArgValue, errors: &mut Errors) -> Option<Utilization> {
    let share = match value.kind {
        ArgValueKind::Float(share) => share,
        // Every whole number is out of range, and stays so if a long one is rounded.
        #[allow(clippy::cast_precision_loss)]
        ArgValueKind::Int(share) => share as f64,
        _ => return report_expected(phrases::UTILIZATION, value, errors),
    };
    match Utilization::try_from(share) {
        Ok(share) => Some(share),
        Err(error) => {
            errors.push(&value.span, messages::invalid_target(&error.to_string()));
            None
        }
    }
}

/// Reads one `schedule(…)` of `provisioned_concurrency(…)`. `default_max` is its `max` if the user sets none.
/// Returns `None` after an error was recorded.
fn read_scheduled(
    key: &ArgKey,
    value: &ArgValue,
    default_max: Option<EnvironmentCount>,
    limit: ReservedLimit,
    errors: &mut Errors,
) -> Option<ScheduledBounds> {
    let ArgValueKind::Call(_, args) = &value.kind else {
        errors.push(&value.span, messages::schedule_without_parentheses());
        return None;
    };
    args.read_all("schedule", errors, |args, errors| {
        let at = args.take_if_set("at", read_action_schedule, errors).unwrap_or_else(|| {
            errors.push(&key.span, messages::schedule_without_at());
            None
        });
        let bounds = read_bounds(args, "schedule", default_max, limit, errors);
        let time_zone =
            |value: &ArgValue, errors: &mut Errors| read_time_zone(value, at.as_ref(), errors);
        let time_zone = args.take("time_zone", time_zone, errors);
        let (min, max) = bounds?;
        Some(ScheduledBounds { at: at?, min, max, time_zone })
    })
}

#[cfg(test)]
mod tests;
