use super::{assert_right, assert_wrong};
use crate::testing::problems_of;

/// Returns the source of a scheduled handler with this input that takes `Event`.
fn scheduled(input: &str, event: &str) -> String {
    format!(
        "#[function(trigger = schedule(\"rate(1 day)\", input = {input}))]
        async fn report(event: Event) -> Result<(), Error> {{ Ok(()) }}
        #[derive(Deserialize)] #[serde(rename_all = \"snake_case\")] enum Kind {{ Daily, Weekly {{ day: u8 }}, Text(String) }}
        #[derive(Deserialize)] #[serde(tag = \"type\")] enum Tagged {{ One {{ a: u8 }}, Two }}
        {event}"
    )
}

fn event(fields: &str) -> String {
    format!("#[derive(Deserialize)] struct Event {{ {fields} }}")
}

#[test]
fn an_input_that_the_event_can_be_read_from_is_right() {
    for (input, fields) in [
        (r#"{ "days": 30 }"#, "days: u8"),
        (r#"{ "days": 30, "more": 1 }"#, "days: u8"),
        (r#"{ "days": null }"#, "days: Option<u8>"),
        ("{}", "days: Option<u8>, #[serde(default)] b: String, c: ()"),
        ("{}", "days: other::Days"),
        (r#"{ "theDays": 1.5 }"#, "#[serde(rename = \"theDays\")] days: f32"),
        (r#"{ "d": [1, 2] }"#, "#[serde(alias = \"d\")] days: Vec<u8>"),
        (r#"{ "at": { "x": [1, "a"] } }"#, "at: HashMap<String, (u8, char)>"),
        (r#"{ "days": "any" }"#, "days: serde_json::Value"),
        (r#"{ "days": "any" }"#, "#[serde(deserialize_with = \"mine\")] days: u8"),
        (
            r#"{ "a": "daily", "b": { "weekly": { "day": 1 } }, "c": { "text": "x" } }"#,
            "a: Kind, b: Kind, c: Kind",
        ),
        (r#"{ "a": { "type": "One", "a": 1 }, "b": { "type": "Two" } }"#, "a: Tagged, b: Tagged"),
        (r#"{ "a": 1, "b": 2 }"#, "a: u8, #[serde(flatten)] rest: HashMap<String, u8>"),
    ] {
        assert_right(&scheduled(input, &event(fields)));
    }
    for (input, event) in [
        ("3", "type Event = u8;"),
        (r#""a""#, "#[derive(Deserialize)] struct Event(String);"),
        ("[1, 2]", "type Event = Vec<i32>;"),
        (r#"{ "a": 1 }"#, "type Event = serde_json::Value;"),
        (r#"{ "a": 1 }"#, "use other::Event;"),
        (r#"{ "a": 1 }"#, "struct Event { b: u8 }"),
        (r#"{ "a": 1 }"#, "#[derive(Deserialize)] #[serde(tag = \"kind\")] struct Event { a: u8 }"),
        (r#"{ "Records": [] }"#, "type Event = skylift::event::S3Event;"),
    ] {
        assert_right(&scheduled(input, event));
    }
}

#[test]
fn an_input_that_does_not_fit_is_an_error_at_its_value() {
    for (input, fields, expected) in [
        (
            r#"{ "days": "thirty" }"#,
            "days: u8",
            "trigger 0 input.days: the field `days` of `Event` is `u8`, and `input` has a string here\n\nhelp: write a whole number from 0 to 255, or take another type",
        ),
        (
            r#"{ "days": 300 }"#,
            "days: u8",
            "trigger 0 input.days: the field `days` of `Event` is `u8`, and `input` has `300` here",
        ),
        (
            r#"{ "days": 1.5 }"#,
            "days: Option<i64>",
            "trigger 0 input.days: the field `days` of `Event` is `Option<i64>`, and `input` has a number with a fraction here",
        ),
        (
            r#"{ "days": null }"#,
            "days: u8",
            "trigger 0 input.days: the field `days` of `Event` is `u8`, and `input` has null here",
        ),
        (
            r#"{ "a": [{ "b": 1 }, { "b": true }] }"#,
            "a: Vec<Inner>",
            "trigger 0 input.a.1.b: the field `b` of `Inner` is `u8`, and `input` has a boolean here",
        ),
        (
            "{}",
            "days: u8",
            "trigger 0 input: `Event` needs `days`, a `u8`, and `input` does not have it\n\nhelp: add `\"days\"`, or make the field an `Option`",
        ),
        (
            r#"{ "dayz": 30 }"#,
            "days: u8",
            "trigger 0 input.dayz=: `Event` has no field `dayz`\n\nhelp: did you mean `days`?",
        ),
        (
            r#"{ "dayz": 30 }"#,
            "days: Option<u8>",
            "trigger 0 input.dayz=: `Event` has no field `dayz`",
        ),
        (
            r#"{ "a": "dialy" }"#,
            "a: Kind",
            "trigger 0 input.a: `Kind` has no variant `dialy`\n\nhelp: did you mean `daily`?",
        ),
        (
            r#"{ "a": 3 }"#,
            "a: Kind",
            "trigger 0 input.a: the field `a` of `Event` is `Kind`, and `input` has none of its variants here",
        ),
        (
            r#"{ "a": { "weekly": { "dya": 1 } } }"#,
            "a: Kind",
            "trigger 0 input.a.weekly.dya=: `Kind::Weekly` has no field `dya`",
        ),
        (
            r#"{ "a": { "type": "Three" } }"#,
            "a: Tagged",
            "trigger 0 input.a.type: `Tagged` has no variant `Three`",
        ),
        (r#"{ "a": {} }"#, "a: Tagged", "trigger 0 input.a: `Tagged` needs `type`"),
        (
            r#"{ "a": [1, 2, 3] }"#,
            "a: (u8, u8)",
            "trigger 0 input.a: the field `a` of `Event` is `(u8, u8)`",
        ),
        (r#"{ "a": "ab" }"#, "a: char", "trigger 0 input.a:"),
    ] {
        let inner = "#[derive(Deserialize)] struct Inner { b: u8 }";
        assert_wrong(&format!("{} {inner}", scheduled(input, &event(fields))), expected);
    }
    for (input, event, expected) in [
        (
            "[1, -1]",
            "type Event = (u8, u8);",
            "trigger 0 input.1: an element of `Event` is `u8`, and `input` has `-1` here",
        ),
        (
            r#"{ "text": 1 }"#,
            "type Event = Kind;",
            "trigger 0 input.text: the variant `text` of `Kind` is `String`, and `input` has `1` here",
        ),
        (
            r#"{ "a": 1 }"#,
            "type Event = u8;",
            "trigger 0 input: the handler takes `Event`, and `input` has a map here",
        ),
        (
            r#"{ "a": 1 }"#,
            "type Event = skylift::event::S3Event;",
            "trigger 0 input: the handler takes `Event`, and `input` has no `Records`",
        ),
        (
            r#"{ "a": 1, "b": 2 }"#,
            "#[derive(Deserialize)] #[serde(deny_unknown_fields)] struct Event { a: u8 }",
            "trigger 0 input.b=: `Event` has no field `b`\n\nhelp: remove it",
        ),
    ] {
        assert_wrong(&scheduled(input, event), expected);
    }
}

#[test]
fn each_mistake_in_an_input_has_its_own_message() {
    let input = r#"{ "a": "x", "b": 1 }"#;
    let found = problems_of(&scheduled(input, &event("a: u8, b: String, c: bool")), None);
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn a_text_or_an_array_of_the_standard_library_is_read_as_serde_reads_it() {
    for (input, fields) in [
        (r#"{ "a": "10.0.0.1", "b": "::1" }"#, "a: std::net::IpAddr, b: std::net::Ipv6Addr"),
        (r#"{ "a": "10.0.0.1:80" }"#, "a: std::net::SocketAddr"),
        (r#"{ "a": 1, "b": -1 }"#, "a: std::num::NonZeroU32, b: std::num::NonZero<i8>"),
        (r#"{ "a": [1, 2, 3] }"#, "a: [u8; 3]"),
        (r#"{ "a": [1, 2, 3, 4] }"#, "a: [u8; LENGTH]"),
        (r#"{ "b": 1 }"#, "#[serde(alias = \"b\")] a: u8"),
    ] {
        assert_right(&scheduled(input, &event(fields)));
    }
    for (input, fields, expected) in [
        (
            r#"{ "a": "10.0.0" }"#,
            "a: std::net::IpAddr",
            "trigger 0 input.a: the field `a` of `Event` is `std::net::IpAddr`, and `input` has `\"10.0.0\"` here\n\nhelp: write the text of a `IpAddr`, or take another type",
        ),
        (
            r#"{ "a": 0 }"#,
            "a: std::num::NonZeroU32",
            "trigger 0 input.a: the field `a` of `Event` is `std::num::NonZeroU32`, and `input` has `0` here\n\nhelp: write a whole number from 1 to 4294967295, or take another type",
        ),
        (
            r#"{ "a": [1, 2] }"#,
            "a: [u8; 3]",
            "trigger 0 input.a: the field `a` of `Event` is `[u8; 3]`, and `input` has a list here",
        ),
        (
            r#"{ "a": [1, 300, 3] }"#,
            "a: [u8; 3]",
            "trigger 0 input.a.1: an element of the field `a` of `Event` is `u8`, and `input` has `300` here",
        ),
        (
            r#"{ "a": 1, "b": 2 }"#,
            "#[serde(alias = \"b\")] a: u8",
            "trigger 0 input.b=: `a` and `b` are the same field of `Event`\n\nhelp: remove one of them",
        ),
    ] {
        assert_wrong(&scheduled(input, &event(fields)), expected);
    }
}

#[test]
fn an_input_is_one_of_the_variants_of_an_enum_without_a_tag() {
    let with = |input: &str| {
        let variants = "Days { days: u8 }, Name(String)";
        let event =
            format!("#[derive(Deserialize)] #[serde(untagged)] enum Event {{ {variants} }}");
        scheduled(input, &event)
    };
    for input in [r#"{ "days": 1 }"#, r#"{ "days": 1, "more": 2 }"#, r#""a""#] {
        assert_right(&with(input));
    }
    let expected = "trigger 0 input: the handler takes `Event`, and `input` has none of its variants here\n\nhelp: write the content of one variant";
    for input in [r#"{ "days": 300 }"#, "{}", "3", "null"] {
        assert_wrong(&with(input), expected);
    }
}

#[test]
fn an_input_needs_a_handler_that_takes_an_event() {
    let with = |params: &str| {
        format!(
            "#[function(trigger = schedule(\"rate(1 day)\", input = {{ \"a\": 1 }}))]
            async fn report({params}) -> Result<(), Error> {{ Ok(()) }}"
        )
    };
    assert_right(&with("event: serde_json::Value"));
    for params in ["", "context: Context"] {
        assert_wrong(
            &with(params),
            "trigger 0 input: `input` is the event of the handler, and the handler takes none\n\nhelp: take the event as the first parameter, or leave `input` out",
        );
    }
}
