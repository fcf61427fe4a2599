//! Folds the nodes of one property in all environments into one node. Where the values differ, the node chooses by
//! the environment; where the structure differs, no node can, and the difference is recorded.

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};

use super::values::{EnvironmentValues, is_literal};
use crate::lower::function::EVENT_INVOKE_CONFIG;
use crate::lower::text::camel_case;
use crate::messages;
use crate::stack::Resource;

/// The id in the keys of the mappings for properties that all functions share.
pub(super) const SHARED: &str = "Functions";

/// The property with the tags, which is a map in SAM's form.
const TAGS: &str = "Tags";

/// The name of the variable of a `Sub` that has the value of the environment.
const VARIABLE: &str = "EnvironmentValue";

/// A difference between environments that is more than one of values.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// The index of the first environment that differs from the default one.
    pub(super) environment: usize,
    /// What differs, for messages.
    pub(super) what: String,
}

/// The place of a node: the logical id of its resource, and the name of its property in the keys of the mappings.
#[derive(Clone)]
pub(super) struct NodePlace<'a> {
    pub(super) id: &'a str,
    pub(super) kind: &'a str,
    pub(super) property: String,
}

impl<'a> NodePlace<'a> {
    pub(super) fn new(id: &'a str, kind: &'a str) -> Self {
        Self { id, kind, property: String::new() }
    }

    fn property(&self, name: &str) -> Self {
        Self { property: camel_case(name), ..self.clone() }
    }

    /// Returns the place of an item of a list. A tag has its key as a name.
    fn item(&self, index: usize, item: &Node) -> Self {
        let key = match item {
            Node::Map(map) => map.get("Key"),
            _ => None,
        };
        let property = match key {
            Some(Node::Str(key)) => format!("Tag{}", camel_case(key)),
            _ => format!("{}{}", self.property, index + 1),
        };
        Self { property, ..self.clone() }
    }

    /// Returns the place of a value in an item of a list, which has the name of the item.
    fn value(&self, name: &str) -> Self {
        if self.property.starts_with("Tag") && name == "Value" {
            return self.clone();
        }
        match name {
            "Size" => Self { property: format!("{}{name}", self.property), ..self.clone() },
            _ => self.property(name),
        }
    }
}

/// Folds nodes.
pub(super) struct NodeFolder {
    pub(super) values: EnvironmentValues,
    /// The first difference that is more than one of values.
    pub(super) difference: Option<Difference>,
    /// Whether Lambda chooses the memory of some functions.
    pub(super) has_instances: bool,
}

impl NodeFolder {
    /// Records that an environment differs in more than values.
    pub(super) fn differ(&mut self, environment: usize, what: String) {
        self.difference.get_or_insert(Difference { environment, what });
    }

