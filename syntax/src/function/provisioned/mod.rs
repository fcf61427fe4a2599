//! `provisioned_concurrency = 2`, `provisioned_concurrency(min = 1, max = 10, target = 0.7)`, each with
//! any number of `schedule(at = "cron(0 8 ? * MON-FRI *)", min = 10, max = 20, time_zone = "…")`.

use skylift_model::aws::function_keys;
use skylift_model::aws::limits;
use skylift_model::aws::provisioned_concurrency::{
    EnvironmentCount, ProvisionedConcurrency, ScheduledBounds, Utilization,
};
use skylift_model::schedule::ActionSchedule;
use skylift_model::settings::ReservedConcurrency;
use skylift_model::time_zone::TimeZone;

use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::tree::{Args, Key, Kind, Value};

/// The key.
pub(super) const KEY: &str = function_keys::PROVISIONED_CONCURRENCY.name;

/// Reads the value of the key. There never are more of them than may run at once.
pub(super) fn read(
    value: &Value,
    reserved: Option<ReservedConcurrency>,
    errors: &mut Errors,
) -> Option<ProvisionedConcurrency> {
    let reserved = Reserved(reserved);
    match &value.kind {
        Kind::Call(name, args) if name.text == KEY => errors.scope(|errors| {
            args.read(KEY, errors, |args, errors| read_args(args, reserved, errors))
        }),
        Kind::Int(0) => {
            errors
                .push(
                    &value.place,
                    "Lambda keeps one environment started or more, where it keeps any",
                )
                .help(format!("leave `{KEY}` out, or write `{KEY} = 1`"));
            None
        }
        Kind::Int(_) => {
            let provisioned: ProvisionedConcurrency = read::number(value, errors)?;
            reserved.check(provisioned.max, &value.place, errors);
            Some(provisioned)
        }
        _ => {
            let forms = format!("a whole number, or `{KEY}(min = 1, max = 10)`");
            read::expected(&forms, value, errors)
        }
    }
}

/// `SnapStart` among the properties of the user's own, which Lambda does not take beside it.
pub(super) fn check_snap_start(properties: &Value, errors: &mut Errors) {
    let Kind::Map(entries) = &properties.kind else { return };
    let Some((key, value)) = entries.iter().find(|(key, _)| key.text == "SnapStart") else {
        return;
    };
    let off = match &value.kind {
        Kind::Map(inner) => inner.iter().all(|(key, value)| {
            key.text != "ApplyOn" || matches!(&value.kind, Kind::Str(text) if text == "None")
        }),
        _ => true,
    };
    if !off {
        errors
            .push(&key.place, "SnapStart and provisioned concurrency exclude each other")
            .help(format!("leave one of them out: `{KEY}` or `SnapStart`"));
    }
}

/// What a function may run at once, where that is limited.
#[derive(Clone, Copy)]
struct Reserved(Option<ReservedConcurrency>);

impl Reserved {
    fn check(self, most: EnvironmentCount, place: &Place, errors: &mut Errors) {
        let Some(reserved) = self.0.filter(|reserved| most.get() > reserved.get()) else { return };
        let (most, reserved) = (most.get(), reserved.get());
        errors
            .push(
                place,
                format!("provisioned concurrency of {most} is more than the {reserved} that are reserved"),
            )
            .help(format!("keep fewer started, or write `reserved_concurrency = {most}` or more"));
    }
}

fn read_args(
    args: &Args,
    reserved: Reserved,
    errors: &mut Errors,
) -> Option<ProvisionedConcurrency> {
    let provisioned = errors.scope(|errors| written(args, reserved, errors))?;
    if args.has("target") && provisioned.target_utilization().is_none() {
        let max = u64::from(provisioned.min.get()) + 1;
        errors
            .push(
                args.place_of("target"),
                "`target` has nothing to decide: `min` is `max` at all times",
            )
            .help(format!("write `max = {max}` or more"));
    }
    Some(provisioned)
}

fn written(args: &Args, reserved: Reserved, errors: &mut Errors) -> Option<ProvisionedConcurrency> {
    let bounds = bounds(args, KEY, None, reserved, errors);
    let target = args.take("target", utilization, errors);
    let most = bounds.map(|(_, max)| max);
    let written = args.each(&["schedule"]);
    if let Some((key, _)) = written.get(limits::SCHEDULED_ACTIONS) {
        let (count, most) = (written.len(), limits::SCHEDULED_ACTIONS);
        errors
            .push(&key.place, format!("{count} schedules, Application Auto Scaling takes {most}"));
    }
    let mut schedules: Vec<ScheduledBounds> = Vec::new();
    for (key, value) in written {
        let Some(next) = schedule(key, value, most, reserved, errors) else { continue };
        if schedules.iter().any(|it| it.start() == next.start()) {
            let message =
                format!("a second schedule at `{}`: which of them held would be chance", next.at);
            errors
                .push(&key.place, message)
                .help("leave one of them out; without a `time_zone` it is UTC");
        }
        schedules.push(next);
    }
    let (min, max) = bounds?;
    Some(ProvisionedConcurrency { min, max, target, schedules })
}

