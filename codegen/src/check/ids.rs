//! Checks the logical ids of the stack, including those that SAM generates while it expands the template. It takes
//! the application and its stack, and returns the owner of each id and the problems.
//!
//! SAM concatenates the names of function and event. If two results are equal, the later one silently replaces the
//! earlier one, and a schedule or a permission is lost. So this module knows all ids, and reports an error at the
//! second owner of an id.
// See decision 0016.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use skylift_model::aws::limits;
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, Problem, Problems};
use skylift_model::{App, SourceLocation, StackLayout, environment};

use super::{function_policy, names, role};
use crate::emit::sam::generated;
use crate::lower::function::has_conditional_role;
use crate::messages;
use crate::stack::{IdOwner, Program, Stack, stack_number};

/// Returns every logical id of a function's or a declared resource's CloudFormation resources with its owner, in
/// the order of the template. The ids that SAM generates are included.
fn collect_ids<'a>(app: &App, stack: &'a Stack) -> Vec<(Cow<'a, str>, Cow<'a, IdOwner>)> {
    let mut ids = Vec::new();
    for (function, of) in app.functions.iter().zip(&stack.functions) {
        ids.extend(of.all_resources().map(|it| (Cow::from(&it.id), Cow::Borrowed(&it.owner))));
        let sam = generated::generated_ids(function, of).into_iter();
        ids.extend(sam.map(|(id, owner)| (Cow::from(id), Cow::Owned(owner))));
    }
    let resources = stack.resources.iter().flat_map(|it| &it.resources);
    ids.extend(resources.map(|it| (Cow::from(&it.id), Cow::Borrowed(&it.owner))));
    ids
}

/// The logical ids of a stack, and the problems with them.
pub(crate) struct Ids<'a> {
    /// The number of resources that the stack has, or could have after SAM's expansion.
    pub(crate) count: usize,
    /// The problems that belong to an item, such as a logical id with two owners or one that is too long.
    pub(crate) problems: Vec<Problem>,
    /// The problems of the package that belong to no item.
    pub(crate) package_problems: Vec<Message>,
    /// The description of every output for messages, by the output's name.
    pub(crate) outputs: HashMap<String, String>,
    app: &'a App,
    holders: HashMap<Cow<'a, str>, IdHolder<'a>>,
}

impl Ids<'_> {
    /// Returns the logical ids of all resources of the stack, including those that SAM generates.
    pub(crate) fn resource_ids(&self) -> impl Iterator<Item = &str> {
        self.holders.iter().filter(|(_, holder)| holder.owner.is_some()).map(|(id, _)| &**id)
    }

    /// Describes the resource with the logical id `id`, or the parameter with that name, for messages. Returns
    /// `None` if the name is free.
    pub(crate) fn describe_holder(&self, id: &str) -> Option<String> {
        self.holders.get(id).map(|holder| holder.describe(self.app))
    }
}

/// The first owner of a logical id, as precisely as messages about a second owner distinguish the first one: all
/// resources of one item are one owner.
#[derive(PartialEq)]
enum ReportedHolder {
    Item(ItemIndex),
    Other(String),
}

/// The holder of a name in the template: the owner of a logical id, or a template parameter.
struct IdHolder<'a> {
    owner: Option<Cow<'a, IdOwner>>,
    /// The description of a template parameter for messages; empty if the name is the id of a resource.
    description: String,
}

impl IdHolder<'_> {
    /// Describes the resource or the parameter that holds the name, for messages.
    fn describe(&self, app: &App) -> String {
        self.owner.as_ref().map_or_else(|| self.description.clone(), |owner| owner.describe(app))
    }

    /// Returns the item that the holder belongs to; `None` for a parameter and for the HTTP API.
    fn item(&self, app: &App) -> Option<ItemIndex> {
        self.owner.as_ref().and_then(|owner| owner.item.item(app))
    }

    /// Returns the holder as precisely as messages about a second owner distinguish it.
    fn as_reported(&self, app: &App) -> ReportedHolder {
        match self.item(app) {
            Some(item) => ReportedHolder::Item(item),
            None => ReportedHolder::Other(self.describe(app)),
        }
    }
}

