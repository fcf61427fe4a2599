//! Checks that a reserved concurrency which is a template parameter is enough for what invokes the function at the same
//! time, and so for its other concurrencies that are parameters. The least reserved concurrency is compared with the
//! greatest of the others. The readers of the attributes compare the numbers that they know.

use crate::App;
use crate::aws::function_keys;
use crate::aws::mapping::keys;
use crate::function::Function;
use crate::message::Message;
use crate::messages::parameters;
use crate::number_setting::ParameterSetting;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::reserved::{check_instances, check_polled, check_provisioned};

/// The key of a function that says how many pings it gets at the same time.
const INSTANCES: &str = "keep_warm.instances";

/// A concurrency that the reserved one has to allow.
struct Wanted<'a> {
    /// The greatest number.
    most: u32,
    /// The template parameter that has the number.
    parameter: Option<&'a ParameterSetting>,
    at: PlaceInItem,
}

/// Checks all functions.
pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let Some(reserved) = function.settings.reserved_concurrency else { continue };
        let parameter = function.settings.parameter_of(function_keys::RESERVED_CONCURRENCY.name);
        let least = parameter.map_or(reserved.get(), |it| it.least);
        for (wanted, count, check) in list_wanted(function) {
            // A known number of 0 stops the function for a while.
            let is_stopped = parameter.is_none() && least == 0;
            if is_stopped || parameter.is_none() && wanted.parameter.is_none() {
                continue;
            }
            let Some(message) = check(least, wanted.most, count) else { continue };
            let message = match (wanted.parameter, parameter) {
                (_, Some(it)) => parameters::limit(message, &it.param, "min", wanted.most),
                (Some(it), None) if count < 2 => {
                    parameters::limit(message, &it.param, "max", least)
                }
                _ => message,
            };
            problems.push(ItemIndex::Function(index), wanted.at, message);
        }
    }
}

/// Compares the least reserved concurrency with another one.
type Comparison = fn(u32, u32, usize) -> Option<Message>;

/// Returns the concurrencies that the reserved one has to allow, each with the number of its triggers and its comparison.
fn list_wanted(function: &Function) -> Vec<(Wanted<'_>, usize, Comparison)> {
    let mut wanted: Vec<(Wanted<'_>, usize, Comparison)> = Vec::new();
    let polled = || {
        let triggers = function.triggers.iter().enumerate();
        triggers.filter_map(|(index, it)| Some((index, it, it.max_concurrency()?)))
    };
    if let Some((last, ..)) = polled().next_back() {
        let parameter = polled().find_map(|(_, trigger, _)| {
            trigger.mapping()?.from_parameters.find(keys::MAX_CONCURRENCY)
        });
        let most = polled().fold(0, |sum: u32, (.., most)| sum.saturating_add(most));
        let at = PlaceInItem::trigger_key(last, keys::MAX_CONCURRENCY);
        let check: Comparison = |reserved, sum, count| check_polled(sum, reserved, count);
        wanted.push((Wanted { most, parameter, at }, polled().count(), check));
    }
    if let Some(provisioned) = &function.settings.provisioned_concurrency {
        let key = function_keys::PROVISIONED_CONCURRENCY.name;
        let bounds = provisioned.schedules.iter().map(|it| it.max).chain([provisioned.max]);
        let most = bounds.map(|it| it.get()).max().unwrap_or_default();
        let parameter = function.settings.parameter_of(key);
        let check: Comparison = |reserved, most, _| check_provisioned(most, reserved);
        wanted.push((Wanted { most, parameter, at: PlaceInItem::key(key) }, 1, check));
    }
    if let Some(keep_warm) = &function.keep_warm {
        let most = keep_warm.instances.get();
        let check: Comparison = |reserved, most, _| check_instances(most, reserved);
        let at = PlaceInItem::key(INSTANCES);
        wanted.push((Wanted { most, parameter: None, at }, 1, check));
    }
    wanted
}
