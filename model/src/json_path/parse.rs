//! The parser of JSON paths. Takes the whole text and returns its steps, or the error at the first mistake.
//! If the intended path is clear, the error has the corrected text.

use super::error::{JsonPathError, JsonPathErrorKind};
use super::{JsonPath, JsonPathStep};

/// Returns whether a letter can be in the name of a path without quotes: RFC 9535, `name-char`.
pub(super) fn is_name_char(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || !letter.is_ascii()
}

/// The result of parsing one step of a path: the step with the length of its text in bytes, or the mistake with
/// the corrected rest of the path, if there is one way to correct it.
type Parsed = Result<(JsonPathStep, usize), (JsonPathErrorKind, Option<String>)>;

/// Parses a JSON path into its steps.
pub(super) fn parse_steps(text: &str) -> Result<Vec<JsonPathStep>, JsonPathError> {
    // A corrected text that does not parse has a second mistake, and is not offered.
    let fail = |kind, replacement: Option<String>| {
        let better = replacement.filter(|better| better.parse::<JsonPath>().is_ok());
        Err(JsonPathError::new(text, kind, better))
    };
    if text.is_empty() {
        return fail(JsonPathErrorKind::Empty, None);
    }
    if text.trim() != text {
        return fail(JsonPathErrorKind::Space, Some(text.trim().to_owned()));
    }
    let Some(mut rest) = text.strip_prefix('$') else {
        let begins_a_step = text.starts_with(['.', '[']);
        let dotted = if begins_a_step { format!("${text}") } else { format!("$.{text}") };
        let quoted = || JsonPath(vec![JsonPathStep::Field(text.to_owned())]).to_string();
        let simple = !text.contains(['.', '[', '\'', '"', '*']);
        return fail(JsonPathErrorKind::NoRoot, Some(if simple { quoted() } else { dotted }));
    };
    let mut steps = Vec::new();
    while let Some(first) = rest.chars().next() {
        let parsed = match first {
            '.' => parse_dotted(&rest[1..]).map(|(step, length)| (step, length + 1)),
            '[' => parse_bracketed(&rest[1..]).map(|(step, length)| (step, length + 1)),
            '*' => Err((JsonPathErrorKind::Several, None)),
            other => Err((JsonPathErrorKind::NoStep(other), Some(format!(".{rest}")))),
        };
        match parsed {
            Ok((step, length)) => {
                steps.push(step);
                rest = &rest[length..];
            }
            Err((kind, better)) => {
                let before = JsonPath(steps).to_string();
                return fail(kind, better.map(|better| format!("{before}{better}")));
            }
        }
    }
    Ok(steps)
}

/// Parses the text after a dot of a JSON path.
fn parse_dotted(rest: &str) -> Parsed {
    let length = rest.len() - rest.trim_start_matches(is_name_char).len();
    let (name, after) = rest.split_at(length);
    let stop = after.chars().next();
    if name.is_empty() && matches!(stop, Some('.' | '*')) {
        return Err((JsonPathErrorKind::Several, None));
    }
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    let whole = &rest[..end];
    let quoted = || {
        (!whole.is_empty())
            .then(|| format!("{}{}", JsonPathStep::Field(whole.to_owned()), &rest[end..]))
    };
    match (name.chars().next(), stop) {
        (Some(first), _) if first.is_ascii_digit() => {
            Err((JsonPathErrorKind::BeginsName(first), quoted()))
        }
        (None, None) => Err((JsonPathErrorKind::NoName, Some(String::new()))),
        (None, Some('[')) => Err((JsonPathErrorKind::NoName, Some(rest.to_owned()))),
        (None, Some(other)) => Err((JsonPathErrorKind::BeginsName(other), quoted())),
        (Some(_), Some(other)) if other != '.' && other != '[' => {
            Err((JsonPathErrorKind::InName(other), quoted()))
        }
        _ => Ok((JsonPathStep::Field(name.to_owned()), length)),
    }
}

/// Parses the text after an opening bracket of a JSON path.
fn parse_bracketed(rest: &str) -> Parsed {
    let first = rest.chars().next().ok_or((JsonPathErrorKind::InBrackets, None))?;
    let (step, length) = match first {
        '\'' | '"' => parse_quoted(rest, first)?,
        _ => parse_index(rest)?,
    };
    match rest[length..].chars().next() {
        Some(']') => Ok((step, length + 1)),
        Some(_) => Err((JsonPathErrorKind::Several, None)),
        None => Err((JsonPathErrorKind::InBrackets, Some(step.to_string()))),
    }
}

/// Parses a name in quotes inside the brackets of a JSON path.
fn parse_quoted(rest: &str, quote: char) -> Parsed {
    let mut name = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some((_, escaped @ ('\'' | '"' | '\\'))) => name.push(escaped),
                Some(_) => return Err((JsonPathErrorKind::Escape, None)),
                None => break,
            },
            letter if letter == quote => return Ok((JsonPathStep::Field(name), at + 1)),
            letter => name.push(letter),
        }
    }
    Err((JsonPathErrorKind::InQuotes, None))
}

/// Parses an index inside the brackets of a JSON path. Nothing else can be in brackets without quotes.
fn parse_index(rest: &str) -> Parsed {
    let (inner, after) = rest.split_once(']').unwrap_or((rest, ""));
    let is_number = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    match inner {
        "" => Err((JsonPathErrorKind::NothingInBrackets, None)),
        _ if is_number(inner) => match inner.parse() {
            Ok(_) if inner.len() > 1 && inner.starts_with('0') => {
                Err((JsonPathErrorKind::LeadingZero, None))
            }
            Ok(index) => Ok((JsonPathStep::Index(index), inner.len())),
            Err(_) => Err((JsonPathErrorKind::TooLarge, None)),
        },
        _ if inner.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && is_number(rest)) => {
            Err((JsonPathErrorKind::FromTheEnd, None))
        }
        _ if inner.contains(['*', ':', ',', '?', '@']) => Err((JsonPathErrorKind::Several, None)),
        name => Err((
            JsonPathErrorKind::NoQuotes,
            Some(format!("{}{after}", JsonPathStep::Field(name.to_owned()))),
        )),
    }
}
