//! The arguments that the event source mappings of all sources share: `batch_window = "5s"`, `filters = [{…}]`,
//! `enabled = false`, `kms_key = "arn:…"` and `metrics`. Takes the arguments and returns the settings of the
//! mapping.

mod filters;
pub(crate) mod kafka;
pub(crate) mod kafka_access;
mod record_fields;
pub(crate) mod servers;
pub(crate) mod stream;

use skylift_model::aws::arn;
use skylift_model::aws::mapping::{EventSourceMapping, keys};
use skylift_model::aws::value::{self, ArnReference};
use skylift_model::number_setting::NumberParameters;

pub(crate) use self::record_fields::RecordFields;
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{
    read_arn, read_param, read_seconds, read_text, report_expected, take_enabled, take_number,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// AWS's words for the keys of every mapping.
const WORDS: &[FamiliarWords] = &[
    (
        &["maximumbatchingwindowinseconds", "maximumbatchingwindow", "batchingwindow"],
        "write `batch_window = \"5s\"`",
    ),
    (&["filtercriteria", "pattern"], "write `filters = [{ … }]`"),
    (
        &["functionresponsetypes", "reportbatchitemfailures"],
        "leave it out: the runtime reports the failed records of a batch",
    ),
    (&["kmskeyarn"], "write `kms_key = \"arn:…\"`"),
];

/// Reads the arguments that every event source mapping has. `records` are the fields that a filter may name.
pub(crate) fn read_mapping(
    args: &Args,
    records: RecordFields,
    errors: &mut Errors,
) -> EventSourceMapping {
    EventSourceMapping {
        metrics: args.take_flag("metrics", errors).unwrap_or_default(),
        ..read_settings(args, records, errors)
    }
}

/// Reads the arguments that every event source mapping has in the same form: all but `metrics`.
pub(crate) fn read_settings(
    args: &Args,
    records: RecordFields,
    errors: &mut Errors,
) -> EventSourceMapping {
    args.explain(WORDS);
    let filters =
        |value: &ArgValue, errors: &mut Errors| Some(filters::read_filters(value, records, errors));
    let filters = args.take("filters", filters, errors);
    let kms_key = args.take("kms_key", read_kms_key, errors);
    if args.has_key("kms_key") && !args.has_key("filters") {
        errors.push(args.span_of("kms_key"), messages::kms_key_without_filters());
    }
    let mut parameters = NumberParameters::default();
    let batch_window = take_number(args, keys::BATCH_WINDOW, read_seconds, &mut parameters, errors);
    let (enabled, enabled_by) = take_enabled(args, errors);
    EventSourceMapping {
        batch_window,
        enabled,
        enabled_by,
        filters: filters.unwrap_or_default(),
        kms_key,
        metrics: false,
        from_parameters: parameters,
    }
}

/// Reads the value of `kms_key`: the ARN of a KMS key, or a value that becomes such an ARN when the stack is
/// deployed.
pub(crate) fn read_kms_key(value: &ArgValue, errors: &mut Errors) -> Option<value::CfnValue> {
    let find_mistake = |text: &str| match arn::is_kms_key_arn(text) {
        true => None,
        false if text.starts_with(arn::PREFIX) => Some(messages::arn_not_of_a_kms_key(text)),
        false => Some(messages::text_not_a_kms_key(text)),
    };
    read_arn(value, phrases::KMS_KEY, find_mistake, errors)
}

/// Reads the KMS key of a resource: the ARN of a key, not of an alias, or a value that becomes such an ARN when the stack is
/// deployed.
pub(crate) fn read_key_of_resource(
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<value::CfnValue> {
    let find_mistake = |text: &str| match arn::is_arn_of_key_itself(text) {
        true => None,
        false if arn::is_kms_key_arn(text) => Some(messages::alias_of_a_kms_key(text)),
        false if text.starts_with(arn::PREFIX) => Some(messages::arn_not_of_a_kms_key(text)),
        false => Some(messages::text_not_a_kms_key(text)),
    };
    read_arn(value, phrases::KMS_KEY, find_mistake, errors)
}

/// Reads a resource that a name alone does not identify: the path of a `#[resource]`, an ARN, or a parameter.
/// `what` is the noun for the resource in messages, and `arn_form` is the help that shows the form of its ARN.
pub(crate) fn read_resource_or_arn(
    value: &ArgValue,
    what: &str,
    arn_form: &str,
    errors: &mut Errors,
) -> Option<ArnReference> {
    match &value.kind {
        ArgValueKind::Path(segments, _) => segments.last().cloned().map(ArnReference::Declared),
        ArgValueKind::Str(_) => {
            let text = read_text(value, errors)?;
            if !text.starts_with(arn::PREFIX) {
                errors.push(&value.span, messages::not_the_arn_of(text, what, arn_form));
                return None;
            }
            Some(ArnReference::Arn(text.to_owned()))
        }
        ArgValueKind::Call(function, args) if function.text == "param" => {
            read_param(function, args, value, errors).map(ArnReference::Param)
        }
        _ => report_expected(&phrases::resource_or_arn(what), value, errors),
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::node::{Map, Node};
    use skylift_model::aws::value::CfnValue;

    use super::{EventSourceMapping, WORDS};
    use crate::messages::check_table;
    use crate::source::testing::{mapping, rejected};

    #[test]
    fn every_word_is_in_its_table_once_and_in_plain_letters() {
        check_table(WORDS);
        check_table(super::stream::WORDS);
        check_table(super::stream::START_WORDS);
        check_table(super::kafka::WORDS);
        check_table(super::servers::WORDS);
    }

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
    fn kms_key_takes_an_arn() {
        let key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";
        let read = mapping(&format!(r#"filters = {{ "body": ["a"] }}, kms_key = {key:?}"#));
        assert_eq!(read.kms_key, Some(CfnValue::Literal(key.to_owned())));
        let key = "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/filters";
        let read = mapping(&format!(r#"filters = {{ "body": ["a"] }}, kms_key = {key:?}"#));
        assert!(matches!(read.kms_key, Some(CfnValue::Sub(text)) if text.as_str() == key));
    }

    #[test]
    fn kms_key_needs_filters_and_the_arn_of_a_kms_key() {
        let with =
            |key: &str| rejected(&format!(r#"sqs(filters = {{ "body": [1] }}, kms_key = {key})"#));
        for wrong in ["a:b:kms", "alias/key"] {
            let message = with(&format!("{wrong:?}"));
            assert!(message.starts_with(&format!("`{wrong}` is not the ARN of")), "{message}");
        }
        assert!(with("Key").starts_with("expected the ARN of a KMS key"), "{}", with("Key"));
        for wrong in [
            "arn:aws:s3:::key",
            "arn:aws:kms:eu-west-1:12:key/0a1b",
            "arn:aws:kms:${AWS::Region}:key/a",
        ] {
            let message = with(&format!("{wrong:?}"));
            assert!(
                message.starts_with(&format!("`{wrong}` is not the ARN of a KMS key")),
                "{message}"
            );
        }
        let message = rejected(r#"sqs(kms_key = param("Key"))"#);
        assert!(
            message.starts_with("`kms_key` encrypts the filters, and there are none"),
            "{message}"
        );
    }
}
