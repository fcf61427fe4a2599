//! What the mappings of every source take: `batch_window = "5s"`, `filters = [{…}]`, `enabled = false`,
//! `kms_key = "arn:…"`, `metrics`.

mod filters;
mod records;
pub(crate) mod stream;

use skylift_model::aws::arn;
use skylift_model::aws::mapping::EventSourceMapping;
use skylift_model::aws::value::{self, ArnReference};

pub(crate) use self::records::Records;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Kind, Value};

/// Reads the arguments that every mapping has.
pub(crate) fn read(args: &Args, records: Records, errors: &mut Errors) -> EventSourceMapping {
    let filters =
        args.take("filters", |value, errors| Some(filters::read(value, records, errors)), errors);
    let kms_key = args.take("kms_key", kms_key, errors);
    if args.has("kms_key") && !args.has("filters") {
        errors
            .push(args.place_of("kms_key"), "`kms_key` encrypts the filters, and there are none")
            .help("leave it out");
    }
    EventSourceMapping {
        batch_window: args.take("batch_window", read::seconds, errors),
        enabled: args.take("enabled", read::boolean, errors).unwrap_or(true),
        filters: filters.unwrap_or_default(),
        kms_key,
        metrics: args.flag("metrics", errors).unwrap_or_default(),
    }
}

/// The ARN of a key, or what gives one when the stack is deployed.
fn kms_key(value: &Value, errors: &mut Errors) -> Option<value::CfnValue> {
    let key = read::value(value, errors)?;
    match &key {
        value::CfnValue::Literal(text)
            if text.starts_with(arn::PREFIX) && !arn::is_kms_key_arn(text) =>
        {
            errors
                .push(&value.place, format!("`{text}` is not the ARN of a KMS key"))
                .help("one is as in `arn:aws:kms:eu-west-1:123456789012:key/ID`");
            None
        }
        value::CfnValue::Literal(text) if !arn::is_kms_key_arn(text) => expected_key(value, errors),
        value::CfnValue::Resource(_) => expected_key(value, errors),
        _ => Some(key),
    }
}

fn expected_key<T>(value: &Value, errors: &mut Errors) -> Option<T> {
    read::expected("the ARN of a KMS key, or `param(\"…\")`", value, errors)
}

/// What a name alone does not tell: a path to a `#[resource]`, an ARN, or a parameter. `what` is what
/// an ARN is expected of, `form` tells what one looks like.
pub(crate) fn named(
    value: &Value,
    what: &str,
    form: &str,
    errors: &mut Errors,
) -> Option<ArnReference> {
    match &value.kind {
        Kind::Path(segments, _) => segments.last().cloned().map(ArnReference::Declared),
        Kind::Str(_) => {
            let text = read::text(value, errors)?;
            if !text.starts_with(arn::PREFIX) {
                errors.push(&value.place, format!("`{text}` is not the ARN of {what}")).help(form);
                return None;
            }
            Some(ArnReference::Arn(text.to_owned()))
        }
        Kind::Call(function, args) if function.text == "param" => {
            read::param(function, args, value, errors).map(ArnReference::Param)
        }
        _ => read::expected(
            &format!("the path of a `#[resource]`, the ARN of {what} in quotes, or `param(\"…\")`"),
            value,
            errors,
        ),
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::node::{Map, Node};
    use skylift_model::aws::value::CfnValue;

    use super::EventSourceMapping;
    use crate::source::testing::{mapping, refused};

    #[test]
    fn every_argument_is_read() {
        assert_eq!(mapping(""), EventSourceMapping::default());
        let read = mapping(
            r#"batch_window = "5s", enabled = false, filters = [{ "body": { "a": [1] } }], kms_key = param("Key"), metrics"#,
        );
        assert_eq!(read.batch_window.unwrap().get(), 5);
        assert!(!read.enabled && read.metrics);
        let body = Map::new().with("a", vec![Node::Int(1)]);
        assert_eq!(read.filters, [Node::from(Map::new().with("body", body))]);
        assert!(matches!(read.kms_key, Some(CfnValue::Param(name)) if name.as_str() == "Key"));
    }

    #[test]
    fn a_key_of_kms_is_taken_by_its_arn() {
        let key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";
        let read = mapping(&format!(r#"filters = {{ "body": ["a"] }}, kms_key = {key:?}"#));
        assert_eq!(read.kms_key, Some(CfnValue::Literal(key.to_owned())));
    }

    #[test]
    fn a_key_encrypts_filters_and_is_one_of_kms() {
        let with =
            |key: &str| refused(&format!(r#"sqs(filters = {{ "body": [1] }}, kms_key = {key})"#));
        for wrong in [r#""a:b:kms""#, r#""alias/key""#, "Key"] {
            let message = with(wrong);
            assert!(message.starts_with("expected the ARN of a KMS key"), "{message}");
        }
        for wrong in ["arn:aws:s3:::key", "arn:aws:kms:eu-west-1:12:key/0a1b"] {
            let message = with(&format!("{wrong:?}"));
            assert!(
                message.starts_with(&format!("`{wrong}` is not the ARN of a KMS key")),
                "{message}"
            );
        }
        let message = refused(r#"sqs(kms_key = param("Key"))"#);
        assert!(
            message.starts_with("`kms_key` encrypts the filters, and there are none"),
            "{message}"
        );
    }
}
