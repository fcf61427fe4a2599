//! The parser of an attribute's tokens. Takes any tokens and returns the tree: tokens without a meaning are
//! reported at their span, and parsing continues after the next comma.

use proc_macro2::{Delimiter, Group, Literal, Spacing, TokenStream, TokenTree};

use super::unreadable::{find_unquoted_call, is_no_character, read_unreadable};
use super::{ArgKey, ArgValue, ArgValueKind, Args};
use crate::errors::Errors;
use crate::messages;
use crate::span::SourceSpan;

/// The maximum depth of nested values that is parsed. Attributes nest a few levels; deeper input could only
/// overflow the stack.
const MAX_DEPTH: usize = 64;

/// Parses the tokens between the parentheses of an attribute.
pub fn parse_args(tokens: TokenStream, errors: &mut Errors) -> Args {
    let span = SourceSpan::from_tokens(&tokens);
    parse_nested_args(tokens, span, MAX_DEPTH, errors)
}

/// Parses the tokens between parentheses. `span` is the span of these tokens, and `depth` is how many more
/// levels can be nested.
fn parse_nested_args(
    tokens: TokenStream,
    span: SourceSpan,
    depth: usize,
    errors: &mut Errors,
) -> Args {
    let mut args = Args::empty(span);
    for part in split_at_commas(tokens, errors) {
        let (key, rest) = match part.as_slice() {
            [name, TokenTree::Punct(equals), rest @ ..]
                if equals.as_char() == '=' && parse_key_text(name).is_some() =>
            {
                let text = parse_key_text(name).unwrap_or_default();
                let key = ArgKey { text, span: SourceSpan::from_token(name.span()) };
                if rest.is_empty() {
                    let span = key.span.join(&SourceSpan::from_token(equals.span()));
                    errors.push(&span, messages::value_missing_after_equals(&key.text));
                    args.push_broken(key.text);
                    continue;
                }
                (Some(key), rest)
            }
            all => (None, all),
        };
        match (parse_value(rest, depth, errors), key, rest) {
            (Some(value), key, _) => args.push(key, value),
            (None, Some(key), _) => args.push_broken(key.text),
            (None, None, [name @ TokenTree::Ident(_), ..]) => {
                args.push_broken(parse_key_text(name).unwrap_or_default());
            }
            (None, None, _) => {}
        }
    }
    args
}

