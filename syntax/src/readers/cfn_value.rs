//! Readers of values that the stack may get only when it is deployed, such as `param("Name")` and `sub("…")`.

use skylift_model::aws::name::{InvalidName, LogicalId};
use skylift_model::aws::sub_text::SubText;
use skylift_model::aws::value;
use skylift_model::message::Message;

use super::reference::take_only;
use super::{read_name, read_non_empty_text, read_text, report_expected, report_not_a_string};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// The functions in an attribute whose value is known only when the stack is deployed.
pub const VALUE_FUNCTIONS: [&str; 5] = ["param", "import", "ssm", "overlay", "sub"];

/// Reads a value that may be known only when the stack is deployed. Returns `None` after an error was recorded.
pub fn read_cfn_value(value: &ArgValue, errors: &mut Errors) -> Option<value::CfnValue> {
    match &value.kind {
        ArgValueKind::Str(_) => {
            read_text(value, errors).map(|text| value::CfnValue::Literal(text.to_owned()))
        }
        ArgValueKind::Int(number) => Some(value::CfnValue::Literal(number.to_string())),
        ArgValueKind::Float(number) => Some(value::CfnValue::Literal(number.to_string())),
        ArgValueKind::Bool(truth) => Some(value::CfnValue::Literal(truth.to_string())),
        ArgValueKind::Path(segments, _) => segments.last().cloned().map(value::CfnValue::Resource),
        ArgValueKind::Call(function, args) => read_function(function, args, value, errors),
        ArgValueKind::Other(text) if is_variable_of_build(text) => {
            let message = messages::variable_of_build(phrases::CFN_VALUE, &value.describe());
            errors.push(&value.span, message);
            None
        }
        _ => report_not_a_string(phrases::CFN_VALUE, value, errors),
    }
}

