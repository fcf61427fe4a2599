//! From tokens to the tree. Any tokens are taken: what has no meaning is reported at its place, and
//! reading goes on after the next comma.

use proc_macro2::{Delimiter, Group, Literal, Spacing, TokenStream, TokenTree};

use super::{Args, Key, Kind, Value};
use crate::errors::Errors;
use crate::place::Place;

/// Attributes nest a few levels; what goes deeper than this is no attribute but an attack on the stack.
const DEPTH: usize = 64;

/// Reads the tokens between an attribute's parentheses.
pub fn parse(tokens: TokenStream, errors: &mut Errors) -> Args {
    let place = Place::of_tokens(&tokens);
    args(tokens, place, DEPTH, errors)
}

fn args(tokens: TokenStream, place: Place, depth: usize, errors: &mut Errors) -> Args {
    let mut args = Args::empty(place);
    for part in split(tokens, errors) {
        let (key, rest) = match part.as_slice() {
            [name, TokenTree::Punct(equals), rest @ ..]
                if equals.as_char() == '=' && key_text(name).is_some() =>
            {
                let text = key_text(name).unwrap_or_default();
                let key = Key { text, place: Place::of(name.span()) };
                if rest.is_empty() {
                    let place = key.place.to(&Place::of(equals.span()));
                    errors.push(&place, format!("`{}` needs a value after the `=`", key.text));
                    continue;
                }
                (Some(key), rest)
            }
            all => (None, all),
        };
        if let Some(value) = value(rest, depth, errors) {
            args.push(key, value);
        }
    }
    args
}

