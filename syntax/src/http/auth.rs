//! The authorization of a route: `auth = Users`, `auth = iam` or `auth = none`, and the scopes of a token.

use skylift_model::aws::limits;
use skylift_model::http::RouteAuth;

use crate::errors::Errors;
use crate::messages;
use crate::readers::{read_list, read_non_empty_text};
use crate::span::SourceSpan;
use crate::tree::{ArgValue, ArgValueKind};

/// Reads the value of `auth`: the path of an authorizer's struct, or a word. In Cargo.toml, the name of the struct is in
/// quotes. Returns `None` after an error was recorded.
pub(crate) fn read_route_auth(value: &ArgValue, errors: &mut Errors) -> Option<RouteAuth> {
    match value.word() {
        Some(RouteAuth::NONE) => return Some(RouteAuth::None),
        Some(RouteAuth::IAM) => return Some(RouteAuth::Iam),
        _ => {}
    }
    let is_manifest = matches!(value.span, SourceSpan::Bytes(_));
    let name = match &value.kind {
        ArgValueKind::Path(segments, _) => segments.last().map(String::as_str),
        ArgValueKind::Str(text) if is_manifest => Some(text.as_str()),
        _ => None,
    };
    // The names of types begin with a capital letter, so a word that does not means something else.
    let is_type = |name: &&str| name.starts_with(|first: char| first.is_uppercase());
    if let Some(name) = name.filter(is_type) {
        return Some(RouteAuth::Authorizer(name.to_owned()));
    }
    let quoted = match &value.kind {
        ArgValueKind::Str(text) => Some(text.as_str()).filter(is_type),
        _ => None,
    };
    errors.push(&value.span, messages::not_an_authorization(&value.describe(), quoted));
    None
}

/// Reads the value of `scopes`: a list of texts. Returns `None` after an error was recorded.
pub(crate) fn read_scopes(value: &ArgValue, errors: &mut Errors) -> Option<Vec<String>> {
    let mut scopes: Vec<String> = Vec::new();
    let items = read_list(value);
    if items.is_empty() {
        errors.push(&value.span, messages::no_scopes());
        return None;
    }
    for item in items {
        let scope = read_non_empty_text(item, errors)?;
        if scope.contains(char::is_whitespace) {
            errors.push(&item.span, messages::several_scopes_in_a_text(&scope));
            return None;
        }
        if scopes.contains(&scope) {
            errors.push(&item.span, messages::named_twice(&scope));
            return None;
        }
        scopes.push(scope);
    }
    if scopes.len() > limits::ROUTE_SCOPES {
        errors.push(&value.span, messages::too_many_scopes(scopes.len(), limits::ROUTE_SCOPES));
        return None;
    }
    Some(scopes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::testing::{accepted, rejected};

    #[test]
    fn the_authorization_is_an_authorizer_or_a_word() {
        let users = || RouteAuth::Authorizer("Users".to_owned());
        for (text, auth) in [
            ("Users", users()),
            ("crate::auth::Users", users()),
            ("iam", RouteAuth::Iam),
            ("none", RouteAuth::None),
            ("\"none\"", RouteAuth::None),
        ] {
            assert_eq!(accepted(text, read_route_auth), auth, "{text}");
        }
        let expected = "expected the path of an authorizer, `iam` or `none`";
        let help = "write `auth = Users`, the struct with `#[resource(authorizer(…))]`, or `auth = none` for a route that anyone can call";
        for (text, found) in [
            ("public", "`public`"),
            ("3", "a number"),
            ("true", "a boolean"),
            ("jwt(issuer = \"a\")", "`jwt(…)`"),
            ("[Users]", "a list"),
        ] {
            let message = format!("{expected}, found {found}\n\nhelp: {help}");
            assert_eq!(rejected(text, read_route_auth), message, "{text}");
        }
        let quoted = rejected("\"Users\"", read_route_auth);
        assert!(quoted.ends_with("help: write `auth = Users`"), "{quoted}");
    }

    #[test]
    fn scopes_are_texts_without_spaces() {
        assert_eq!(accepted(r#"["read", "write"]"#, read_scopes), ["read", "write"]);
        assert_eq!(accepted(r#""read""#, read_scopes), ["read"]);
        for (text, message) in [
            (
                "[]",
                "an empty list of scopes says nothing\n\nhelp: leave `scopes` out: any token of the authorizer is then enough",
            ),
            (
                r#"["read write"]"#,
                "`read write` has a space, and a scope has none\n\nhelp: write `[\"read\", \"write\"]`: a token needs one of them",
            ),
            (r#"["a", "a"]"#, "`a` is named twice"),
            (r#"[""]"#, "this text is empty"),
        ] {
            assert_eq!(rejected(text, read_scopes), message, "{text}");
        }
        let eleven: Vec<String> = (0..11).map(|it| format!("\"s{it}\"")).collect();
        let message = rejected(&format!("[{}]", eleven.join(", ")), read_scopes);
        assert_eq!(message, "11 scopes, AWS takes 10");
    }
}
