//! The source `iot(sql = "SELECT * FROM 'sensors/+'")`. Reads a trigger on the messages of AWS IoT.

use skylift_model::aws::iot_sql::{IotSql, IotSqlVersion};
use skylift_model::source::iot::Iot;

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_bool, read_name, read_text, read_word, report_expected};
use crate::tree::{ArgValue, ArgValueKind, Args};

impl SourceGrammar for Iot {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["iot", "iotrule", "iotcore", "topicrule", "mqtt"],
            "write `trigger = iot(sql = \"SELECT * FROM 'sensors/+'\")`",
        )],
        keys: &[
            (
                &["topic", "topics", "topicfilter", "from", "select", "query", "statement"],
                "write `sql = \"SELECT * FROM 'sensors/+'\"`",
            ),
            (&["awsiotsqlversion", "sqlversion"], "write `version = \"2016-03-23\"`"),
            (&["rulename", "rule"], "write `name = \"…\"`"),
            (&["ruledisabled", "disabled", "state"], "write `enabled = false`"),
            (
                &["onerror", "onfailure", "deadletters"],
                "write `error_action = Failed`, the path of a queue, a topic or a bucket",
            ),
            (
                &["actions"],
                "a trigger has no further actions: write such a rule in the overlay, and give the function no `trigger`",
            ),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let sql = args.take_main("sql", read_sql, errors);
        let version = args.take_if_set("version", read_version, errors);
        let name = args.take_if_set("name", read_name, errors);
        let description = args.take("description", description, errors);
        let enabled = args.take("enabled", read_bool, errors).unwrap_or(true);
        let error_action = args.take_if_set(Self::ERROR_ACTION, read_error_action, errors);
        match &sql {
            None => errors.push_missing(&args.span, messages::iot_without_sql()),
            Some(Some(read)) if read.topic_filter().is_none() && name.is_none() => {
                errors.push(args.span_of("sql"), messages::iot_without_topic());
            }
            Some(_) => {}
        }
        Some(Self {
            sql: sql??,
            version: version.unwrap_or_else(|| Some(IotSqlVersion::default()))?,
            name: name.map_or(Some(None), |name| name.map(Some))?,
            description,
            enabled,
            error_action: error_action.map_or(Some(None), |target| target.map(Some))?,
        })
    }
}

/// Reads the value of `description`, whose length AWS IoT limits only by the size of the whole rule.
fn description(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    read_text(value, errors).map(str::to_owned)
}

/// Reads the value of `error_action`: the path of a `#[resource]`. Returns `None` after an error was recorded.
fn read_error_action(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    let ArgValueKind::Path(segments, _) = &value.kind else {
        return report_expected(phrases::ERROR_ACTION, value, errors);
    };
    let ident = segments.last()?;
    if ident.starts_with(char::is_lowercase) {
        errors.push(&value.span, messages::function_as_error_action(ident));
        return None;
    }
    Some(ident.clone())
}

/// Reads the value of `sql`: a statement. Returns `None` after an error was recorded.
fn read_sql(value: &ArgValue, errors: &mut Errors) -> Option<IotSql> {
    match IotSql::parse(read_text(value, errors)?) {
        Ok(sql) => Some(sql),
        Err(message) => {
            errors.push(&value.span, message);
            None
        }
    }
}

/// Reads the value of `version`: the version of SQL. Returns `None` after an error was recorded.
fn read_version(value: &ArgValue, errors: &mut Errors) -> Option<IotSqlVersion> {
    read_word(value, phrases::IOT_SQL_VERSION, IotSqlVersion::WORDS, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    fn iot(arguments: &str) -> Iot {
        match trigger(&format!("iot({arguments})")) {
            Trigger::Iot(iot) => iot,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let read = iot("sql = \"SELECT * FROM 'a/+'\"");
        assert_eq!(read.sql.as_str(), "SELECT * FROM 'a/+'");
        assert_eq!(read.version, IotSqlVersion::V20160323);
        assert!(read.name.is_none() && read.description.is_none() && read.enabled);
        let read = iot(
            "sql = \"SELECT *\", version = \"beta\", name = \"ingest\", description = \"Basic Ingest\", enabled = false, error_action = crate::Failed",
        );
        assert_eq!(read.version, IotSqlVersion::Beta);
        assert_eq!(read.name.unwrap().as_str(), "ingest");
        assert_eq!(read.description.as_deref(), Some("Basic Ingest"));
        assert!(!read.enabled);
        assert_eq!(read.error_action.as_deref(), Some("Failed"));
    }

    #[test]
    fn every_argument_is_checked() {
        for (wrong, message) in [
            (
                "",
                "`iot` needs a SQL statement: `sql`\n\nhelp: write `iot(sql = \"SELECT * FROM 'sensors/+'\")`",
            ),
            ("sql = 3", "expected a string, found a number"),
            ("sql = \"a/b\"", "the SQL statement of an IoT rule begins with `SELECT`, found `a/b`"),
            (
                "sql = \"SELECT * FROM a/b\"",
                "a topic filter without quotes\n\nhelp: write it in single quotes: `FROM 'a/b'`",
            ),
            (
                "sql = \"SELECT *\"",
                "a SQL statement without `FROM`: no message reaches the rule\n\nhelp: add `FROM 'sensors/+'`, or a `name` by which devices send to the rule itself",
            ),
            (
                "sql = \"SELECT * FROM 'a'\", version = \"2016-03-24\"",
                "`2016-03-24` is not a version of the SQL of AWS IoT\n\nhelp: did you mean `2016-03-23`?",
            ),
            (
                "sql = \"SELECT * FROM 'a'\", name = \"my-rule\"",
                "`my-rule` is not a name of an IoT rule: `-` is not allowed, only letters, digits and `_`",
            ),
            (
                "topic = \"a/b\"",
                "unknown key `topic` in `iot`\n\nhelp: write `sql = \"SELECT * FROM 'sensors/+'\"`",
            ),
            (
                "sql = \"SELECT * FROM 'a'\", AwsIotSqlVersion = \"2016-03-23\"",
                "unknown key `AwsIotSqlVersion` in `iot`\n\nhelp: write `version = \"2016-03-23\"`",
            ),
            (
                "sql = \"SELECT * FROM 'a'\", on_failure = Lost",
                "unknown key `on_failure` in `iot`\n\nhelp: write `error_action = Failed`",
            ),
            (
                "sql = \"SELECT * FROM 'a'\", actions = []",
                "unknown key `actions` in `iot`\n\nhelp: a trigger has no further actions",
            ),
            (
                "sql = \"SELECT * FROM 'a'\", error_action = \"arn:aws:sqs:eu-west-1:123456789012:a\"",
                "expected the path of a queue, a topic or a bucket, found a string",
            ),
            (
                "sql = \"SELECT * FROM 'a'\", error_action = repair",
                "`repair` is a function, and an error action is a queue, a topic or a bucket\n\nhelp: name a queue, and give `repair` the trigger `sqs(queue = …)`",
            ),
        ] {
            let found = rejected(&format!("iot({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
        assert!(rejected("iot").starts_with("`iot` needs a SQL statement"));
        assert!(
            rejected("IoTRule")
                .ends_with("write `trigger = iot(sql = \"SELECT * FROM 'sensors/+'\")`")
        );
    }
}
