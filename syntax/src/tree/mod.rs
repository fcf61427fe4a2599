//! The shape that all attributes share, before their meaning is known: arguments with or without a key, and
//! nested values. [`parse_args`] creates this tree from tokens. Arguments are read through [`Args::read_all`],
//! which reports the arguments that no reader asked for, so that no list of known keys can be out of date.

mod args;
mod location;
mod parse;
#[cfg(test)]
pub(crate) mod testing;
mod unreadable;

use proc_macro2::TokenStream;

pub use self::args::Args;
pub(crate) use self::args::report_not_a_flag;
pub use self::location::ArgLocation;
pub use self::parse::parse_args;
pub use crate::messages::FamiliarWords;

use crate::span::SourceSpan;

/// A key or a name in the arguments of an attribute, with its span.
#[derive(Debug, Clone)]
pub struct ArgKey {
    /// The text of the key.
    pub text: String,
    /// The span of the key.
    pub span: SourceSpan,
}

/// A value of an argument, with its span.
#[derive(Debug, Clone)]
pub struct ArgValue {
    /// The form and the content of the value.
    pub kind: ArgValueKind,
    /// The span of the value in the source code.
    pub span: SourceSpan,
}

/// The forms of a value in the arguments of an attribute.
#[derive(Debug, Clone)]
pub enum ArgValueKind {
    /// A string: `"text"`.
    Str(String),
    /// A whole number, also a negative one: `42`, `-1`.
    Int(i128),
    /// A number with a fraction: `0.5`.
    Float(f64),
    /// A boolean: `true`.
    Bool(bool),
    /// A path, such as `s3` or `crate::Uploads`: its segments, and its tokens as the user wrote them.
    Path(Vec<String>, TokenStream),
    /// A path with type arguments, such as `Page<Order>`: the last name of the path, and its tokens as the user wrote
    /// them.
    GenericType(String, TokenStream),
    /// A name with arguments in parentheses: `param("Name")`, `s3(bucket = Uploads)`.
    Call(ArgKey, Args),
    /// A list: `["a", "b"]`.
    List(Vec<ArgValue>),
    /// A map: `{ "a": 1 }`.
    Map(Vec<(ArgKey, ArgValue)>),
    /// What no setting takes, as the user wrote it: a character, a number with a suffix, an expression, a text without
    /// its quotes.
    Other(String),
}

impl ArgValue {
    /// Returns the noun with which messages name a value of this form.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.kind {
            ArgValueKind::Str(_) => "a string".to_owned(),
            ArgValueKind::Int(_) => "a number".to_owned(),
            ArgValueKind::Float(_) => "a number with a fraction".to_owned(),
            ArgValueKind::Bool(_) => "a boolean".to_owned(),
            ArgValueKind::Path(segments, _) => format!("`{}`", segments.join("::")),
            ArgValueKind::GenericType(name, _) => format!("`{name}<…>`"),
            ArgValueKind::Call(name, _) => format!("`{}(…)`", name.text),
            ArgValueKind::List(_) => "a list".to_owned(),
            ArgValueKind::Map(_) => "a map".to_owned(),
            ArgValueKind::Other(text) => format!("`{text}`"),
        }
    }

    /// Returns whether the value is a string.
    pub(crate) fn is_string(&self) -> bool {
        matches!(self.kind, ArgValueKind::Str(_))
    }

    /// Returns the word if the value is a single word, with or without quotes: `arm64` or `"arm64"`. Returns
    /// `None` for any other value.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            ArgValueKind::Str(text) => Some(text),
            ArgValueKind::Path(segments, _) => match segments.as_slice() {
                [one] => Some(one),
                _ => None,
            },
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::accepted;

    #[test]
    fn a_value_is_described_for_messages() {
        for (text, described) in [
            (r#""a""#, "a string"),
            ("1", "a number"),
            ("0.5", "a number with a fraction"),
            ("true", "a boolean"),
            ("a::b", "`a::b`"),
            ("a::B<C>", "`B<…>`"),
            ("call(1)", "`call(…)`"),
            ("[1]", "a list"),
            ("{ a: 1 }", "a map"),
            ("'c'", "`'c'`"),
        ] {
            assert_eq!(accepted(text, |value, _| Some(value.describe())), described, "{text}");
        }
    }

    #[test]
    fn a_word_can_be_in_quotes() {
        for (text, word) in [
            ("arm64", Some("arm64")),
            (r#""arm64""#, Some("arm64")),
            ("a::b", None),
            ("1", None),
            ("arm64()", None),
        ] {
            let found = accepted(text, |value, _| Some(value.word().map(str::to_owned)));
            assert_eq!(found.as_deref(), word, "{text}");
        }
    }
}
