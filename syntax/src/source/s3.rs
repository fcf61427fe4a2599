//! `s3`, `s3(bucket = Uploads, events = ["ObjectCreated:*"], prefix = "in/", suffix = ".jpg")`.

use skylift_model::aws::value::Reference;
use skylift_model::resource::Kind;
use skylift_model::source::s3::{EventKind, S3};
use skylift_model::suggest;

use super::Written;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Value};

impl Written for S3 {
    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let bucket = args.given("bucket", read::reference, errors).unwrap_or(Some(Reference::Own));
        let events = args.take("events", |value, errors| Some(events(value, errors)), errors);
        let events = events.unwrap_or_else(|| vec![EventKind::CREATED]);
        let mut filter = |key| args.take(key, read::text, errors).map(str::to_owned);
        let (prefix, suffix) = (filter("prefix"), filter("suffix"));
        let bucket = bucket?;
        let existing =
            matches!(bucket, Reference::Named(_) | Reference::Arn(_) | Reference::Param(_));
        if let Some(kind) = events.iter().find(|kind| existing && !kind.through_eventbridge()) {
            errors
                .push(args.place_of("events"), format!("a bucket outside the application does not tell of `{}`", kind.as_str()))
                .help("its events come through EventBridge, which lacks this kind: declare the bucket with `#[resource(bucket)]`");
        }
        if let Reference::Arn(arn) = &bucket {
            read::is_arn_of(Kind::Bucket, arn, args.place_of("bucket"), errors);
        }
        Some(Self { bucket, events, prefix, suffix })
    }
}

fn events(value: &Value, errors: &mut Errors) -> Vec<EventKind> {
    let mut kinds: Vec<EventKind> = Vec::new();
    for item in read::list(value) {
        let Some(text) = read::text(item, errors) else { continue };
        match EventKind::parse(text) {
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
    let bare = || EventKind::all().iter().map(|kind| kind.trim_start_matches("s3:"));
    let message = errors.push(&item.place, format!("`{text}` is not an event of S3"));
    let text = text.trim_start_matches("s3:");
    let family = bare().find(|kind| kind.strip_suffix(":*") == Some(text));
    message.help(match family.or_else(|| suggest::nearest(text, bare())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write one such as `ObjectCreated:*` or `ObjectRemoved:Delete`".to_owned(),
    });
}
