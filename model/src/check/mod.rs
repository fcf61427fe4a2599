//! What is wrong with an application as a whole. Each check here crosses items; what one attribute
//! alone can get wrong was refused when it was read.

mod deadline;
mod environment;
mod idempotency;
mod keep_warm;
mod logs;
mod names;
mod references;
mod resume;
mod state;
#[cfg(test)]
mod testing;

pub use environment::Variable;

use crate::App;
use crate::problem::{Problem, Problems};
use crate::source::Trigger;

/// Where the defaults of an application are written, as messages name it.
const DEFAULTS: &str = "`[package.metadata.skylift]`";

impl App {
    /// Everything that is wrong with the application as a whole.
    ///
    /// `unknown` are the identifiers of items that exist but could not be read: what refers to one of
    /// them is no mistake of its own.
    #[must_use]
    pub fn check(&self, unknown: &[String]) -> Vec<Problem> {
        let mut problems = Problems::default();
        references::check(self, unknown, &mut problems);
        names::check(self, &mut problems);
        environment::check(self, &mut problems);
        idempotency::check(self, &mut problems);
        logs::check(self, &mut problems);
        state::check(self, &mut problems);
        keep_warm::check(self, &mut problems);
        deadline::check(self, &mut problems);
        resume::check(self, &mut problems);
        Trigger::check(self, &mut problems);
        problems.into_vec()
    }
}
