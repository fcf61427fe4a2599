//! The JSON document in which an idempotency key is looked up, if its form is known: a batch, a record of a
//! source, or a request. A path that does not begin with a field of the document would never find a key.

use skylift_model::json_path::{JsonPath, JsonPathStep};
use skylift_model::message::Message;
use skylift_model::source::{PayloadSchema, Trigger, WINDOW};

use crate::errors::Errors;
use crate::messages;
use crate::span::SourceSpan;

/// Returns the schema of the document in which the idempotency key of a function is looked up. `triggers` are
/// the triggers of the function, and `event` is the name of the event type that its handler takes. Returns
/// `None` if the event is a type of the user, or contains JSON that the user defines.
pub(super) fn find_document(
    triggers: &[Trigger],
    event: Option<&str>,
) -> Option<&'static PayloadSchema> {
    if let Some(request) = triggers.iter().find_map(Trigger::request_schema) {
        return Some(request);
    }
    let event = event?;
    if event == WINDOW && triggers.iter().any(|trigger| trigger.has_window() == Some(true)) {
        return Some(&PayloadSchema::WINDOW);
    }
    let (_, event) = Trigger::find_event(event)?;
    let is_delivered = triggers.iter().any(|trigger| trigger.facts().has_event(event.name));
    event.schema.filter(|_| is_delivered)
}

/// Checks that a path can find a value in a document with this schema.
pub(super) fn check_path(
    path: &JsonPath,
    span: &SourceSpan,
    document: &PayloadSchema,
    errors: &mut Errors,
) {
    let PayloadSchema { name: what, fields, advice, unique } = document;
    let message = match path.steps().first() {
        Some(JsonPathStep::Field(name)) if fields.contains(&name.as_str()) => return,
        Some(JsonPathStep::Field(name)) => {
            let rest = path.to_string().split_off(1);
            let advice = advice.replace("{rest}", &rest);
            messages::unknown_document_field(what, name, &advice, fields)
        }
        Some(JsonPathStep::Index(_)) => {
            messages::index_into_object(&path.to_string(), what, fields)
        }
        None => match unique {
            Some((reason, help)) => Message::new(*reason).with_help(*help),
            None => return,
        },
    };
    errors.push(span, message);
}

#[cfg(test)]
mod tests {
    use crate::errors::Errors;
    use crate::function::FunctionItem;

    /// Returns the errors about `idempotent(…)` of a function with this trigger and this event.
    fn wrong(trigger: &str, event: &str, idempotent: &str) -> Vec<String> {
        let mut errors = Errors::new();
        let args = format!("{trigger}, idempotent({idempotent})");
        let item = format!("async fn f({event}) {{}}");
        let item =
            FunctionItem::parse(args.parse().unwrap(), item.parse().unwrap(), &mut errors).unwrap();
        item.read(&mut errors);
        errors.into_diagnostics().iter().map(|it| it.full()).collect()
    }

    fn key_wrong(trigger: &str, event: &str, key: &str) -> Vec<String> {
        wrong(trigger, event, &format!("key = \"{key}\""))
    }

    const STREAM: &str = "trigger = dynamodb(table = Orders)";
    const WINDOWED: &str = "trigger = kinesis(tumbling_window = \"30s\")";
    const EVERY: &str = "schedule = \"rate(5 minutes)\"";

    #[test]
    fn a_path_to_an_unknown_field_is_rejected_with_a_known_one() {
        for (trigger, event, key, message) in [
            (
                STREAM,
                "change: Change<Order>",
                "$.id",
                "a record of a table's stream has no field `id`\n\nhelp: write `$.dynamodb.Keys.id.S`",
            ),
            (STREAM, "change: Change<Order>", "$.eventId", "did you mean `eventID`?"),
            (STREAM, "record: DynamoDbEventRecord", "$.Keys.id", "has no field `Keys`"),
            (
                STREAM,
                "event: DynamoDbEvent",
                "$.id",
                "a batch of records has no field `id`\n\nhelp: take one record at a time",
            ),
            (
                "trigger = kinesis",
                "event: KinesisEvent",
                "$.id",
                "a batch of records has no field `id`",
            ),
            ("trigger = sqs", "event: skylift::event::SqsEvent", "$.id", "has no field `id`"),
            (
                "trigger = s3",
                "record: S3EventRecord",
                "$.key",
                "a record of a bucket's event has no field `key`\n\nhelp: write `$.s3.object.key`",
            ),
            ("trigger = s3", "event: S3Event", "$.s3", "an event of a bucket has no field `s3`"),
            (
                EVERY,
                "event: ScheduledEvent",
                "$.name",
                "the event of a schedule has no field `name`",
            ),
            (WINDOWED, "window: Window<Sum, Data<Click>>", "$.id", "write `key = [\"$.shardId\", "),
            ("trigger = kinesis", "event: KinesisEvent", "$[0]", "`$[0]` is an item of a list"),
        ] {
            let found = key_wrong(trigger, event, key);
            let [found] = found.as_slice() else { panic!("{trigger} {event} {key}: {found:?}") };
            assert!(found.contains(message), "{found}");
        }
    }

    #[test]
    fn a_path_to_a_known_field_or_into_a_type_of_the_users_is_accepted() {
        for (trigger, event, key) in [
            (STREAM, "change: Change<Order>", "$.dynamodb.Keys.id.S"),
            (STREAM, "change: Change<Order>", "$"),
            (STREAM, "event: DynamoDbEvent", "$.Records[0].eventID"),
            ("trigger = s3", "record: S3EventRecord", "$.s3.object.key"),
            ("trigger = s3(bucket = \"old\")", "event: S3Event", "$.detail.object.key"),
            (EVERY, "event: ScheduledEvent", "$['detail-type']"),
            (EVERY, "", "$.id"),
            (WINDOWED, "window: Window<Sum, Data<Click>>", "$.window.start"),
            // The key is in JSON of the user's own.
            ("trigger = sqs", "message: Message<Order>", "$.id"),
            ("trigger = sqs", "message: SqsMessage", "$.id"),
            ("trigger = kinesis", "click: Data<Click>", "$.id"),
            ("trigger = kinesis", "record: KinesisEventRecord", "$.id"),
            // A type of the user's own with the name of one of Skylift's.
            ("timeout = \"3s\"", "change: Change", "$.id"),
        ] {
            assert_eq!(key_wrong(trigger, event, key), [""; 0], "{trigger} {event} {key}");
        }
    }

    #[test]
    fn the_key_of_an_http_function_is_looked_up_in_the_request() {
        const ROUTE: &str = "trigger = http(\"POST /a\")";
        for right in ["$.body", "$.body.id", "$.headers['idempotency-key']", "$.pathParameters.id"]
        {
            assert_eq!(key_wrong(ROUTE, "", right), [""; 0]);
        }
        for (path, message) in [
            (
                "$.id",
                "an HTTP request has no field `id`\n\nhelp: write `$.body.id` for what is in the body",
            ),
            (
                "$.header.x",
                "an HTTP request has no field `header`\n\nhelp: did you mean `headers`?",
            ),
            ("$", "no two HTTP requests are the same"),
            ("$[0]", "`$[0]` is an item of a list, an HTTP request is an object"),
        ] {
            let in_check = format!("key = \"$.body\", check = \"{path}\"");
            for idempotent in [format!("key = \"{path}\""), in_check] {
                let found = wrong(ROUTE, "", &idempotent);
                let [found] = found.as_slice() else { panic!("{path}: {found:?}") };
                assert!(found.starts_with(message), "{path}: {found}");
            }
        }
    }
}
