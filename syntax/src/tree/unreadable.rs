//! Tokens that are no value of an attribute. An expression of Rust, or a text without its quotes, becomes a value of
//! the form [`ArgValueKind::Other`], so that the reader of the value can say what to write in its place. Other tokens
//! are a mistake in the shape of the arguments, which is reported here.

use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, TokenStream, TokenTree};

use super::ArgValueKind;
use crate::errors::Errors;
use crate::messages;
use crate::span::SourceSpan;

/// Returns a call whose parentheses contain a text without quotes, such as `rate(5 minutes)` or `cron(0 8 ? * MON *)`.
/// Returns `None` if they can contain arguments.
pub(super) fn find_unquoted_call(name: &Ident, group: &Group) -> Option<ArgValueKind> {
    let mut tokens = group.stream().into_iter();
    let is_text = match (tokens.next()?, tokens.next()?) {
        (TokenTree::Punct(first), _) => matches!(first.as_char(), '*' | '?'),
        (first @ TokenTree::Literal(_), TokenTree::Punct(second)) => {
            is_number(&first) && !matches!(second.as_char(), ',' | '=')
        }
        (first @ TokenTree::Literal(_), TokenTree::Ident(_) | TokenTree::Literal(_)) => {
            is_number(&first)
        }
        _ => false,
    };
    let is_call = group.delimiter() == Delimiter::Parenthesis;
    (is_call && is_text).then(|| ArgValueKind::Other(format!("{name}({})", show(group.stream()))))
}

/// Returns whether a literal is a text in the quotes of a character: `'3s'`. The compiler reports it.
pub(super) fn is_no_character(literal: &Literal) -> bool {
    let text = literal.to_string();
    let inner = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    inner.is_some_and(|inner| !inner.starts_with('\\') && inner.chars().count() > 1)
}

/// Returns tokens that are no value as a value of the form [`ArgValueKind::Other`]. If they are a mistake in the shape of
/// the arguments, reports it with the help for the most likely mistake, and returns `None`.
pub(super) fn read_unreadable(
    tokens: &[TokenTree],
    span: &SourceSpan,
    errors: &mut Errors,
) -> Option<ArgValueKind> {
    let message = match tokens {
        [TokenTree::Ident(key), colon, ..] if is_punct(colon, ':') => messages::equals_missing(key),
        [TokenTree::Ident(key), TokenTree::Literal(_), ..] => messages::equals_missing(key),
        _ if tokens.iter().any(|token| is_punct(token, '=')) => messages::comma_missing(),
        [TokenTree::Ident(name), TokenTree::Group(group)] if is_bracketed(group) => {
            messages::parentheses_for_arguments(name)
        }
        // A source as if it were a type: `s3<Uploads>`.
        [TokenTree::Ident(name), parameters @ ..]
            if is_lower_case(name) && is_enclosed_by_angles(parameters) =>
        {
            messages::parentheses_for_arguments(name)
        }
        [first, TokenTree::Ident(_), ..] if is_number(first) => return Some(other(tokens)),
        [TokenTree::Literal(_), TokenTree::Literal(_) | TokenTree::Ident(_)] => {
            messages::comma_missing()
        }
        _ if tokens.iter().any(|token| matches!(token, TokenTree::Punct(_))) => {
            return Some(other(tokens));
        }
        _ => messages::argument_expected(),
    };
    errors.push(span, message);
    None
}

fn other(tokens: &[TokenTree]) -> ArgValueKind {
    ArgValueKind::Other(show(tokens.iter().cloned().collect()))
}

/// Returns whether a token is this sign alone: `:`, but not the first half of `::`.
fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign && punct.spacing() == Spacing::Alone)
}

fn is_number(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Literal(literal) if literal.to_string().starts_with(|it: char| it.is_ascii_digit()))
}

fn is_bracketed(group: &Group) -> bool {
    matches!(group.delimiter(), Delimiter::Brace | Delimiter::Bracket)
}