/// `min` and `max`. One that has no `max` has `otherwise` as its own, where that is more.
fn bounds(
    args: &Args,
    what: &str,
    otherwise: Option<EnvironmentCount>,
    reserved: Reserved,
    errors: &mut Errors,
) -> Option<(EnvironmentCount, EnvironmentCount)> {
    let min = args.given("min", least, errors).unwrap_or_else(|| no_least(args, what, errors));
    let max = args.given("max", read::number::<EnvironmentCount>, errors);
    let min = min?;
    let (max, place) = match max {
        Some(max) => (max?, args.place_of("max")),
        None => (otherwise.unwrap_or(min).max(min), args.place_of("min")),
    };
    if max < min {
        let (min, max) = (min.get(), max.get());
        errors
            .push(place, format!("`max` of {max} is less than `min`, which is {min}"))
            .help(format!("write `max = {min}` or more, or a lower `min`"));
        return None;
    }
    reserved.check(max, place, errors);
    Some((min, max))
}

/// Says that `min` is missing; a number that stands alone only lacks its key.
fn no_least<T>(args: &Args, what: &str, errors: &mut Errors) -> Option<T> {
    let bare = args.positional().into_iter().next();
    let number = bare.and_then(|value| match value.kind {
        Kind::Int(number) if number > 0 => Some(number),
        _ => None,
    });
    errors
        .push(
            bare.map_or(&args.place, |value| &value.place),
            format!("`{what}` needs to say how many at least"),
        )
        .help(format!("write `min = {}`", number.unwrap_or(1)));
    None
}

fn least(value: &Value, errors: &mut Errors) -> Option<EnvironmentCount> {
    if let Kind::Int(0) = value.kind {
        errors
            .push(&value.place, "`min` is 1 or more: with none left, Lambda drops the configuration of the alias, and the next deployment fails for want of it")
            .help("write `min = 1`");
        return None;
    }
    read::number(value, errors)
}

fn utilization(value: &Value, errors: &mut Errors) -> Option<Utilization> {
    let share = match value.kind {
        Kind::Float(share) => share,
        // Every whole number is out of range, and a long one is no less so for being rounded.
        #[allow(clippy::cast_precision_loss)]
        Kind::Int(share) => share as f64,
        _ => return read::expected("a share, such as `0.7`", value, errors),
    };
    match Utilization::try_from(share) {
        Ok(share) => Some(share),
        Err(error) => {
            let message = errors.push(&value.place, error.to_string());
            message.help("it is the share of the environments that is in use: `0.7` for 70 %");
            None
        }
    }
}

fn schedule(
    key: &Key,
    value: &Value,
    otherwise: Option<EnvironmentCount>,
    reserved: Reserved,
    errors: &mut Errors,
) -> Option<ScheduledBounds> {
    let Kind::Call(_, args) = &value.kind else {
        errors
            .push(&value.place, "`schedule` takes its values in parentheses")
            .help("write `schedule(at = \"cron(0 8 ? * MON-FRI *)\", min = 10)`");
        return None;
    };
    args.read("schedule", errors, |args, errors| {
        let at = args.given("at", action, errors).unwrap_or_else(|| {
            errors
                .push(&key.place, "`schedule` needs to say when")
                .help("write `at = \"cron(0 8 ? * MON-FRI *)\"`");
            None
        });
        let bounds = bounds(args, "schedule", otherwise, reserved, errors);
        let zone = |value: &Value, errors: &mut Errors| zone(value, at.as_ref(), errors);
        let time_zone = args.take("time_zone", zone, errors);
        let (min, max) = bounds?;
        Some(ScheduledBounds { at: at?, min, max, time_zone })
    })
}

fn action(value: &Value, errors: &mut Errors) -> Option<ActionSchedule> {
    match read::text(value, errors)?.parse::<ActionSchedule>() {
        Ok(action) => Some(action),
        Err(error) => {
            let message = errors.push(&value.place, error.message());
            if let Some(help) = error.help() {
                message.help(help);
            }
            None
        }
    }
}

fn zone(value: &Value, at: Option<&ActionSchedule>, errors: &mut Errors) -> Option<TimeZone> {
    let zone = match TimeZone::try_from(read::text(value, errors)?) {
        Ok(zone) => zone,
        Err(error) => {
            errors.push(&value.place, error.to_string()).help(error.help());
            return None;
        }
    };
    let periodic = |at: &ActionSchedule| matches!(at, ActionSchedule::Repeating(schedule) if schedule.period().is_some());
    if at.is_some_and(periodic) {
        errors
            .push(&value.place, "a `rate(…)` knows no time of day, and so no time zone")
            .help("leave it out, or write a `cron(…)`");
    }
    Some(zone)
}

#[cfg(test)]
mod tests;
