//! A place in a JSON document as users write it: `$.order.id`, `$.headers['idempotency-key']`. It takes
//! that text and gives a [`JsonPath`], a list of steps, or a [`JsonPathError`] that says what to write.

mod error;
mod parse;

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

pub use error::JsonPathError;

/// A path to one value of a JSON document.
///
/// It is the part of RFC 9535, "`JSONPath`", that leads to one place: `$` for the whole document, and behind
/// it `.name`, `['name']` or `["name"]` for a field and `[0]` for an item of a list. A name in quotes may
/// have anything in it; `\` stands before a quote or a `\` of its own.
///
/// ```
/// use skylift_model::json_path::{JsonPath, Step};
///
/// let path: JsonPath = "$.headers['idempotency-key']".parse()?;
/// assert_eq!(path.steps()[0], Step::Name("headers".to_owned()));
/// assert_eq!(path.to_string(), "$.headers['idempotency-key']");
/// assert_eq!("$['order'].lines[0]".parse::<JsonPath>()?.to_string(), "$.order.lines[0]");
/// # Ok::<(), skylift_model::json_path::JsonPathError>(())
/// ```
///
/// # Errors
///
/// Parsing refuses a text that does not begin with `$`, and what could lead to several values or to none
/// of the document's own: wildcards, slices, filters, `..`, negative indexes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct JsonPath(Vec<Step>);

/// One step of a path, from a value into it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the field of an object.
    Name(String),
    /// To the item of a list, from 0.
    Index(u32),
}

impl JsonPath {
    /// The steps from the whole document on; none for the document itself.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

/// Whether a name can be written behind a dot.
fn is_plain(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(|it| parse::is_of_name(it) && !it.is_ascii_digit());
    first && letters.all(parse::is_of_name)
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) if is_plain(name) => write!(f, ".{name}"),
            Self::Name(name) => {
                write!(f, "['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
            }
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// In the one way to write it: names in quotes only where they have to be.
impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.0.iter().try_for_each(|step| step.fmt(f))
    }
}

impl FromStr for JsonPath {
    type Err = JsonPathError;

    fn from_str(text: &str) -> Result<Self, JsonPathError> {
        parse::steps(text).map(Self)
    }
}

impl Serialize for JsonPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> String {
        let path: JsonPath = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        let steps = path.steps().iter().map(|step| match step {
            Step::Name(name) => name.clone(),
            Step::Index(index) => format!("#{index}"),
        });
        steps.collect::<Vec<_>>().join("|")
    }

    fn refused(text: &str) -> String {
        text.parse::<JsonPath>().unwrap_err().to_string()
    }

    #[test]
    fn every_way_to_write_a_step_means_the_same() {
        assert_eq!(steps("$"), "");
        for same in ["$.order.id", "$['order']['id']", "$[\"order\"].id", "$.order[\"id\"]"] {
            assert_eq!(steps(same), "order|id", "{same}");
        }
        assert_eq!(steps("$.lines[0].items[12]"), "lines|#0|items|#12");
        assert_eq!(steps("$[0]"), "#0");
        assert_eq!(steps("$.größe._2"), "größe|_2");
    }

    #[test]
    fn a_name_in_quotes_may_have_anything_in_it() {
        assert_eq!(steps("$['idempotency-key']"), "idempotency-key");
        assert_eq!(steps("$['a.b[0]']"), "a.b[0]");
        assert_eq!(steps(r"$['it\'s']"), "it's");
        assert_eq!(steps(r#"$["\"\\"]"#), "\"\\");
        assert_eq!(steps("$['']"), "");
    }

    #[test]
    fn a_path_is_shown_in_one_way_and_reads_back_as_itself() {
        for (text, shown) in [
            ("$", "$"),
            ("$['order'][\"id\"]", "$.order.id"),
            ("$['idempotency-key']", "$['idempotency-key']"),
            (r#"$["it's"]"#, r"$['it\'s']"),
            ("$['1st'][1]", "$['1st'][1]"),
            ("$['']", "$['']"),
        ] {
            let path: JsonPath = text.parse().unwrap();
            assert_eq!(path.to_string(), shown);
            assert_eq!(shown.parse(), Ok(path));
        }
    }

    #[test]
    fn what_has_one_remedy_is_told_it() {
        for (text, message) in [
            ("id", "`id` does not begin with `$`, the whole document\nhelp: write `$.id`"),
            (
                "order.id",
                "`order.id` does not begin with `$`, the whole document\nhelp: write `$.order.id`",
            ),
            (".id", "`.id` does not begin with `$`, the whole document\nhelp: write `$.id`"),
            ("$id", "`i` of `$id` begins no step\nhelp: write `$.id`"),
            (
                "$.idempotency-key",
                "`-` of `$.idempotency-key` cannot stand in a name without quotes\nhelp: write `$['idempotency-key']`",
            ),
            (
                "$.headers.x-id.a",
                "`-` of `$.headers.x-id.a` cannot stand in a name without quotes\nhelp: write `$.headers['x-id'].a`",
            ),
            ("$.1st", "`1` of `$.1st` cannot begin a name without quotes\nhelp: write `$['1st']`"),
            ("$[id]", "the name in the brackets of `$[id]` has no quotes\nhelp: write `$.id`"),
            (
                "$[x-id]",
                "the name in the brackets of `$[x-id]` has no quotes\nhelp: write `$['x-id']`",
            ),
            ("$.id ", "`$.id ` has white space at an end\nhelp: write `$.id`"),
            ("$.", "`$.` ends where a name should stand\nhelp: write `$`"),
            ("$.a[", "`$.a[` ends within brackets"),
            ("$['a", "`$['a` ends within quotes"),
            ("$['a'", "`$['a'` ends within brackets\nhelp: write `$.a`"),
            (
                "",
                "the path is empty\nhelp: write `$` for the whole document, `$.id` for a field of it",
            ),
        ] {
            assert_eq!(refused(text), message);
        }
    }

    #[test]
    fn what_leads_to_no_one_place_is_refused() {
        for (text, why) in [
            ("$.*", "leads to several values"),
            ("$[*]", "leads to several values"),
            ("$..id", "leads to several values"),
            ("$[0:2]", "leads to several values"),
            ("$[0,1]", "leads to several values"),
            ("$['a','b']", "leads to several values"),
            ("$[?(@.a)]", "leads to several values"),
            ("$[-1]", "counts from the end"),
            ("$[]", "empty brackets"),
            ("$[4294967296]", "no list is that long"),
            ("$[01]", "begins with 0"),
            (r"$['\n']", "only a quote or a `\\` can follow a `\\`"),
            ("$.a b", "` ` of `$.a b` cannot stand in a name without quotes"),
            ("$(a)", "begins no step"),
        ] {
            let message = refused(text);
            assert!(message.contains(why), "{text}: {message}");
        }
    }

    #[test]
    fn every_remedy_is_a_path() {
        for text in ["id", "$id", "$.a-b", "$[a b]", "$.1", " $.a", "$.", "$['a'", "a-b", "[0]"] {
            let error = text.parse::<JsonPath>().unwrap_err();
            let better = error.replacement().unwrap_or_else(|| panic!("{text}: {error}"));
            assert!(better.parse::<JsonPath>().is_ok(), "{text}: {better}");
        }
    }
}
