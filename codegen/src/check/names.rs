//! Checks the names that the template assigns: names of outputs, and computed names of resources and functions that
//! the user did not name. It takes the application and its stack, and reports each name that two of them would
//! have.

use std::collections::HashMap;

use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::resource::Resource;
use skylift_model::{App, SourceLocation};

use crate::lower::invoke;
use crate::lower::resource::{
    self,
    computed::{self, ComputedNameKind},
};
use crate::messages;
use crate::stack::Stack;

/// Reports names of outputs and computed names that are used twice, and computed names that AWS would reject.
/// Returns the description of every output for messages, by the output's name.
///
/// The items in `clashing` have a logical id that is taken already. The names of their outputs follow from the id
/// and are not reported again.
pub(super) fn check_names(
    app: &App,
    stack: &Stack,
    clashing: &[ItemIndex],
    problems: &mut Problems,
) -> HashMap<String, String> {
    let outputs = check_outputs(app, stack, clashing, problems);
    check_computed_names(app, problems);
    outputs
}

/// Returns the item whose attribute creates a resource: the function if the resource is a function's own.
fn owning_item(index: usize, resource: &Resource) -> ItemIndex {
    resource.owner.map_or(ItemIndex::Resource(index), ItemIndex::Function)
}

/// Reports outputs with the same name. Returns the description of every output for messages, by the output's name.
fn check_outputs(
    app: &App,
    stack: &Stack,
    clashing: &[ItemIndex],
    problems: &mut Problems,
) -> HashMap<String, String> {
    let mut taken: HashMap<String, String> = HashMap::new();
    let api = stack.api.as_ref().and_then(|api| Some(api.output.as_ref()?.0.clone()));
    taken.extend(api.map(|name| (name, messages::describe_api_output())));
    for (index, (name, _)) in &stack.url_outputs {
        let function = &app.functions[*index];
        let description = messages::describe_output(&function.id, &function.origin);
        if let Some(other) = taken.insert(name.clone(), description) {
            let message = messages::output_name_taken(name, &function.id, &other);
            problems.push(ItemIndex::Function(*index), PlaceInItem::key("id"), message);
        }
    }
    for (index, (resource, of)) in app.resources.iter().zip(&stack.resources).enumerate() {
        let id = &resource.id;
        for (name, _) in &of.outputs {
            let description = messages::describe_output(id, &resource.origin);
            let Some(other) = taken.get(name) else {
                taken.insert(name.clone(), description);
                continue;
            };
            let item = owning_item(index, resource);
            if !clashing.contains(&item) {
                let message = messages::output_name_taken(name, id, other);
                problems.push(item, PlaceInItem::Key("id".to_owned()), message);
            }
        }
    }
    taken
}

/// A resource or a function whose name Skylift computes, because the user set none.
struct ComputedName<'a> {
    kind: ComputedNameKind,
    stem: String,
    item: ItemIndex,
    id: &'a str,
    origin: &'a SourceLocation,
}

/// Returns all functions and resources with a computed name.
fn computed_names(app: &App) -> Vec<ComputedName<'_>> {
    let functions = app.functions.iter().enumerate().filter_map(|(index, function)| {
        let (id, origin, item) =
            (function.id.as_str(), &function.origin, ItemIndex::Function(index));
        let stem = invoke::computed_name_stem(function, app)?;
        Some(ComputedName { kind: computed::function_kind(function), stem, item, id, origin })
    });
    let resources = app.resources.iter().enumerate().filter_map(|(index, resource)| {
        let kind = resource::computed_name_kind(resource)?;
        let (id, origin, item) =
            (resource.id.as_str(), &resource.origin, owning_item(index, resource));
        Some(ComputedName { kind, stem: kind.stem(id), item, id, origin })
    });
    functions.chain(resources).collect()
}

/// Reports computed names that AWS would reject, and computed names that two functions or two resources of one kind
/// would have.
fn check_computed_names(app: &App, problems: &mut Problems) {
    let all = computed_names(app);
    let mut taken: HashMap<(ComputedNameKind, &str), &ComputedName<'_>> = HashMap::new();
    for named in &all {
        let ComputedName { kind, stem, item, id, .. } = named;
        let at = || PlaceInItem::Key("id".to_owned());
        if let Some(reason) = kind.check(stem) {
            problems.push(*item, at(), messages::computed_name_invalid(reason));
        }
        let Some(other) = taken.get(&(*kind, stem.as_str())) else {
            taken.insert((*kind, stem), named);
            continue;
        };
        if other.id != *id {
            let message = messages::computed_name_taken(
                kind.plural(),
                (id, other.id),
                stem,
                *kind == ComputedNameKind::Bucket,
                other.origin,
            );
            problems.push(*item, at(), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::access::Access;
    use skylift_model::aws::name::LogicalId;
    use skylift_model::problem::Problem;
    use skylift_model::resource::{Existing, ResourceSettings, bucket, bus, topic};

    use super::*;
    use crate::fixtures::{app, app_stack, function, resource, with_capability};

    fn check_resources(resources: Vec<Resource>) -> Vec<Problem> {
        let app = app(Vec::new(), resources);
        let mut problems = Problems::default();
        check_names(&app, &app_stack(&app), &[], &mut problems);
        problems.into_vec()
    }

    fn two_resources(settings: &ResourceSettings) -> Vec<Resource> {
        ["UpLoads", "upLoads"].map(|id| resource(id, settings.clone())).to_vec()
    }

    #[test]
    fn two_buckets_whose_ids_differ_only_in_case_have_one_name() {
        let buckets = two_resources(&ResourceSettings::Bucket(bucket::Bucket::default()));
        let problems = check_resources(buckets.clone());
        assert_eq!(problems.len(), 1);
        assert!(problems[0].message.text.contains("would both be named `up-loads-…`"));
        assert_eq!(
            check_resources(two_resources(&ResourceSettings::Bus(bus::Bus {
                name: None,
                source: None
            }))),
            Vec::new()
        );
        let mut existing = buckets;
        existing[0].existing = Some(Existing::Name("there".to_owned()));
        assert_eq!(check_resources(existing), Vec::new());
    }

    #[test]
    fn an_output_name_that_is_taken_is_reported_unless_the_id_is() {
        let topic = topic::Topic { name: None, fifo: false, tls_only: true };
        let topics = [(); 2].map(|()| resource("News", ResourceSettings::Topic(topic.clone())));
        let app = app(Vec::new(), topics.to_vec());
        let check = |clashing: &[ItemIndex]| {
            let mut problems = Problems::default();
            check_outputs(&app, &app_stack(&app), clashing, &mut problems);
            problems.into_vec()
        };
        let problems = check(&[]);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].item, ItemIndex::Resource(1));
        assert!(problems[0].message.text.starts_with("output `NewsArn` of `News` has the same"));
        assert_eq!(check(&[ItemIndex::Resource(1)]), Vec::new());
    }

    #[test]
    fn names_are_computed_only_where_they_are_needed() {
        let caller = with_capability(function("Caller"), Access::Invoke, "Called");
        let mut other = function("Called");
        other.id = LogicalId::try_from("Other").unwrap();
        let resources =
            two_resources(&ResourceSettings::Bus(bus::Bus { name: None, source: None }));
        let app = app(vec![caller, other], resources);
        let stems: Vec<String> = computed_names(&app).into_iter().map(|named| named.stem).collect();
        assert_eq!(stems, ["Other", "UpLoads", "upLoads"]);
    }
}
