use skylift_model::aws::node::Map;

use super::*;

#[test]
fn yaml_and_json_give_the_same_tree() {
    let yaml = "a: [1, x]\nb:\n  c: true\n  d: \"1\"\n";
    let json = "{\n\t\"a\": [1, \"x\"],\n\t\"b\": {\"c\": true, \"d\": \"1\"}\n}";
    let want = Map::new()
        .with("a", vec![Node::from(1), Node::from("x")])
        .with("b", Map::new().with("c", true).with("d", "1"));
    assert_eq!(parse_tree(yaml), Some(want.clone().into()));
    assert_eq!(parse_tree(json), Some(want.into()));
}

#[test]
fn every_short_form_is_an_intrinsic_function() {
    for name in tags::SHORT {
        let argument = if matches!(name, "Ref" | "Condition") { "A" } else { "[A, b]" };
        let Some(Node::Map(map)) = parse_tree(&format!("a: !{name} {argument}")) else {
            panic!("{name}")
        };
        assert!(matches!(map.get("a"), Some(Node::Tag(found, _)) if *found == name), "{name}");
    }
    assert_eq!(
        parse_tree("!Sub\n- ${A}\n- A: !GetAtt B.Arn\n"),
        Some(Node::Tag(
            "Sub",
            Box::new(Node::Seq(vec![
                "${A}".into(),
                Map::new().with("A", Node::attribute("B", "Arn")).into()
            ]))
        ))
    );
}

#[test]
fn arguments_of_intrinsic_functions_and_quoted_scalars_are_text() {
    for (yaml, text) in [
        ("!Ref 012", "012"),
        ("!Sub yes", "yes"),
        ("!GetAZs \"\"", ""),
        ("!GetAZs", ""),
        ("!Sub |\n  a\n  b\n", "a\nb\n"),
    ] {
        let Some(Node::Tag(_, argument)) = parse_tree(yaml) else { panic!("{yaml}") };
        assert_eq!(*argument, Node::from(text), "{yaml}");
    }
    for yaml in ["'012'", "\"012\"", "!!str 012", "! 012", "|-\n  012\n"] {
        assert_eq!(parse_tree(yaml), Some(Node::from("012")), "{yaml}");
    }
    assert_eq!(parse_tree("012"), Some(Node::Int(10)));
    assert_eq!(parse_tree("2012-10-17"), Some(Node::from("2012-10-17")));
}

#[test]
fn syntax_errors_have_a_place_and_a_help() {
    for (yaml, message) in [
        ("a:\n\tb: 1\n", ":2:2: a tab in the indentation\n\nhelp: indent with spaces"),
        (
            "a: 1\nb: 2\n\"a\": 3\n",
            ":3:1: `a` is set twice, first on line 1\n\nhelp: CloudFormation would silently ignore one of them: merge the two",
        ),
        (
            "a: &x 1\n",
            ":1:4: CloudFormation accepts no anchors\n\nhelp: leave the anchor out, and write the value wherever it is needed",
        ),
        (
            "a:\n  <<: {b: 1}\n",
            ":2:3: CloudFormation does not merge keys with `<<`\n\nhelp: write the keys",
        ),
        (
            "a: 1\n---\nb: 2\n",
            ":2:1: a second document begins here, but a template is one document\n\nhelp: put it into its own file: `overlay` accepts a list of paths",
        ),
        (
            "a: !Reff B\n",
            ":1:4: CloudFormation has no function `!Reff`\n\nhelp: did you mean `!Ref`?",
        ),
        (
            "a: !ValueOf [B, c]\n",
            ":1:4: `ValueOf` has no short form\n\nhelp: write its long form, `Fn::ValueOf`",
        ),
        ("a: !!int 3\n", ":1:4: CloudFormation has no tag `!!int`\n\nhelp: leave it out"),
        ("a: !<tag:x> 3\n", ":1:4: CloudFormation has no tag `tag:x`\n\nhelp: leave it out"),
        ("a: !Ref [B]\n", ":1:4: `!Ref` needs a name\n\nhelp: write it after the tag: `!Ref Name`"),
        ("a: !Ref\n", ":1:4: `!Ref` has no argument"),
        ("? [a]\n: 1\n", ":1:3: a key must be text, found a list"),
        (
            "a: 1\nb:\n",
            ":2:1: there is no value here, and CloudFormation accepts no null\n\nhelp: write a value, or leave the key out; for an empty text, write `\"\"`",
        ),
        (
            "yes: 1\n",
            ":1:1: `yes` is a boolean to CloudFormation, not a name\n\nhelp: for the text, write `\"yes\"`",
        ),
        (
            "at: 22:22\n",
            ":1:5: `22:22` is a number with base 60 to CloudFormation\n\nhelp: for the text, write `\"22:22\"`",
        ),
        (
            "",
            ":1:1: the overlay is empty\n\nhelp: write a section, such as `Resources:`, or leave `overlay` out of Cargo.toml",
        ),
    ] {
        assert_eq!(parse_errors(yaml), [message], "{yaml}");
    }
    // An alias and a merge key of an anchor are no further mistakes.
    for yaml in ["a: &x 1\nb: *x\n", "Resources: &x {a: 1}\nOutputs: {<<: *x}\n"] {
        let errors = read_one(yaml).map(|_| ()).unwrap_err();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains("CloudFormation accepts no anchors"), "{errors:?}");
    }
    assert!(
        parse_errors("a: [1\n")[0].contains(": this is not YAML: "),
        "{:?}",
        parse_errors("a: [1\n")
    );
    let errors = parse_errors(r#"{"a": "\ud83d\ude00"}"#);
    assert!(errors[0].ends_with("help: write the character itself"), "{errors:?}");
}

#[test]
fn all_errors_in_a_file_are_reported() {
    let errors = parse_errors("a: !Reff B\nb: ~\na: 1\nc: 1e3\n");
    let lines: Vec<_> = errors.iter().map(|it| &it[..3]).collect();
    assert_eq!(lines, [":1:", ":2:", ":3:", ":4:"], "{errors:?}");
}

#[test]
fn too_deeply_nested_values_are_an_error() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("!Not [", "]")] {
        let nested = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
        assert_eq!(parse_errors(&nested(100)), Vec::<String>::new(), "{open}");
        assert!(!parse_errors(&nested(101)).is_empty());
        assert!(!parse_errors(&nested(10_000)).is_empty());
        assert!(!parse_errors(&open.repeat(10_000)).is_empty());
    }
    assert!(!parse_errors(&"- ".repeat(10_000)).is_empty());
}

#[test]
fn a_byte_order_mark_is_ignored_and_other_encodings_are_errors() {
    assert!(read_one("\u{feff}Resources: {}\n").is_ok());
    assert!(read_error("\u{feff}Rules: 1\n").starts_with("1:8: "));
    let bytes = b"Description: x\nMetadata: {\xe4: 1}\n";
    let errors = read_several(&[("extra.yaml", bytes)]).map(|_| ()).unwrap_err();
    assert_eq!(errors, ["2:12: the overlay is not UTF-8\n\nhelp: save the file as UTF-8"]);
}
