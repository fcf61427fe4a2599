//! The source `s3`, or `s3(bucket = Uploads, events = ["ObjectCreated:*"], prefix = "in/", suffix = ".jpg")`.
//! Reads a trigger on a bucket.

use skylift_model::aws::key_filter::{KeyEnd, KeyFilter};
use skylift_model::aws::value::ResourceReference;
use skylift_model::resource::ResourceKind;
use skylift_model::source::s3::{S3, S3Channel, S3EventType};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{check_arn_kind, read_list, read_reference, read_text, read_word};
use crate::tree::{ArgValue, Args};

/// The prefix of the event types of S3, which a user may leave out.
const EVENT_PREFIX: &str = "s3:";

impl SourceGrammar for S3 {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["s3", "bucket", "s3bucket", "objectcreated"],
            "write `trigger = s3(bucket = Uploads)`",
        )],
        keys: &[
            (
                &["filter", "filters", "rules", "keyprefix", "keysuffix"],
                "write `prefix = \"in/\"` or `suffix = \".jpg\"`",
            ),
            (
                &["eventbridge", "eventbridgeenabled", "eventbridgeconfiguration", "via"],
                "write `through = event_bridge`",
            ),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let bucket = args.take_main("bucket", read_reference, errors);
        let bucket = bucket.unwrap_or(Some(ResourceReference::Own));
        let events = args.take("events", |value, errors| Some(read_events(value, errors)), errors);
        let events = events.unwrap_or_else(|| vec![S3EventType::CREATED]);
        let mut take_filter = |end: KeyEnd| {
            let read = |value: &ArgValue, errors: &mut Errors| read_filter(end, value, errors);
            args.take(end.as_str(), read, errors)
        };
        let (prefix, suffix) = (take_filter(KeyEnd::Prefix), take_filter(KeyEnd::Suffix));
        let read_channel = |value: &ArgValue, errors: &mut Errors| {
            read_word(value, phrases::S3_CHANNEL, S3Channel::WORDS, errors)
        };
        let through = args.take("through", read_channel, errors).unwrap_or_default();
        let bucket = bucket?;
        let exists = matches!(
            bucket,
            ResourceReference::Named(_) | ResourceReference::Arn(_) | ResourceReference::Param(_)
        );
        if let Some(kind) = events.iter().find(|kind| exists && !kind.is_sent_to_eventbridge()) {
            errors.push(args.span_of("events"), messages::event_of_existing_bucket(kind.as_str()));
        }
        if through == S3Channel::EventBridge && exists {
            errors.push(args.span_of("through"), messages::through_of_existing_bucket());
        } else if through == S3Channel::EventBridge
            && let Some(kind) = events.iter().find(|kind| !kind.is_sent_to_eventbridge())
        {
            errors.push(args.span_of("events"), messages::event_not_in_eventbridge(kind.as_str()));
        }
        if let ResourceReference::Arn(arn) = &bucket {
            check_arn_kind(ResourceKind::Bucket, arn, args.span_of("bucket"), errors);
        }
        Some(Self { bucket, events, prefix, suffix, through })
    }
}

/// Reads the value of `prefix` or `suffix`. Returns `None` after an error was recorded.
fn read_filter(end: KeyEnd, value: &ArgValue, errors: &mut Errors) -> Option<KeyFilter> {
    match KeyFilter::parse(end, read_text(value, errors)?) {
        Ok(filter) => Some(filter),
        Err(message) => {
            errors.push(&value.span, message);
            None
        }
    }
}

/// Reads the value of `events`: one event type or a list of event types.
fn read_events(value: &ArgValue, errors: &mut Errors) -> Vec<S3EventType> {
    let mut kinds: Vec<S3EventType> = Vec::new();
    for item in read_list(value) {
        if let Some(word) = item.word().filter(|_| !item.is_string()) {
            let event = find_event(word);
            errors.push(&item.span, messages::bucket_event_without_quotes(word, event));
            continue;
        }
        let Some(text) = read_text(item, errors) else { continue };
        match S3EventType::parse(text) {
            Some(kind) if kinds.contains(&kind) => {
                errors.push(&item.span, messages::named_twice(text));
            }
            Some(kind) => {
                if let Some(other) = kinds.iter().find(|other| other.overlaps(kind)) {
                    let other = other.as_str().trim_start_matches(EVENT_PREFIX);
                    errors.push(&item.span, messages::overlapping_events(text, other));
                }
                kinds.push(kind);
            }
            None => report_unknown_event(item, text, errors),
        }
    }
    if read_list(value).is_empty() {
        errors.push(&value.span, messages::no_events());
    }
    kinds
}

