//! Messages about the arguments of the source `logs`.

use skylift_model::message::Message;

use crate::source::log_filter::FilterMistake;

/// Reports that a trigger names no log group.
pub(crate) fn logs_without_group() -> Message {
    Message::new("`logs` needs the log group: `group`").with_help(
        "write `logs(group = fetch)`, the path of a function, or `logs(group = \"/aws/lambda/fetch\")`",
    )
}

/// Reports that a log group is named by an ARN. `name` is the name in it, if it is the ARN of a log group.
pub(crate) fn arn_of_log_group(arn: &str, name: Option<&str>) -> Message {
    let help = match name {
        Some(name) => {
            format!("write `\"{name}\"`: the log group is in the account and region of the stack")
        }
        None => "a log group has a name such as `\"/aws/lambda/fetch\"`".to_owned(),
    };
    Message::new(format!("`{arn}` is an ARN, expected the name of a log group")).with_help(help)
}

/// Reports that a filter pattern is not a string.
pub(crate) fn filter_pattern_not_text() -> Message {
    Message::new("a filter pattern of CloudWatch Logs is a string").with_help(
        "write `filter = \"ERROR\"` for a word, or `filter = \"{ $.level = ERROR }\"` for a field of JSON",
    )
}

/// Reports that a filter pattern lacks this character at its end.
pub(crate) fn unclosed_filter_pattern(missing: char) -> Message {
    Message::new(format!(
        "a filter pattern without its closing `{missing}`, which CloudWatch Logs rejects"
    ))
    .with_help(format!(
        "add `{missing}`, or write a text with such characters in double quotes: `\"\\\"a [b\\\"\"`"
    ))
}

/// Reports a mistake in a filter pattern for JSON.
pub(crate) fn wrong_filter_pattern(mistake: &FilterMistake) -> Message {
    match mistake {
        FilterMistake::TextAfterBrace => {
            Message::new("text follows the `}` of a filter pattern").with_help(
                "combine conditions within the braces: `{ $.level = ERROR && $.text = \"*timed out*\" }`",
            )
        }
        FilterMistake::Parenthesis => {
            Message::new("a parenthesis of this filter pattern has no other one")
                .with_help("write each `(` with its `)`")
        }
        FilterMistake::ConditionMissing => {
            Message::new("a condition is missing in this filter pattern")
                .with_help("write `{ $.level = ERROR }`, or two with `&&` or `||` between them")
        }
        FilterMistake::NoField(word) => {
            Message::new(format!("`{word}` is no field of the log entry"))
                .with_help(format!("write `$.{word}`"))
        }
        FilterMistake::NoOperator(word) if word.is_empty() => {
            Message::new("a condition of this filter pattern compares nothing")
                .with_help("write `$.level = ERROR`, or `$.level NOT EXISTS`")
        }
        FilterMistake::NoOperator(word) => {
            Message::new(format!("`{word}` is not an operator of filter patterns")).with_help(
                "CloudWatch Logs has `=`, `!=`, `<`, `>`, `<=`, `>=`, `IS` and `NOT EXISTS`; a text can have `*`: `$.text = \"*ERROR*\"`",
            )
        }
    }
}
