use super::{assert_right, assert_wrong};

/// Returns the source of a handler with these filters that takes `event`.
fn filtered(source: &str, filters: &str, event: &str) -> String {
    let source = source.replace("FILTERS", filters);
    format!(
        "#[function(trigger = {source})]
        async fn work(event: {event}) -> Result<(), Error> {{ Ok(()) }}
        #[resource(queue)] pub struct Jobs;
        #[resource(stream)] pub struct Clicks;
        #[resource(table(key = \"id\", stream = new_and_old))] pub struct Orders;
        #[derive(Serialize, Deserialize)] struct Job {{ id: String, pages: u32, #[serde(rename = \"isBig\")] is_big: bool, kind: Kind, tags: Vec<String>, at: Option<Place> }}
        #[derive(Serialize, Deserialize)] struct Place {{ x: f64 }}
        #[derive(Serialize, Deserialize)] struct Open {{ id: String, #[serde(flatten)] rest: Map }}
        #[derive(Serialize, Deserialize)] #[serde(rename_all = \"snake_case\")] enum Kind {{ Small, Big }}"
    )
}

#[test]
fn a_filter_on_a_subscribed_queue_sees_the_envelopes_of_its_messages() {
    let subscribed = |from: &str, filters: &str| {
        let trigger = "sqs(queue = Wrapped, filters = FILTERS)";
        let source = filtered(trigger, filters, "Message<Job>");
        format!(
            "{source}\n#[resource(queue(from = {from}))] pub struct Wrapped;
            #[resource(topic)] pub struct News;
            #[resource(bus)] pub struct Shop;"
        )
    };
    let (topic, bus) = ("topic(News)", "bus(Shop)");
    assert_right(&subscribed(topic, r#"{ "body": { "TopicArn": ["a"], "Message": ["b"] } }"#));
    assert_right(&subscribed(
        bus,
        r#"{ "body": { "detail": { "pages": [3] }, "source": ["a"] } }"#,
    ));
    let both = "[topic(News), bus(Shop)]";
    assert_right(&subscribed(
        both,
        r#"{ "body": { "$or": [{ "Subject": ["a"] }, { "source": ["a"] }] } }"#,
    ));
    // Without an envelope, the body can have any field.
    assert_right(&subscribed("[topic(News, raw), bus(Shop)]", r#"{ "body": { "idd": ["a"] } }"#));
    let text = "the messages of this queue come in an envelope, whose `body` has no field `kind`";
    for from in [topic, bus, both] {
        let wrong = subscribed(from, r#"{ "body": { "kind": ["big"] } }"#);
        assert_wrong(&wrong, &format!("trigger 0 filters.0.body.kind=: {text}"));
    }
    assert_wrong(
        &subscribed(bus, r#"{ "body": { "detail": { "page": [3] } } }"#),
        "trigger 0 filters.0.body.detail.page=: `Job` has no field `page`",
    );
}

const QUEUE: &str = "sqs(queue = Jobs, filters = FILTERS)";
const TABLE: &str = "dynamodb(table = Orders, filters = FILTERS)";

#[test]
fn a_filter_that_records_can_match_is_right() {
    for filters in [
        r#"{ "body": { "pages": [{ "numeric": [">", 3] }], "isBig": [true], "kind": ["big"] } }"#,
        r#"[{ "body": { "tags": ["a"], "id": [{ "prefix": "a" }, null] } }]"#,
        r#"{ "body": { "at": { "x": [1] } } }"#,
        r#"{ "body": { "at": [null], "pages": [{ "exists": true }] } }"#,
        // A producer may write what this handler leaves out.
        r#"{ "body": { "customer": ["a"] } }"#,
        r#"{ "body": { "$or": [{ "pages": [1] }, { "id": ["a"] }] } }"#,
        r#"{ "messageAttributes": { "page": { "stringValue": ["a"] } } }"#,
    ] {
        assert_right(&filtered(QUEUE, filters, "Message<Job>"));
    }
    assert_right(&filtered(QUEUE, r#"{ "body": { "idd": ["a"] } }"#, "Message<Open>"));
    assert_right(&filtered(QUEUE, r#"{ "body": { "page": [1] } }"#, "SqsMessage"));
    let image =
        r#"{ "dynamodb": { "NewImage": { "pages": { "N": ["1"] }, "kind": { "S": ["big"] } } } }"#;
    assert_right(&filtered(TABLE, image, "Change<Job>"));
}

#[test]
fn a_filter_that_no_record_matches_is_an_error() {
    for (filters, expected) in [
        (
            r#"{ "body": { "page": [1] } }"#,
            "trigger 0 filters.0.body.page=: `Job` has no field `page`\n\nhelp: did you mean `pages`?",
        ),
        (
            r#"{ "body": { "is_big": [true] } }"#,
            "trigger 0 filters.0.body.is_big=: `Job` has no field `is_big`\n\nhelp: did you mean `isBig`?",
        ),
        (
            r#"{ "body": { "$or": [{ "id": ["a"] }, { "page": [1] }] } }"#,
            "trigger 0 filters.0.body.$or.1.page=: `Job` has no field `page`",
        ),
        (
            r#"{ "body": { "pages": ["5"] } }"#,
            "trigger 0 filters.0.body.pages: no record matches: the field `pages` of `Job` is a whole number\n\nhelp: compare it with a whole number that it can have",
        ),
        (
            r#"{ "body": { "id": [{ "numeric": [">", 3] }] } }"#,
            "trigger 0 filters.0.body.id: no record matches: the field `id` of `Job` is a string",
        ),
        (r#"{ "body": { "kind": ["bigg"] } }"#, "trigger 0 filters.0.body.kind: no record matches"),
        (
            r#"{ "body": { "pages": { "min": [1] } } }"#,
            "trigger 0 filters.0.body.pages: the field `pages` of `Job` is a whole number, and this pattern is about fields in it",
        ),
        (
            r#"{ "body": { "at": { "xx": [2] } } }"#,
            "trigger 0 filters.0.body.at.xx=: `Place` has no field `xx`\n\nhelp: did you mean `x`?",
        ),
    ] {
        assert_wrong(&filtered(QUEUE, filters, "Message<Job>"), expected);
    }
    assert_wrong(
        &filtered(
            "kinesis(stream = Clicks, filters = FILTERS)",
            r#"{ "data": { "page": [1] } }"#,
            "Data<Job>",
        ),
        "trigger 0 filters.0.data.page=: `Job` has no field `page`",
    );
    for (image, expected) in [
        (
            r#""page": { "N": ["1"] }"#,
            "trigger 0 filters.0.dynamodb.NewImage.page=: `Job` has no field `page`\n\nhelp: did you mean `pages`?",
        ),
        (
            r#""id": { "N": ["1"] }"#,
            "trigger 0 filters.0.dynamodb.NewImage.id.N=: no record matches: the attribute `id` is a `String`, not `N`\n\nhelp: write `\"S\"`",
        ),
    ] {
        let filters = format!(r#"{{ "dynamodb": {{ "NewImage": {{ {image} }} }} }}"#);
        assert_wrong(&filtered(TABLE, &filters, "Change<Job>"), expected);
    }
}