    /// Folds the properties and the update policies of resources, which have to be the same resources in each
    /// environment.
    pub(super) fn fold_resources<'a>(
        &mut self,
        base: impl Iterator<Item = &'a mut Resource>,
        others: &[Vec<&Resource>],
    ) {
        let base: Vec<&mut Resource> = base.collect();
        for (environment, other) in others.iter().enumerate() {
            let ids = base.iter().map(|it| it.id.as_str());
            if ids.eq(other.iter().map(|it| it.id.as_str())) {
                continue;
            }
            let missing = |it: &&str| !other.iter().any(|other| other.id == **it);
            let one = base.iter().map(|it| it.id.as_str()).find(missing);
            let new = || other.iter().find(|it| !base.iter().any(|known| known.id == it.id));
            let id = one.or_else(|| new().map(|it| it.id.as_str())).unwrap_or_default();
            let what = messages::resource_of_some_environments(id);
            return self.differ(environment + 1, what);
        }
        for (index, resource) in base.into_iter().enumerate() {
            let others: Vec<&Resource> = others.iter().map(|other| other[index]).collect();
            self.fold_resource(resource, &others);
        }
    }

    /// Folds the properties and the update policy of a resource.
    pub(super) fn fold_resource(&mut self, base: &mut Resource, others: &[&Resource]) {
        let Resource { id, kind, properties, update_policy, condition, depends_on, .. } = base;
        for (environment, other) in others.iter().enumerate() {
            if other.kind != *kind
                || other.condition != *condition
                || other.depends_on != *depends_on
                || other.update_policy.is_some() != update_policy.is_some()
            {
                let what = messages::resource_of_some_environments(id);
                return self.differ(environment + 1, what);
            }
        }
        let place = NodePlace::new(id, kind);
        let other: Vec<&Map> = others.iter().map(|it| &it.properties).collect();
        self.fold_map(&place, properties, &other);
        if let Some(policy) = update_policy {
            let other: Vec<&Map> =
                others.iter().filter_map(|it| it.update_policy.as_ref()).collect();
            self.fold_map(&place, policy, &other);
        }
    }

    /// Folds the values of a map. Keys that only some environments have are added.
    pub(super) fn fold_map(&mut self, place: &NodePlace<'_>, base: &mut Map, others: &[&Map]) {
        if others.iter().all(|other| **other == *base) {
            return;
        }
        for other in others {
            let missing: Vec<&str> =
                other.iter().map(|(key, _)| key).filter(|key| base.get(key).is_none()).collect();
            for key in missing {
                // `Null` stands in until the values are folded: no property has it.
                base.insert_as_in(other, key, Node::Null);
            }
        }
        for (key, value) in base.iter_mut() {
            let own = (*value != Node::Null).then(|| value.clone());
            let found: Vec<Option<&Node>> = others.iter().map(|other| other.get(key)).collect();
            let place = place.value(key);
            self.fold_entry(&place, key, own, value, &found);
        }
    }

    /// Folds the values of one key, which some environments may not have.
    fn fold_entry(
        &mut self,
        place: &NodePlace<'_>,
        key: &str,
        own: Option<Node>,
        target: &mut Node,
        others: &[Option<&Node>],
    ) {
        let is_everywhere = own.is_some() && others.iter().all(Option::is_some);
        let default = if is_everywhere { None } else { self.default_of(place.kind, key) };
        let own = own.or_else(|| default.clone());
        let others: Vec<Option<&Node>> = others.iter().map(|it| it.or(default.as_ref())).collect();
        let present: Option<Vec<&Node>> = others.iter().copied().collect();
        if let (Some(own), Some(others)) = (&own, &present) {
            *target = own.clone();
            return self.fold_node(place, target, others);
        }
        if key == TAGS {
            let absent = others.iter().position(|it| it.is_some() != own.is_some());
            let what = messages::property_of_other_form(place.id, key);
            return self.differ(absent.map_or(0, |index| index + 1), what);
        }
        let mut all = vec![own.as_ref()];
        all.extend(others);
        *target = self.choose(place, &all);
    }

    /// Returns AWS's own value of a property that some environments do not set.
    fn default_of(&self, kind: &str, key: &str) -> Option<Node> {
        let is_function = kind == "AWS::Lambda::Function" && !self.has_instances;
        Some(match key {
            "MemorySize" if is_function => limits::DEFAULT_MEMORY_MB.into(),
            "EphemeralStorage" if is_function => {
                Map::new().with("Size", limits::DEFAULT_EPHEMERAL_STORAGE_MB).into()
            }
            "Timeout" if kind == "AWS::Lambda::Function" => limits::DEFAULT_TIMEOUT_SECONDS.into(),
            "State" if ["AWS::Events::Rule", "AWS::Scheduler::Schedule"].contains(&kind) => {
                "ENABLED".into()
            }
            "Environment" | "Variables" => Map::new().into(),
            _ => return None,
        })
    }

    /// Folds a node that each environment has.
    pub(super) fn fold_node(&mut self, place: &NodePlace<'_>, base: &mut Node, others: &[&Node]) {
        if others.iter().all(|other| **other == *base) {
            return;
        }
        match base {
            Node::Map(map) if !is_function(map) => {
                let maps = others.iter().map(|it| match it {
                    Node::Map(map) if !is_function(map) => Some(map),
                    _ => None,
                });
                if let Some(others) = maps.collect::<Option<Vec<_>>>() {
                    return self.fold_map(place, map, &others);
                }
            }
            Node::Seq(items)
                if !(items.iter().all(is_literal) && others.iter().all(|it| is_literal(it))) =>
            {
                return self.fold_list(place, items, others);
            }
            Node::Tag("Sub", text) => {
                if let Some(folded) = self.fold_sub(place, text, others) {
                    *base = folded;
                    return;
                }
            }
            _ => {}
        }
        let mut all = vec![Some(&*base)];
        all.extend(others.iter().copied().map(Some));
        *base = self.choose(place, &all);
    }

    /// Folds the items of lists, which have to be equally long.
    fn fold_list(&mut self, place: &NodePlace<'_>, base: &mut [Node], others: &[&Node]) {
        let mut lists: Vec<&[Node]> = Vec::new();
        for (environment, other) in others.iter().enumerate() {
            match other {
                Node::Seq(items) if items.len() == base.len() => lists.push(items),
                _ => {
                    let what = messages::property_of_other_form(place.id, &place.property);
                    return self.differ(environment + 1, what);
                }
            }
        }
        for (index, item) in base.iter_mut().enumerate() {
            let others: Vec<&Node> = lists.iter().map(|list| &list[index]).collect();
            let place = place.item(index, item);
            self.fold_node(&place, item, &others);
        }
    }

    /// Folds texts of `Sub` that differ in plain text alone: that part becomes a variable. Returns `None` if they differ
    /// in more.
    fn fold_sub(&mut self, place: &NodePlace<'_>, base: &Node, others: &[&Node]) -> Option<Node> {
        let Node::Str(own) = base else { return None };
        let mut texts = vec![own.as_str()];
        for other in others {
            match other {
                Node::Tag("Sub", text) => match text.as_ref() {
                    Node::Str(text) => texts.push(text),
                    _ => return None,
                },
                _ => return None,
            }
        }
        let (start, end) = common_ends(&texts);
        let parts: Vec<Node> =
            texts.iter().map(|text| Node::from(&text[start..text.len() - end])).collect();
        if own.contains(&format!("${{{VARIABLE}}}")) {
            return None;
        }
        let is_plain =
            |node: &Node| matches!(node, Node::Str(text) if !text.contains(['$', '{', '}']));
        if !parts.iter().all(is_plain) {
            return None;
        }
        let (before, after) = (&own[..start], &own[own.len() - end..]);
        let all: Vec<Option<&Node>> = parts.iter().map(Some).collect();
        let variables = Map::new().with(VARIABLE, self.choose(place, &all));
        let text = format!("{before}${{{VARIABLE}}}{after}");
        Some(Node::Tag("Sub", Box::new(vec![Node::from(text), variables.into()].into())))
    }

    /// Returns the node with the value of each environment.
    fn choose(&mut self, place: &NodePlace<'_>, values: &[Option<&Node>]) -> Node {
        let shared = format!("{SHARED}{}", place.property);
        let is_config = place.id.ends_with(EVENT_INVOKE_CONFIG);
        if is_config && self.values.has(&shared, values) {
            return self.values.choose(&shared, values);
        }
        self.values.choose(&format!("{}{}", place.id, place.property), values)
    }
}

