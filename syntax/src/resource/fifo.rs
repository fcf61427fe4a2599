//! `fifo`, which the name of a queue or topic says as well: the two have to agree.

use skylift_model::aws::limits::FIFO_SUFFIX;

use crate::errors::Errors;
use crate::tree::{Args, Kind, Value};

/// Whether the queue or topic is FIFO: by its name or ARN, else by the flag.
pub(super) fn read(args: &Args, errors: &mut Errors) -> bool {
    let flag = args.flag("fifo", errors);
    // Whoever reads the name says what is wrong with it.
    let text = |value: &Value, _: &mut Errors| match &value.kind {
        Kind::Str(text) => Some(text.clone()),
        _ => None,
    };
    let mut named = |key| Some((key, args.take(key, text, errors)?));
    let Some((key, name)) = named("existing").or_else(|| named("name")) else {
        return flag.unwrap_or(false);
    };
    let is_fifo = name.ends_with(FIFO_SUFFIX);
    if let Some(flag) = flag.filter(|flag| *flag != is_fifo) {
        let help = match (flag, key) {
            (false, _) => "leave `fifo = false` out".to_owned(),
            (true, "name") => format!("end the name in `{FIFO_SUFFIX}`"),
            (true, _) => format!("leave `fifo` out: a FIFO's name ends in `{FIFO_SUFFIX}`"),
        };
        let written = if flag { "fifo" } else { "fifo = false" };
        errors
            .push(args.place_of(key), format!("`{name}` and `{written}` contradict each other"))
            .help(help);
    }
    is_fifo
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use crate::resource::testing::{refused, settings};

    fn is_fifo(attribute: &str) -> bool {
        match settings(attribute) {
            ResourceSettings::Queue(queue) => queue.fifo,
            ResourceSettings::Topic(topic) => topic.fifo,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_or_an_arn_says_it_as_the_flag_does() {
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
    fn a_name_that_says_otherwise_than_the_flag_is_refused() {
        for kind in ["queue", "topic"] {
            let refused = |args: &str| refused(&format!("{kind}({args})"));
            assert_eq!(
                refused(r#"fifo, name = "a""#),
                "`a` and `fifo` contradict each other\n\nhelp: end the name in `.fifo`"
            );
            assert_eq!(
                refused(r#"fifo = false, name = "a.fifo""#),
                "`a.fifo` and `fifo = false` contradict each other\n\nhelp: leave `fifo = false` out"
            );
            assert_eq!(
                refused(r#"fifo, existing = "a""#),
                "`a` and `fifo` contradict each other\n\nhelp: leave `fifo` out: a FIFO's name ends in `.fifo`"
            );
            assert_eq!(refused("fifo = 1"), "`fifo` is true or false, not a number");
        }
    }
}
