//! A path to a value in a JSON document: `$.order.id`, `$.headers['idempotency-key']`. Takes the text that
//! the user wrote and returns a [`JsonPath`], which is a list of steps, or a [`JsonPathError`] that says what
//! to write instead.

pub(crate) mod error;
mod parse;

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

pub use error::JsonPathError;

/// A path to one value of a JSON document.
///
/// A JSON path is the subset of RFC 9535, "`JSONPath`", whose paths lead to one value: `$` for the whole
/// document, followed by `.name`, `['name']` or `["name"]` for a field and `[0]` for an item of a list. A name
/// in quotes can have any characters; a quote or a `\` in it is escaped by a `\`.
///
/// ```
/// use skylift_model::json_path::{JsonPath, JsonPathStep};
///
/// let path: JsonPath = "$.headers['idempotency-key']".parse()?;
/// assert_eq!(path.steps()[0], JsonPathStep::Field("headers".to_owned()));
/// assert_eq!(path.to_string(), "$.headers['idempotency-key']");
/// assert_eq!("$['order'].lines[0]".parse::<JsonPath>()?.to_string(), "$.order.lines[0]");
/// # Ok::<(), skylift_model::json_path::JsonPathError>(())
/// ```
///
/// # Errors
///
/// Parsing refuses a text that does not begin with `$`, and everything that can lead to several values or
/// that counts from the end of a list: wildcards, slices, filters, `..`, negative indexes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct JsonPath(Vec<JsonPathStep>);

/// One step of a JSON path, from a value to a value within it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum JsonPathStep {
    /// A step to the field of an object with this name.
    Field(String),
    /// A step to the item of a list with this index, counted from 0.
    Index(u32),
}

impl JsonPath {
    /// Returns the steps of the path, beginning at the whole document. The path to the document itself has no
    /// steps.
    #[must_use]
    pub fn steps(&self) -> &[JsonPathStep] {
        &self.0
    }
}

/// Returns whether a name can follow a dot in a path without quotes.
fn is_plain(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(|it| parse::is_name_char(it) && !it.is_ascii_digit());
    first && letters.all(parse::is_name_char)
}

impl fmt::Display for JsonPathStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) if is_plain(name) => write!(f, ".{name}"),
            Self::Field(name) => {
                write!(f, "['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
            }
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// Writes the path in its canonical form, in which only the names that need quotes have quotes.
impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.0.iter().try_for_each(|step| step.fmt(f))
    }
}

impl FromStr for JsonPath {
    type Err = JsonPathError;

    fn from_str(text: &str) -> Result<Self, JsonPathError> {
        parse::parse_steps(text).map(Self)
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
            JsonPathStep::Field(name) => name.clone(),
            JsonPathStep::Index(index) => format!("#{index}"),
        });
        steps.collect::<Vec<_>>().join("|")
    }

    fn refused(text: &str) -> String {
        text.parse::<JsonPath>().unwrap_err().to_string()
    }

    #[test]
    fn all_notations_of_a_step_mean_the_same() {
        assert_eq!(steps("$"), "");
        for same in ["$.order.id", "$['order']['id']", "$[\"order\"].id", "$.order[\"id\"]"] {
            assert_eq!(steps(same), "order|id", "{same}");
        }
        assert_eq!(steps("$.lines[0].items[12]"), "lines|#0|items|#12");
        assert_eq!(steps("$[0]"), "#0");
        assert_eq!(steps("$.größe._2"), "größe|_2");
    }

    #[test]
    fn a_name_in_quotes_can_have_any_characters() {
        assert_eq!(steps("$['idempotency-key']"), "idempotency-key");
        assert_eq!(steps("$['a.b[0]']"), "a.b[0]");
        assert_eq!(steps(r"$['it\'s']"), "it's");
        assert_eq!(steps(r#"$["\"\\"]"#), "\"\\");
        assert_eq!(steps("$['']"), "");
    }

    #[test]
    fn a_path_is_displayed_in_its_canonical_form_which_parses_to_the_same_path() {
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
    fn an_error_with_one_correction_has_it() {
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
                "`-` of `$.idempotency-key` cannot be in a name without quotes\nhelp: write `$['idempotency-key']`",
            ),
            (
                "$.headers.x-id.a",
                "`-` of `$.headers.x-id.a` cannot be in a name without quotes\nhelp: write `$.headers['x-id'].a`",
            ),
            ("$.1st", "`1` of `$.1st` cannot begin a name without quotes\nhelp: write `$['1st']`"),
            ("$[id]", "the name in the brackets of `$[id]` has no quotes\nhelp: write `$.id`"),
            (
                "$[x-id]",
                "the name in the brackets of `$[x-id]` has no quotes\nhelp: write `$['x-id']`",
            ),
            ("$.id ", "`$.id ` has white space at an end\nhelp: write `$.id`"),
            ("$.", "`$.` ends where a name is expected\nhelp: write `$`"),
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
    fn a_path_that_does_not_lead_to_one_value_is_refused() {
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
            ("$.a b", "` ` of `$.a b` cannot be in a name without quotes"),
            ("$(a)", "begins no step"),
        ] {
            let message = refused(text);
            assert!(message.contains(why), "{text}: {message}");
        }
    }

    #[test]
    fn every_replacement_is_a_path() {
        for text in ["id", "$id", "$.a-b", "$[a b]", "$.1", " $.a", "$.", "$['a'", "a-b", "[0]"] {
            let error = text.parse::<JsonPath>().unwrap_err();
            let better = error.replacement().unwrap_or_else(|| panic!("{text}: {error}"));
            assert!(better.parse::<JsonPath>().is_ok(), "{text}: {better}");
        }
    }
}
