//! The source `logs(group = fetch, filter = "ERROR")`. Reads a trigger on a log group.

use skylift_model::aws::arn::{self, Arn};
use skylift_model::aws::limits;
use skylift_model::aws::name::LogGroupName;
use skylift_model::source::LogGroup;
use skylift_model::source::logs::Logs;

use super::log_filter::find_mistake;
use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{accept, read_param, read_short_text, read_text, report_expected};
use crate::tree::{ArgValue, ArgValueKind, Args};

impl SourceGrammar for Logs {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &[
                "logs",
                "log",
                "cloudwatchlogs",
                "cloudwatchlog",
                "loggroup",
                "logsubscription",
                "subscriptionfilter",
            ],
            "write `trigger = logs(group = fetch)` to take the entries of a log, or `log_retention = 30` to keep those of this\nfunction for 30 days",
        )],
        keys: &[
            (
                &["loggroup", "loggroupname", "function", "name"],
                "write `group = fetch`, the path of a function, or `group = \"/aws/lambda/fetch\"`",
            ),
            (&["filterpattern", "pattern"], "write `filter = \"ERROR\"`"),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let group = args.take_main("group", read_group, errors);
        let filter = args.take_if_set("filter", read_filter, errors);
        if group.is_none() {
            errors.push_missing(&args.span, messages::logs_without_group());
        }
        Some(Self { group: group.flatten()?, filter: filter.unwrap_or(Some(String::new()))? })
    }
}

/// Reads the value of `group`: the path of a function, the name of a log group, or a parameter. Returns `None` after an
/// error was recorded.
fn read_group(value: &ArgValue, errors: &mut Errors) -> Option<LogGroup> {
    match &value.kind {
        ArgValueKind::Path(segments, _) => segments.last().cloned().map(LogGroup::Function),
        ArgValueKind::Str(_) => {
            let name = read_text(value, errors)?;
            if name.starts_with(arn::PREFIX) {
                errors.push(&value.span, messages::arn_of_log_group(name, find_name_in_arn(name)));
                return None;
            }
            accept(LogGroupName::try_from(name).map(LogGroup::Named), value, errors)
        }
        ArgValueKind::Call(function, args) if function.text == "param" => {
            read_param(function, args, value, errors).map(LogGroup::Param)
        }
        _ => report_expected(phrases::LOG_GROUP, value, errors),
    }
}

/// Returns the name in the ARN of a log group, or `None` if the text is no such ARN.
fn find_name_in_arn(text: &str) -> Option<&str> {
    let arn = Arn::parse(text).filter(|arn| arn.service == "logs")?;
    let name = arn.resource.strip_prefix("log-group:")?;
    let name = name.split(':').next()?;
    LogGroupName::try_from(name).is_ok().then_some(name)
}

/// Reads the value of `filter`: a filter pattern. Returns `None` after an error was recorded.
fn read_filter(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    if matches!(value.kind, ArgValueKind::Map(_) | ArgValueKind::List(_)) {
        errors.push(&value.span, messages::filter_pattern_not_text());
        return None;
    }
    let limit = limits::FILTER_PATTERN_LEN;
    let pattern = read_short_text(value, limit, phrases::FILTER_PATTERN, errors)?;
    if let Some(mistake) = find_mistake(&pattern) {
        errors.push(&value.span, messages::wrong_filter_pattern(&mistake));
        return None;
    }
    if let Some(missing) = find_unclosed(&pattern) {
        errors.push(&value.span, messages::unclosed_filter_pattern(missing));
        return None;
    }
    Some(pattern)
}