fn is_lower_case(name: &Ident) -> bool {
    name.to_string().starts_with(|first: char| first.is_lowercase())
}

/// Returns whether tokens are `<…>` or `::<…>`.
fn is_enclosed_by_angles(tokens: &[TokenTree]) -> bool {
    let is_sign =
        |token: &TokenTree, sign| matches!(token, TokenTree::Punct(it) if it.as_char() == sign);
    let inner = match tokens {
        [first, second, rest @ ..] if is_sign(first, ':') && is_sign(second, ':') => rest,
        all => all,
    };
    matches!(inner, [open, .., close] if is_sign(open, '<') && is_sign(close, '>'))
}

/// Returns tokens as a user writes them. Both readings of the source show the same text: a token stream has other spaces
/// in the build step than in the macro.
fn show(tokens: TokenStream) -> String {
    const TIGHT: &str = "-/:#!.<>&,;";
    let is_tight =
        |token: &TokenTree| matches!(token, TokenTree::Punct(it) if TIGHT.contains(it.as_char()));
    let mut text = String::new();
    let mut previous: Option<TokenTree> = None;
    for token in tokens {
        let is_string = matches!(&token, TokenTree::Literal(it) if it.to_string().ends_with('"'));
        let is_spaced = previous.as_ref().is_some_and(|previous| {
            let is_call = matches!((previous, &token), (TokenTree::Ident(_), TokenTree::Group(_)));
            let after_comma = is_punct(previous, ',') && is_string;
            after_comma || !(is_tight(previous) || is_tight(&token) || is_call)
        });
        if is_spaced {
            text.push(' ');
        }
        match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.extend([open, show(group.stream()).as_str(), close]);
            }
            other => text.push_str(&other.to_string()),
        }
        previous = Some(token);
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::tree::ArgValueKind;
    use crate::tree::testing::{accepted, rejected};

    #[test]
    fn an_expression_is_shown_as_it_is_written() {
        for text in [
            "2 * 1024",
            "Duration::from_secs(30)",
            "std::env!(\"X\")",
            "concat!(\"a\", \"b\")",
            "-MEMORY",
            "&512",
            "size_of::<u8>()",
            "512 MB",
            "rate(5 minutes)",
            "cron(0/5 8 1,15 * ? *)",
            "cron(0 8 ? * MON-FRI,SUN *)",
            "cron(* * * * ? *)",
            "at(2027-01-01T10:00:00)",
        ] {
            let found = accepted(text, |value, _| match &value.kind {
                ArgValueKind::Other(text) => Some(text.clone()),
                other => panic!("{text}: {other:?}"),
            });
            assert_eq!(found, text);
        }
    }

    /// A token stream from text has no such literal, but a macro gets it from the compiler.
    #[test]
    fn a_text_in_the_quotes_of_a_character_is_left_to_the_compiler() {
        let character = |text: &str| text.parse::<proc_macro2::Literal>().unwrap();
        for text in ["'a'", "'\\n'", "'ö'", "\"ab\"", "3"] {
            assert!(!super::is_no_character(&character(text)), "{text}");
        }
    }

    #[test]
    fn a_mistake_in_the_shape_of_arguments_is_reported_with_the_most_likely_remedy() {
        for (text, help) in [
            ("a: b", "write `a = …`"),
            ("a \"b\"", "write `a = …`"),
            ("\"a\" \"b\"", "separate two arguments by a comma"),
            ("\"a\" b = 3", "separate two arguments by a comma"),
            ("s3 b = 3", "separate two arguments by a comma"),
            ("s3 { a: b }", "write `s3(…)`"),
            ("s3[a]", "write `s3(…)`"),
            ("s3<Uploads>", "write `s3(…)`"),
            ("s3::<Uploads>", "write `s3(…)`"),
        ] {
            let message = rejected(text, |value, _| -> Option<()> { panic!("{:?}", value.kind) });
            assert!(message.ends_with(&format!("help: {help}")), "{text}: {message}");
        }
    }
}