/// The runs of tokens between commas. An empty one is an error, save after the last comma.
fn split(tokens: TokenStream, errors: &mut Errors) -> Vec<Vec<TokenTree>> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if part.is_empty() {
                    errors.push(&Place::of(comma.span()), "expected an argument before this comma");
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

fn value(tokens: &[TokenTree], depth: usize, errors: &mut Errors) -> Option<Value> {
    let place = Place::of_slice(tokens);
    if depth == 0 {
        errors.push(&place, "this is nested too deeply");
        return None;
    }
    let kind = match tokens {
        [TokenTree::Literal(literal)] => lit(literal, false),
        [TokenTree::Punct(minus), TokenTree::Literal(literal)] if minus.as_char() == '-' => {
            lit(literal, true)
        }
        [TokenTree::Ident(ident)] if ident == "true" => Kind::Bool(true),
        [TokenTree::Ident(ident)] if ident == "false" => Kind::Bool(false),
        [TokenTree::Ident(name), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::Parenthesis =>
        {
            let name = Key { text: unraw(&name.to_string()), place: Place::of(name.span()) };
            Kind::Call(name, args(group.stream(), inside(group), depth - 1, errors))
        }
        [TokenTree::Group(group)] => match group.delimiter() {
            Delimiter::Bracket => Kind::List(list(group, depth, errors)),
            Delimiter::Brace => Kind::Map(map(group, depth, errors)),
            // What a `macro_rules!` passes on as a fragment comes in a group without delimiters.
            Delimiter::None => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                return value(&inner, depth - 1, errors);
            }
            Delimiter::Parenthesis => {
                errors.push(&place, "expected a value, found parentheses");
                return None;
            }
        },
        _ => match path(tokens) {
            Some(segments) => Kind::Path(segments, tokens.iter().cloned().collect()),
            None => {
                unreadable(tokens, &place, errors);
                return None;
            }
        },
    };
    Some(Value { kind, place })
}

fn unreadable(tokens: &[TokenTree], place: &Place, errors: &mut Errors) {
    let colon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
    let message = errors.push(place, "expected `key = value`, a string, a number or a name");
    match tokens {
        [TokenTree::Ident(key), punct, ..] if colon(punct) => {
            message.help(format!("write `{key} = …`"));
        }
        [TokenTree::Ident(key), TokenTree::Literal(_), ..] => {
            message.help(format!("write `{key} = …`"));
        }
        [_, TokenTree::Punct(angle), ..] if angle.as_char() == '<' => {
            message.help("give a type with parameters a name: `type Lines = Vec<Line>;`");
        }
        [first, second, ..] if matches!(first, TokenTree::Literal(_)) && !colon(second) => {
            message.help("separate two arguments by a comma");
        }
        _ => {}
    }
}

fn inside(group: &Group) -> Place {
    if group.stream().is_empty() {
        Place::of(group.span())
    } else {
        Place::of_tokens(&group.stream())
    }
}

fn list(group: &Group, depth: usize, errors: &mut Errors) -> Vec<Value> {
    let parts = split(group.stream(), errors);
    parts.iter().filter_map(|part| value(part, depth - 1, errors)).collect()
}

fn map(group: &Group, depth: usize, errors: &mut Errors) -> Vec<(Key, Value)> {
    let mut entries: Vec<(Key, Value)> = Vec::new();
    for part in split(group.stream(), errors) {
        let (name, rest) = match part.as_slice() {
            [name, TokenTree::Punct(sign), rest @ ..]
                if matches!(sign.as_char(), ':' | '=')
                    && sign.spacing() == Spacing::Alone
                    && !rest.is_empty() =>
            {
                (name, rest)
            }
            _ => {
                errors.push(&Place::of_slice(&part), "expected `\"key\": value`");
                continue;
            }
        };
        let place = Place::of(name.span());
        let Some(text) = key_text(name) else {
            errors.push(&place, "a key of a map is a string");
            continue;
        };
        if entries.iter().any(|(known, _)| known.text == text) {
            errors.push(&place, format!("`{text}` is set twice"));
        } else if let Some(value) = value(rest, depth - 1, errors) {
            entries.push((Key { text, place }, value));
        }
    }
    entries
}

/// What stands before `=` or `:`: a word, or any text in quotes, as the key of a tag may need.
fn key_text(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(unraw(&ident.to_string())),
        TokenTree::Literal(literal) => match lit(literal, false) {
            Kind::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn lit(literal: &Literal, negative: bool) -> Kind {
    let other = || Kind::Other(format!("{}{literal}", if negative { "-" } else { "" }));
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) if !negative => Kind::Str(text.value()),
        // A suffix would be lost: `512MB` is not 512.
        syn::Lit::Int(number) if !number.suffix().is_empty() => other(),
        syn::Lit::Int(number) => match number.base10_parse::<i128>() {
            Ok(number) => Kind::Int(if negative { -number } else { number }),
            Err(_) => other(),
        },
        syn::Lit::Float(number) => match number.base10_parse::<f64>() {
            Ok(number) if number.is_finite() => {
                Kind::Float(if negative { -number } else { number })
            }
            _ => other(),
        },
        _ => other(),
    }
}

/// The segments of a path such as `crate::res::Uploads`.
fn path(tokens: &[TokenTree]) -> Option<Vec<String>> {
    let mut segments = Vec::new();
    let mut rest = tokens;
    if let [TokenTree::Punct(first), TokenTree::Punct(second), after @ ..] = rest
        && (first.as_char(), second.as_char()) == (':', ':')
    {
        rest = after;
    }
    loop {
        let [TokenTree::Ident(ident), after @ ..] = rest else { return None };
        segments.push(unraw(&ident.to_string()));
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

fn unraw(ident: &str) -> String {
    ident.strip_prefix("r#").unwrap_or(ident).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Args, Vec<String>) {
        let mut errors = Errors::new();
        let args = parse(text.parse().unwrap(), &mut errors);
        (args, errors.into_messages().iter().map(|message| message.full()).collect())
    }

    fn wrong(text: &str) -> Vec<String> {
        read(text).1
    }

    /// The value of `a` in `a = …`, and what is wrong with it.
    fn value(text: &str) -> Result<Kind, Vec<String>> {
        let (args, errors) = read(&format!("a = {text}"));
        let value = args.take("a", |value, _| Some(value.kind.clone()), &mut Errors::new());
        value.filter(|_| errors.is_empty()).ok_or(errors)
    }

    /// A value in a form of its own, for comparing.
    fn shown(kind: &Kind) -> String {
        match kind {
            Kind::Str(text) => format!("{text:?}"),
            Kind::Int(number) => number.to_string(),
            Kind::Float(number) => format!("{number:?}"),
            Kind::Bool(truth) => truth.to_string(),
            Kind::Path(segments, tokens) => {
                format!("{} as {}", segments.join("/"), tokens.to_string().replace(' ', ""))
            }
            Kind::Call(name, args) => {
                let inner = args.keyless();
                let inner: Vec<String> = inner.iter().map(|it| shown(&it.kind)).collect();
                let keys: Vec<&str> = args.keys().iter().map(|it| it.text.as_str()).collect();
                format!("{}({}; {})", name.text, inner.join(", "), keys.join(", "))
            }
            Kind::List(items) => {
                let items: Vec<String> = items.iter().map(|it| shown(&it.kind)).collect();
                format!("[{}]", items.join(", "))
            }
            Kind::Map(entries) => {
                let entries =
                    entries.iter().map(|(key, it)| format!("{}: {}", key.text, shown(&it.kind)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            Kind::Other(text) => format!("other {text}"),
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
    fn a_key_is_a_word_or_a_text_in_quotes() {
        let (args, errors) = read(r#"a = 1, r#type = 2, "team:name" = 3, flag, call(), "text", 5"#);
        assert_eq!(errors, [""; 0]);
        let keys: Vec<&str> = args.keys().iter().map(|key| key.text.as_str()).collect();
        assert_eq!(keys, ["a", "type", "team:name"]);
        assert_eq!(args.keyless().len(), 4);
    }

    #[test]
    fn what_is_no_value_is_told_with_what_may_have_been_meant() {
        let expected = "expected `key = value`, a string, a number or a name";
        for (text, help) in [
            ("b: 2", Some("write `b = …`")),
            ("b \"x\"", Some("write `b = …`")),
            ("Vec<u8>", Some("give a type with parameters a name: `type Lines = Vec<Line>;`")),
            ("a = Vec<u8>", Some("give a type with parameters a name: `type Lines = Vec<Line>;`")),
            ("1 2", Some("separate two arguments by a comma")),
            ("\"a\" \"b\"", Some("separate two arguments by a comma")),
            ("1: 2", None),
            ("x y", None),
            ("a::", Some("write `a = …`")),
            ("a:b", Some("write `a = …`")),
            ("::", None),
            ("-", None),
            ("+1", None),
            ("- x", None),
            ("a!(x)", None),
        ] {
            let help = help.map(|help| format!("\n\nhelp: {help}")).unwrap_or_default();
            assert_eq!(wrong(text), [format!("{expected}{help}")], "{text}");
        }
        assert_eq!(wrong("(1)"), ["expected a value, found parentheses"]);
        assert_eq!(wrong("a ="), ["`a` needs a value after the `=`"]);
    }

    #[test]
    fn an_argument_is_expected_before_each_comma() {
        assert_eq!(wrong("a = 1,"), [""; 0]);
        for (text, count) in [(",", 1), ("a, , b", 1), (",,", 2), ("[1, , 2]", 1), ("a(,)", 1)] {
            let message = "expected an argument before this comma".to_owned();
            assert_eq!(wrong(text), vec![message; count], "{text}");
        }
    }

    #[test]
    fn a_map_has_every_key_once_and_each_with_its_value() {
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
    fn one_bad_argument_does_not_hide_the_next() {
        let (args, errors) = read(r#"a = , b: 2, c = "kept", 1 2, , d = x y"#);
        assert_eq!(errors.len(), 5, "{errors:?}");
        assert!(args.has("c"));
    }

    #[test]
    fn nesting_ends_where_no_attribute_goes() {
        for (open, close) in [("[", "]"), ("f(", ")"), ("{ a: ", " }")] {
            let nested = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert!(value(&nested(DEPTH - 1)).is_ok(), "{open}");
            assert_eq!(value(&nested(DEPTH)).unwrap_err(), ["this is nested too deeply"], "{open}");
        }
        let text = format!("a = {}{}", "[".repeat(1000), "]".repeat(1000));
        assert_eq!(wrong(&text), ["this is nested too deeply"]);
    }

    #[test]
    fn what_a_macro_passes_on_is_read_through_its_invisible_group() {
        let group = |inner: &str| {
            let group = Group::new(Delimiter::None, inner.parse().unwrap());
            let mut tokens: TokenStream = "a =".parse().unwrap();
            tokens.extend([TokenTree::from(group)]);
            tokens
        };
        let mut errors = Errors::new();
        for (inner, form) in [("3", "3"), ("a::b", "a/b as a::b"), ("-1", "-1")] {
            let args = parse(group(inner), &mut errors);
            let found = args.take("a", |it, _| Some(shown(&it.kind)), &mut Errors::new()).unwrap();
            assert_eq!(found, form);
        }
        assert!(errors.into_messages().is_empty());
    }
}
