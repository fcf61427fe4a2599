use super::*;

fn write_to_text(text: &str) -> String {
    let mut out = String::new();
    write_scalar(&mut out, text, ScalarContext::Block);
    out
}

#[test]
fn plain_words_have_no_quotes() {
    for text in [
        "AWS::Serverless::Function",
        "rate(5 minutes)",
        "s3:ObjectCreated:*",
        "/orders/{id}",
        "code/",
        "arn:${AWS::Partition}:s3:::a",
    ] {
        assert_eq!(write_to_text(text), text);
    }
}

#[test]
fn text_that_yaml_could_misread_has_quotes() {
    for text in [
        "",
        "NO",
        "yes",
        "1e3",
        "0x1f",
        "1.5",
        "~",
        "null",
        "- a",
        "a: b",
        "a #b",
        "*",
        "a ",
        "[a]",
        "ends:",
        "Ünï",
        "2026-11-23",
        "a\nb",
        "a\"b",
        "=",
        "!x",
        "&x",
        "%x",
        "@x",
        "`x",
    ] {
        assert!(write_to_text(text).starts_with(['"', '\'']), "{text}: {}", write_to_text(text));
    }
    assert_eq!(write_to_text("a\nb\"c\\d\u{7}"), r#""a\nb\"c\\d\u0007""#);
    assert_eq!(write_to_text(r#"{"it's":1}"#), r#"'{"it''s":1}'"#);
}

#[test]
fn reserved_words_are_listed_by_their_length() {
    for (length, words) in RESERVED.iter().enumerate() {
        assert!(words.iter().all(|word| word.len() == length), "{words:?}");
    }
}

#[test]
fn a_long_text_is_a_block_scalar() {
    let (long, block) = ("a".repeat(LINE_LEN), "a".repeat(LINE_LEN));
    let text = format!("{long}\n\n  #b\n");
    let node = Map::new().with("A", text.as_str()).with("B", Node::sub(text.trim_end()));
    assert_eq!(
        write_test_template(&node, &[]),
        format!("A: |\n  {block}\n\n    #b\nB: !Sub |-\n  {block}\n\n    #b\n")
    );
    for other in
        ["one\ntwo\n", &format!(" {text}"), &format!("{text}\n"), &long, &format!("{text} ")]
    {
        assert!(!is_block(other), "{other}");
    }
}

#[test]
fn every_parser_reads_a_number_as_a_number() {
    for (number, text) in
        [(1.5, "1.5"), (1.0, "1.0"), (1e21, "1.0e+21"), (1.5e-9, "1.5e-9"), (-0.0, "-0.0")]
    {
        assert_eq!(format_float(number), text);
    }
}

#[test]
fn a_long_argument_of_an_intrinsic_function_is_below_it() {
    let function = |items: Vec<Node>| Map::new().with("A", Node::Tag("If", Box::new(items.into())));
    let short = function(vec!["Prod".into(), Node::reference("B"), "c".into()]);
    assert_eq!(write_test_template(&short, &[]), "A: !If [Prod, !Ref B, c]\n");
    let map = Map::new().with("k", "v").with("l", vec![Node::from(1)]);
    let nested = function(vec!["Prod".into(), map.into(), Node::reference("B")]);
    assert_eq!(
        write_test_template(&nested, &[]),
        "A: !If\n  - Prod\n  - k: v\n    l:\n      - 1\n  - !Ref B\n"
    );
    let long = function(vec![Node::from("a".repeat(50)), Node::from("b".repeat(50))]);
    assert!(write_test_template(&long, &[]).starts_with("A: !If\n  - aaa"));
}

#[test]
fn maps_lists_and_intrinsic_functions_nest() {
    let node = Map::new()
        .with(
            "Top",
            Map::new().with(
                "A",
                Map::new().with(
                    "list",
                    vec![Node::from(1), Node::from(Map::new().with("k", "v").with("l", "w"))],
                ),
            ),
        )
        .with("Ref", Node::reference("AWS::StackId"))
        .with("Empty", Map::new());
    let want = "Top:\n  A:\n    list:\n      - 1\n      - k: v\n        l: w\nRef: !Ref AWS::StackId\n\nEmpty: {}\n";
    assert_eq!(write_test_template(&node, &["Top"]), want);
}
