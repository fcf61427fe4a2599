//! What is known only elsewhere: a `#[resource]` by its path, what exists already by name or ARN, and
//! what the stack gets when it is deployed, by `param("Name")` and its like.

use skylift_model::aws::arn;
use skylift_model::aws::name::{InvalidName, ParameterName};
use skylift_model::aws::value::{self, ResourceReference};
use skylift_model::resource::{self, Existing};
use skylift_model::suggest;

use super::{expected, name, some_text, text, valid};
use crate::errors::Errors;
use crate::place::Place;
use crate::tree::{Args, Key, Kind, Value};

/// A value that may be known only when the stack is deployed.
pub fn value(value: &Value, errors: &mut Errors) -> Option<value::CfnValue> {
    match &value.kind {
        Kind::Str(_) => text(value, errors).map(|text| value::CfnValue::Literal(text.to_owned())),
        Kind::Int(number) => Some(value::CfnValue::Literal(number.to_string())),
        Kind::Float(number) => Some(value::CfnValue::Literal(number.to_string())),
        Kind::Bool(truth) => Some(value::CfnValue::Literal(truth.to_string())),
        Kind::Path(segments, _) => segments.last().cloned().map(value::CfnValue::Resource),
        Kind::Call(function, args) => {
            let known = ["param", "import", "ssm"];
            if !known.contains(&function.text.as_str()) {
                unknown_value(function, known, errors);
                return None;
            }
            let inner = only(function, args, "one value in the parentheses", value, errors)?;
            match function.text.as_str() {
                "param" => name(inner, errors).map(value::CfnValue::Param),
                "import" => some_text(inner, errors).map(value::CfnValue::Import),
                _ => some_text(inner, errors).map(value::CfnValue::Ssm),
            }
        }
        _ => expected("a string, the path of a `#[resource]`, or `param(\"…\")`", value, errors),
    }
}

fn unknown_value(function: &Key, known: [&str; 3], errors: &mut Errors) {
    let message = errors.push(&function.place, format!("`{}(…)` is not a value", function.text));
    message.help(match suggest::nearest(&function.text, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "a value is a literal, the path of a `#[resource]`, or one of {}",
            suggest::list(known)
        ),
    });
}

/// The one argument of `param("Name")` and its like; an error where there are others.
fn only<'a>(
    function: &Key,
    args: &'a Args,
    what: &str,
    value: &Value,
    errors: &mut Errors,
) -> Option<&'a Value> {
    let positional = args.positional();
    let [inner] = positional.as_slice() else {
        return expected(what, value, errors);
    };
    errors.scope(|errors| args.read(&function.text, errors, |_, _| Some(*inner)))
}

/// What a trigger stands on: a path to a `#[resource]`, a name, an ARN, or a parameter.
pub fn reference<N>(value: &Value, errors: &mut Errors) -> Option<ResourceReference<N>>
where
    N: for<'a> TryFrom<&'a str, Error = InvalidName>,
{
    match &value.kind {
        Kind::Path(segments, _) => segments.last().cloned().map(ResourceReference::Declared),
        Kind::Str(_) => {
            let name = text(value, errors)?;
            if name.starts_with(arn::PREFIX) {
                return Some(ResourceReference::Arn(name.to_owned()));
            }
            valid(N::try_from(name).map(ResourceReference::Named), value, errors)
        }
        Kind::Call(function, args) if function.text == "param" => {
            param(function, args, value, errors).map(ResourceReference::Param)
        }
        _ => expected(
            "the path of a `#[resource]`, a name in quotes, or `param(\"…\")`",
            value,
            errors,
        ),
    }
}

/// One that exists already: a name, an ARN, a parameter, or the id of a resource of the overlay.
/// `kind` is what it is.
pub fn existing(
    value: &Value,
    kind: resource::ResourceKind,
    errors: &mut Errors,
) -> Option<Existing> {
    match &value.kind {
        Kind::Str(_) => {
            let text = text(value, errors)?;
            if !text.starts_with(arn::PREFIX) {
                valid(kind.check_name(text), value, errors)?;
                return Some(Existing::Name(text.to_owned()));
            }
            is_arn_of(kind, text, &value.place, errors).then(|| Existing::Arn(text.to_owned()))
        }
        Kind::Call(function, args) if function.text == "param" => {
            param(function, args, value, errors).map(Existing::Param)
        }
        Kind::Call(function, args) if function.text == "overlay" => {
            let what = "the logical id of a resource of the overlay in the parentheses";
            let inner = only(function, args, what, value, errors)?;
            name(inner, errors).map(Existing::Overlay)
        }
        _ => expected(
            "a name or an ARN in quotes, `param(\"…\")`, or `overlay(\"…\")`",
            value,
            errors,
        ),
    }
}

