use super::{assert_right, assert_wrong};

/// Returns the source of an idempotent handler with this trigger, key and parameter.
fn idempotent(trigger: &str, key: &str, event: &str) -> String {
    format!(
        "#[function({trigger} idempotent(key = {key}))]
        async fn work(event: {event}) -> Result<String, Error> {{ loop {{}} }}
        #[resource(queue)] pub struct Jobs;
        #[derive(Deserialize)] struct Job {{ #[serde(rename = \"jobId\")] id: String, order: Order, lines: Vec<Order>, tags: HashMap<String, Order> }}
        #[derive(Deserialize)] #[serde(deny_unknown_fields)] struct Order {{ number: u32 }}"
    )
}

const QUEUE: &str = "trigger = sqs(queue = Jobs),";
const ROUTE: &str = "trigger = http(\"POST /jobs\"),";

#[test]
fn a_path_that_can_lead_to_a_value_is_right() {
    for key in
        ["$", "$.jobId", "$.order.number", "$.lines[0].number", "$.tags.a.number", "$.customer"]
    {
        let key = format!("{key:?}");
        assert_right(&idempotent("", &key, "Job"));
        assert_right(&idempotent(QUEUE, &key, "Message<Job>"));
    }
    assert_right(&idempotent(ROUTE, "\"$.body.jobId\"", "Json<Job>"));
    assert_right(&idempotent(ROUTE, "\"$.headers['jobid']\"", "Json<Job>"));
    assert_right(&idempotent("", "\"$.jobIds\"", "other::Job"));
}

#[test]
fn a_path_that_leads_to_no_value_is_an_error() {
    for (key, expected) in [
        (
            "$.jobID2",
            "`$.jobID2` leads to no value: `Job` has no field `jobID2`\n\nhelp: did you mean `jobId`?",
        ),
        (
            "$.id",
            "`$.id` leads to no value: `Job` has no field `id`\n\nhelp: did you mean `jobId`?",
        ),
        ("$.order.id", "`$.order.id` leads to no value: `Order` has no field `id`"),
        (
            "$.jobId.x",
            "`$.jobId.x` leads to no value: the field `jobId` of `Job` is a string, which has no `.x`\n\nhelp: end the path before this step",
        ),
        (
            "$.lines.number",
            "`$.lines.number` leads to no value: the field `lines` of `Job` is a list",
        ),
    ] {
        let expected = format!("key idempotent.key.0: {expected}");
        let key = format!("{key:?}");
        assert_wrong(&idempotent("", &key, "Job"), &expected);
        assert_wrong(&idempotent(QUEUE, &key, "Message<Job>"), &expected);
    }
    assert_wrong(
        &idempotent(ROUTE, "[\"$.headers['a']\", \"$.body.id\"]", "Json<Job>"),
        "key idempotent.key.1: `$.body.id` leads to no value: `Job` has no field `id`",
    );
}
