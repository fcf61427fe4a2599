//! The key `fifo`: whether a queue or a topic is FIFO. The name of a queue or topic also says whether it is
//! FIFO, so the key and the name have to agree.

use skylift_model::aws::limits::FIFO_SUFFIX;

use crate::errors::Errors;
use crate::messages;
use crate::tree::{ArgValue, ArgValueKind, Args};

/// Reads whether the queue or topic is FIFO: from its name or ARN if the user wrote one, otherwise from the
/// flag `fifo`.
pub(super) fn read_fifo(args: &Args, errors: &mut Errors) -> bool {
    let flag = args.take_flag("fifo", errors);
    // Errors of the name are reported where the name itself is read.
    let text = |value: &ArgValue, _: &mut Errors| match &value.kind {
        ArgValueKind::Str(text) => Some(text.clone()),
        _ => None,
    };
    let mut take_text = |key| Some((key, args.take(key, text, errors)?));
    let Some((key, name)) = take_text("existing").or_else(|| take_text("name")) else {
        return flag.unwrap_or(false);
    };
    let is_fifo = name.ends_with(FIFO_SUFFIX);
    if let Some(flag) = flag.filter(|flag| *flag != is_fifo) {
        let can_rename = key == "name";
        let message = messages::fifo_differs_from_name(&name, flag, can_rename, FIFO_SUFFIX);
        errors.push(args.span_of(key), message);
    }
    is_fifo
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use crate::resource::testing::{rejected, settings};

    fn is_fifo(attribute: &str) -> bool {
        match settings(attribute) {
            ResourceSettings::Queue(queue) => queue.fifo,
            ResourceSettings::Topic(topic) => topic.fifo,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_or_an_arn_shows_fifo_as_the_flag_does() {
        for kind in ["queue", "topic"] {
            let service = if kind == "queue" { "sqs" } else { "sns" };
            let arn = format!(r#"existing = "arn:aws:{service}:eu-west-1:123456789012:a.fifo""#);
            for fifo in [
                "fifo",
                "fifo = true",
                r#"name = "a.fifo""#,
                r#"fifo, name = "a.fifo""#,
                r#"existing = "a.fifo""#,
                r#"fifo, existing = "a.fifo""#,
                r#"fifo, existing = param("A")"#,
                arn.as_str(),
            ] {
                assert!(is_fifo(&format!("{kind}({fifo})")), "{kind}({fifo})");
            }
            for standard in [
                "fifo = false",
                r#"name = "a""#,
                r#"existing = "a""#,
                r#"existing = param("A")"#,
                r#"fifo = false, name = "a""#,
            ] {
                assert!(!is_fifo(&format!("{kind}({standard})")), "{kind}({standard})");
            }
        }
    }

    #[test]
    fn a_name_that_contradicts_the_flag_is_rejected() {
        for kind in ["queue", "topic"] {
            let rejected = |args: &str| rejected(&format!("{kind}({args})"));
            assert_eq!(
                rejected(r#"fifo, name = "a""#),
                "`a` and `fifo` contradict each other\n\nhelp: end the name in `.fifo`"
            );
            assert_eq!(
                rejected(r#"fifo = false, name = "a.fifo""#),
                "`a.fifo` and `fifo = false` contradict each other\n\nhelp: leave `fifo = false` out"
            );
            assert_eq!(
                rejected(r#"fifo, existing = "a""#),
                "`a` and `fifo` contradict each other\n\nhelp: leave `fifo` out: the name of a FIFO ends in `.fifo`"
            );
            assert_eq!(rejected("fifo = 1"), "`fifo` takes `true` or `false`, found a number");
        }
    }
}