/// Checks the stack: each logical id has one owner and an allowed length, names are unique, and roles fit into
/// IAM's limits. Also counts the resources.
pub(crate) fn check_ids<'a>(app: &'a App, stack: &'a Stack) -> Ids<'a> {
    let mut problems = Problems::default();
    let mut package_problems = check_code_keys(stack);
    let mut holders: HashMap<Cow<'_, str>, IdHolder<'_>> = HashMap::new();
    let for_owner = |owner| IdHolder { owner: Some(owner), description: String::new() };
    for resource in stack.api.iter().flat_map(|api| api.all_resources()) {
        let owner = Cow::Borrowed(&resource.owner);
        holders.insert(Cow::from(&resource.id), for_owner(owner));
    }
    for parameter in &app.parameters {
        let name = parameter.name.as_str();
        let description = messages::describe_parameter(name);
        holders.insert(Cow::from(name), IdHolder { owner: None, description });
    }
    if app.environment_names().next().is_some() {
        let name = environment::PARAMETER;
        let description = messages::describe_environment_parameter(name);
        holders.insert(Cow::from(name), IdHolder { owner: None, description });
        if app.parameters.iter().any(|it| it.name.as_str() == name) {
            package_problems.push(messages::reserved_environment_parameter(name));
        }
    }
    for (name, _) in stack.code_parameters.iter() {
        let description = messages::describe_code_parameter(name);
        holders.insert(Cow::from(name), IdHolder { owner: None, description });
        if app.parameters.iter().any(|it| it.name.as_str() == name) {
            let message = messages::reserved_parameter(name);
            // The name is reported where it is used, or else for the package: Cargo.toml declares it.
            match app.parameter_uses().into_iter().find(|it| it.name.as_str() == name) {
                Some(used) => problems.push(used.at.item, used.at.at, message),
                None => package_problems.push(message),
            }
        }
    }
    let mut reported: Vec<(ItemIndex, ReportedHolder)> = Vec::new();
    let mut too_long: Vec<ItemIndex> = Vec::new();
    for (id, owner) in collect_ids(app, stack) {
        // Every resource of a function or of a declared resource belongs to an item.
        let Some(item) = owner.item.item(app) else { continue };
        if id.len() > limits::LOGICAL_ID_LEN && !too_long.contains(&item) {
            too_long.push(item);
            problems.push(
                item,
                owner.problem_place(),
                messages::id_too_long(&id, &owner.describe(app)),
            );
        }
        let other = match holders.entry(id) {
            Entry::Vacant(free) => {
                free.insert(for_owner(owner));
                continue;
            }
            Entry::Occupied(other) => other,
        };
        let (id, other) = (other.key(), other.get());
        if is_in_other_stack(app, &owner, other.owner.as_deref()) {
            continue;
        }
        // All resources of two items with one name conflict: one message is enough.
        let by = (item, other.as_reported(app));
        if reported.contains(&by) {
            continue;
        }
        reported.push(by);
        let (description, other_description) = (owner.describe(app), other.describe(app));
        let message = if is_same_attribute(app, item, other) {
            messages::id_taken_in_two_targets(id, &description, &other_description)
        } else if other.description == messages::describe_parameter(id) {
            messages::id_taken_by_parameter(id, &description, &other_description)
        } else {
            messages::id_taken(id, &description, &other_description)
        };
        problems.push(item, owner.problem_place(), message);
    }
    let clashing: Vec<ItemIndex> = reported.into_iter().map(|(item, _)| item).collect();
    let outputs = names::check_names(app, stack, &clashing, &mut problems);
    role::check_roles(app, stack, &mut problems);
    function_policy::check_function_policies(stack, &mut problems);
    let (count, problems) = (count_resources(app, stack), problems.into_vec());
    Ids { count, problems, package_problems, outputs, app, holders }
}

/// Returns whether two functions share a resource that is in two nested stacks, once for each.
fn is_in_other_stack(app: &App, owner: &IdOwner, other: Option<&IdOwner>) -> bool {
    let function = |owner: &IdOwner| app.functions.get(owner.function_index()?);
    let Some(other) = other.filter(|it| it.purpose == owner.purpose) else { return false };
    let (Some(one), Some(two)) = (function(owner), function(other)) else { return false };
    app.stacks == StackLayout::Nested
        && owner.purpose.is_shared()
        && stack_number(one.id.as_str()) != stack_number(two.id.as_str())
}

/// Returns a message for every two programs whose code would have the same template parameter.
fn check_code_keys(stack: &Stack) -> Vec<Message> {
    let mut clashes = Vec::new();
    for (index, Program { binary, key }) in stack.programs.iter().enumerate() {
        let Some(other) = stack.programs[..index].iter().find(|other| other.key == *key) else {
            continue;
        };
        let name = |binary: &Option<String>| binary.clone().unwrap_or_default();
        let (one, other) = (name(&other.binary), name(binary));
        clashes.push(messages::one_code_parameter_for_two(&one, &other, key));
    }
    clashes
}

