//! Readers of references: to a `#[resource]` by its path, and to an existing resource by its name or ARN, or by the
//! parameter that has it.

use skylift_model::aws::arn;
use skylift_model::aws::name::{InvalidName, LogicalId, ParameterName};
use skylift_model::aws::value::ResourceReference;
use skylift_model::resource::{self, Existing};

use super::{accept, read_name, read_text, report_expected};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::span::SourceSpan;
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// Returns the name in a URL of a resource: its last segment, or the bucket of `s3://bucket/key`. Returns `None` if the
/// text is not a URL.
fn find_name_in_url(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    if scheme == "s3" {
        return rest.split('/').next();
    }
    rest.split_once('/').map(|(_, path)| path.rsplit('/').next().unwrap_or(path)).or(Some(""))
}

/// Takes the one argument of a function such as `param("Name")`, and reports other arguments. `what` is the
/// noun for the argument in messages. Returns `None` after an error was recorded.
pub(super) fn take_only<'a>(
    function: &ArgKey,
    args: &'a Args,
    what: &str,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<&'a ArgValue> {
    let positional = args.take_positional();
    let [inner] = positional.as_slice() else {
        return report_expected(what, value, errors);
    };
    errors.scope(|errors| args.read_all(&function.text, errors, |_, _| Some(*inner)))
}

/// Reads the event source of a trigger: the path of a `#[resource]`, a name, an ARN, or a parameter. Returns
/// `None` after an error was recorded.
pub fn read_reference<N>(value: &ArgValue, errors: &mut Errors) -> Option<ResourceReference<N>>
where
    N: for<'a> TryFrom<&'a str, Error = InvalidName>,
{
    match &value.kind {
        ArgValueKind::Path(segments, _) => {
            segments.last().cloned().map(ResourceReference::Declared)
        }
        ArgValueKind::Str(_) => {
            let name = read_text(value, errors)?;
            if name.starts_with(arn::PREFIX) {
                return Some(ResourceReference::Arn(name.to_owned()));
            }
            if let Some(inner) = find_name_in_url(name) {
                let inner = N::try_from(inner).is_ok().then_some(inner);
                errors.push(&value.span, messages::url_in_place_of_name(name, inner));
                return None;
            }
            let read = N::try_from(name).map(ResourceReference::Named);
            accept(read.map_err(|error| messages::invalid_name(name, &error).full()), value, errors)
        }
        ArgValueKind::Call(function, args) if function.text == "param" => {
            read_param(function, args, value, errors).map(ResourceReference::Param)
        }
        _ => report_expected(phrases::REFERENCE, value, errors),
    }
}

/// Reads the value of `existing`: the name or the ARN of a resource of this kind, a parameter, an environment variable, or
/// the id of a resource in the overlay. Returns `None` after an error was recorded.
pub fn read_existing(
    value: &ArgValue,
    kind: resource::ResourceKind,
    errors: &mut Errors,
) -> Option<Existing> {
    match &value.kind {
        ArgValueKind::Str(_) => {
            let text = read_text(value, errors)?;
            if !text.starts_with(arn::PREFIX) {
                if let Some(inner) = find_name_in_url(text) {
                    let inner = kind.check_name(inner).is_ok().then_some(inner);
                    errors.push(&value.span, messages::url_in_place_of_name(text, inner));
                    return None;
                }
                accept(kind.check_name(text), value, errors)?;
                return Some(Existing::Name(text.to_owned()));
            }
            check_arn_kind(kind, text, &value.span, errors).then(|| Existing::Arn(text.to_owned()))
        }
        ArgValueKind::Call(function, args) if function.text == "param" => {
            read_param(function, args, value, errors).map(Existing::Param)
        }
        ArgValueKind::Call(function, args) if function.text == "overlay" => {
            read_overlay_id(function, args, value, errors).map(Existing::Overlay)
        }
        ArgValueKind::Call(function, args) if function.text == "env" => {
            let name = take_only(function, args, phrases::VARIABLE_NAME, value, errors)?;
            read_name(name, errors).map(Existing::Env)
        }
        _ => report_expected(phrases::EXISTING, value, errors),
    }
}

/// Checks that a text is the ARN of a resource of this kind. Returns whether it is; if not, records an error at
/// `span`.
pub(crate) fn check_arn_kind(
    kind: resource::ResourceKind,
    text: &str,
    span: &SourceSpan,
    errors: &mut Errors,
) -> bool {
    let is_of_kind = kind.name_from_arn(text).is_some();
    if !is_of_kind {
        let form = kind.example_arn();
        errors.push(span, messages::arn_of_another_kind(text, kind.with_article(), &form));
    }
    is_of_kind
}

