//! Collects the references in a tree. Parts whose content CloudFormation generates are left out: loops of
//! `Fn::ForEach` and calls of macros with `Fn::Transform`.

use skylift_model::aws::written::{Content, Written, WrittenEntry};

use super::function::{Availability, availability};
use super::plain_text::{Literals, find_plain_names};
use super::{Reference, ReferenceTarget};

/// Collects the references of a resource: its properties, its condition, and the resources that it depends on.
pub(crate) fn collect_resource_references<'a, T: Written<'a>>(
    resource: T,
) -> Vec<Reference<T::Place>> {
    let Content::Map(entries) = resource.content() else { return Vec::new() };
    let kind = entries.iter().find(|entry| entry.key == "Type").map(|it| it.value.content());
    let mut found = Collector::new();
    if let Some(Content::Text(kind)) = kind {
        found.literals = Literals::of_type(kind);
    }
    for WrittenEntry { key, value, .. } in entries {
        match key {
            "DependsOn" => found.add_dependencies(value),
            "Condition" => found.add_condition(value),
            // SAM's connectors name resources in a form of their own.
            "Type" | "Connectors" => {}
            _ => found.walk_entry(key, value),
        }
    }
    found.references
}

/// Collects the references of a property of a resource; `kind` is the type of the resource.
pub(crate) fn collect_property_references<'a, T: Written<'a>>(
    kind: &str,
    key: &str,
    value: T,
) -> Vec<Reference<T::Place>> {
    let mut found = Collector::new();
    found.literals = Literals::of_type(kind);
    found.walk_entry(key, value);
    found.references
}

/// Collects the references of an output: its value and its condition.
pub(crate) fn collect_output_references<'a, T: Written<'a>>(output: T) -> Vec<Reference<T::Place>> {
    let mut found = Collector::new();
    let Content::Map(entries) = output.content() else { return Vec::new() };
    for WrittenEntry { key, value, .. } in entries {
        match key {
            "Condition" => found.add_condition(value),
            _ => found.walk_entry(key, value),
        }
    }
    found.references
}

/// Collects the references of a condition, which may be a map with the name of another condition.
pub(crate) fn collect_condition_references<'a, T: Written<'a>>(
    condition: T,
) -> Vec<Reference<T::Place>> {
    let mut found = Collector::new();
    found.walk_operand(condition);
    found.references
}

/// Collects the references of any other part of a template.
pub(crate) fn collect_references<'a, T: Written<'a>>(value: T) -> Vec<Reference<T::Place>> {
    let mut found = Collector::new();
    found.walk(value);
    found.references
}

struct Collector<P> {
    references: Vec<Reference<P>>,
    /// The texts at the current place that may contain `${…}` as it is written.
    literals: Literals,
}

impl<P: Clone> Collector<P> {
    const fn new() -> Self {
        Self { references: Vec::new(), literals: Literals::None }
    }

    fn push(&mut self, at: P, target: ReferenceTarget) {
        self.references.push(Reference { at, target });
    }

    fn walk<'a, T: Written<'a, Place = P>>(&mut self, value: T) {
        match value.content() {
            Content::Function(name, argument) => {
                let key = format!("Fn::{name}");
                if availability(&key) == Some(Availability::LanguageExtensions) {
                    self.push(value.place(), ReferenceTarget::Function(key));
                }
                self.walk_function(name, argument);
            }
            Content::List(items) => items.into_iter().for_each(|item| self.walk(item)),
            Content::Map(entries) => {
                for WrittenEntry { key, at, value } in entries {
                    if availability(key).is_some_and(|it| it != Availability::Always) {
                        self.push(at, ReferenceTarget::Function(key.to_owned()));
                    }
                    match key.strip_prefix("Fn::").or((key == "Ref").then_some(key)) {
                        Some(function) => self.walk_function(function, value),
                        None => self.walk_entry(key, value),
                    }
                }
            }
            Content::Text(text) => self.add_plain_names(text, value.place()),
            _ => {}
        }
    }

    /// Collects the references of the value of a key.
    fn walk_entry<'a, T: Written<'a, Place = P>>(&mut self, key: &str, value: T) {
        let outer = self.literals;
        self.literals = outer.below(key);
        self.walk(value);
        self.literals = outer;
    }

    /// Adds the names in a text that stands outside `Fn::Sub`.
    fn add_plain_names(&mut self, text: &str, at: P) {
        let literals = self.literals;
        for (name, is_certain) in find_plain_names(text, literals) {
            let (text, name) = (text.to_owned(), name.to_owned());
            self.push(at.clone(), ReferenceTarget::PlainText { text, name, is_certain });
        }
    }

