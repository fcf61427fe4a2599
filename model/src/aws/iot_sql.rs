//! The SQL statement of a rule of AWS IoT. Takes a text and returns the statement, or the reason why AWS IoT would
//! refuse it or never match a message. The expressions inside are not checked.

use serde::Serialize;

use super::limits;
use crate::message::Message;
use crate::messages::iot as messages;

/// The SQL statement of a rule of AWS IoT. AWS: "AWS IoT SQL reference".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IotSql(String);

/// The version of the language of statements. AWS: "SQL versions".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum IotSqlVersion {
    /// The first version. AWS IoT takes it if a rule names none.
    #[serde(rename = "2015-10-08")]
    V20151008,
    /// The version with nested queries and arrays.
    #[default]
    #[serde(rename = "2016-03-23")]
    V20160323,
    /// The newest version, which can change at any time.
    #[serde(rename = "beta")]
    Beta,
}

impl IotSqlVersion {
    /// All versions, each with its name.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("2015-10-08", Self::V20151008), ("2016-03-23", Self::V20160323), ("beta", Self::Beta)];

    /// Returns the name of the version.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V20151008 => "2015-10-08",
            Self::V20160323 => "2016-03-23",
            Self::Beta => "beta",
        }
    }
}

impl IotSql {
    /// Parses a statement.
    ///
    /// # Errors
    ///
    /// Returns a message if the statement has no form that AWS IoT accepts.
    pub fn parse(text: &str) -> Result<Self, Message> {
        if text.len() > limits::IOT_RULE_BYTES {
            return Err(messages::long_sql(text.len()));
        }
        let first = text.split_whitespace().next().unwrap_or_default();
        if !["SELECT", "SET"].iter().any(|keyword| starts_with_keyword(first, keyword)) {
            return Err(messages::sql_without_select(first));
        }
        match find_topic(&find_words(text)?, text) {
            Topic::Filter(filter) => check_topic_filter(filter)?,
            Topic::NotQuoted(rest) => return Err(messages::topic_without_quotes(rest)),
            Topic::None => {}
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the statement as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the topic filter of the statement. Returns `None` for a statement without `FROM`, whose rule gets only
    /// messages that name it.
    #[must_use]
    pub fn topic_filter(&self) -> Option<&str> {
        match find_topic(&find_words(&self.0).ok()?, &self.0) {
            Topic::Filter(filter) => Some(filter),
            Topic::NotQuoted(_) | Topic::None => None,
        }
    }
}

/// What follows the `FROM` of a statement.
enum Topic<'a> {
    /// A topic filter in quotes.
    Filter(&'a str),
    /// Something else.
    NotQuoted(&'a str),
    /// The statement has no `FROM`.
    None,
}

/// Finds the topic of a statement with these words. A field of a message can be named `from` as well.
fn find_topic<'a>(words: &[Word<'_>], sql: &'a str) -> Topic<'a> {
    let mut found = Topic::None;
    for word in words.iter().filter(|word| word.text.eq_ignore_ascii_case("FROM")) {
        let rest = sql[word.end..].trim_start();
        match read_quoted(rest) {
            Some(filter) => return Topic::Filter(filter),
            None => found = Topic::NotQuoted(rest),
        }
    }
    found
}

/// Returns whether a word is this keyword, which `*` or a parenthesis can follow without a space.
fn starts_with_keyword(word: &str, keyword: &str) -> bool {
    let rest = word.get(..keyword.len()).filter(|it| it.eq_ignore_ascii_case(keyword));
    let next = word.get(keyword.len()..).and_then(|rest| rest.chars().next());
    rest.is_some() && !next.is_some_and(|it| it.is_alphanumeric() || it == '_')
}

/// A word outside of quotes and parentheses, with the byte after it.
struct Word<'a> {
    text: &'a str,
    end: usize,
}

/// Finds the words outside of quotes, parentheses, brackets and braces. A nested query has a `FROM` of its own.
fn find_words(sql: &str) -> Result<Vec<Word<'_>>, Message> {
    let mut words = Vec::new();
    let (mut depth, mut quote, mut start) = (0_usize, None, None);
    let mut letters = sql.char_indices().chain([(sql.len(), ' ')]);
    while let Some((at, letter)) = letters.next() {
        if let Some(open) = quote {
            if letter == '\\' {
                letters.next();
            } else if letter == open {
                quote = None;
            }
            continue;
        }
        if letter.is_alphanumeric() || "_.@".contains(letter) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take()
            && depth == 0
        {
            words.push(Word { text: &sql[start..at], end: at });
        }
        match letter {
            '\'' | '"' => quote = Some(letter),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    match quote {
        // With a backslash it is not certain which quote closes a text.
        Some(open) if !sql.contains('\\') => Err(messages::unclosed_quote(open)),
        _ => Ok(words),
    }
}

/// Returns the content of the single quotes with which a text begins.
fn read_quoted(text: &str) -> Option<&str> {
    text.strip_prefix('\'')?.split('\'').next()
}

/// Checks a topic filter. AWS: "MQTT topics", and "Message broker and protocol limits" of the quotas of AWS IoT Core.
fn check_topic_filter(filter: &str) -> Result<(), Message> {
    if filter.is_empty() {
        return Err(messages::empty_topic_filter());
    }
    let levels: Vec<&str> = filter.split('/').collect();
    for (index, level) in levels.iter().enumerate() {
        if level.contains('#') && (*level != "#" || index + 1 < levels.len()) {
            return Err(messages::misplaced_hash(filter));
        }
        if level.contains('+') && *level != "+" {
            return Err(messages::misplaced_plus(filter));
        }
    }
    // Parts of reserved topics do not count.
    if filter.starts_with('$') {
        return Ok(());
    }
    if filter.len() > limits::IOT_TOPIC_BYTES {
        return Err(messages::long_topic_filter(filter.len()));
    }
    if levels.len() - 1 > limits::IOT_TOPIC_SLASHES {
        return Err(messages::deep_topic_filter(levels.len() - 1));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_of_the_sql_reference_are_accepted_with_their_topic() {
        for (sql, filter) in [
            ("SELECT color AS rgb FROM 'topic/subtopic' WHERE temperature > 50", "topic/subtopic"),
            ("select * from 'a'", "a"),
            ("SELECT *, timestamp() AS ts\nFROM\n  '+/things/#'", "+/things/#"),
            ("SELECT encode(*, 'base64') AS data FROM '#'", "#"),
            ("SELECT (SELECT v FROM e WHERE n = 'temp') AS t FROM 'a/b'", "a/b"),
            ("SELECT 'FROM \"x' AS text, \"FROM 'y\" AS more FROM 'a'", "a"),
            ("SELECT [SELECT VALUE from FROM x] AS y, x.from FROM '/a/'", "/a/"),
            ("SELECT from, to FROM 'a'", "a"),
            ("SET @from = 1 SELECT @from AS a FROM 'b'", "b"),
            ("SELECT regexp_replace(x, 'it\\'s \\\\', \"\") AS x FROM 'c'", "c"),
            ("SET @a = 1 SELECT @a AS a FROM 'größe'", "größe"),
            (
                "SELECT * FROM '$aws/things/+/shadow/name/+/update/accepted/a/b'",
                "$aws/things/+/shadow/name/+/update/accepted/a/b",
            ),
            ("SELECT * FROM 'a/b/c/d/e/f/g/h'", "a/b/c/d/e/f/g/h"),
        ] {
            let read = IotSql::parse(sql).unwrap_or_else(|message| panic!("{sql}: {message:?}"));
            assert_eq!((read.as_str(), read.topic_filter()), (sql, Some(filter)));
        }
        assert_eq!(IotSql::parse("SELECT*").unwrap().topic_filter(), None);
    }

    #[test]
    fn a_statement_that_no_message_matches_is_rejected() {
        for (sql, message) in [
            ("", "expected the SQL statement of an IoT rule, found nothing"),
            ("FROM 'a'", "the SQL statement of an IoT rule begins with `SELECT`, found `FROM`"),
            ("SELECTED FROM 'a'", "the SQL statement of an IoT rule begins with `SELECT`"),
            ("SELECT * FROM a/b", "a topic filter without quotes"),
            ("SELECT * FROM \"a/b\"", "a topic filter without quotes"),
            ("SELECT * FROM", "`FROM` without a topic filter"),
            ("SELECT * FROM ''", "the topic filter is empty"),
            ("SELECT * FROM 'a", "a `'` without its closing `'`"),
            ("SELECT \"a FROM 'a'", "a `\"` without its closing `\"`"),
            ("SELECT * FROM 'a/#/b'", "`#` in the topic filter `a/#/b`"),
            ("SELECT * FROM 'a/b#'", "`#` in the topic filter `a/b#`"),
            ("SELECT * FROM 'a/b+/c'", "`+` in the topic filter `a/b+/c`"),
            ("SELECT * FROM 'a/b/c/d/e/f/g/h/i'", "the topic filter has 8 slashes"),
        ] {
            let found = IotSql::parse(sql).unwrap_err();
            assert!(found.text.starts_with(message), "{sql}: {found:?}");
            assert!(found.help.is_some(), "{sql}");
        }
        let long = format!("SELECT * FROM '{}'", "ö".repeat(129));
        assert!(
            IotSql::parse(&long).unwrap_err().text.starts_with("the topic filter has 258 bytes")
        );
        let long = format!("SELECT '{}' AS a FROM 'a'", "a".repeat(256 * 1_024));
        assert!(IotSql::parse(&long).unwrap_err().text.contains("AWS IoT takes 262144"));
    }

    #[test]
    fn each_version_has_its_name() {
        for (word, version) in IotSqlVersion::WORDS {
            assert_eq!(version.as_str(), *word);
            assert_eq!(serde_json::to_value(version).unwrap(), *word);
        }
        assert_eq!(IotSqlVersion::default().as_str(), "2016-03-23");
    }
}
