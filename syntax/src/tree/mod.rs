//! The shape that all attributes have, before anything is known of their meaning: arguments, with
//! or without a key, and values that nest. The arguments are read through [`Args::read`], which reports
//! what was not asked for, so that there is no list of known keys that could grow stale.

mod args;
mod parse;
mod spot;
#[cfg(test)]
pub(crate) mod testing;

use proc_macro2::TokenStream;

pub use self::args::Args;
pub(crate) use self::args::no_flag;
pub use self::parse::parse;
pub use self::spot::Spot;

use crate::place::Place;

/// A key or a name, and where it stands.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A value of an argument.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub place: Place,
}

/// What a value can be.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `"text"`.
    Str(String),
    /// `42`, also `-1`.
    Int(i128),
    /// `0.5`.
    Float(f64),
    /// `true`.
    Bool(bool),
    /// `s3`, `crate::Uploads`: its segments, and its tokens as they stand.
    Path(Vec<String>, TokenStream),
    /// `param("Name")`, `s3(bucket = Uploads)`.
    Call(Key, Args),
    /// `["a", "b"]`.
    List(Vec<Value>),
    /// `{ "a": 1 }`.
    Map(Vec<(Key, Value)>),
    /// A literal that no setting takes, as it was written: a character, a number with a suffix.
    Other(String),
}

impl Value {
    /// What kind of value it is, for messages.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::Str(_) => "a string".to_owned(),
            Kind::Int(_) => "a number".to_owned(),
            Kind::Float(_) => "a number with a fraction".to_owned(),
            Kind::Bool(_) => "a truth value".to_owned(),
            Kind::Path(segments, _) => format!("`{}`", segments.join("::")),
            Kind::Call(name, _) => format!("`{}(…)`", name.text),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a map".to_owned(),
            Kind::Other(text) => format!("`{text}`"),
        }
    }

    /// The word that it is, where it is one: `arm64`, `"arm64"`.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Str(text) => Some(text),
            Kind::Path(segments, _) => match segments.as_slice() {
                [one] => Some(one),
                _ => None,
            },
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::right;

    #[test]
    fn a_value_is_described_for_messages() {
        for (text, described) in [
            (r#""a""#, "a string"),
            ("1", "a number"),
            ("0.5", "a number with a fraction"),
            ("true", "a truth value"),
            ("a::b", "`a::b`"),
            ("call(1)", "`call(…)`"),
            ("[1]", "a list"),
            ("{ a: 1 }", "a map"),
            ("'c'", "`'c'`"),
        ] {
            assert_eq!(right(text, |value, _| Some(value.describe())), described, "{text}");
        }
    }

    #[test]
    fn a_word_stands_alone_or_in_quotes() {
        for (text, word) in [
            ("arm64", Some("arm64")),
            (r#""arm64""#, Some("arm64")),
            ("a::b", None),
            ("1", None),
            ("arm64()", None),
        ] {
            let found = right(text, |value, _| Some(value.word().map(str::to_owned)));
            assert_eq!(found.as_deref(), word, "{text}");
        }
    }
}
