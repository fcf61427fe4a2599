//! Completes the functions of environments: what one environment sets for a function, the function sets in all of them.
//! Where it has the default of all functions, that is its own value then, so that no choice hides the default.

use skylift_model::aws::node::{Map, Node};

use crate::stack::{FunctionInStack, Stack};

/// Completes the properties of each function in all environments.
pub(super) fn complete_functions(all: &mut [&mut Stack]) {
    let count = all.first().map_or(0, |stack| stack.functions.len());
    for index in 0..count {
        let properties = |stack: &mut Stack| {
            let own = &mut stack.functions[index].function.properties;
            (std::mem::take(own), stack.defaults.function.clone())
        };
        let completed = complete(all.iter_mut().map(|stack| properties(stack)).collect());
        for (stack, properties) in all.iter_mut().zip(completed) {
            stack.functions[index].function.properties = properties;
        }
        let configs = |stack: &mut Stack| {
            let own = &mut stack.functions[index].invoke_config;
            (std::mem::take(own), stack.defaults.invoke_config.clone())
        };
        let completed = complete(all.iter_mut().map(|stack| configs(stack)).collect());
        for (stack, config) in all.iter_mut().zip(completed) {
            let FunctionInStack { invoke_config, .. } = &mut stack.functions[index];
            *invoke_config = config;
        }
    }
}

/// Returns the maps with what others of them have, and with the default of each. Takes each map with the defaults that
/// hold where it has no value.
fn complete(maps: Vec<(Map, Map)>) -> Vec<Map> {
    let models: Vec<Map> = maps.iter().map(|(map, _)| map.clone()).collect();
    let complete_one = |(mut map, defaults): (Map, Map)| {
        for model in &models {
            complete_map(&mut map, model, &defaults);
        }
        map
    };
    maps.into_iter().map(complete_one).collect()
}

/// Adds to a map the defaults for what `model` has and the map has not.
fn complete_map(map: &mut Map, model: &Map, defaults: &Map) {
    for (key, wanted) in model.iter() {
        let Some(default) = defaults.get(key) else { continue };
        match (wanted, default) {
            (Node::Map(wanted), Node::Map(default)) => {
                if map.get(key).is_none() {
                    map.insert_as_in(model, key, Map::new().into());
                }
                if let Some(Node::Map(own)) = map.get_mut(key) {
                    complete_map(own, wanted, default);
                }
            }
            (Node::Seq(wanted), Node::Seq(default)) if key == "Tags" => {
                if map.get(key).is_none() {
                    map.insert_as_in(model, key, Node::Seq(Vec::new()));
                }
                if let Some(Node::Seq(own)) = map.get_mut(key) {
                    complete_tags(own, wanted, default);
                }
            }
            _ if map.get(key).is_none() => map.insert_as_in(model, key, default.clone()),
            _ => {}
        }
    }
}

/// Adds to a list of tags the defaults for tags that `model` has and the list has not. The tags have the order of
/// `model`.
fn complete_tags(own: &mut Vec<Node>, model: &[Node], defaults: &[Node]) {
    let key = |tag: &Node| match tag {
        Node::Map(tag) => tag.get("Key").cloned(),
        _ => None,
    };
    for (index, wanted) in model.iter().enumerate() {
        let wanted = key(wanted);
        if own.iter().any(|tag| key(tag) == wanted) {
            continue;
        }
        let default = defaults.iter().find(|tag| key(tag) == wanted);
        if let Some(default) = default {
            own.insert(index.min(own.len()), default.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(entries: &[(&str, &str)]) -> Map {
        let variables = entries.iter().fold(Map::new(), |map, (key, value)| map.with(*key, *value));
        Map::new().with("Environment", Map::new().with("Variables", variables))
    }

    fn tags(entries: &[(&str, &str)]) -> Node {
        let tag = |(key, value): &(&str, &str)| {
            Node::from(Map::new().with("Key", *key).with("Value", *value))
        };
        Node::Seq(entries.iter().map(tag).collect())
    }

    #[test]
    fn what_one_environment_sets_the_others_have_as_the_default() {
        let defaults = variables(&[("LOG", "info"), ("OTHER", "x")]).with("MemorySize", 256);
        let one = Map::new().with("Code", "a").with("Role", "r");
        let own = variables(&[("LOG", "warn"), ("NEW", "y")]);
        let two = own.with("MemorySize", 512).with("Timeout", 3);
        let completed = complete(vec![(one, defaults.clone()), (two.clone(), defaults)]);
        let expected = variables(&[("LOG", "info")]);
        let expected = expected.with("MemorySize", 256).with("Code", "a").with("Role", "r");
        assert_eq!(completed, [expected, two]);
    }

    #[test]
    fn tags_are_completed_one_by_one() {
        let defaults = Map::new().with("Tags", tags(&[("team", "all"), ("rest", "all")]));
        let one = Map::new().with("Tags", tags(&[("own", "1")]));
        let two = Map::new().with("Tags", tags(&[("team", "two"), ("own", "2")]));
        let completed = complete(vec![(one, defaults.clone()), (two.clone(), defaults)]);
        let one = Map::new().with("Tags", tags(&[("team", "all"), ("own", "1")]));
        assert_eq!(completed, [one, two]);
    }
}
