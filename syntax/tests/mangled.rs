//! Tests with incomplete and arbitrary attributes: whatever the tokens are, reading them gives a definition or
//! errors, and never panics.

use proc_macro2::TokenStream;
use proptest::prelude::*;
use skylift_syntax::errors::Errors;
use skylift_syntax::{function, init, resource};

/// Valid attributes, of which parts are replaced.
const ATTRIBUTES: &[&str] = &[
    r#"trigger = s3, schedule = "rate(5 minutes)""#,
    r#"trigger = s3(bucket = crate::Uploads, events = ["ObjectCreated:*"], prefix = "in/", suffix = ".jpg")"#,
    r#"trigger = http(method = GET, path = "/orders/{id}"), timeout = "30s", memory = 512"#,
    r#"trigger = http("ANY /files/{path+}"), trigger = http, keep_warm = "rate(1 hour)""#,
    r#"trigger = sqs(queue = param("Jobs"), batch_size = 100, batch_window = "5s", filters = [{ "body": { "a": [1, -2.5, null] } }])"#,
    r#"trigger = kinesis(stream = "clicks", consumer = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/fast:17", start = "2026-01-01T00:00:00+01:00", retries = forever, bisect, on_failure = "arn:aws:s3:::lost")"#,
    r#"trigger = dynamodb(table = "arn:aws:dynamodb:eu-west-1:123456789012:table/a/stream/2026-01-01T00:00:00.000", start = latest, tumbling_window = "1m", max_record_age = "1h", on_failure = param("Lost"))"#,
    r#"env(LOG = "info", TABLE = import("Table"), KEY = ssm("/app/key")), tags(team = "media"), policy = ["A", "B"]"#,
    r#"allow(actions = ["ses:SendEmail"], resources = ["*", Uploads]), properties = { "Layers": ["arn:x"] }"#,
    r#"trigger = schedule("cron(0/15 * ? * MON-FRI *)", name = "tick", enabled = false, input = { "a": "b" })"#,
    r#"queue(fifo, visibility = "5m", dead_letters(after = 5), name = "a.fifo", id = "Jobs")"#,
    r#"queue(retention = "4d", delay = "10s", message = crate::Job, tls_only = false, existing = "arn:aws:sqs:eu-west-1:123456789012:jobs.fifo")"#,
    r#"bucket(versioned, name = "uploads", retain = false, properties = { "AccelerateConfiguration": { "A": "b" } })"#,
    r#"table(key = number("id"), sort = "at", item = Order, indexes(by_customer(key = "customer", project = ["a", "b"]), by_day(sort = binary("day"), project = keys)), stream = new_and_old, ttl = "expires", point_in_time_recovery = false)"#,
    r#"table(key = "id", existing = param("Orders"))"#,
    r#"topic(fifo, name = "news.fifo", message = News)"#,
    r#"stream(shards = on_demand, retention = "2d", message = Click, existing = "clicks")"#,
    r#"bus(name = "events", message = Happened, existing = "default")"#,
    "secret(generate(length = 40, punctuation = false), value = Credentials)",
    r#"parameter(name = "/app/limit", value = "50", existing = "arn:aws:ssm:eu-west-1:123456789012:parameter/app/limit")"#,
    r#"keep_warm(every = "5 minutes", instances = 3, hold = "100ms"), reserved_concurrency = 5, cold_start_metric"#,
    r#"provisioned_concurrency(min = 1, max = 10, target = 0.7, schedule(at = "at(2099-11-27T06:00:00)", min = 2, time_zone = "UTC"))"#,
    "reserved_concurrency = 0, provisioned_concurrency = 99999999999999999999, retries = -1",
];

/// Items below the attributes.
const ITEMS: &[&str] = &[
    "async fn f(event: S3Event, State(s): State<App>, c: Context) -> Result<(), Error>",
    "async fn f(Path((a, b)): Path<(String, u32)>) -> impl IntoResponse",
    "pub async unsafe extern \"C\" fn f<'a, T: Fn(u8) -> u8>(&self, mut x: [u8; { 3 }], (a, b): (A<B, C>, D)) -> T where T: Copy",
    "pub struct Uploads;",
    "struct Uploads { field: u8 }",
    "enum E {}",
    "fn",
    "",
];

/// Pieces that replace parts of an attribute or an item.
const PIECES: &[&str] = &[
    "",
    "=",
    ",",
    ",,",
    "(",
    ")",
    "()",
    "[]",
    "{}",
    "{ : }",
    "::",
    "\"",
    "\"\"",
    "'a'",
    "b\"x\"",
    "1e999",
    "0x",
    "-",
    "--1",
    "r#type",
    "_",
    "trigger",
    "s3",
    "trigger = ",
    "env",
    "env()",
    "env = 1",
    "true",
    "null",
    "..",
    "'life",
    "#",
    "$x",
    "🦀",
    "\"{{resolve:ssm:a}}\"",
    "\"rate(0 minutes)\"",
    "\"\\u{202e}\"",
];

/// Reads the attribute and the item as each kind of item, and counts the errors.
fn read(attribute: &str, item: &str) -> usize {
    let (Ok(args), Ok(item)) = (attribute.parse::<TokenStream>(), item.parse::<TokenStream>())
    else {
        return 0;
    };
    let mut errors = Errors::new();
    if let Some(function) = function::FunctionItem::parse(args.clone(), item.clone(), &mut errors) {
        let _ = function.read(&mut errors);
    }
    if let Some(resource) = resource::ResourceItem::parse(args.clone(), item.clone(), &mut errors) {
        let _ = resource.read(&mut errors);
    }
    let _ = init::InitItem::parse(args, item, &mut errors);
    errors.into_diagnostics().len()
}

/// Replaces some characters of a text by pieces.
fn mangled(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(PIECES);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 0_usize..6, pieces), 0..5);
    (prop::sample::select(texts), changes).prop_map(|(text, changes)| {
        let mut letters: Vec<char> = text.chars().collect();
        for (at, length, piece) in changes {
            let start = at.index(letters.len() + 1);
            let end = (start + length).min(letters.len());
            letters.splice(start..end, piece.chars());
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mangled_attributes_never_panic(attribute in mangled(ATTRIBUTES), item in mangled(ITEMS)) {
        read(&attribute, &item);
    }

    #[test]
    fn arbitrary_text_never_panics(attribute in "\\PC{0,60}", item in "\\PC{0,60}") {
        read(&attribute, &item);
    }
}

#[test]
fn an_attribute_for_one_kind_of_item_is_an_error_on_the_others() {
    // Each kind of item reads the same attribute and reports errors.
    assert_eq!(read("trigger = s3", ITEMS[0]), 3);
    assert_eq!(read("bucket", "pub struct Uploads;"), 3);
}