/// Returns whether a map is an intrinsic function in its long form, which a user can write.
fn is_function(map: &Map) -> bool {
    let mut keys = map.iter().map(|(key, _)| key);
    map.len() == 1 && keys.all(|key| key == "Ref" || key.starts_with("Fn::"))
}

/// Returns the lengths of the beginning and of the end that all texts share, in bytes. Neither splits a word or a
/// placeholder.
fn common_ends(texts: &[&str]) -> (usize, usize) {
    let first = texts.first().copied().unwrap_or_default();
    let shortest = texts.iter().map(|text| text.len()).min().unwrap_or(0);
    let is_in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let begins_all = |end: &usize| {
        first.is_char_boundary(*end) && texts.iter().all(|text| text.starts_with(&first[..*end]))
    };
    let start = (0..=shortest).rev().find(begins_all).unwrap_or(0);
    let start = first[..start].trim_end_matches(is_in_word).len();
    let open = first[..start].rfind("${").filter(|open| !first[*open..start].contains('}'));
    let start = open.unwrap_or(start);
    let ends_all = |length: &usize| {
        let tail = first.get(first.len() - length..);
        tail.is_some_and(|tail| texts.iter().all(|text| text.ends_with(tail)))
    };
    let end = (0..=shortest - start).rev().find(ends_all).unwrap_or(0);
    let tail = first[first.len() - end..].trim_start_matches(is_in_word);
    let close = tail.find('}').filter(|close| !tail[..*close].contains("${"));
    (start, close.map_or(tail.len(), |close| tail.len() - close - 1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn folder() -> NodeFolder {
        NodeFolder {
            values: EnvironmentValues::new(vec!["default".to_owned(), "prod".to_owned()]),
            difference: None,
            has_instances: false,
        }
    }

    /// Folds the properties of a function in two environments. Returns the properties as JSON, the mappings, or what
    /// differs.
    fn fold(base: Map, prod: &Map) -> Result<(serde_json::Value, serde_json::Value), String> {
        let (mut folder, mut base) = (folder(), base);
        folder.fold_map(&NodePlace::new("Take", "AWS::Lambda::Function"), &mut base, &[prod]);
        let json = |map: &Map| serde_json::to_value(map).unwrap();
        match folder.difference {
            Some(difference) => Err(difference.what),
            None => {
                Ok((json(&base), json(&folder.values.mappings())["Environments"]["prod"].clone()))
            }
        }
    }

    fn find(key: &str) -> serde_json::Value {
        json!({ "Fn::FindInMap": ["Environments", { "Ref": "Environment" }, key] })
    }

    fn tags(value: &str) -> Map {
        let tag = Map::new().with("Key", "cost-center").with("Value", value);
        Map::new().with("Tags", vec![tag.into()])
    }

    #[test]
    fn values_are_looked_up_by_the_name_of_their_property() {
        let variables = |log: &str| {
            let variables = Map::new().with("LOG_LEVEL", log).with("SAME", "a");
            Map::new().with("Environment", Map::new().with("Variables", variables))
        };
        let (folded, prod) = fold(variables("info"), &variables("warn")).unwrap();
        let variables = json!({ "LOG_LEVEL": find("TakeLOGLEVEL"), "SAME": "a" });
        assert_eq!(folded, json!({ "Environment": { "Variables": variables } }));
        assert_eq!(prod, json!({ "TakeLOGLEVEL": "warn" }));
        let (folded, prod) = fold(tags("1"), &tags("2")).unwrap();
        let value = json!([{ "Key": "cost-center", "Value": find("TakeTagCostCenter") }]);
        assert_eq!((folded, prod), (json!({ "Tags": value }), json!({ "TakeTagCostCenter": "2" })));
    }

    #[test]
    fn a_missing_value_is_awss_own_or_none() {
        let (folded, prod) = fold(Map::new(), &Map::new().with("MemorySize", 512)).unwrap();
        assert_eq!(folded, json!({ "MemorySize": find("TakeMemorySize") }));
        assert_eq!(prod, json!({ "TakeMemorySize": 512 }));
        let storage = Map::new().with("EphemeralStorage", Map::new().with("Size", 1024));
        let (folded, _) = fold(storage, &Map::new()).unwrap();
        assert_eq!(
            folded,
            json!({ "EphemeralStorage": { "Size": find("TakeEphemeralStorageSize") } })
        );
        let (folded, _) = fold(Map::new(), &Map::new().with("Reserved", 5)).unwrap();
        let choice = json!({ "Fn::If": ["EnvironmentIsProd", 5, { "Ref": "AWS::NoValue" }] });
        assert_eq!(folded, json!({ "Reserved": choice }));
    }

    #[test]
    fn lists_of_values_differ_as_a_whole_and_other_lists_in_their_items() {
        let list = |items: &[&str]| {
            let items: Vec<Node> = items.iter().map(|it| Node::from(*it)).collect();
            Map::new().with("SubnetIds", items)
        };
        let (folded, prod) = fold(list(&["a"]), &list(&["b", "c"])).unwrap();
        assert_eq!(folded, json!({ "SubnetIds": find("TakeSubnetIds") }));
        assert_eq!(prod, json!({ "TakeSubnetIds": ["b", "c"] }));
        let target =
            |input: &str| Map::new().with("Targets", vec![Map::new().with("Input", input).into()]);
        let (folded, _) = fold(target("a"), &target("b")).unwrap();
        assert_eq!(folded, json!({ "Targets": [{ "Input": find("TakeInput") }] }));
        let longer = Map::new().with("Targets", vec![Map::new().into(), Map::new().into()]);
        let found = fold(target("a"), &longer).unwrap_err();
        assert_eq!(found, "`Targets` of `Take` has another form");
        assert_eq!(fold(tags("1"), &Map::new()).unwrap_err(), "`Tags` of `Take` has another form");
    }

    #[test]
    fn plain_text_in_a_sub_becomes_a_variable() {
        let sub = |text: &str| Map::new().with("Description", Node::sub(text));
        let (folded, prod) = fold(sub("${CodeKey} 01ab"), &sub("${CodeKey} 01cd")).unwrap();
        let parts = json!(["${CodeKey} ${EnvironmentValue}", { "EnvironmentValue": find("TakeDescription") }]);
        assert_eq!(folded, json!({ "Description": { "Fn::Sub": parts } }));
        assert_eq!(prod, json!({ "TakeDescription": "01cd" }));
        let (folded, _) = fold(sub("${A}"), &sub("${B}")).unwrap();
        let choice = json!(["EnvironmentIsProd", { "Fn::Sub": "${B}" }, { "Fn::Sub": "${A}" }]);
        assert_eq!(folded, json!({ "Description": { "Fn::If": choice } }));
    }

    #[test]
    fn common_ends_split_no_placeholder_and_no_letter() {
        for (texts, ends) in [
            (["${Key} 1a", "${Key} 1b"], (7, 0)),
            (["${KeyA}x", "${KeyB}x"], (0, 1)),
            (["${A}-${B}", "${C}-${B}"], (0, 5)),
            (["a-1-z", "a-22-z"], (2, 2)),
            (["a", "aa"], (0, 0)),
            (["é/1ß", "é/2ß"], (3, 0)),
        ] {
            assert_eq!(common_ends(&texts), ends, "{texts:?}");
        }
    }
}