/// Reports that a text is not an event type of S3. `item` is the value with the text.
fn report_unknown_event(item: &ArgValue, text: &str, errors: &mut Errors) {
    let known: Vec<&str> =
        S3EventType::names().iter().map(|kind| kind.trim_start_matches(EVENT_PREFIX)).collect();
    let word = text.trim_start_matches(EVENT_PREFIX);
    errors.push(&item.span, messages::unknown_bucket_event(text, word, find_event(text), &known));
}

/// Returns the event type that a name of another tool means: `ObjectRemoved:*` for `ObjectDeleted`, for EventBridge's
/// `Object Deleted`, and for `OBJECT_REMOVED`. Returns `None` if the text is not such a name.
fn find_event(text: &str) -> Option<&'static str> {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_lowercase()
    };
    let word = plain(text.trim_start_matches(EVENT_PREFIX));
    let word = word.replace("deleted", "removed");
    let full = if word.starts_with("object") { word } else { format!("object{word}") };
    let known = S3EventType::names().iter().map(|kind| kind.trim_start_matches(EVENT_PREFIX));
    known.into_iter().find(|kind| {
        let kind = plain(kind);
        kind == full || kind == full.trim_start_matches("object")
    })
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    fn s3(arguments: &str) -> S3 {
        match trigger(&format!("s3({arguments})")) {
            Trigger::S3(s3) => s3,
            other => panic!("{other:?}"),
        }
    }

    fn events(s3: &S3) -> Vec<&str> {
        s3.events.iter().map(|kind| kind.as_str()).collect()
    }

    #[test]
    fn an_event_in_the_words_of_another_tool_is_shown_in_those_of_s3() {
        for (event, meant) in [
            ("ObjectDeleted", "ObjectRemoved:*"),
            ("s3:ObjectDeleted:*", "ObjectRemoved:*"),
            ("Object Deleted", "ObjectRemoved:*"),
            ("OBJECT_REMOVED", "ObjectRemoved:*"),
            ("OBJECT_CREATED_PUT", "ObjectCreated:Put"),
            ("Object Created", "ObjectCreated:*"),
            ("created", "ObjectCreated:*"),
            ("LifecycleExpiration", "LifecycleExpiration:*"),
        ] {
            let message = rejected(&format!("s3(events = {event:?})"));
            let help = format!("is not an event of S3\n\nhelp: did you mean `{meant}`?");
            assert!(message.ends_with(&help), "{event}: {message}");
        }
        for (event, meant) in [("ObjectCreated", "ObjectCreated:*"), ("removed", "ObjectRemoved:*")]
        {
            assert_eq!(
                rejected(&format!("s3(events = {event})")),
                format!("expected a string, found `{event}`\n\nhelp: write `\"{meant}\"`")
            );
        }
    }

    #[test]
    fn s3_without_arguments_has_its_own_bucket_and_all_created_objects() {
        let bare = s3("");
        assert_eq!(bare.bucket, ResourceReference::Own);
        assert_eq!(events(&bare), ["s3:ObjectCreated:*"]);
        assert_eq!((bare.prefix, bare.suffix), (None, None));
    }

    #[test]
    fn every_argument_is_read() {
        let read = s3(
            r#"bucket = crate::Uploads, events = ["ObjectCreated:Put", "s3:ObjectRemoved:*"], prefix = "in/", suffix = ".jpg""#,
        );
        assert_eq!(read.bucket, ResourceReference::Declared("Uploads".to_owned()));
        assert_eq!(events(&read), ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"]);
        assert_eq!(read.prefix.unwrap().as_str(), "in/");
        assert_eq!(read.suffix.unwrap().as_str(), ".jpg");
        assert_eq!(events(&s3(r#"events = "ObjectCreated:Put""#)), ["s3:ObjectCreated:Put"]);
        assert_eq!(read.through, S3Channel::Default);
        let through = s3("bucket = Uploads, through = event_bridge");
        assert_eq!(through.through, S3Channel::EventBridge);
        let arn = s3(r#"bucket = "arn:aws:s3:::acme""#);
        assert_eq!(arn.bucket, ResourceReference::Arn("arn:aws:s3:::acme".to_owned()));
    }

    #[test]
    fn every_argument_is_checked() {
        let lost_object = r#"events = "ReducedRedundancyLostObject""#;
        s3(&format!("bucket = Uploads, {lost_object}"));
        s3(lost_object);
        let outside = "a bucket outside the application does not send `s3:ReducedRedundancyLostObject`\n\nhelp: its events come through EventBridge";
        for (wrong, message) in [
            ("bucket = 3", "expected the path of a `#[resource]`, a name in quotes"),
            (
                r#"bucket = "arn:aws:sqs:eu-west-1:123456789012:a""#,
                "`arn:aws:sqs:eu-west-1:123456789012:a` is not the ARN of a bucket",
            ),
            ("prefix = 3", "expected a string, found a number"),
            ("suffix = 3", "expected a string, found a number"),
            (
                r#"suffix = "*.png""#,
                "a suffix has no wildcards, and S3 refuses a `*` in it\n\nhelp: write `suffix = \".png\"`",
            ),
            (
                r#"bucket = "acme", prefix = "/uploads""#,
                "`/uploads` begins with `/`, and the keys of objects do not\n\nhelp: write `prefix = \"uploads\"`",
            ),
            ("events = []", "`events` is empty: leave it out to get every created object"),
            ("events = [3]", "expected a string, found a number"),
            (
                r#"events = "ObjectCreated""#,
                "`ObjectCreated` is not an event of S3\n\nhelp: did you mean `ObjectCreated:*`?",
            ),
            (
                r#"events = "s3:ObjectCreated:Putt""#,
                "`s3:ObjectCreated:Putt` is not an event of S3\n\nhelp: did you mean `ObjectCreated:Put`?",
            ),
            (
                r#"events = "something else entirely""#,
                "`something else entirely` is not an event of S3\n\nhelp: write one such as `ObjectCreated:*` or `ObjectRemoved:Delete`",
            ),
            (
                r#"events = ["ObjectCreated:Put", "s3:ObjectCreated:Put"]"#,
                "`s3:ObjectCreated:Put` is named twice",
            ),
            (
                r#"events = ["ObjectCreated:*", "ObjectCreated:Put"]"#,
                "`ObjectCreated:Put` overlaps with `ObjectCreated:*`\n\nhelp: S3 rejects two notifications of one event: leave the narrower kind out",
            ),
            (&format!(r#"bucket = "acme", {lost_object}"#), outside),
            (&format!(r#"bucket = "arn:aws:s3:::acme", {lost_object}"#), outside),
            (&format!(r#"bucket = param("Acme"), {lost_object}"#), outside),
            (
                &format!("bucket = Uploads, through = event_bridge, {lost_object}"),
                "EventBridge has no event `s3:ReducedRedundancyLostObject`\n\nhelp: leave `through` out: the bucket then notifies the function itself",
            ),
            (
                r#"bucket = "acme", through = event_bridge"#,
                "`through` has no effect: the events of a bucket outside the application always come through EventBridge",
            ),
            (
                "bucket = Uploads, through = eventbridge",
                "`eventbridge` is not a way of a bucket's events\n\nhelp: did you mean `event_bridge`?",
            ),
            (
                "bucket = Uploads, EventBridgeEnabled = true",
                "unknown key `EventBridgeEnabled` in `s3`\n\nhelp: write `through = event_bridge`",
            ),
        ] {
            let found = rejected(&format!("s3({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
