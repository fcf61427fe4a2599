//! Folds the stacks of one application in all its environments into one stack. Where values differ, its nodes choose
//! by the template parameter of the environments.

use skylift_model::aws::node::{Map, Node};

use super::complete::complete_functions;
use super::node::{Difference, NodeFolder, NodePlace, SHARED};
use super::values::EnvironmentValues;
use crate::lower::function::EVENT_INVOKE_CONFIG;
use crate::messages;
use crate::stack::{FunctionInStack, Published, Resource, Stack};

/// The type of a function.
const FUNCTION: &str = "AWS::Lambda::Function";

/// The type of the settings of asynchronous invocations.
const INVOKE_CONFIG: &str = "AWS::Lambda::EventInvokeConfig";

/// Folds the stacks of further environments into that of the default one. `names` are the names of all environments.
/// Returns the first difference that is more than one of values.
pub(super) fn fold_stacks(
    base: &mut Stack,
    mut others: Vec<Stack>,
    names: Vec<String>,
) -> Result<(), Difference> {
    let counts = |stack: &Stack| (stack.functions.len(), stack.resources.len());
    if let Some(other) = others.iter().position(|it| counts(it) != counts(base)) {
        let what = messages::resource_of_some_environments("");
        return Err(Difference { environment: other + 1, what });
    }
    let is_on_instances = |function: &FunctionInStack| {
        function.user_properties.properties.get("CapacityProviderConfig").is_some()
    };
    let has_instances = base.functions.iter().any(is_on_instances);
    let mut all: Vec<&mut Stack> = vec![base];
    all.extend(&mut others);
    complete_functions(&mut all);
    let values = EnvironmentValues::new(names);
    let mut folder = StackFolder(NodeFolder { values, difference: None, has_instances });
    let others: Vec<&Stack> = others.iter().collect();
    folder.fold_stack(base, &others);
    let NodeFolder { values, difference, .. } = folder.0;
    base.mappings = values.mappings();
    base.conditions = values.conditions();
    difference.map_or(Ok(()), Err)
}

struct StackFolder(NodeFolder);

impl StackFolder {
    fn fold_stack(&mut self, base: &mut Stack, others: &[&Stack]) {
        // An environment sets no parameters, so those of the default one have all that is needed.
        let shared = NodePlace::new(SHARED, FUNCTION);
        let other: Vec<&Map> = others.iter().map(|it| &it.defaults.function).collect();
        self.0.fold_map(&shared, &mut base.defaults.function, &other);
        let shared = NodePlace::new(SHARED, INVOKE_CONFIG);
        let other: Vec<&Map> = others.iter().map(|it| &it.defaults.invoke_config).collect();
        self.0.fold_map(&shared, &mut base.defaults.invoke_config, &other);
        for (index, function) in base.functions.iter_mut().enumerate() {
            let others: Vec<&FunctionInStack> =
                others.iter().map(|it| &it.functions[index]).collect();
            self.fold_function(function, &others);
        }
        for (index, in_stack) in base.resources.iter_mut().enumerate() {
            let others: Vec<_> = others.iter().map(|it| &it.resources[index]).collect();
            let resources =
                others.iter().map(|it| it.resources.iter().collect()).collect::<Vec<_>>();
            self.0.fold_resources(in_stack.resources.iter_mut(), &resources);
            let outputs = others.iter().map(|it| it.outputs.as_slice()).collect::<Vec<_>>();
            self.fold_outputs(&mut in_stack.outputs, &outputs);
        }
        let Some(api) = &mut base.api else { return };
        let others: Vec<_> = others.iter().filter_map(|it| it.api.as_ref()).collect();
        let resources = others.iter().map(|it| it.resources.iter().collect()).collect::<Vec<_>>();
        self.0.fold_resources(api.resources.iter_mut(), &resources);
        let outputs = others.iter().map(|it| it.output.as_slice()).collect::<Vec<_>>();
        self.fold_outputs(api.output.as_mut_slice(), &outputs);
    }

    fn fold_outputs(&mut self, base: &mut [(String, Node)], others: &[&[(String, Node)]]) {
        for (index, (name, output)) in base.iter_mut().enumerate() {
            let found = others.iter().filter_map(|other| other.get(index));
            let others: Vec<&Node> =
                found.filter(|(other, _)| other == name).map(|(_, node)| node).collect();
            self.0.fold_node(&NodePlace::new(name, ""), output, &others);
        }
    }

    fn fold_function(&mut self, base: &mut FunctionInStack, others: &[&FunctionInStack]) {
        let id = base.function.id.clone();
        let function: Vec<&Resource> = others.iter().map(|it| &it.function).collect();
        self.0.fold_resource(&mut base.function, &function);
        let config_id = format!("{id}{EVENT_INVOKE_CONFIG}");
        let config: Vec<&Map> = others.iter().map(|it| &it.invoke_config).collect();
        let place = NodePlace::new(&config_id, INVOKE_CONFIG);
        self.0.fold_map(&place, &mut base.invoke_config, &config);
        self.fold_published(&id, base, others);
        if let Some(environment) = others.iter().position(|it| it.events.len() != base.events.len())
        {
            self.0.differ(environment + 1, messages::property_of_other_form(&id, "Events"));
            return;
        }
        for (index, event) in base.events.iter_mut().enumerate() {
            let others = others.iter().map(|it| it.events[index].resources.iter().collect());
            self.0.fold_resources(event.resources.iter_mut(), &others.collect::<Vec<_>>());
        }
        let resources = others.iter().map(|it| it.other_resources.iter().collect());
        self.0.fold_resources(base.other_resources.iter_mut(), &resources.collect::<Vec<_>>());
        let unused = others.iter().map(|it| it.unused_role.iter().collect());
        self.0.fold_resources(base.unused_role.iter_mut(), &unused.collect::<Vec<_>>());
        let generated = others.iter().map(|it| it.user_properties.resources.iter().collect());
        let own = base.user_properties.resources.iter_mut();
        self.0.fold_resources(own, &generated.collect::<Vec<_>>());
        let place = NodePlace::new(&id, FUNCTION);
        let written: Vec<&Map> = others.iter().map(|it| &it.sam_properties).collect();
        self.0.fold_map(&place, &mut base.sam_properties, &written);
        let plain: Vec<&Map> = others.iter().map(|it| &it.user_properties.properties).collect();
        self.0.fold_map(&place, &mut base.user_properties.properties, &plain);
    }

    /// Folds the version and the alias of a function. The hash of the settings becomes one of those in all
    /// environments.
    fn fold_published(
        &mut self,
        id: &str,
        base: &mut FunctionInStack,
        others: &[&FunctionInStack],
    ) {
        let published: Vec<&Published> =
            others.iter().filter_map(|it| it.published.as_ref()).collect();
        let is_published = base.published.is_some();
        if published.len() != if is_published { others.len() } else { 0 } {
            let other = others.iter().position(|it| it.published.is_some() != is_published);
            let environment = other.map_or(0, |index| index + 1);
            let what = messages::resource_of_some_environments(&format!("{id}Version"));
            return self.0.differ(environment, what);
        }
        let Some(own) = &mut base.published else { return };
        let versions: Vec<&Resource> = published.iter().map(|it| &it.version).collect();
        self.0.fold_resource(&mut own.version, &versions);
        let aliases: Vec<&Resource> = published.iter().map(|it| &it.alias).collect();
        self.0.fold_resource(&mut own.alias, &aliases);
        own.settings_of_others = published.iter().map(|it| it.settings).collect();
    }
}
