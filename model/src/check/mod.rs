//! Checks of the application as a whole, which compare its items with each other. Takes an [`App`] and
//! returns its problems. The mistakes within a single attribute were found when the attribute was parsed.

mod alarms;
mod concurrency;
mod deadline;
mod deployments;
mod environment;
mod http;
mod idempotency;
mod keep_warm;
mod lambda_settings;
mod log_groups;
mod logs;
mod loops;
mod names;
mod parameters;
mod permissions;
mod references;
mod state;
mod subscriptions;
mod templates;
mod views;

pub use loops::{Delivery, DeliveryTarget};

use crate::App;
use crate::location::TriggerIndex;
use crate::problem::{Problem, Problems};
use crate::source::{LocatedTrigger, Trigger, TriggeredFunction};

/// Returns all problems that the checks find in the application.
///
/// `unknown` are the identifiers of items that exist but have errors. A reference to one of these items is not
/// reported as another problem. `deliveries` are the ways from resources to functions beside the triggers.
#[must_use]
pub fn check(app: &App, unknown: &[String], deliveries: &[Delivery]) -> Vec<Problem> {
    let mut problems = Problems::default();
    references::check(app, unknown, &mut problems);
    templates::check(app, &mut problems);
    views::check(app, &mut problems);
    names::check(app, &mut problems);
    environment::check(app, &mut problems);
    idempotency::check(app, &mut problems);
    logs::check(app, &mut problems);
    lambda_settings::check(app, unknown, &mut problems);
    alarms::check(app, &mut problems);
    deployments::check(app, unknown, &mut problems);
    log_groups::check(app, unknown, &mut problems);
    parameters::check(app, &mut problems);
    permissions::check(app, &mut problems);
    state::check(app, &mut problems);
    keep_warm::check(app, &mut problems);
    concurrency::check(app, &mut problems);
    deadline::check(app, &mut problems);
    check_triggers(app, &mut problems);
    http::check(app, unknown, &mut problems);
    subscriptions::check(app, &mut problems);
    loops::check(app, deliveries, &mut problems);
    problems.into_vec()
}

/// Runs the check of each source over all triggers of the source.
fn check_triggers(app: &App, problems: &mut Problems) {
    let located = |(index, trigger): (TriggerIndex, _)| {
        let function = &app.functions[index.function];
        let invoked = TriggeredFunction {
            handler: &function.handler,
            origin: &function.origin,
            timeout: function.timeout(&app.defaults).get(),
            timeout_parameter: function.timeout_parameter(&app.defaults),
            has_default_timeout: function.settings.timeout.is_none()
                && app.defaults.timeout.is_some(),
            resumes: function.resume.is_some(),
        };
        LocatedTrigger { index, trigger, function: invoked }
    };
    let all: Vec<LocatedTrigger<'_, Trigger>> = app.triggers().map(located).collect();
    Trigger::check(&all, &app.resources.iter().collect(), problems);
}
