//! What is wrong with an application as a whole. Each check here crosses items; what one attribute
//! alone can get wrong was refused when it was read.

mod deadline;
mod environment;
mod idempotency;
mod keep_warm;
mod logs;
mod names;
mod references;
mod state;

use crate::App;
use crate::location::TriggerIndex;
use crate::problem::{Problem, Problems};
use crate::source::{LocatedTrigger, Trigger, TriggeredFunction};

/// Where the defaults of an application are written, as messages name it.
const DEFAULTS: &str = "`[package.metadata.skylift]`";

/// Everything that is wrong with the application as a whole.
///
/// `unknown` are the identifiers of items that exist but could not be read: what refers to one of
/// them is no mistake of its own.
#[must_use]
pub fn check(app: &App, unknown: &[String]) -> Vec<Problem> {
    let mut problems = Problems::default();
    references::check(app, unknown, &mut problems);
    names::check(app, &mut problems);
    environment::check(app, &mut problems);
    idempotency::check(app, &mut problems);
    logs::check(app, &mut problems);
    state::check(app, &mut problems);
    keep_warm::check(app, &mut problems);
    deadline::check(app, &mut problems);
    triggers(app, &mut problems);
    problems.into_vec()
}

/// What each source has to say of its triggers.
fn triggers(app: &App, problems: &mut Problems) {
    let placed = |(index, trigger): (TriggerIndex, _)| {
        let function = &app.functions[index.function];
        let invoked = TriggeredFunction {
            handler: &function.handler,
            origin: &function.origin,
            timeout: function.timeout(&app.defaults).get(),
            resumes: function.resume.is_some(),
        };
        LocatedTrigger { index, trigger, function: invoked }
    };
    let all: Vec<LocatedTrigger<'_, Trigger>> = app.triggers().map(placed).collect();
    Trigger::check(&all, &app.resources.iter().collect(), problems);
}