/// Returns the character that a filter pattern lacks at its end. Returns `None` if it lacks none. AWS: "Filter pattern
/// syntax for metric filters, subscription filters, filter log events, and Live Tail".
fn find_unclosed(pattern: &str) -> Option<char> {
    let pattern = pattern.trim();
    for (open, close) in [('{', '}'), ('[', ']')] {
        if pattern.starts_with(open) && !pattern.ends_with(close) {
            return Some(close);
        }
    }
    // A regular expression between `%` may have a quote of its own.
    let quotes = pattern.replace("\\\\", "").replace("\\\"", "").matches('"').count();
    (!quotes.is_multiple_of(2) && !pattern.contains('%')).then_some('"')
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    fn logs(arguments: &str) -> Logs {
        match trigger(&format!("logs({arguments})")) {
            Trigger::Logs(logs) => logs,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let bare = logs("group = crate::jobs::fetch");
        assert_eq!(bare.group, LogGroup::Function("fetch".to_owned()));
        assert_eq!(bare.filter, "");
        let named = logs(r#"group = "/aws/lambda/other", filter = "ERROR""#);
        assert_eq!(named.group, LogGroup::Named("/aws/lambda/other".try_into().unwrap()));
        assert_eq!(named.filter, "ERROR");
        let param = logs("group = param(\"Group\")");
        assert_eq!(param.group, LogGroup::Param("Group".try_into().unwrap()));
    }

    #[test]
    fn a_filter_pattern_has_every_form_of_cloudwatch() {
        for pattern in [
            "",
            "ERROR",
            "?ERROR ?WARN -test",
            r#""Task timed out" %\d+ "ms%"#,
            r#"{ $.level = "ERROR" }"#,
            r"[ip, user, status = 5*, bytes > 100]",
            r#""a \" quote""#,
        ] {
            assert_eq!(logs(&format!("group = fetch, filter = {pattern:?}")).filter, pattern);
        }
    }

    #[test]
    fn every_argument_is_checked() {
        let long = format!("group = a, filter = {:?}", "a".repeat(1_025));
        for (wrong, message) in [
            (
                "",
                "`logs` needs the log group: `group`\n\nhelp: write `logs(group = fetch)`, the path of a function, or `logs(group = \"/aws/lambda/fetch\")`",
            ),
            (
                "group = 3",
                "expected the path of a function, the name of a log group in quotes, or `param(\"…\")`, found",
            ),
            (
                r#"group = "a:b""#,
                "`a:b` is not a name of a log group: `:` is not allowed, only letters, digits, `_`, `-`, `.`, `/` and `#`",
            ),
            (
                r#"group = "arn:aws:logs:eu-west-1:123456789012:log-group:/shop:*""#,
                "`arn:aws:logs:eu-west-1:123456789012:log-group:/shop:*` is an ARN, expected the name of a log group\n\nhelp: write `\"/shop\"`",
            ),
            (
                r#"group = "arn:aws:s3:::shop""#,
                "`arn:aws:s3:::shop` is an ARN, expected the name of a log group\n\nhelp: a log group has a name such as `\"/aws/lambda/fetch\"`",
            ),
            (
                r#"group = fetch, filter = { "level": ["ERROR"] }"#,
                "a filter pattern of CloudWatch Logs is a string\n\nhelp: write `filter = \"ERROR\"` for a word, or `filter = \"{ $.level = ERROR }\"` for a field of JSON",
            ),
            (
                r#"group = fetch, filter = "{ $.level = ERROR""#,
                "a filter pattern without its closing `}`, which CloudWatch Logs rejects",
            ),
            (
                r#"group = fetch, filter = "[ip, user""#,
                "a filter pattern without its closing `]`, which CloudWatch Logs rejects",
            ),
            (
                r#"group = fetch, filter = "\"ERROR""#,
                "a filter pattern without its closing `\"`, which CloudWatch Logs rejects",
            ),
            (long.as_str(), "a filter pattern has 1025 characters, AWS takes 1024"),
            (
                "log_group_name = \"/shop\"",
                "unknown key `log_group_name` in `logs`\n\nhelp: write `group = fetch`, the path of a function,",
            ),
        ] {
            let found = rejected(&format!("logs({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
        assert!(rejected("logs").starts_with("`logs` needs the log group"));
    }
}