/// Splits tokens at their commas, except those between the type arguments of a path. An empty part between two commas is an error; nothing has to follow the last
/// comma.
fn split_at_commas(tokens: TokenStream, errors: &mut Errors) -> Vec<Vec<TokenTree>> {
    let mut parts = Vec::new();
    let mut part: Vec<TokenTree> = Vec::new();
    let mut open = 0_usize;
    for token in tokens {
        open = match (&token, part.last()) {
            (TokenTree::Punct(punct), Some(TokenTree::Ident(_))) if punct.as_char() == '<' => {
                open + 1
            }
            (TokenTree::Punct(punct), _) if punct.as_char() == '>' => open.saturating_sub(1),
            _ => open,
        };
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' && open == 0 => {
                if part.is_empty() {
                    let span = SourceSpan::from_token(comma.span());
                    errors.push(&span, messages::argument_missing_before_comma());
                } else {
                    parts.push(std::mem::take(&mut part));
                }
            }
            _ => part.push(token),
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Parses one value. `depth` is how many more levels can be nested. Returns `None` after an error was recorded.
fn parse_value(tokens: &[TokenTree], depth: usize, errors: &mut Errors) -> Option<ArgValue> {
    let span = SourceSpan::from_slice(tokens);
    if depth == 0 {
        errors.push(&span, messages::nested_too_deeply());
        return None;
    }
    let kind = match tokens {
        [TokenTree::Literal(literal)] if is_no_character(literal) => {
            errors.push_reported_by_compiler();
            return None;
        }
        [TokenTree::Literal(literal)] => parse_literal(literal, false),
        [TokenTree::Punct(minus), TokenTree::Literal(literal)] if minus.as_char() == '-' => {
            parse_literal(literal, true)
        }
        [TokenTree::Ident(ident)] if ident == "true" => ArgValueKind::Bool(true),
        [TokenTree::Ident(ident)] if ident == "false" => ArgValueKind::Bool(false),
        [TokenTree::Ident(name), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::Parenthesis =>
        {
            find_unquoted_call(name, group).unwrap_or_else(|| {
                let name = ArgKey {
                    text: strip_raw_prefix(&name.to_string()),
                    span: SourceSpan::from_token(name.span()),
                };
                let args = parse_nested_args(group.stream(), span_inside(group), depth - 1, errors);
                ArgValueKind::Call(name, args)
            })
        }
        [TokenTree::Group(group)] => match group.delimiter() {
            Delimiter::Bracket => ArgValueKind::List(parse_list(group, depth, errors)),
            Delimiter::Brace => {
                let entries = parse_map(group, depth, errors);
                // What is in the braces is not an entry, and has its error.
                if entries.is_empty() && !group.stream().is_empty() {
                    return None;
                }
                ArgValueKind::Map(entries)
            }
            // A fragment that a `macro_rules!` passes on is a group without delimiters.
            Delimiter::None => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                return parse_value(&inner, depth - 1, errors);
            }
            Delimiter::Parenthesis => {
                errors.push(&span, messages::parentheses_are_no_value());
                return None;
            }
        },
        _ => match parse_path(tokens) {
            Some(segments) => ArgValueKind::Path(segments, tokens.iter().cloned().collect()),
            None => match parse_generic_type(tokens) {
                Some(kind) => kind,
                None => read_unreadable(tokens, &span, errors)?,
            },
        },
    };
    Some(ArgValue { kind, span })
}

/// Returns the span of the content of a group, or of the group itself if the group is empty.
fn span_inside(group: &Group) -> SourceSpan {
    if group.stream().is_empty() {
        SourceSpan::from_token(group.span())
    } else {
        SourceSpan::from_tokens(&group.stream())
    }
}

/// Parses the items of a list in brackets.
fn parse_list(group: &Group, depth: usize, errors: &mut Errors) -> Vec<ArgValue> {
    let parts = split_at_commas(group.stream(), errors);
    parts.iter().filter_map(|part| parse_value(part, depth - 1, errors)).collect()
}

/// Parses the entries of a map in braces.
fn parse_map(group: &Group, depth: usize, errors: &mut Errors) -> Vec<(ArgKey, ArgValue)> {
    let mut entries: Vec<(ArgKey, ArgValue)> = Vec::new();
    for part in split_at_commas(group.stream(), errors) {
        let (name, rest) = match part.as_slice() {
            [name, TokenTree::Punct(sign), rest @ ..]
                if matches!(sign.as_char(), ':' | '=')
                    && sign.spacing() == Spacing::Alone
                    && !rest.is_empty() =>
            {
                (name, rest)
            }
            _ => {
                errors.push(&SourceSpan::from_slice(&part), messages::map_entry_expected());
                continue;
            }
        };
        let span = SourceSpan::from_token(name.span());
        let Some(text) = parse_key_text(name) else {
            errors.push(&span, messages::map_key_not_a_string());
            continue;
        };
        if entries.iter().any(|(known, _)| known.text == text) {
            errors.push(&span, messages::set_twice(&text));
        } else if let Some(value) = parse_value(rest, depth - 1, errors) {
            entries.push((ArgKey { text, span }, value));
        }
    }
    entries
}

/// Returns the text of the token before `=` or `:`, which is a word or any text in quotes: the key of a tag may
/// need quotes. Returns `None` for any other token.
fn parse_key_text(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(strip_raw_prefix(&ident.to_string())),
        TokenTree::Literal(literal) => match parse_literal(literal, false) {
            ArgValueKind::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Parses a literal. `negative` is whether a minus sign is before the literal.
fn parse_literal(literal: &Literal, negative: bool) -> ArgValueKind {
    let other = || ArgValueKind::Other(format!("{}{literal}", if negative { "-" } else { "" }));
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) if !negative => ArgValueKind::Str(text.value()),
        // A suffix would be lost: `512MB` is not 512.
        syn::Lit::Int(number) if !number.suffix().is_empty() => other(),
        syn::Lit::Int(number) => match number.base10_parse::<i128>() {
            Ok(number) => ArgValueKind::Int(if negative { -number } else { number }),
            Err(_) => other(),
        },
        syn::Lit::Float(number) => match number.base10_parse::<f64>() {
            Ok(number) if number.is_finite() => {
                ArgValueKind::Float(if negative { -number } else { number })
            }
            _ => other(),
        },
        _ => other(),
    }
}

/// Parses a path such as `crate::res::Uploads` into its segments. Returns `None` if the tokens are not a path.
fn parse_path(tokens: &[TokenTree]) -> Option<Vec<String>> {
    let mut segments = Vec::new();
    let mut rest = tokens;
    if let [TokenTree::Punct(first), TokenTree::Punct(second), after @ ..] = rest
        && (first.as_char(), second.as_char()) == (':', ':')
    {
        rest = after;
    }
    loop {
        let [TokenTree::Ident(ident), after @ ..] = rest else { return None };
        segments.push(strip_raw_prefix(&ident.to_string()));
        match after {
            [] => return Some(segments),
            [TokenTree::Punct(first), TokenTree::Punct(second), after @ ..]
                if (first.as_char(), second.as_char()) == (':', ':') =>
            {
                rest = after;
            }
            _ => return None,
        }
    }
}

/// Parses a path with type arguments, such as `crate::Page<Order>`. Returns `None` for any other tokens.
fn parse_generic_type(tokens: &[TokenTree]) -> Option<ArgValueKind> {
    let tokens: TokenStream = tokens.iter().cloned().collect();
    let Ok(syn::Type::Path(path)) = syn::parse2(tokens.clone()) else { return None };
    let last = path.path.segments.last().filter(|_| path.qself.is_none())?;
    let has_arguments = matches!(&last.arguments, syn::PathArguments::AngleBracketed(_));
    let name = strip_raw_prefix(&last.ident.to_string());
    let is_type = name.starts_with(|first: char| first.is_uppercase());
    (has_arguments && is_type).then_some(ArgValueKind::GenericType(name, tokens))
}

/// Returns an identifier without `r#` at its start.
fn strip_raw_prefix(ident: &str) -> String {
    ident.strip_prefix("r#").unwrap_or(ident).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Args, Vec<String>) {
        let mut errors = Errors::new();
        let args = parse_args(text.parse().unwrap(), &mut errors);
        (args, errors.into_diagnostics().iter().map(|message| message.full()).collect())
    }

    fn wrong(text: &str) -> Vec<String> {
        read(text).1
    }

    /// Parses the value of `a` in `a = …`, or returns the errors about it.
    fn value(text: &str) -> Result<ArgValueKind, Vec<String>> {
        let (args, errors) = read(&format!("a = {text}"));
        let value = args.take("a", |value, _| Some(value.kind.clone()), &mut Errors::new());
        value.filter(|_| errors.is_empty()).ok_or(errors)
    }

    /// Formats a value for comparison.
    fn shown(kind: &ArgValueKind) -> String {
        match kind {
            ArgValueKind::Str(text) => format!("{text:?}"),
            ArgValueKind::Int(number) => number.to_string(),
            ArgValueKind::Float(number) => format!("{number:?}"),
            ArgValueKind::Bool(truth) => truth.to_string(),
            ArgValueKind::Path(segments, tokens) => {
                format!("{} as {}", segments.join("/"), tokens.to_string().replace(' ', ""))
            }
            ArgValueKind::GenericType(name, tokens) => {
                format!("{name} of {}", tokens.to_string().replace(' ', ""))
            }
            ArgValueKind::Call(name, args) => {
                let inner = args.take_keyless();
                let inner: Vec<String> = inner.iter().map(|it| shown(&it.kind)).collect();
                let keys: Vec<&str> = args.take_keys().iter().map(|it| it.text.as_str()).collect();
                format!("{}({}; {})", name.text, inner.join(", "), keys.join(", "))
            }
            ArgValueKind::List(items) => {
                let items: Vec<String> = items.iter().map(|it| shown(&it.kind)).collect();
                format!("[{}]", items.join(", "))
            }
            ArgValueKind::Map(entries) => {
                let entries =
                    entries.iter().map(|(key, it)| format!("{}: {}", key.text, shown(&it.kind)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            ArgValueKind::Other(text) => format!("other {text}"),
        }
    }

    #[test]
    fn every_form_of_a_value_is_read() {
        for (text, form) in [
            (r#""text""#, r#""text""#),
            (r##"r#"raw"#"##, r#""raw""#),
            ("42", "42"),
            ("-3", "-3"),
            ("1_000", "1000"),
            ("0x1F", "31"),
            ("0.5", "0.5"),
            ("-0.5", "-0.5"),
            ("1e3", "1000.0"),
            ("true", "true"),
            ("false", "false"),
            ("word", "word as word"),
            ("r#type", "type as r#type"),
            ("crate::res::Uploads", "crate/res/Uploads as crate::res::Uploads"),
            ("::a::b", "a/b as ::a::b"),
            ("call()", "call(; )"),
            (r#"call("x", b = 1, c)"#, r#"call("x", c as c; b)"#),
            ("r#try(1)", "try(1; )"),
            (r#"[1, "b", [x]]"#, r#"[1, "b", [x as x]]"#),
            ("[1,]", "[1]"),
            ("[]", "[]"),
            (r#"{ "k": { j: 1 }, l = 2, r#m: 3 }"#, "{k: {j: 1}, l: 2, m: 3}"),
            ("{}", "{}"),
            ("Vec<u8>", "Vec of Vec<u8>"),
            ("a::Map<String, Vec<u8>>", "Map of a::Map<String,Vec<u8>>"),
            ("'c'", "other 'c'"),
            (r#"b"bytes""#, r#"other b"bytes""#),
            // A suffix would be lost.
            ("512MB", "other 512MB"),
            ("-1u8", "other -1u8"),
            ("-\"x\"", "other -\"x\""),
            (
                "999999999999999999999999999999999999999999",
                "other 999999999999999999999999999999999999999999",
            ),
            ("1e999", "other 1e999"),
        ] {
            let found = value(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
            assert_eq!(shown(&found), form, "{text}");
        }
    }

    #[test]
    fn a_key_is_a_word_or_a_string() {
        let (args, errors) = read(r#"a = 1, r#type = 2, "team:name" = 3, flag, call(), "text", 5"#);
        assert_eq!(errors, [""; 0]);
        let keys: Vec<&str> = args.take_keys().iter().map(|key| key.text.as_str()).collect();
        assert_eq!(keys, ["a", "type", "team:name"]);
        assert_eq!(args.take_keyless().len(), 4);
    }

    #[test]
    fn unreadable_tokens_are_rejected_with_help() {
        let expected = "expected `key = value`, a string, a number or a name";
        for (text, help) in [
            ("b: 2", Some("write `b = …`")),
            ("b \"x\"", Some("write `b = …`")),
            ("1 2", Some("separate two arguments by a comma")),
            ("\"a\" \"b\"", Some("separate two arguments by a comma")),
            ("x y", None),
            ("a:b", Some("write `a = …`")),
        ] {
            let help = help.map(|help| format!("\n\nhelp: {help}")).unwrap_or_default();
            assert_eq!(wrong(text), [format!("{expected}{help}")], "{text}");
        }
        assert_eq!(wrong("(1)"), ["expected a value, found parentheses"]);
        assert_eq!(wrong("a ="), ["`a` needs a value after the `=`"]);
    }

    #[test]
    fn an_argument_has_to_precede_each_comma() {
        assert_eq!(wrong("a = 1,"), [""; 0]);
        for (text, count) in [(",", 1), ("a, , b", 1), (",,", 2), ("[1, , 2]", 1), ("a(,)", 1)] {
            let message = "expected an argument before this comma".to_owned();
            assert_eq!(wrong(text), vec![message; count], "{text}");
        }
    }

    #[test]
    fn a_map_has_each_key_once_with_a_value() {
        for (text, message) in [
            (r#"{ "a": 1, "a": 2 }"#, "`a` is set twice"),
            (r#"{ "a" }"#, "expected `\"key\": value`"),
            (r#"{ "a": }"#, "expected `\"key\": value`"),
            (r#"{ "a" -> 1 }"#, "expected `\"key\": value`"),
            ("{ a::b }", "expected `\"key\": value`"),
            ("{ 3: 1 }", "a key of a map is a string"),
        ] {
            assert_eq!(value(text).unwrap_err(), [message], "{text}");
        }
    }

    #[test]
    fn an_error_in_one_argument_does_not_hide_the_next_one() {
        let (args, errors) = read(r#"a = , b: 2, c = "kept", 1 2, , d = x y"#);
        assert_eq!(errors.len(), 5, "{errors:?}");
        assert!(args.has_key("c"));
    }

    #[test]
    fn nesting_is_limited() {
        for (open, close) in [("[", "]"), ("f(", ")"), ("{ a: ", " }")] {
            let nested = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert!(value(&nested(MAX_DEPTH - 1)).is_ok(), "{open}");
            assert_eq!(
                value(&nested(MAX_DEPTH)).unwrap_err(),
                ["this is nested too deeply"],
                "{open}"
            );
        }
        let text = format!("a = {}{}", "[".repeat(1000), "]".repeat(1000));
        assert_eq!(wrong(&text), ["this is nested too deeply"]);
    }

    #[test]
    fn a_fragment_that_a_macro_passes_on_is_read() {
        let group = |inner: &str| {
            let group = Group::new(Delimiter::None, inner.parse().unwrap());
            let mut tokens: TokenStream = "a =".parse().unwrap();
            tokens.extend([TokenTree::from(group)]);
            tokens
        };
        let mut errors = Errors::new();
        for (inner, form) in [("3", "3"), ("a::b", "a/b as a::b"), ("-1", "-1")] {
            let args = parse_args(group(inner), &mut errors);
            let found = args.take("a", |it, _| Some(shown(&it.kind)), &mut Errors::new()).unwrap();
            assert_eq!(found, form);
        }
        assert!(errors.into_diagnostics().is_empty());
    }
}
