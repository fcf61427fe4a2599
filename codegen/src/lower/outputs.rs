//! Changes the outputs of a stack as Cargo.toml says: turns them off, renames them, or exports their values. Takes the stack
//! with all outputs, and returns the problems of changes that cannot be made.

use skylift_model::aws::node::{Map, Node};
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem, Problems};
use skylift_model::{App, OutputChange, Outputs};

use super::value;
use crate::messages;
use crate::stack::Stack;

/// Changes the outputs of a stack.
pub(super) fn change_outputs(stack: &mut Stack, app: &App) -> Vec<Problem> {
    let mut problems = Problems::default();
    let changes = match &app.outputs {
        Outputs::Off => {
            retain(stack, |_| None);
            return Vec::new();
        }
        Outputs::Changed(changes) => changes,
    };
    for change in changes {
        let names: Vec<String> = stack.outputs().map(|(name, _)| name.clone()).collect();
        let mut report = |message| {
            let at = PlaceInItem::Key(format!("{}.{}", Outputs::KEY, change.output));
            problems.push(ItemIndex::Defaults, at, message);
        };
        if !names.contains(&change.output) {
            report(messages::unknown_output(&change.output, &names));
            continue;
        }
        if let Some(name) =
            change.name.as_ref().filter(|it| names.iter().any(|name| name == it.as_str()))
            && name.as_str() != change.output
        {
            report(messages::output_taken(name.as_str()));
            continue;
        }
        if let Some(id) = find_resource_in_export(change, stack) {
            report(messages::resource_in_export(&id));
            continue;
        }
        retain(stack, |output| apply(change, output, app));
    }
    problems.into_vec()
}

/// Returns the logical id of a resource to which the name of an export refers. CloudFormation takes no such name.
fn find_resource_in_export(change: &OutputChange, stack: &Stack) -> Option<String> {
    let text = change.export.as_ref()?.sub()?;
    let is_resource = |id: &str| stack.all_resources().any(|it| it.id == id);
    let reference = text.references().iter().find(|it| is_resource(&it.id))?;
    Some(reference.id.clone())
}

/// Replaces each output by the result of `replace`. `None` removes it.
fn retain(stack: &mut Stack, replace: impl Fn((String, Node)) -> Option<(String, Node)>) {
    if let Some(api) = &mut stack.api {
        api.output = api.output.take().and_then(&replace);
    }
    let urls = std::mem::take(&mut stack.url_outputs).into_iter();
    let urls = urls.filter_map(|(index, output)| Some((index, replace(output)?)));
    stack.url_outputs = urls.collect();
    for resource in &mut stack.resources {
        let outputs = std::mem::take(&mut resource.outputs);
        resource.outputs = outputs.into_iter().filter_map(&replace).collect();
    }
}

/// Applies a change to an output, if it is about this one.
fn apply(change: &OutputChange, output: (String, Node), app: &App) -> Option<(String, Node)> {
    if output.0 != change.output {
        return Some(output);
    }
    if !change.is_on {
        return None;
    }
    let (mut name, mut node) = output;
    if let Some(renamed) = &change.name {
        name = renamed.to_string();
    }
    if let (Some(export), Node::Map(map)) = (&change.export, &mut node) {
        map.set("Export", Map::new().with("Name", value::lower_value(export, app)));
    }
    Some((name, node))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::metadata::read_for_test;
    use crate::overlay::Overlay;
    use crate::testing::assemble_unchecked_with;

    const ITEMS: &str = "#[resource(queue)]\npub struct Jobs;\n#[function(trigger = http(\"GET /\"))]\nasync fn take() -> &'static str { \"\" }";

    /// Returns the outputs, as names and JSON, and the problems of Cargo.toml.
    fn outputs(metadata: &str) -> (Vec<String>, serde_json::Value, Vec<String>) {
        let assembled =
            assemble_unchecked_with(ITEMS, read_for_test(metadata), &Overlay::default());
        let names = assembled.stack.outputs().map(|(name, _)| name.clone()).collect();
        let nodes: Vec<_> = assembled.stack.outputs().map(|(_, node)| node).collect();
        let problems = assembled.default_problems.iter();
        let problems = problems.map(|it| format!("{}: {}", it.at, it.message.full())).collect();
        (names, json!(nodes), problems)
    }

    #[test]
    fn outputs_are_turned_off_renamed_and_exported() {
        let (names, _, _) = outputs("");
        assert_eq!(names, ["ApiUrl", "JobsUrl", "JobsDeadLettersUrl"]);
        assert_eq!(outputs("outputs = false").0, [""; 0]);
        let (names, nodes, problems) = outputs(
            "outputs = { ApiUrl = \"ShopUrl\", JobsDeadLettersUrl = false, JobsUrl = { export = { sub = \"${AWS::StackName}-jobs\" } } }",
        );
        assert_eq!(names, ["ShopUrl", "JobsUrl"]);
        assert_eq!(nodes[1]["Export"]["Name"], json!({ "Fn::Sub": "${AWS::StackName}-jobs" }));
        assert_eq!(problems, [""; 0]);
        let (names, nodes, _) =
            outputs("outputs = { JobsUrl = { name = \"Queue\", export = \"shop-jobs\" } }");
        assert_eq!(names[1], "Queue");
        assert_eq!(outputs("outputs = { JobsUrl = \"JobsUrl\" }").2, [""; 0]);
        let missing = outputs("outputs = { JobsUrl = { export = { sub = \"${Stage}-jobs\" } } }").2;
        assert_eq!(missing.len(), 1, "{missing:?}");
        assert!(missing[0].starts_with("key outputs.JobsUrl: "), "{missing:?}");
        assert_eq!(nodes[1]["Export"]["Name"], "shop-jobs");
    }

    #[test]
    fn a_change_of_no_output_or_to_a_taken_name_is_reported() {
        for (metadata, message) in [
            (
                "outputs = { JobsUrls = false }",
                "key outputs.JobsUrls: the template has no output `JobsUrls`\n\nhelp: did you mean `JobsUrl`?",
            ),
            (
                "outputs = { Nothing = false }",
                "key outputs.Nothing: the template has no output `Nothing`\n\nhelp: it has `ApiUrl`, `JobsUrl` and `JobsDeadLettersUrl`",
            ),
            (
                "outputs = { JobsUrl = \"ApiUrl\" }",
                "key outputs.JobsUrl: the template has an output `ApiUrl` already\n\nhelp: write another name",
            ),
            (
                "outputs = { JobsUrl = { export = { sub = \"${Jobs}-jobs\" } } }",
                "key outputs.JobsUrl: the name of an export cannot refer to the resource `Jobs`\n\nhelp: write parameters and pseudo parameters alone, such as `${AWS::StackName}`",
            ),
        ] {
            assert_eq!(outputs(metadata).2, [message], "{metadata}");
        }
    }
}
