//! What a path is looked up in, where its form is known: a batch, a record of a source, a request. A path
//! that leads to none of its fields would find nothing, whatever came.

use skylift_model::json_path::{JsonPath, Step};
use skylift_model::source::{PayloadShape, Trigger, WINDOW};
use skylift_model::suggest;

use crate::errors::Errors;
use crate::place::Place;

/// What the paths of a function with these triggers, whose handler takes the event of this name, are looked
/// up in; none where it is a type of the user's, or JSON of theirs is in it.
pub(super) fn of(triggers: &[Trigger], event: Option<&str>) -> Option<&'static PayloadShape> {
    if let Some(request) = triggers.iter().find_map(Trigger::request_shape) {
        return Some(request);
    }
    let event = event?;
    if event == WINDOW && triggers.iter().any(|trigger| trigger.has_window() == Some(true)) {
        return Some(&PayloadShape::WINDOW);
    }
    let (source, event) = Trigger::find_event(event)?;
    let delivered = triggers.iter().any(|trigger| trigger.source() == source.name);
    event.shape.filter(|_| delivered)
}

/// Whether a path can lead to anything.
pub(super) fn check(path: &JsonPath, place: &Place, document: &PayloadShape, errors: &mut Errors) {
    let PayloadShape { what, fields, advice, unique } = document;
    let rest = path.to_string().split_off(1);
    let advice = advice.replace("{rest}", &rest);
    let name = match path.steps().first() {
        Some(Step::Name(name)) if fields.contains(&name.as_str()) => return,
        Some(Step::Name(name)) => name,
        Some(Step::Index(_)) => {
            errors
                .push(place, format!("`{path}` is an item of a list, {what} is an object"))
                .help(format!("it has {}", suggest::list(fields.iter().copied())));
            return;
        }
        None => {
            if let Some((why, help)) = unique {
                errors.push(place, *why).help(*help);
            }
            return;
        }
    };
    let message = errors.push(place, format!("{what} has no field `{name}`"));
    message.help(match suggest::nearest(name, fields.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{advice}; it has {}", suggest::list(fields.iter().copied())),
    });
}

#[cfg(test)]
mod tests {
    use crate::errors::Errors;
    use crate::function::Item;

    /// What is wrong with a key of a handler of this event, behind this trigger.
    fn wrong(trigger: &str, event: &str, idempotent: &str) -> Vec<String> {
        let mut errors = Errors::new();
        let args = format!("{trigger}, idempotent({idempotent})");
        let item = format!("async fn f({event}) {{}}");
        let item = Item::parse(args.parse().unwrap(), item.parse().unwrap(), &mut errors).unwrap();
        item.read(&mut errors);
        errors.into_messages().iter().map(|it| it.full()).collect()
    }

    fn key_wrong(trigger: &str, event: &str, key: &str) -> Vec<String> {
        wrong(trigger, event, &format!("key = \"{key}\""))
    }

    const STREAM: &str = "trigger = dynamodb(table = Orders)";
    const WINDOWED: &str = "trigger = kinesis(tumbling_window = \"30s\")";
    const EVERY: &str = "schedule = \"rate(5 minutes)\"";

    #[test]
    fn a_path_into_what_has_no_such_field_is_refused_with_one_that_has() {
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
    fn a_path_to_what_is_there_or_may_be_is_taken() {
        for (trigger, event, key) in [
            (STREAM, "change: Change<Order>", "$.dynamodb.Keys.id.S"),
            (STREAM, "change: Change<Order>", "$"),
            (STREAM, "event: DynamoDbEvent", "$.Records[0].eventID"),
            ("trigger = s3", "record: S3EventRecord", "$.s3.object.key"),
            ("trigger = s3(bucket = \"old\")", "event: S3Event", "$.detail.object.key"),
            (EVERY, "event: ScheduledEvent", "$['detail-type']"),
            (EVERY, "", "$.id"),
            (WINDOWED, "window: Window<Sum, Data<Click>>", "$.window.start"),
            // JSON of the user's.
            ("trigger = sqs", "message: Message<Order>", "$.id"),
            ("trigger = sqs", "message: SqsMessage", "$.id"),
            ("trigger = kinesis", "click: Data<Click>", "$.id"),
            ("trigger = kinesis", "record: KinesisEventRecord", "$.id"),
            // A type of the user's that is named as one of ours.
            ("timeout = \"3s\"", "change: Change", "$.id"),
        ] {
            assert_eq!(key_wrong(trigger, event, key), [""; 0], "{trigger} {event} {key}");
        }
    }

    #[test]
    fn a_key_behind_a_route_is_in_a_request() {
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
