//! Tests of what an attribute and a signature define together: ids, descriptions, spans, and the function of
//! the model.

use skylift_model::access::Access;
use skylift_model::aws::limits;

use super::testing::{accepted, accepted_on, read_on, rejected, rejected_on};
use super::*;
use crate::tree::{ArgKey, ArgValueKind};

fn item(attribute: &str, function: &str) -> FunctionItem {
    let mut errors = Errors::new();
    let item =
        FunctionItem::parse(attribute.parse().unwrap(), function.parse().unwrap(), &mut errors);
    assert!(errors.into_diagnostics().is_empty(), "{attribute}");
    item.unwrap()
}

#[test]
fn the_id_is_the_key_or_made_from_the_functions_name() {
    assert_eq!(accepted("").id.as_str(), "Work");
    assert_eq!(accepted_on("", "async fn make_thumbnail() {}").id.as_str(), "MakeThumbnail");
    assert_eq!(accepted("id = \"Other\"").id.as_str(), "Other");
    assert!(rejected("id = \"no-id\"").contains("is not a logical id"));
    let found = rejected_on("", "async fn größe() {}");
    assert!(found.ends_with("help: set an id: `id = \"…\"`"), "{found}");
}

#[test]
fn the_name_in_the_account_is_read() {
    assert_eq!(accepted("").name, None);
    assert_eq!(accepted("name = \"thumbs\"").name.unwrap().as_str(), "thumbs");
    assert!(rejected("name = \"a b\"").contains("is not a"));
}

/// Returns the description of a function with this doc comment.
fn described(attribute: &str, comment: &str) -> Option<String> {
    accepted_on(attribute, &format!("#[doc = {comment:?}] async fn work() {{}}")).description
}

#[test]
fn the_description_comes_from_the_key_or_else_from_the_doc_comment() {
    assert_eq!(accepted("").description, None);
    assert_eq!(described("", "Makes thumbnails.").unwrap(), "Makes thumbnails.");
    let given = described("description = \"Given\"", "Makes thumbnails.");
    assert_eq!(given.unwrap(), "Given");
    assert_eq!(
        rejected("description = 3"),
        "expected a string, found a number\n\nhelp: write `\"3\"`"
    );
    let long = "a".repeat(limits::DESCRIPTION_LEN + 1);
    let found = rejected(&format!("description = {long:?}"));
    assert_eq!(found, "the description has 257 characters, AWS takes 256");
    // CloudFormation would replace the reference.
    assert_eq!(described("", "See {{resolve:ssm:a}}."), None);
}

#[test]
fn a_doc_comment_that_is_too_long_is_cut_after_a_word() {
    let most = limits::DESCRIPTION_LEN;
    let fits = format!("{} {}", "ä".repeat(100), "b".repeat(most - 101));
    assert_eq!(described("", &fits).unwrap(), fits);
    let beyond = described("", &format!("{fits}b")).unwrap();
    assert_eq!(beyond, format!("{}…", "ä".repeat(100)));
    let one_word = described("", &"c".repeat(most + 1)).unwrap();
    assert_eq!(one_word, format!("{}…", "c".repeat(most - 1)));
    assert_eq!(one_word.chars().count(), most);
}

#[test]
fn a_function_with_any_error_has_no_definition() {
    for wrong in ["memory = 1", "trigger = nothing", "id = 3", "unknown = 1", "retries = 9"] {
        assert!(read_on(wrong, "async fn work() {}").is_err(), "{wrong}");
    }
    // The parameters are checked even if the id is wrong.
    let two = read_on("id = \"no-id\"", "async fn work(a: A, b: B) {}").unwrap_err();
    assert_eq!(two.len(), 2, "{two:?}");
}

#[test]
fn the_event_is_a_first_parameter_that_has_no_other_role() {
    let event = |function: &str| item("", function).event_name();
    assert_eq!(event("async fn f(e: a::S3Event, c: Context) {}").as_deref(), Some("S3Event"));
    assert_eq!(event("async fn f(c: Context, e: S3Event) {}"), None);
    assert_eq!(event("async fn f() {}"), None);
    assert_eq!(event("async fn f(e: (u8, u8)) {}"), None);
    assert!(item("", "async fn f(e: (u8, u8)) {}").event().is_some());
}