/// Reads the name in `param("Name")`. `args` are the arguments of the function, and `value` is the whole value.
pub(crate) fn read_param(
    function: &ArgKey,
    args: &Args,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<ParameterName> {
    let inner = take_only(function, args, phrases::PARAMETER_NAME, value, errors)?;
    read_name(inner, errors)
}

/// Reads the logical id in `overlay("Id")`. `args` are the arguments of the function, and `value` is the whole value.
pub(crate) fn read_overlay_id(
    function: &ArgKey,
    args: &Args,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<LogicalId> {
    let inner = take_only(function, args, phrases::OVERLAY_ID, value, errors)?;
    read_name(inner, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::name::{BucketName, QueueName};
    use skylift_model::resource::ResourceKind as Resource;

    use super::*;
    use crate::tree::testing::{accepted, rejected};

    #[test]
    fn a_url_is_shown_as_the_name_in_it() {
        for (url, help) in [
            (
                "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs",
                "write the name `\"jobs\"` if it is in the account and region of the stack, and its ARN otherwise",
            ),
            (
                "https://sqs.eu-west-1.amazonaws.com",
                "write the name if it is in the account and region of the stack, and its ARN otherwise",
            ),
        ] {
            let message = format!("`{url}` is a URL, expected a name or an ARN\n\nhelp: {help}");
            assert_eq!(rejected(&format!("{url:?}"), read_reference::<QueueName>), message);
            let read = |value: &ArgValue, errors: &mut Errors| {
                read_existing(value, resource::ResourceKind::Queue, errors)
            };
            assert_eq!(rejected(&format!("{url:?}"), read), message);
        }
        assert_eq!(find_name_in_url("s3://uploads/in/a.jpg"), Some("uploads"));
        assert_eq!(find_name_in_url("uploads"), None);
    }

    #[test]
    fn a_reference_is_a_path_a_name_an_arn_or_a_parameter() {
        let read = |text: &str| accepted(text, read_reference::<QueueName>);
        assert_eq!(read("crate::Jobs"), ResourceReference::Declared("Jobs".to_owned()));
        assert_eq!(
            read(r#""jobs""#),
            ResourceReference::Named(QueueName::try_from("jobs").unwrap())
        );
        assert_eq!(read(r#""arn:any""#), ResourceReference::Arn("arn:any".to_owned()));
        assert!(
            matches!(read(r#"param("Jobs")"#), ResourceReference::Param(name) if name.as_str() == "Jobs")
        );
        for (wrong, message) in [
            (
                "3",
                "expected the path of a `#[resource]`, a name in quotes, or `param(\"…\")`, found a number",
            ),
            (
                r#"ssm("/a")"#,
                "expected the path of a `#[resource]`, a name in quotes, or `param(\"…\")`, found `ssm(…)`",
            ),
            ("param()", "expected the name of the parameter in the parentheses, found `param(…)`"),
        ] {
            assert_eq!(rejected(wrong, read_reference::<QueueName>), message, "{wrong}");
        }
        assert!(rejected(r#""a b""#, read_reference::<QueueName>).contains("is not a queue name"));
        let found = rejected(r#""Jobs""#, read_reference::<BucketName>);
        assert!(found.ends_with("help: to name the `#[resource]` `Jobs`, write it without quotes"));
    }

    #[test]
    fn existing_takes_a_name_an_arn_a_parameter_or_a_resource_of_the_overlay() {
        let read =
            |text: &str| accepted(text, |it, errors| read_existing(it, Resource::Topic, errors));
        let arn = "arn:aws:sns:eu-west-1:123456789012:news";
        assert_eq!(read(r#""news""#), Existing::Name("news".to_owned()));
        assert_eq!(read(&format!("{arn:?}")), Existing::Arn(arn.to_owned()));
        assert!(matches!(read(r#"param("A")"#), Existing::Param(name) if name.as_str() == "A"));
        assert!(matches!(read(r#"overlay("A")"#), Existing::Overlay(id) if id.as_str() == "A"));
        let rejected =
            |text: &str| rejected(text, |it, errors| read_existing(it, Resource::Topic, errors));
        for (wrong, message) in [
            (
                "News",
                "expected a name or an ARN in quotes, `param(\"…\")`, or `overlay(\"…\")`, found `News`",
            ),
            (
                "overlay()",
                "expected the logical id of a resource of the overlay in the parentheses, found `overlay(…)`",
            ),
            ("param()", "expected the name of the parameter in the parentheses, found `param(…)`"),
        ] {
            assert_eq!(rejected(wrong), message, "{wrong}");
        }
        let queue = rejected(r#""arn:aws:sqs:eu-west-1:123456789012:jobs""#);
        assert!(queue.contains("is not the ARN of a topic\n\nhelp: the ARN of a topic looks like"));
        assert!(rejected(r#""a.b""#).contains("is not a topic name"));
    }
}