    /// Collects the references of an intrinsic function; `name` has no `Fn::`.
    fn walk_function<'a, T: Written<'a, Place = P>>(&mut self, name: &str, argument: T) {
        match (name, argument.content()) {
            ("Ref", Content::Text(text)) => {
                self.push(argument.place(), ReferenceTarget::Value(text.to_owned()));
            }
            ("Condition", _) => self.add_condition(argument),
            ("GetAtt", Content::Text(text)) => {
                let (id, attribute) = text.split_once('.').unwrap_or((text, ""));
                self.push(argument.place(), attribute_target(id, Some(attribute)));
            }
            ("GetAtt", Content::List(parts)) => self.walk_get_att(&parts),
            ("Sub", Content::Text(text)) => self.add_sub_variables(text, &argument.place(), &[]),
            ("Sub", Content::List(parts)) => self.walk_sub(&parts),
            ("If", Content::List(parts)) => {
                if let Some((condition, branches)) = parts.split_first() {
                    self.add_condition(*condition);
                    for branch in branches {
                        self.walk(*branch);
                    }
                }
            }
            ("And" | "Or" | "Not", Content::List(operands)) => {
                for operand in operands {
                    self.walk_operand(operand);
                }
            }
            ("FindInMap", Content::List(parts)) => self.walk_find_in_map(&parts),
            // Their arguments are not those of a template.
            ("Transform" | "ValueOf" | "ValueOfAll" | "RefAll", _) => {}
            _ if name.starts_with("ForEach") => {}
            _ => self.walk(argument),
        }
    }

    fn walk_get_att<'a, T: Written<'a, Place = P>>(&mut self, parts: &[T]) {
        let text = |part: &T| match part.content() {
            Content::Text(text) => Some(text),
            _ => None,
        };
        if let [id, attribute] = parts
            && let Some(name) = text(id)
        {
            // SAM's name of a generated resource has a dot: `[Order.Alias, Arn]`.
            let (name, part) = name.split_once('.').unwrap_or((name, ""));
            let path = text(attribute).map(|it| format!("{part}.{it}"));
            let path = path.as_deref().map(|it| it.trim_start_matches('.'));
            self.push(id.place(), attribute_target(name, path));
        }
        for part in parts {
            self.walk(*part);
        }
    }

    fn walk_sub<'a, T: Written<'a, Place = P>>(&mut self, parts: &[T]) {
        let Some((text, rest)) = parts.split_first() else { return };
        let mut local = Vec::new();
        for part in rest {
            if let Content::Map(entries) = part.content() {
                local.extend(entries.iter().map(|entry| entry.key));
            }
            self.walk(*part);
        }
        if let Content::Text(template) = text.content() {
            self.add_sub_variables(template, &text.place(), &local);
        }
    }

    fn walk_find_in_map<'a, T: Written<'a, Place = P>>(&mut self, parts: &[T]) {
        let text = |part: Option<&T>| match part.map(|part| part.content()) {
            Some(Content::Text(text)) => Some(text.to_owned()),
            _ => None,
        };
        if let Some(name) = text(parts.first()) {
            // With a default, a key may be missing.
            let key = |index: usize| text(parts.get(index)).filter(|_| parts.len() == 3);
            let (key, second_key) = (key(1), key(2));
            self.push(parts[0].place(), ReferenceTarget::Mapping { name, key, second_key });
        }
        for part in parts {
            self.walk(*part);
        }
    }

    /// Collects the references of an operand of a condition: a function, or a map with the name of a condition.
    fn walk_operand<'a, T: Written<'a, Place = P>>(&mut self, operand: T) {
        match operand.content() {
            Content::Map(entries) if entries.len() == 1 && entries[0].key == "Condition" => {
                self.add_condition(entries[0].value);
            }
            _ => self.walk(operand),
        }
    }

    fn add_condition<'a, T: Written<'a, Place = P>>(&mut self, name: T) {
        if let Content::Text(text) = name.content() {
            self.push(name.place(), ReferenceTarget::Condition(text.to_owned()));
        }
    }

    fn add_dependencies<'a, T: Written<'a, Place = P>>(&mut self, names: T) {
        match names.content() {
            Content::Text(text) => {
                self.push(names.place(), ReferenceTarget::Resource(text.to_owned()));
            }
            Content::List(items) => items.into_iter().for_each(|item| self.add_dependencies(item)),
            _ => self.walk(names),
        }
    }