#[test]
fn a_path_is_found_by_its_location() {
    let item = item(
        r#"trigger = s3(bucket = a::Uploads), schedule = "rate(1 day)", trigger = sqs(queue = Jobs),
        env(TABLE = Orders, LOG = "info"), allow(actions = ["a:B"], resources = ["*"]),
        allow(actions = ["a:B"], resources = ["*", Letters]), allow(actions = ["a:B"], resources = One),
        allow(actions = "a:B", resources = "*", conditions = { "ArnLike": { "aws:a": ["b", d::Logs] } }),
        idempotent(key = "$", store = Seen), keep_warm(every = "5m", hold = "1s"), memory = 128"#,
        "async fn f(e: Event, w: Writer<b::Thumbs>, c: Context) {}",
    );
    let condition = |statement, operator: &str, value| PlaceInItem::AllowCondition {
        statement,
        value,
        operator: operator.to_owned(),
        key: "aws:a".to_owned(),
    };
    let path = |at: PlaceInItem| item.path_at(&at).map(|path| path.to_string().replace(' ', ""));
    for (at, found) in [
        (PlaceInItem::trigger_key(0, "bucket"), Some("a::Uploads")),
        (PlaceInItem::trigger_key(2, "queue"), Some("Jobs")),
        (PlaceInItem::trigger_key(2, "batch_size"), None),
        (PlaceInItem::Trigger(1), None),
        (PlaceInItem::Env("TABLE".to_owned()), Some("Orders")),
        (PlaceInItem::Env("LOG".to_owned()), None),
        (PlaceInItem::Allow { statement: 1, resource: 1 }, Some("Letters")),
        (PlaceInItem::Allow { statement: 1, resource: 0 }, None),
        (PlaceInItem::Allow { statement: 2, resource: 0 }, Some("One")),
        (PlaceInItem::Allow { statement: 3, resource: 0 }, None),
        (condition(3, "ArnLike", 1), Some("d::Logs")),
        (condition(3, "ArnLike", 0), None),
        (condition(3, "Bool", 1), None),
        (PlaceInItem::Store, Some("Seen")),
        (PlaceInItem::Hold, None),
        (PlaceInItem::key("memory"), None),
        (PlaceInItem::Param(1), Some("b::Thumbs")),
        (PlaceInItem::Param(0), None),
        (PlaceInItem::Param(2), None),
        (PlaceInItem::Param(3), None),
        (PlaceInItem::Name, None),
    ] {
        assert_eq!(path(at.clone()).as_deref(), found, "{at}");
        assert!(matches!(item.span_at(&at), SourceSpan::Tokens { .. }), "{at}");
    }
}

#[test]
fn a_missing_parameter_has_the_span_of_the_functions_name() {
    let item = item("", "async fn f(e: Event, c: Context) {}");
    for elsewhere in [
        PlaceInItem::Param(0),
        PlaceInItem::Param(2),
        PlaceInItem::Name,
        PlaceInItem::key("memory"),
    ] {
        assert!(matches!(item.span_at(&elsewhere), SourceSpan::Tokens { .. }), "{elsewhere}");
    }
}

#[test]
fn a_key_has_the_span_of_its_value() {
    let mut item = item("", "async fn f(e: Event) {}");
    let mut push = |key: &str, kind: ArgValueKind, start: usize| {
        let key = ArgKey { text: key.to_owned(), span: SourceSpan::Bytes(0..1) };
        item.args.push(Some(key), ArgValue { kind, span: SourceSpan::Bytes(start..start + 1) });
    };
    push("memory", ArgValueKind::Int(128), 3);
    push("trigger", ArgValueKind::Bool(true), 5);
    push("trigger", ArgValueKind::Bool(true), 8);
    for (at, start) in [
        (PlaceInItem::key("memory"), 3),
        (PlaceInItem::Trigger(0), 5),
        (PlaceInItem::Trigger(1), 8),
        (PlaceInItem::trigger_key(1, "queue"), 8),
    ] {
        assert!(
            matches!(item.span_at(&at), SourceSpan::Bytes(range) if range.start == start),
            "{at}"
        );
    }
}

#[test]
fn a_definition_becomes_a_function_of_the_model() {
    let origin = SourceLocation { file: "src/main.rs".to_owned(), line: 3, column: 1 };
    let function =
        "async fn f(e: Message<Job>, s: State<App>, w: Writer<Thumbs>, i: Invoker<g>) {}";
    let attribute = "trigger = sqs, memory = 256, name = \"f\", properties = { \"Layers\": [] }";
    let item = item(attribute, function);
    let read = accepted_on(attribute, function);
    let made =
        read.into_function(&item, "jobs::f".to_owned(), Some("api".to_owned()), origin.clone());
    assert_eq!((made.id.as_str(), made.handler.as_str()), ("F", "jobs::f"));
    assert_eq!((made.binary.as_deref(), &made.origin), (Some("api"), &origin));
    assert_eq!((made.triggers.len(), made.state), (1, Some(1)));
    assert_eq!(made.settings.memory.unwrap().get(), 256);
    assert!(made.properties.get("Layers").is_some());
    let capabilities: Vec<(Access, &str, usize)> =
        made.capabilities.iter().map(|it| (it.access, it.target.as_str(), it.parameter)).collect();
    assert_eq!(capabilities, [(Access::Write, "Thumbs", 2), (Access::Invoke, "g", 3)]);
}

#[test]
fn batch_concurrency_comes_from_the_trigger_that_sets_it() {
    let number = |attribute| {
        accepted_on(attribute, "async fn f(m: SqsMessage) {}").batch_concurrency().get()
    };
    let default = number("trigger = sqs");
    assert_eq!(default, BatchConcurrency::DEFAULT.get());
    assert_eq!(number("trigger = sqs(batch_concurrency = 7)"), 7);
    assert_eq!(number("trigger = sqs, trigger = sqs(queue = Jobs, batch_concurrency = 3)"), 3);
}

#[test]
fn failed_kafka_records_are_reported_if_every_trigger_has_pollers() {
    let trigger = |topic: &str, pollers: &str| {
        format!(
            "trigger = msk(cluster = overlay(\"A\"), topic = \"{topic}\", start = latest{pollers})"
        )
    };
    let reports = |attribute: &str| {
        accepted_on(attribute, "async fn f(r: KafkaRecord<u32>) {}").reports_records()
    };
    let (with, without) = (trigger("a1", ", pollers(min = 1)"), trigger("a2", ""));
    assert!(reports(&with));
    assert!(reports(&format!("{with}, schedule = \"rate(1 day)\"")));
    assert!(!reports(&without));
    assert!(!reports(&format!("{with}, {without}")));
    assert!(!reports("trigger = sqs"));
}
