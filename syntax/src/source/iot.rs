//! The source `iot(sql = "SELECT * FROM 'sensors/+'")`. Reads a trigger on the messages of AWS IoT.

use skylift_model::aws::iot_sql::{IotSql, IotSqlVersion};
use skylift_model::source::iot::Iot;

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_bool, read_name, read_text, read_word};
use crate::tree::{ArgValue, Args};

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
                &["erroraction", "onerror", "onfailure", "actions", "deadletters"],
                "a trigger has no actions of its own: write such a rule in the overlay, and give the function no `trigger`",
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
        })
    }
}

/// Reads the value of `description`, whose length AWS IoT limits only by the size of the whole rule.
fn description(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    read_text(value, errors).map(str::to_owned)
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
            "sql = \"SELECT *\", version = \"beta\", name = \"ingest\", description = \"Basic Ingest\", enabled = false",
        );
        assert_eq!(read.version, IotSqlVersion::Beta);
        assert_eq!(read.name.unwrap().as_str(), "ingest");
        assert_eq!(read.description.as_deref(), Some("Basic Ingest"));
        assert!(!read.enabled);
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
                "sql = \"SELECT * FROM 'a'\", error_action = Lost",
                "unknown key `error_action` in `iot`\n\nhelp: a trigger has no actions of its own",
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
