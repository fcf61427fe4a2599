//! Finds the references in a part of a template. It takes a tree with intrinsic functions in their short or long
//! form, and returns the names that the tree refers to: logical ids and names of parameters.

use std::collections::HashSet;

use skylift_model::aws::node::{Map, Node};

use super::Resource;

/// Adds to `to` the logical ids and parameter names that a resource refers to.
pub(crate) fn add_resource_references<'a>(resource: &'a Resource, to: &mut HashSet<&'a str>) {
    to.extend(resource.depends_on.iter().map(String::as_str));
    for map in resource.update_policy.iter().chain([&resource.properties]) {
        add_map_references(map, to);
    }
}

/// Adds to `to` the logical ids and parameter names that a node refers to.
pub(crate) fn add_references<'a>(node: &'a Node, to: &mut HashSet<&'a str>) {
    match node {
        Node::Tag(name, argument) => add_function_references(name, argument, to),
        Node::Seq(items) => items.iter().for_each(|item| add_references(item, to)),
        Node::Map(map) => add_map_references(map, to),
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Float(_) | Node::Str(_) => {}
    }
}

/// Adds to `to` the names that a map refers to. The map may be a resource or an intrinsic function in its long
/// form.
pub(crate) fn add_map_references<'a>(map: &'a Map, to: &mut HashSet<&'a str>) {
    // SAM generates separate resources from a function's events: the function does not depend on the references
    // in them.
    let is_function = map.get("Type") == Some(&Node::from("AWS::Serverless::Function"));
    for (key, value) in map.iter() {
        match (key, value) {
            ("Ref", value) => add_function_references("Ref", value, to),
            ("DependsOn", value) => add_names(value, to),
            ("Properties", Node::Map(properties)) if is_function => {
                let own = properties.iter().filter(|(key, _)| *key != "Events");
                own.for_each(|(_, value)| add_references(value, to));
            }
            (key, value) => match key.strip_prefix("Fn::") {
                Some(name) => add_function_references(name, value, to),
                None => add_references(value, to),
            },
        }
    }
}

/// Adds to `to` the names that an intrinsic function refers to; `name` is the function's name without `Fn::`.
fn add_function_references<'a>(name: &str, argument: &'a Node, to: &mut HashSet<&'a str>) {
    match (name, argument) {
        ("Ref" | "GetAtt", Node::Str(text)) => {
            to.extend(text.split('.').next());
        }
        ("GetAtt", Node::Seq(parts)) => parts.first().into_iter().for_each(|it| add_names(it, to)),
        ("Sub", Node::Str(text)) => add_sub_references(text, None, to),
        ("Sub", Node::Seq(parts)) => {
            if let Some(Node::Str(text)) = parts.first() {
                add_sub_references(text, parts.get(1), to);
            }
            add_references(argument, to);
        }
        _ => add_references(argument, to),
    }
}

/// Adds to `to` the names in the text of a `Sub`, apart from the variables in `local` that the `Sub` itself
/// defines.
fn add_sub_references<'a>(text: &'a str, local: Option<&Node>, to: &mut HashSet<&'a str>) {
    let is_local = |name: &str| matches!(local, Some(Node::Map(map)) if map.get(name).is_some());
    for rest in text.split("${").skip(1) {
        let name = rest.split('}').next().unwrap_or_default();
        if !name.starts_with('!') && !is_local(name) {
            to.extend(name.split('.').next());
        }
    }
}

/// Adds to `to` the names in a node that contains only names: one, or a list.
fn add_names<'a>(node: &'a Node, to: &mut HashSet<&'a str>) {
    match node {
        Node::Str(name) => {
            to.insert(name);
        }
        Node::Seq(names) => names.iter().for_each(|name| add_names(name, to)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(node: &Node) -> Vec<&str> {
        let mut to = HashSet::new();
        add_references(node, &mut to);
        let mut names: Vec<&str> = to.into_iter().collect();
        names.sort_unstable();
        names
    }

    fn long_form(name: &str, argument: impl Into<Node>) -> Node {
        Map::new().with(name, argument).into()
    }

    #[test]
    fn references_are_found_in_every_form() {
        for node in [
            Node::reference("A"),
            Node::attribute("A", "Arn"),
            Node::Tag("GetAtt", Box::new(Node::Seq(vec!["A".into(), "Arn".into()]))),
            Node::sub("${AWS::Region}/${A.Arn}/${!Literal}"),
            long_form("Ref", "A"),
            long_form("Fn::GetAtt", vec!["A".into(), "Arn".into()]),
            long_form("Fn::GetAtt", "A.Arn"),
            long_form("Fn::Sub", "${A}"),
            long_form("DependsOn", "A"),
            long_form("DependsOn", vec![Node::from("A")]),
            long_form("Fn::If", vec!["Prod".into(), Node::reference("A"), "b".into()]),
        ] {
            let names: Vec<&str> =
                names_in(&node).into_iter().filter(|it| *it != "AWS::Region").collect();
            assert_eq!(names, ["A"], "{node:?}");
        }
    }

    #[test]
    fn local_variables_of_a_sub_are_not_references() {
        let local = Map::new().with("Own", Node::reference("B"));
        let sub = vec![Node::from("${A} ${Own}"), local.into()];
        assert_eq!(names_in(&Node::Tag("Sub", Box::new(Node::Seq(sub)))), ["A", "B"]);
    }

    #[test]
    fn references_in_the_events_of_a_sam_function_are_ignored() {
        let properties =
            Map::new().with("Events", Node::reference("A")).with("Role", Node::reference("B"));
        let function =
            Map::new().with("Type", "AWS::Serverless::Function").with("Properties", properties);
        assert_eq!(names_in(&function.into()), ["B"]);
    }
}
