//! Lowers functions. It takes the functions of an application, and returns for each its `AWS::Lambda::Function`,
//! its role, its log group, and the resources of its triggers and its settings. Each part of a function has its own
//! file.

mod alarms;
mod defaults;
mod deployment_role;
mod environment;
mod invoke_config;
mod keep_warm;
mod keys;
mod lambda_function;
mod lambda_settings;
pub(crate) mod logs;
pub(crate) mod properties;
pub(crate) mod role;
mod scaling;
mod user_properties;
mod version_and_alias;

use std::collections::HashMap;

use skylift_model::App;

use super::parameters::find_program;
use super::source::{self, LoweredTriggers, TriggerContext, lower_resume_queue};
use crate::stack::{Cause, FunctionDefaults, FunctionInStack, IdOwner, Program, Purpose, Resource};

pub(crate) use defaults::lower_defaults;
pub(crate) use environment::settings_text;
pub(crate) use invoke_config::EVENT_INVOKE_CONFIG;
pub(crate) use lambda_settings::user_properties as all_user_properties;
pub(super) use user_properties::resolve_sam_names;
pub(crate) use user_properties::tags_as_map;

use properties::SamResource;

pub(crate) use role::{has_conditional_role, role_id, user_role};

/// The CloudFormation type of a function.
const TYPE: &str = "AWS::Lambda::Function";

/// Lowers the triggers of the function with this index, in their order, then its resume queue, its pings and its
/// alarms.
pub(super) fn lower_triggers(index: usize, app: &App) -> LoweredTriggers {
    let function = &app.functions[index];
    let mut all = LoweredTriggers::default();
    let context = |cause| TriggerContext { app, function, index, cause };
    for (number, trigger) in function.triggers.iter().enumerate() {
        source::as_lower_trigger(trigger).lower(&context(Cause::Trigger(number)), &mut all);
    }
    if let Some(queue) = app.resume_queue(function) {
        lower_resume_queue(queue, &context(Cause::Resume), &mut all);
    }
    if let Some(pings) = &function.keep_warm {
        keep_warm::lower_pings(pings, &context(Cause::KeepWarm), &mut all);
    }
    alarms::lower_alarms(&context(Cause::Alarms), &mut all);
    all
}

/// Lowers all functions of an application; `triggers` are the lowered triggers of each function, in the order of
/// the functions.
pub(super) fn lower_functions(
    triggers: Vec<LoweredTriggers>,
    app: &App,
    programs: &[Program],
    defaults: &FunctionDefaults,
) -> Vec<FunctionInStack> {
    let mut functions: Vec<_> = triggers
        .into_iter()
        .enumerate()
        .map(|(index, triggers)| lower_function(index, app, triggers, programs, defaults))
        .collect();
    user_properties::assign_shared_resources(&mut functions, app);
    functions.into_iter().map(|(function, _)| function).collect()
}

/// Returns the logical ids of the resources that SAM generates for functions and gives a name. The keys are SAM's
/// names, such as `Order.Alias`.
pub(super) fn sam_names(functions: &[FunctionInStack]) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for function in functions {
        let id = &function.function.id;
        let mut add =
            |name: &str, plain: &str| names.insert(format!("{id}.{name}"), plain.to_owned());
        for (name, plain) in &function.user_properties.sam_names {
            add(name, plain);
        }
        if let Some(published) = &function.published {
            add("Alias", &published.alias.id);
            add("Version", &published.version.id);
        }
    }
    names
}

/// Lowers the function with this index; `triggers` are its lowered triggers. Returns the function, and the
/// generated resources that it shares with other functions.
fn lower_function(
    index: usize,
    app: &App,
    triggers: LoweredTriggers,
    programs: &[Program],
    defaults: &FunctionDefaults,
) -> (FunctionInStack, Vec<SamResource>) {
    let function = &app.functions[index];
    let LoweredTriggers {
        events,
        other_resources: triggered,
        calls,
        overlay_additions,
        requirements: _,
    } = triggers;
    let program = find_program(programs, function);
    let part = IdOwner::for_function(index, Purpose::Itself);
    let own_properties = lambda_function::function_properties(function, app, &programs[program]);
    let mut lowered = user_properties::lower_user_properties(index, app, &own_properties, defaults);
    let lambda_function = Resource::new(function.id.as_str(), TYPE, part, own_properties);
    let mut other_resources = Vec::new();
    let role = role::lower_role(index, app, calls, &lowered.role);
    let mut unused_role = None;
    if user_role(function).is_none() {
        other_resources.push(role);
    } else {
        unused_role = Some(role);
    }
    other_resources.extend(logs::lower_log_group(index, app));
    other_resources.extend(deployment_role::lower_deployment_role(index, app, &lowered.role));
    other_resources.extend(scaling::lower_scaling(index, app));
    other_resources.extend(triggered);
    let shared = lowered.take_shared();
    let published = version_and_alias::lower_version_and_alias(
        index,
        app,
        &lambda_function,
        &lowered,
        defaults,
        &programs[program],
    );
    let in_stack = FunctionInStack {
        invoke_config: invoke_config::invoke_config_properties(&function.settings),
        function: lambda_function,
        program,
        published,
        events,
        other_resources,
        unused_role,
        overlay_additions,
        sam_properties: all_user_properties(function, app),
        user_properties: lowered.plain,
    };
    (in_stack, shared)
}