/// Counts the resources of the stack, and one more for each role that SAM generates beside a user's conditional
/// role.
fn count_resources(app: &App, stack: &Stack) -> usize {
    let further = app.functions.iter().filter(|function| has_conditional_role(function));
    stack.all_resources().count() + further.count()
}

/// Returns whether `item` and the holder of its id are one attribute that was read twice, because two targets of
/// the package contain its file as a module.
fn is_same_attribute(app: &App, item: ItemIndex, other: &IdHolder<'_>) -> bool {
    other.item(app).is_some_and(|it| it != item && item_origin(app, it) == item_origin(app, item))
}

/// Returns the place of an item in the source. Returns `None` for the defaults, which are in Cargo.toml.
fn item_origin(app: &App, item: ItemIndex) -> Option<&SourceLocation> {
    match item {
        ItemIndex::Function(index) => Some(&app.functions[index].origin),
        ItemIndex::Resource(index) => Some(&app.resources[index].origin),
        ItemIndex::Authorizer(index) => Some(&app.authorizers[index].origin),
        ItemIndex::Init(index) => Some(&app.inits[index].origin),
        ItemIndex::Defaults => None,
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::Function;
    use skylift_model::aws::node::{Map, Node};
    use skylift_model::problem::PlaceInItem;

    use super::*;
    use crate::fixtures::{self, app_stack};

    fn function(id: &str, line: usize) -> Function {
        let origin = SourceLocation { file: "src/main.rs".to_owned(), line, column: 1 };
        Function { handler: id.to_lowercase(), origin, ..fixtures::function(id) }
    }

    fn add_url(mut function: Function, auth: &str) -> Function {
        function.properties.set("FunctionUrlConfig", Map::new().with("AuthType", auth));
        function
    }

    /// The result of checking the ids of some functions.
    struct Found {
        count: usize,
        problems: Vec<Problem>,
    }

    fn check_functions(functions: Vec<Function>) -> Found {
        let app = fixtures::app(functions, Vec::new());
        let stack = app_stack(&app);
        let Ids { count, problems, .. } = check_ids(&app, &stack);
        Found { count, problems }
    }

    #[test]
    fn a_function_url_adds_ids_and_a_public_one_adds_more() {
        let plain = check_functions(vec![function("A", 1)]).count;
        assert_eq!(check_functions(vec![add_url(function("A", 1), "AWS_IAM")]).count, plain + 1);
        assert_eq!(check_functions(vec![add_url(function("A", 1), "NONE")]).count, plain + 3);
        let clash =
            check_functions(vec![add_url(function("A", 1), "AWS_IAM"), function("AUrl", 2)]);
        assert_eq!(clash.problems.len(), 1);
        let message = "logical id `AUrl` of function `aurl` at src/main.rs:2 is taken by the function URL of function `a` at src/main.rs:1";
        assert_eq!(clash.problems[0].message.text, message);
    }

    #[test]
    fn two_resources_of_one_name_are_one_mistake() {
        for one in fixtures::one_of_each() {
            let mut other = one.clone();
            other.origin.line += 1;
            let app = fixtures::app(vec![function("A", 1)], vec![one.clone(), other]);
            let stack = app_stack(&app);
            let problems = check_ids(&app, &stack).problems;
            let messages: Vec<_> = problems.iter().map(|it| &it.message.text).collect();
            assert_eq!(messages.len(), 1, "{}: {messages:?}", one.ident);
            assert_eq!(problems[0].item, ItemIndex::Resource(1));
        }
    }

    #[test]
    fn an_id_that_sam_makes_too_long_is_reported_once() {
        let fits = "A".repeat(limits::LOGICAL_ID_LEN - "Role".len());
        assert!(check_functions(vec![function(&fits, 1)]).problems.is_empty());
        let long = check_functions(vec![function(&format!("{fits}A"), 1)]).problems;
        assert_eq!(long.len(), 1);
        assert!(long[0].message.text.contains("has 256 characters"), "{}", long[0].message.text);
    }

    #[test]
    fn the_id_of_a_version_is_measured_with_its_hash() {
        let with_alias = |length: usize| {
            let mut function = function(&"A".repeat(length), 1);
            function.settings.provisioned_concurrency = Some(fixtures::scaled_concurrency());
            check_functions(vec![function]).problems
        };
        let fits = limits::LOGICAL_ID_LEN - "Version0123456789".len();
        assert!(with_alias(fits).is_empty());
        let long = with_alias(fits + 1);
        assert!(
            long[0].message.text.contains("of the version of function"),
            "{}",
            long[0].message.text
        );
    }

    #[test]
    fn the_ids_of_resources_beside_a_resource_are_checked() {
        let resources = fixtures::one_of_each();
        for (id, description) in [
            ("QueuePolicy", "the policy of queue `Queue`"),
            ("QueueDeadLetters", "the dead-letter queue of queue `Queue`"),
            ("QueueDeadLettersPolicy", "the policy of the dead-letter queue of queue `Queue`"),
        ] {
            let app = fixtures::app(vec![function(id, 1)], resources.clone());
            let problems = check_ids(&app, &app_stack(&app)).problems;
            assert_eq!(problems.len(), 1);
            let begin = format!("logical id `{id}` of {description} at ");
            assert!(problems[0].message.text.starts_with(&begin), "{}", problems[0].message.text);
        }
    }

    #[test]
    fn every_resource_of_the_stack_is_counted() {
        let app = fixtures::app(vec![function("A", 1)], fixtures::one_of_each());
        let stack = app_stack(&app);
        assert_eq!(check_ids(&app, &stack).count, stack.ids().len());
    }

    #[test]
    fn the_names_of_code_parameters_are_reserved() {
        for id in ["CodeBucket", "CodeKey"] {
            let problems = check_functions(vec![function(id, 1)]).problems;
            let message = format!(
                "logical id `{id}` of function `{}` at src/main.rs:1 is taken by parameter `{id}` of `cloudformation.yaml`, which sets the place of the code",
                id.to_lowercase()
            );
            assert_eq!(problems[0].message.text, message);
            let mut user = function("A", 1);
            let key = skylift_model::aws::name::EnvKey::try_from("KEY").unwrap();
            let param = skylift_model::aws::value::CfnValue::Param(id.try_into().unwrap());
            user.settings.env = vec![(key, param)];
            let app = fixtures::app(vec![user], Vec::new());
            let stack = app_stack(&app);
            let mut ids = check_ids(&app, &stack);
            let problem = ids.problems.remove(0);
            assert_eq!(problem.at, PlaceInItem::Env("KEY".to_owned()));
            assert_eq!(
                problem.message.full(),
                format!(
                    "parameter `{id}` of this package has the name of parameter `{id}` of `cloudformation.yaml`, which sets the place of the code\n\nhelp: rename it, for example to `Own{id}`, here and in Cargo.toml"
                )
            );
            assert!(ids.problems.is_empty() && ids.package_problems.is_empty());
        }
    }

    #[test]
    fn two_binaries_with_one_code_parameter_are_reported() {
        let served = |id: &str, binary: &str| Function {
            binary: Some(binary.to_owned()),
            ..function(id, 1)
        };
        let package_problems = |other: &str| {
            let app = fixtures::app(vec![served("A", "a-b"), served("B", other)], Vec::new());
            let stack = app_stack(&app);
            let problems = check_ids(&app, &stack).package_problems;
            problems.into_iter().map(|it| it.text).collect::<Vec<_>>()
        };
        assert_eq!(package_problems("c"), Vec::<String>::new());
        assert_eq!(
            package_problems("a_b"),
            [
                "binaries `a-b` and `a_b` would both have the parameter `CodeKeyAB` of `cloudformation.yaml`"
            ]
        );
    }

    #[test]
    fn a_function_with_a_user_defined_role_has_one_id_less() {
        let with_role = |role: Node| {
            let mut function = function("A", 1);
            function.properties.set("Role", role);
            check_functions(vec![function]).count
        };
        let plain = check_functions(vec![function("A", 1)]).count;
        assert_eq!(with_role(Node::from("arn:aws:iam::123456789012:role/mine")), plain - 1);
        // SAM creates a role for the branch of the condition that names none.
        let either =
            Map::new().with("Fn::If", vec![Node::from("Own"), Node::from("arn:a"), Node::Null]);
        assert_eq!(with_role(either.into()), plain);
    }

    #[test]
    fn for_one_file_in_two_targets_the_help_is_to_move_it_to_the_library() {
        let twice = check_functions(vec![function("A", 1), function("A", 1)]).problems;
        assert_eq!(twice.len(), 1);
        assert!(twice[0].message.help.as_ref().unwrap().ends_with("move it to the library"));
        let other = check_functions(vec![function("A", 1), function("A", 2)]).problems;
        assert_eq!(
            other[0].message.help.as_deref(),
            Some("give one of them another id: `id = \"…\"`")
        );
    }
}