/// Whether a text is the ARN of a resource of this kind; an error where it is not.
pub(crate) fn is_arn_of(
    kind: resource::ResourceKind,
    text: &str,
    place: &Place,
    errors: &mut Errors,
) -> bool {
    let is = kind.name_from_arn(text).is_some();
    if !is {
        let what = kind.with_article();
        errors
            .push(place, format!("`{text}` is not the ARN of {what}"))
            .help(format!("the ARN of {what} is one as in `{}`", kind.example_arn()));
    }
    is
}

/// The name in `param("Name")`.
pub(crate) fn param(
    function: &Key,
    args: &Args,
    value: &Value,
    errors: &mut Errors,
) -> Option<ParameterName> {
    let what = "the name of the parameter in the parentheses";
    let inner = only(function, args, what, value, errors)?;
    name(inner, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::name::QueueName;
    use skylift_model::resource::ResourceKind as Resource;

    use super::*;
    use crate::tree::testing::{refused, right};

    #[test]
    fn a_value_is_a_literal_a_path_or_known_at_deployment() {
        use value::CfnValue as Meant;
        let literal = |text: &str| Meant::Literal(text.to_owned());
        let parameter = ParameterName::try_from("Name").unwrap();
        for (text, meant) in [
            (r#""text""#, literal("text")),
            ("-3", literal("-3")),
            ("0.5", literal("0.5")),
            ("true", literal("true")),
            ("crate::Uploads", Meant::Resource("Uploads".to_owned())),
            (r#"param("Name")"#, Meant::Param(parameter)),
            (r#"import("Exported")"#, Meant::Import("Exported".to_owned())),
            (r#"ssm("/a")"#, Meant::Ssm("/a".to_owned())),
        ] {
            assert_eq!(right(text, value), meant, "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_told_what_one_is() {
        for (wrong, message) in [
            (
                "[1]",
                "expected a string, the path of a `#[resource]`, or `param(\"…\")`, found a list",
            ),
            (r#"parm("A")"#, "`parm(…)` is not a value\n\nhelp: did you mean `param`?"),
            (
                "secret(A)",
                "`secret(…)` is not a value\n\nhelp: a value is a literal, the path of a `#[resource]`, or one of `param`, `import` and `ssm`",
            ),
            ("param()", "expected one value in the parentheses, found `param(…)`"),
            (r#"param("A", "B")"#, "expected one value in the parentheses, found `param(…)`"),
            (r#"ssm("")"#, "this text is empty"),
            ("import(3)", "expected a string, found a number"),
            (
                r#"param("A", default = 1)"#,
                "unknown key `default` in `param`\n\nhelp: `param` takes one value and no keys",
            ),
        ] {
            assert_eq!(refused(wrong, value), message, "{wrong}");
        }
    }

    #[test]
    fn a_reference_is_a_path_a_name_an_arn_or_a_parameter() {
        let read = |text: &str| right(text, reference::<QueueName>);
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
            assert_eq!(refused(wrong, reference::<QueueName>), message, "{wrong}");
        }
        assert!(refused(r#""a b""#, reference::<QueueName>).contains("is not a queue name"));
    }

    #[test]
    fn what_exists_is_a_name_an_arn_a_parameter_or_one_of_the_overlay() {
        let read = |text: &str| right(text, |it, errors| existing(it, Resource::Topic, errors));
        let arn = "arn:aws:sns:eu-west-1:123456789012:news";
        assert_eq!(read(r#""news""#), Existing::Name("news".to_owned()));
        assert_eq!(read(&format!("{arn:?}")), Existing::Arn(arn.to_owned()));
        assert!(matches!(read(r#"param("A")"#), Existing::Param(name) if name.as_str() == "A"));
        assert!(matches!(read(r#"overlay("A")"#), Existing::Overlay(id) if id.as_str() == "A"));
        let refused =
            |text: &str| refused(text, |it, errors| existing(it, Resource::Topic, errors));
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
            assert_eq!(refused(wrong), message, "{wrong}");
        }
        let queue = refused(r#""arn:aws:sqs:eu-west-1:123456789012:jobs""#);
        assert!(
            queue.contains("is not the ARN of a topic\n\nhelp: the ARN of a topic is one as in")
        );
        assert!(refused(r#""a.b""#).contains("is not a topic name"));
    }
}
