//! `s3`, `s3(bucket = Uploads, events = ["ObjectCreated:*"], prefix = "in/", suffix = ".jpg")`.

use skylift_model::aws::value::ResourceReference;
use skylift_model::resource::ResourceKind;
use skylift_model::source::s3::{S3, S3EventType};
use skylift_model::suggest;

use super::Written;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Value};

impl Written for S3 {
    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let bucket =
            args.given("bucket", read::reference, errors).unwrap_or(Some(ResourceReference::Own));
        let events = args.take("events", |value, errors| Some(events(value, errors)), errors);
        let events = events.unwrap_or_else(|| vec![S3EventType::CREATED]);
        let mut filter = |key| args.take(key, read::text, errors).map(str::to_owned);
        let (prefix, suffix) = (filter("prefix"), filter("suffix"));
        let bucket = bucket?;
        let existing = matches!(
            bucket,
            ResourceReference::Named(_) | ResourceReference::Arn(_) | ResourceReference::Param(_)
        );
        if let Some(kind) = events.iter().find(|kind| existing && !kind.is_sent_to_eventbridge()) {
            errors
                .push(args.place_of("events"), format!("a bucket outside the application does not tell of `{}`", kind.as_str()))
                .help("its events come through EventBridge, which lacks this kind: declare the bucket with `#[resource(bucket)]`");
        }
        if let ResourceReference::Arn(arn) = &bucket {
            read::is_arn_of(ResourceKind::Bucket, arn, args.place_of("bucket"), errors);
        }
        Some(Self { bucket, events, prefix, suffix })
    }
}

fn events(value: &Value, errors: &mut Errors) -> Vec<S3EventType> {
    let mut kinds: Vec<S3EventType> = Vec::new();
    for item in read::list(value) {
        let Some(text) = read::text(item, errors) else { continue };
        match S3EventType::parse(text) {
            Some(kind) if kinds.contains(&kind) => {
                errors.push(&item.place, format!("`{text}` is named twice"));
            }
            Some(kind) => {
                if let Some(other) = kinds.iter().find(|other| other.overlaps(kind)) {
                    let other = other.as_str().trim_start_matches("s3:");
                    errors.push(&item.place, format!("`{text}` overlaps with `{other}`")).help(
                        "S3 refuses two notifications of one event: leave the narrower kind out",
                    );
                }
                kinds.push(kind);
            }
            None => unknown(item, text, errors),
        }
    }
    if read::list(value).is_empty() {
        errors.push(&value.place, "no events: leave `events` out for every created object");
    }
    kinds
}

fn unknown(item: &Value, text: &str, errors: &mut Errors) {
    let bare = || S3EventType::names().iter().map(|kind| kind.trim_start_matches("s3:"));
    let message = errors.push(&item.place, format!("`{text}` is not an event of S3"));
    let text = text.trim_start_matches("s3:");
    let family = bare().find(|kind| kind.strip_suffix(":*") == Some(text));
    message.help(match family.or_else(|| suggest::nearest(text, bare())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write one such as `ObjectCreated:*` or `ObjectRemoved:Delete`".to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{refused, trigger};

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
    fn a_bare_trigger_has_a_bucket_of_its_own_and_every_created_object() {
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
        assert_eq!(read.prefix.as_deref(), Some("in/"));
        assert_eq!(read.suffix.as_deref(), Some(".jpg"));
        assert_eq!(events(&s3(r#"events = "ObjectCreated:Put""#)), ["s3:ObjectCreated:Put"]);
        let arn = s3(r#"bucket = "arn:aws:s3:::acme""#);
        assert_eq!(arn.bucket, ResourceReference::Arn("arn:aws:s3:::acme".to_owned()));
    }

    #[test]
    fn every_argument_is_checked() {
        let lost = r#"events = "ReducedRedundancyLostObject""#;
        s3(&format!("bucket = Uploads, {lost}"));
        s3(lost);
        let outside = "a bucket outside the application does not tell of `s3:ReducedRedundancyLostObject`\n\nhelp: its events come through EventBridge";
        for (wrong, message) in [
            ("bucket = 3", "expected the path of a `#[resource]`, a name in quotes"),
            (
                r#"bucket = "arn:aws:sqs:eu-west-1:123456789012:a""#,
                "`arn:aws:sqs:eu-west-1:123456789012:a` is not the ARN of a bucket",
            ),
            ("prefix = 3", "expected a string, found a number"),
            ("suffix = 3", "expected a string, found a number"),
            ("events = []", "no events: leave `events` out for every created object"),
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
                "`ObjectCreated:Put` overlaps with `ObjectCreated:*`\n\nhelp: S3 refuses two notifications of one event: leave the narrower kind out",
            ),
            (&format!(r#"bucket = "acme", {lost}"#), outside),
            (&format!(r#"bucket = "arn:aws:s3:::acme", {lost}"#), outside),
            (&format!(r#"bucket = param("Acme"), {lost}"#), outside),
        ] {
            let found = refused(&format!("s3({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
