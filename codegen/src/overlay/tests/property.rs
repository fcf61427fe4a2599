use proptest::prelude::*;
use skylift_model::aws::node::Map;

use super::*;
use crate::emit::yaml;

/// Generates texts that YAML could read as something else, and any other texts.
fn any_text() -> impl Strategy<Value = String> {
    let tricky = prop::sample::select(vec![
        "NO",
        "012",
        "1e3",
        "1.5",
        "22:22",
        "~",
        "",
        " a",
        "a ",
        "- a",
        "a: b",
        "a #b",
        "#",
        "<<",
        "=",
        "!Ref a",
        "&a",
        "*a",
        "null",
        "2010-09-09",
        "a\nb\n",
        "\t",
        "it's",
        "\"",
        "{}",
        "[",
        "%",
        "@",
        "`",
        "a,b",
        "|",
        ">",
        "?",
        "-",
        "---",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "é😀",
    ]);
    let lines = "[ -~]{80}(\n[ -~]{0,9}){0,4}";
    prop_oneof![tricky.prop_map(str::to_owned), ".{0,24}", "[a-zA-Z/][ -~]{0,120}", lines]
}

fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![any_text(), "[A-Za-z0-9:]{1,40}"]
}

fn tree_of_all() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Node::Bool),
        any::<i64>().prop_map(Node::from),
        any::<f64>().prop_filter("a number", |it| it.is_finite()).prop_map(Node::Float),
        any_text().prop_map(Node::Str),
        any_text().prop_map(|it| Node::Tag("Ref", Box::new(Node::Str(format!("A{it}"))))),
        any_text().prop_map(|it| Node::Tag("Sub", Box::new(Node::Str(format!("{it}$"))))),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let seq = || prop::collection::vec(inner.clone(), 0..6).prop_map(Node::Seq);
        let map = || {
            prop::collection::vec((any_key(), inner.clone()), 0..6).prop_map(|entries| {
                let add = |map: Map, (key, node): (String, Node)| map.with(key, node);
                Node::Map(entries.into_iter().fold(Map::new(), add))
            })
        };
        let names = prop::sample::select(vec!["If", "Join", "Sub", "Select", "Not"]);
        let tag = (names, seq()).prop_map(|(name, argument)| Node::Tag(name, Box::new(argument)));
        let transform = map().prop_map(|map| Node::Tag("Transform", Box::new(map)));
        prop_oneof![seq(), map(), tag, transform]
    })
}

const SAMPLE: &str = include_str!("extra.yaml");

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_tree_is_read_as_the_same_tree(
        sections in prop::collection::vec((any_key(), tree_of_all()), 1..5),
    ) {
        let sections =
            sections.into_iter().fold(Map::new(), |map, (key, node)| map.with(key, node));
        let text = yaml::write_test_template(&sections, &["Resources"]);
        let read = parse_tree(&text);
        prop_assert_eq!(read.as_ref(), Some(&Node::Map(sections)), "{}\n{:?}", text, parse_errors(&text));
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_several(&[("extra.yaml", &bytes)]);
    }

    #[test]
    fn any_yaml_characters_are_read_without_a_panic(text in "[-\\[\\]{}:,?!&*|>'\"%@`#~=<a-c0-2 \t\n.]{0,60}") {
        let _ = read_one(&text);
        if let Some(node) = parse_tree(&text) {
            let sections = Map::new().with("a", node);
            let written = yaml::write_test_template(&sections, &[]);
            prop_assert_eq!(parse_tree(&written), Some(Node::Map(sections)), "{}", written);
        }
    }

    #[test]
    fn a_mutated_overlay_is_read_without_a_panic(
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), 0_usize..12, "[-\\[\\]{}:,?!&*|>'\"%#~a-c0-2 \t\n]{0,6}"),
            0..8,
        ),
    ) {
        let mut letters: Vec<char> = SAMPLE.chars().collect();
        for (at, length, piece) in changes {
            let start = at.index(letters.len() + 1);
            let end = (start + length).min(letters.len());
            letters.splice(start..end, piece.chars());
        }
        let _ = read_one(&letters.into_iter().collect::<String>());
    }
}

#[test]
fn the_sample_is_valid_and_is_read_back_after_writing() {
    assert!(read_one(SAMPLE).is_ok(), "{:?}", read_one(SAMPLE).map(|_| ()));
    let Some(Node::Map(sections)) = parse_tree(SAMPLE) else { panic!() };
    assert_eq!(
        parse_tree(&yaml::write_test_template(&sections, &["Resources"])),
        Some(Node::Map(sections))
    );
}
