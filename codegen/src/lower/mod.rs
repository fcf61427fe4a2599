//! Lowers an application to its stack of plain CloudFormation resources. Each source, each kind of resource and
//! each part of a function has its own file. This module takes an application and the processor architecture of its
//! programs, and returns the stack, even if the application has errors.

pub(crate) mod destination;
pub(crate) mod function;
pub(crate) mod function_policy;
pub(crate) mod http_api;
pub(crate) mod invoke;
mod number;
mod outputs;
pub(crate) mod parameters;
mod plain_value;
pub(crate) mod resource;
pub(crate) mod send;
pub(crate) mod service_role;
pub(crate) mod source;
mod state_machine;
mod subscription;
pub(crate) mod text;
pub(crate) mod value;

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::aws::node::Map;
use skylift_model::settings::Architecture;

use crate::stack::Stack;
use resource::ConsumerNeeds;
use source::LoweredTriggers;

/// Lowers an application to its stack; `architecture` is the processor architecture for which the programs are
/// built.
pub(crate) fn lower_app(app: &App, architecture: Architecture) -> Stack {
    let mut lowered: Vec<LoweredTriggers> =
        (0..app.functions.len()).map(|index| function::lower_triggers(index, app)).collect();
    let mut needs: HashMap<&str, ConsumerNeeds> = source::collect_consumer_needs(app, &mut lowered);
    let mut subscriptions = subscription::lower_subscriptions(app, &mut needs);
    state_machine::add_definition_needs(app, &mut needs);
    let programs = parameters::find_programs(app);
    let defaults = function::lower_defaults(app, architecture);
    let mut functions = function::lower_functions(lowered, app, &programs, &defaults);
    let nothing = ConsumerNeeds::default();
    let resources = app.resources.iter().enumerate().map(|(index, resource)| {
        let needs = needs.get(resource.ident.as_str()).unwrap_or(&nothing);
        let mut in_stack = resource::lower_resource(resource, index, needs);
        in_stack.resources.extend(subscriptions.remove(&index).unwrap_or_default());
        in_stack
    });
    let routes = functions.iter().flat_map(|function| &function.events);
    let mut api = http_api::lower_api(app, routes.filter_map(|event| event.route.as_ref()));
    source::merge_permissions(app, &mut functions, api.as_mut());
    source::write_out_api(app, &mut functions, api.as_mut());
    let mut sam_names = function::sam_names(&functions);
    sam_names.extend(api.as_ref().map(|_| http_api::sam_stage_name(&app.http)));
    function::resolve_sam_names(&mut functions, &sam_names);
    let url_outputs = app
        .functions
        .iter()
        .enumerate()
        .filter_map(|(index, function)| Some((index, source::lower_output(function)?)));
    let mut stack = Stack {
        description: stack_description(app),
        parameters: parameters::lower_parameters(app),
        mappings: Map::new(),
        conditions: Map::new(),
        code_parameters: parameters::code_parameters(&programs, app),
        defaults,
        programs,
        resources: resources.collect(),
        functions,
        url_outputs: url_outputs.collect(),
        api,
        sam_names,
        output_problems: Vec::new(),
        nested: Vec::new(),
        root_additions: Vec::new(),
    };
    stack.output_problems = outputs::change_outputs(&mut stack, app);
    stack
}

/// Returns the package's description, cut to CloudFormation's limit. Returns `None` if the package has no
/// description, or if CloudFormation would replace a part of it as a dynamic reference.
fn stack_description(app: &App) -> Option<String> {
    let mut text = app.package.description.clone()?;
    let mut end = text.len().min(skylift_model::aws::limits::TEMPLATE_DESCRIPTION_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    Some(text).filter(|text| !skylift_model::aws::value::has_dynamic_reference(text))
}

#[cfg(test)]
mod tests {
    use crate::fixtures;

    #[test]
    fn a_description_is_cut_to_cloudformations_limit_between_characters() {
        let description = |text: &str| {
            let mut app = fixtures::app(Vec::new(), Vec::new());
            app.package.description = Some(text.to_owned());
            fixtures::app_stack(&app).description
        };
        assert_eq!(description("Shop").as_deref(), Some("Shop"));
        let fits = "a".repeat(1024);
        assert_eq!(description(&fits), Some(fits.clone()));
        assert_eq!(description(&format!("{fits}b")), Some(fits));
        let cut = format!("{}é", "a".repeat(1023));
        assert_eq!(description(&cut), Some("a".repeat(1023)));
        assert_eq!(description("{{resolve:ssm:a}}"), None);
        assert_eq!(fixtures::build_stack(Vec::new(), Vec::new()).description, None);
    }
}
