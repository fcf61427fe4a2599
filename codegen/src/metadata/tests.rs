//! Tests of the metadata in Cargo.toml.

use proptest::prelude::*;
use skylift_model::aws::function_keys;

use super::*;

const TABLE: &str = r#"
memory = 256
timeout = "10s"
architecture = "arm64"
env = { LOG = "info", TABLE = { param = "TableName" }, KEY = { ssm = "/a" }, HOST = { overlay = ["Db", "Endpoint.Address"] }, URL = { sub = "a/${AWS::Region}" } }
tags = { team = "media" }
log_retention = 14
cold_start_metric = true
overlay = ["infra/extra.yaml", "infra/more.json"]
stacks = "nested"
parameters = { TableName = { default = "orders", allowed = ["orders", "jobs"], no_echo = false } }
"#;

/// Returns the errors in a table, each with the text at its place; `None` if the text is not TOML.
fn find_errors(text: &str) -> Option<Vec<(String, String)>> {
    let table = DeTable::parse(text).ok()?.into_inner();
    let mut errors = Errors::new();
    let _ = read_metadata(&table, 0..text.len(), &mut errors);
    let at = |place: &SourceSpan| match place {
        SourceSpan::Bytes(range) => text[range.clone()].to_owned(),
        SourceSpan::Tokens { .. } => String::new(),
    };
    Some(errors.into_diagnostics().into_iter().map(|it| (at(&it.span), it.message.text)).collect())
}

#[test]
fn settings_and_parameters_have_the_syntax_of_attributes() {
    assert_eq!(find_errors(TABLE), Some(Vec::new()));
    let table = DeTable::parse(TABLE).unwrap().into_inner();
    let mut errors = Errors::new();
    let metadata = read_metadata(&table, 0..TABLE.len(), &mut errors);
    assert!(errors.into_diagnostics().is_empty());
    assert_eq!(metadata.defaults.memory.map(|memory| memory.get()), Some(256));
    assert_eq!(metadata.defaults.env.len(), 5);
    assert_eq!(metadata.stacks, StackLayout::Nested);
    assert_eq!(metadata.defaults.cold_start_metric, Some(true));
    assert_eq!(metadata.parameters[0].allowed, ["orders", "jobs"]);
    let paths: Vec<&str> = metadata.overlays.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["infra/extra.yaml", "infra/more.json"]);
}

#[test]
fn an_overlay_needs_templates() {
    let found = find_errors("templates = false\noverlay = \"a.yaml\"").unwrap();
    let [(place, message)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(place, "\"a.yaml\"");
    assert_eq!(message, "an overlay has no effect with `templates = false`");
    for right in ["templates = false", "templates = true\noverlay = \"a.yaml\""] {
        assert_eq!(find_errors(right), Some(Vec::new()), "{right}");
    }
}

#[test]
fn an_error_points_at_its_bytes() {
    for (text, place) in [
        ("templates = \"no\"", "\"no\""),
        ("memory = 64", "64"),
        ("memory = 1979-05-27", "1979-05-27"),
        ("tmeout = \"3s\"", "tmeout"),
        ("timeout = 3", "3"),
        ("env = { AWS_REGION = \"x\" }", "AWS_REGION"),
        ("provisioned_concurrency = 1", "provisioned_concurrency"),
        ("parameters = { \"a b\" = {} }", "\"a b\""),
        ("overlay = 3", "3"),
        ("overlay = [\"\"]", "\"\""),
        ("overlays = \"a.yaml\"", "overlays"),
        ("outputs = 3", "3"),
        ("outputs = { JobsUrl = 3 }", "3"),
        ("outputs = { JobsUrl = \"a-b\" }", "a-b"),
        ("outputs = { JobsUrl = { nme = \"A\" } }", "nme"),
        ("outputs = { JobsUrl = { export = \"a b\" } }", "a b"),
        ("outputs = { JobsUrl = { export = { param = \"A\" } } }", "{ param = \"A\" }"),
        ("stacks = \"single\"", "single"),
        ("stacks = 16", "16"),
        ("nested = true", "nested"),
    ] {
        let found = find_errors(text).unwrap();
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].0.trim_matches('"'), place.trim_matches('"'), "{text}");
    }
}

#[test]
fn what_is_no_default_has_its_reason_and_its_place() {
    for (text, message, help) in [
        (
            "reserved_concurrency = 3",
            "`reserved_concurrency` belongs to one function, and is no default",
            "each function would reserve that many executions: set it in the `#[function(…)]` that needs it",
        ),
        (
            "provisioned_concurrency = 1",
            "`provisioned_concurrency` belongs to one function, and is no default",
            "every function would cost money all the time: set it in the `#[function(…)]` that needs it",
        ),
        (
            "policy = \"AmazonS3ReadOnlyAccess\"",
            "`policy` belongs to one function, and is no default",
            "a function has the permissions that it needs, and no others: set it in the `#[function(…)]` that needs it",
        ),
        (
            "schedule = \"rate(1 day)\"",
            "`schedule` belongs to one function, and is no default",
            "set it in the `#[function(…)]` that needs it",
        ),
        (
            "name = \"a\"",
            "`name` belongs to one function, and is no default",
            "set it in the `#[function(…)]` that needs it",
        ),
        (
            "env = [\"LOG=1\"]",
            "`env` takes a table, found a list",
            "write `env = { NAME = \"value\" }`",
        ),
        (
            "tags = \"team=media\"",
            "`tags` takes a table, found a string",
            "write `tags = { NAME = \"value\" }`",
        ),
        (
            "[function]\nmemory = 3",
            "unknown key `function` in `[package.metadata.skylift]`",
            "the settings of all functions are in `[package.metadata.skylift]` itself, and those of one function in its\n`#[function(…)]`",
        ),
        (
            "[functions.work]\nmemory = 3",
            "unknown key `functions` in `[package.metadata.skylift]`",
            "the settings of all functions are in `[package.metadata.skylift]` itself, and those of one function in its\n`#[function(…)]`",
        ),
    ] {
        let table = DeTable::parse(text).unwrap().into_inner();
        let mut errors = Errors::new();
        let _ = read_metadata(&table, 0..text.len(), &mut errors);
        let errors = errors.into_diagnostics();
        let [error] = errors.as_slice() else { panic!("{text}: {errors:?}") };
        assert_eq!(error.message.text, message, "{text}");
        assert_eq!(error.message.help.as_deref(), Some(help), "{text}");
    }
}

/// Each key is either a default or belongs to one function.
#[test]
fn no_key_of_a_function_is_unknown_here() {
    for key in function_keys::ALL {
        let found = find_errors(&format!("{} = \"\"", key.name)).unwrap();
        assert!(found.iter().all(|(_, text)| !text.starts_with("unknown key")), "{}", key.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_metadata_does_not_panic(
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), 0_usize..8, "[\\[\\]{}=\",.#a-z0-9\n -]{0,6}"),
            0..6,
        ),
    ) {
        let mut letters: Vec<char> = TABLE.chars().collect();
        for (at, length, piece) in changes {
            let start = at.index(letters.len() + 1);
            let end = (start + length).min(letters.len());
            letters.splice(start..end, piece.chars());
        }
        let _ = find_errors(&letters.into_iter().collect::<String>());
    }
}