/// Reads a function whose value CloudFormation knows, such as `param("Name")`. `args` are the arguments of the function,
/// and `value` is the whole value. Returns `None` after an error was recorded.
fn read_function(
    function: &ArgKey,
    args: &Args,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<value::CfnValue> {
    let name = function.text.as_str();
    if name == "overlay" {
        return read_overlay_value(function, args, value, errors);
    }
    if !VALUE_FUNCTIONS.contains(&name) {
        errors.push(&function.span, messages::unknown_value_function(name, &VALUE_FUNCTIONS));
        return None;
    }
    let inner = take_only(function, args, phrases::ONE_VALUE, value, errors)?;
    match name {
        "param" => read_name(inner, errors).map(value::CfnValue::Param),
        "import" => read_non_empty_name(inner, errors).map(value::CfnValue::Import),
        "ssm" => read_non_empty_name(inner, errors).map(value::CfnValue::Ssm),
        _ => read_sub(inner, errors),
    }
}

/// Reads the text in `sub("…${…}…")`. Returns `None` after an error was recorded.
fn read_sub(value: &ArgValue, errors: &mut Errors) -> Option<value::CfnValue> {
    let text = read_non_empty_text(value, errors)?;
    match SubText::parse_without_variables(&text) {
        Ok(sub) if sub.has_references() => Some(value::CfnValue::Sub(sub)),
        // `${!Name}` alone is how a user writes `${Name}` where a text with it would be a mistake.
        Ok(sub) if text.contains("${!") => sub.literal().map(value::CfnValue::Literal),
        Ok(_) => {
            errors.push(&value.span, messages::nothing_to_replace(&text));
            None
        }
        Err(error) => {
            errors.push(&value.span, error);
            None
        }
    }
}

/// Reads the logical id and the attribute in `overlay("Id", "Attribute")`, or the logical id alone. Returns `None` after
/// an error was recorded.
fn read_overlay_value(
    function: &ArgKey,
    args: &Args,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<value::CfnValue> {
    let positional = args.take_positional();
    let (id, attribute) = match positional.as_slice() {
        [id] => (*id, None),
        [id, attribute] => (*id, Some(*attribute)),
        _ => return report_expected(phrases::OVERLAY_VALUE, value, errors),
    };
    errors.scope(|errors| {
        args.read_all(&function.text, errors, |_, errors| {
            let id: LogicalId = read_name(id, errors)?;
            let text = match attribute {
                Some(attribute) => Some((read_non_empty_text(attribute, errors)?, attribute)),
                None => None,
            };
            let (text, place) = text.as_ref().map_or((None, value), |(text, at)| (Some(text), *at));
            match SubText::of_reference(id.as_str(), text.map(String::as_str)) {
                Ok(reference) => Some(value::CfnValue::Sub(reference)),
                Err(_) => {
                    let attribute = text.map_or("", String::as_str);
                    errors.push(&place.span, messages::not_an_attribute(attribute));
                    None
                }
            }
        })
    })
}

/// Reads an ARN, or a value that becomes one when the stack is deployed. `what` is the noun for it in messages, and
/// `find_mistake` returns the message about a text that is no such ARN; references in it are replaced by examples.
/// Returns `None` after an error was recorded.
pub(crate) fn read_arn(
    value: &ArgValue,
    what: &str,
    find_mistake: impl Fn(&str) -> Option<Message>,
    errors: &mut Errors,
) -> Option<value::CfnValue> {
    let read = read_cfn_value(value, errors)?;
    let text = match &read {
        value::CfnValue::Literal(text) => text,
        value::CfnValue::Resource(_) => return report_expected(what, value, errors),
        _ => return Some(read),
    };
    if !text.contains("${") {
        return match find_mistake(text) {
            Some(message) => {
                errors.push(&value.span, message);
                None
            }
            None => Some(read),
        };
    }
    match SubText::parse_without_variables(text) {
        Ok(sub) => {
            let example = sub.example();
            match find_mistake(&example).filter(|_| sub.references().is_empty()) {
                Some(Message { text: message, help }) => {
                    let message = message.replace(&example, text);
                    errors.push(&value.span, Message { text: message, help });
                    None
                }
                None => Some(value::CfnValue::Sub(sub)),
            }
        }
        Err(error) => {
            errors.push(&value.span, error);
            None
        }
    }
}

/// Returns whether an expression reads a variable of the environment of the build.
fn is_variable_of_build(expression: &str) -> bool {
    ["env!", "option_env!", "std::env!", "std::option_env!", "env::var", "std::env::var"]
        .iter()
        .any(|start| expression.starts_with(start))
}

/// Reads a name that the model accepts. An empty text has a message of its own.
fn read_non_empty_name<T>(value: &ArgValue, errors: &mut Errors) -> Option<T>
where
    T: for<'a> TryFrom<&'a str, Error = InvalidName>,
{
    read_non_empty_text(value, errors)?;
    read_name(value, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::name::{ExportName, ParameterName, ParameterReference};

    use super::*;
    use crate::tree::testing::{accepted, rejected};

    #[test]
    fn a_value_that_the_compiler_would_compute_is_rejected_with_what_to_write() {
        let expected = "expected a string, the path of a `#[resource]`, or `param(\"…\")`, found";
        for (written, help) in [
            (
                "env!(\"A\")",
                "write the value itself, or `param(\"…\")`: `sam deploy --parameter-overrides` gives it a value",
            ),
            (
                "std::env!(\"A\")",
                "write the value itself, or `param(\"…\")`: `sam deploy --parameter-overrides` gives it a value",
            ),
            (
                "concat!(\"a\", \"b\")",
                "the attribute is read before the compiler computes values: write the value itself",
            ),
            (
                "2 * 3",
                "the attribute is read before the compiler computes values: write the value itself",
            ),
            ("b\"a\"", "write `\"a\"`"),
            ("'a'", "write `\"a\"`"),
        ] {
            assert_eq!(
                rejected(written, read_cfn_value),
                format!("{expected} `{written}`\n\nhelp: {help}")
            );
        }
    }

    #[test]
    fn a_cfn_value_is_a_literal_a_path_or_known_at_deployment() {
        use value::CfnValue as Meant;
        let sub = |text: &str| Meant::Sub(SubText::parse(text).unwrap());
        let literal = |text: &str| Meant::Literal(text.to_owned());
        let parameter = ParameterName::try_from("Name").unwrap();
        for (text, meant) in [
            (r#""text""#, literal("text")),
            ("-3", literal("-3")),
            ("0.5", literal("0.5")),
            ("true", literal("true")),
            ("crate::Uploads", Meant::Resource("Uploads".to_owned())),
            (r#"param("Name")"#, Meant::Param(parameter)),
            (r#"import("Exported")"#, Meant::Import(ExportName::try_from("Exported").unwrap())),
            (r#"overlay("Db")"#, sub("${Db}")),
            (r#"overlay("Db", "Endpoint.Address")"#, sub("${Db.Endpoint.Address}")),
            (r#"sub("a/${AWS::Region}/${!b}")"#, sub("a/${AWS::Region}/${!b}")),
            (r#"ssm("/a")"#, Meant::Ssm(ParameterReference::try_from("/a").unwrap())),
        ] {
            assert_eq!(accepted(text, read_cfn_value), meant, "{text}");
        }
    }

    #[test]
    fn an_invalid_cfn_value_is_rejected_with_help() {
        for (wrong, message) in [
            (
                "[1]",
                "expected a string, the path of a `#[resource]`, or `param(\"…\")`, found a list",
            ),
            (r#"parm("A")"#, "`parm(…)` is not a value\n\nhelp: did you mean `param`?"),
            (
                "secret(A)",
                "`secret(…)` is not a value\n\nhelp: a value is a literal, the path of a `#[resource]`, or one of `param`, `import`, `ssm`, `overlay` and `sub`",
            ),
            ("param()", "expected one value in the parentheses, found `param(…)`"),
            (r#"param("A", "B")"#, "expected one value in the parentheses, found `param(…)`"),
            (r#"ssm("")"#, "this text is empty"),
            (
                r#"ssm("my param")"#,
                "`my param` is not a name of a parameter: a space is not allowed, only letters, digits, `/`, `.`, `-` and `_`",
            ),
            (
                r#"import("my export!")"#,
                "`my export!` is not a name of an export: a space is not allowed, only letters, digits, `:` and `-`",
            ),
            ("import(3)", "expected a string, found a number\n\nhelp: write `\"3\"`"),
            (
                "overlay()",
                "expected the logical id of a resource of the overlay in the parentheses, and possibly one of its attributes, found `overlay(…)`",
            ),
            (
                r#"overlay("Db", "Endpoint Address")"#,
                "`Endpoint Address` is not an attribute of a resource\n\nhelp: write one that its type returns, as in `overlay(\"Db\", \"Endpoint.Address\")`",
            ),
            (
                r#"sub("plain")"#,
                "CloudFormation replaces nothing in `plain`\n\nhelp: write `\"plain\"` alone, or name what is replaced, as in `\"${AWS::Region}\"` or `\"${Api}\"`",
            ),
            (
                r#"sub("${aws:username}")"#,
                "`${aws:username}` is a variable of IAM, which nothing replaces here\n\nhelp: write `${!aws:username}` for the text as it is, or a reference such as `${AWS::Region}`",
            ),
            (
                r#"sub("${aws::region}")"#,
                "CloudFormation has no pseudo parameter `${aws::region}`\n\nhelp: did you mean `${AWS::Region}`?",
            ),
            (
                r#"param("A", default = 1)"#,
                "unknown key `default` in `param`\n\nhelp: `param` takes one value and no keys",
            ),
        ] {
            assert_eq!(rejected(wrong, read_cfn_value), message, "{wrong}");
        }
    }
}