    /// Adds the variables in the text of a `Sub`, apart from those in `local` that the `Sub` itself defines.
    fn add_sub_variables(&mut self, text: &str, at: &P, local: &[&str]) {
        for rest in text.split("${").skip(1) {
            let Some((name, _)) = rest.split_once('}') else { continue };
            if name.starts_with('!') || local.contains(&name) {
                continue;
            }
            let target = match name.split_once('.') {
                Some((id, attribute)) => attribute_target(id, Some(attribute)),
                None => ReferenceTarget::Value(name.to_owned()),
            };
            self.push(at.clone(), target);
        }
    }
}

fn attribute_target(id: &str, attribute: Option<&str>) -> ReferenceTarget {
    let attribute = attribute.map(str::to_owned);
    ReferenceTarget::Attribute { id: id.to_owned(), attribute }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::node::{Map, Node};

    use super::*;

    fn targets(node: &Node) -> Vec<ReferenceTarget> {
        collect_references(node).into_iter().map(|reference| reference.target).collect()
    }

    fn long_form(name: &str, argument: impl Into<Node>) -> Node {
        Map::new().with(name, argument).into()
    }

    fn value(name: &str) -> ReferenceTarget {
        ReferenceTarget::Value(name.to_owned())
    }

    #[test]
    fn every_form_of_a_reference_is_found() {
        let arn = || attribute_target("A", Some("Arn"));
        let nested = vec![Node::from("${A} ${Own.X} ${!B} ${AWS::Region}"), {
            Map::new().with("Own.X", Node::reference("C")).into()
        }];
        for (node, expected) in [
            (Node::reference("A"), vec![value("A")]),
            (long_form("Ref", "A"), vec![value("A")]),
            (Node::attribute("A", "Arn"), vec![arn()]),
            (long_form("Fn::GetAtt", vec!["A".into(), "Arn".into()]), vec![arn()]),
            (
                long_form("Fn::GetAtt", vec!["A.Alias".into(), "Arn".into()]),
                vec![attribute_target("A", Some("Alias.Arn"))],
            ),
            (
                long_form("Fn::GetAtt", vec!["A".into(), Node::reference("P")]),
                vec![attribute_target("A", None), value("P")],
            ),
            (Node::sub("${A.Arn}/${!Literal}/${B}"), vec![arn(), value("B")]),
            (long_form("Fn::Sub", nested), vec![value("C"), value("A"), value("AWS::Region")]),
            (
                long_form("Fn::If", vec!["Prod".into(), Node::reference("A"), "b".into()]),
                vec![ReferenceTarget::Condition("Prod".to_owned()), value("A")],
            ),
            (
                long_form("Fn::FindInMap", vec!["M".into(), Node::reference("A"), "k".into()]),
                vec![
                    ReferenceTarget::Mapping {
                        name: "M".to_owned(),
                        key: None,
                        second_key: Some("k".to_owned()),
                    },
                    value("A"),
                ],
            ),
            (
                long_form("Fn::ForEach::Loop", Node::reference("A")),
                vec![ReferenceTarget::Function("Fn::ForEach::Loop".to_owned())],
            ),
            (
                long_form("Fn::Getatt", Node::from("${A.Arn}")),
                vec![
                    ReferenceTarget::Function("Fn::Getatt".to_owned()),
                    ReferenceTarget::PlainText {
                        text: "${A.Arn}".to_owned(),
                        name: "A".to_owned(),
                        is_certain: true,
                    },
                ],
            ),
            (long_form("Fn::Transform", Node::reference("A")), Vec::new()),
            (long_form("Condition", "Deny"), Vec::new()),
        ] {
            assert_eq!(targets(&node), expected, "{node:?}");
        }
    }

    #[test]
    fn a_resource_has_a_condition_and_dependencies() {
        let resource = Node::from(
            Map::new()
                .with("Type", "AWS::SNS::Topic")
                .with("Condition", "Prod")
                .with("DependsOn", vec![Node::from("A"), Node::from("B")])
                .with("Properties", Map::new().with("TopicName", Node::reference("Name"))),
        );
        let found = collect_resource_references(&resource).into_iter();
        let found: Vec<ReferenceTarget> = found.map(|reference| reference.target).collect();
        let expected = [
            ReferenceTarget::Condition("Prod".to_owned()),
            ReferenceTarget::Resource("A".to_owned()),
            ReferenceTarget::Resource("B".to_owned()),
            value("Name"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_condition_refers_to_other_conditions() {
        let other = || long_form("Condition", "B");
        let condition = long_form("Fn::Not", vec![other()]);
        for condition in [condition, other(), Node::Tag("Condition", Box::new("B".into()))] {
            let found = collect_condition_references(&condition);
            assert_eq!(found[0].target, ReferenceTarget::Condition("B".to_owned()));
        }
    }
}
