//! Messages about the SQL statements of rules of AWS IoT.

use crate::aws::limits;
use crate::message::Message;

/// The help for a statement without its parts.
const WRITE_SQL: &str = "write `sql = \"SELECT * FROM 'sensors/+/temperature'\"`";

/// Reports that a statement does not begin with `SELECT`. `first` is its first word.
pub(crate) fn sql_without_select(first: &str) -> Message {
    let text = if first.is_empty() {
        "expected the SQL statement of an IoT rule, found nothing".to_owned()
    } else {
        format!("the SQL statement of an IoT rule begins with `SELECT`, found `{first}`")
    };
    Message::new(text).with_help(WRITE_SQL)
}

/// Reports that a statement is longer than a rule can be.
pub(crate) fn long_sql(bytes: usize) -> Message {
    let limit = limits::IOT_RULE_BYTES;
    Message::new(format!("the SQL statement has {bytes} bytes, AWS IoT takes {limit} for a rule"))
        .with_help("select fewer fields, and do the rest in the function")
}

/// Reports that `FROM` has no topic filter in single quotes. `rest` is what follows.
pub(crate) fn topic_without_quotes(rest: &str) -> Message {
    let word = rest.split_whitespace().next().unwrap_or_default();
    let word = word.trim_matches(['"', '\'', '`', ';', ',']);
    if word.is_empty() {
        return Message::new("`FROM` without a topic filter").with_help(WRITE_SQL);
    }
    Message::new("a topic filter without quotes")
        .with_help(format!("write it in single quotes: `FROM '{word}'`"))
}

/// Reports a quote that is not closed.
pub(crate) fn unclosed_quote(open: char) -> Message {
    Message::new(format!("a `{open}` without its closing `{open}` in the SQL statement"))
        .with_help(WRITE_SQL)
}

/// Reports that the topic filter is empty.
pub(crate) fn empty_topic_filter() -> Message {
    Message::new("the topic filter is empty")
        .with_help("write `FROM '#'` for the messages of all topics")
}

/// Reports a `#` that is not the whole last level.
pub(crate) fn misplaced_hash(filter: &str) -> Message {
    Message::new(format!("`#` in the topic filter `{filter}` is not its last level")).with_help(
        "`#` means all levels that follow, and is alone after the last `/`: write `+` for one level",
    )
}

/// Reports a `+` that is not a whole level.
pub(crate) fn misplaced_plus(filter: &str) -> Message {
    Message::new(format!("`+` in the topic filter `{filter}` is not a whole level")).with_help(
        "`+` means any one level, and is alone between two `/`: compare a part in `WHERE`",
    )
}

/// Reports a topic filter that is longer than a topic can be.
pub(crate) fn long_topic_filter(bytes: usize) -> Message {
    let limit = limits::IOT_TOPIC_BYTES;
    Message::new(format!("the topic filter has {bytes} bytes, AWS IoT takes {limit}"))
        .with_help("write `#` for its last levels")
}

/// Reports a topic filter with more levels than a topic can have.
pub(crate) fn deep_topic_filter(slashes: usize) -> Message {
    let limit = limits::IOT_TOPIC_SLASHES;
    Message::new(format!("the topic filter has {slashes} slashes, AWS IoT takes {limit}"))
        .with_help("no topic has more: leave some levels out")
}
