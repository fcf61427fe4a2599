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
        (args, errors.into_messages().into_iter().map(|message| message.text).collect())
    }

    #[test]
    fn every_form_of_an_argument_is_read() {
        let text = r#"flag, key = "text", n = -3, half = 0.5, yes = true, p = a::b, call(x = 1), l = [1, "b"], m = { "k": { j: 1 } },"#;
        let (args, errors) = read(text);
        assert_eq!(errors, Vec::<String>::new());
        assert!(matches!(&args.get("key").unwrap().kind, Kind::Str(text) if text == "text"));
        assert!(matches!(args.get("n").unwrap().kind, Kind::Int(-3)));
        assert!(matches!(args.get("yes").unwrap().kind, Kind::Bool(true)));
        assert!(matches!(&args.get("p").unwrap().kind, Kind::Path(path, _) if *path == ["a", "b"]));
        assert!(matches!(&args.get("call").unwrap().kind, Kind::Call(_, _)));
        assert!(matches!(&args.get("l").unwrap().kind, Kind::List(list) if list.len() == 2));
        assert!(matches!(&args.get("m").unwrap().kind, Kind::Map(map) if map.len() == 1));
    }

    #[test]
    fn one_bad_argument_does_not_hide_the_next() {
        let (args, errors) = read(r#"a = , b: 2, c = "kept", 1 2, , d = x y"#);
        assert_eq!(errors.len(), 5, "{errors:?}");
        assert!(args.get("c").is_some());
    }

    #[test]
    fn keys_that_nobody_asked_for_are_reported_with_the_nearest_known() {
        let mut errors = Errors::new();
        let args =
            parse(r#"timeout = "3s", timout = "4s", timeout = "5s""#.parse().unwrap(), &mut errors);
        assert!(args.get("timeout").is_some());
        args.finish("#[function]", &mut errors);
        let messages = errors.into_messages();
        assert_eq!(
            messages[0].full(),
            "unknown key `timout` in `#[function]`\n\nhelp: did you mean `timeout`?"
        );
        assert_eq!(messages[1].full(), "`timeout` is set twice");
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let text = format!("a = {}{}", "[".repeat(1000), "]".repeat(1000));
        let (_, errors) = read(&text);
        assert_eq!(errors, ["this is nested too deeply"]);
    }
}
