//! Applications for the tests of checks: functions with nothing but settings.

use super::check;
use crate::aws::name::LogicalId;
use crate::aws::node::Map;
use crate::problem::Problem;
use crate::{App, Function, Origin, Parts, Settings};

/// What is wrong with an application of functions with these settings.
pub(super) fn problems(defaults: Settings, functions: Vec<Settings>) -> Vec<Problem> {
    let functions = functions.into_iter().enumerate();
    let functions = functions.map(|(number, settings)| function(number, settings)).collect();
    check(&App::new(Parts { defaults, functions, ..Parts::default() }), &[])
}

fn function(number: usize, settings: Settings) -> Function {
    Function {
        id: LogicalId::try_from(format!("F{number}").as_str()).unwrap(),
        handler: format!("f{number}"),
        name: None,
        description: None,
        settings,
        triggers: Vec::new(),
        keep_warm: None,
        idempotent: None,
        resume: None,
        properties: Map::new(),
        capabilities: Vec::new(),
        state: None,
        binary: None,
        origin: Origin::default(),
    }
}
