//! Reads `cors(origins = […], methods = […], …)`, the CORS settings of an HTTP endpoint. The caller says what its service
//! accepts.

use skylift_model::aws::cors::{ANY, Cors, CorsRules, Origin};

use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{
    accept_message, read_list, read_param, read_text, read_whole_seconds, report_expected,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The key of the settings.
pub(crate) const KEY: &str = "cors";

/// The words of other tools for the settings.
const WORDS: &[FamiliarWords] = &[
    (
        &["origin", "alloworigin", "alloworigins", "allowedorigins"],
        "write `origins = [\"https://…\"]`",
    ),
    (&["method", "allowmethods", "allowedmethods"], "write `methods = [\"GET\", \"POST\"]`"),
    (&["header", "allowheaders", "allowedheaders"], "write `headers = [\"content-type\"]`"),
    (&["exposeheaders", "exposedheaders", "exposed"], "write `expose = [\"x-request-id\"]`"),
    (&["age", "maxageseconds"], "write `max_age = \"1h\"`"),
    (&["allowcredentials", "credential", "cookies"], "write `credentials = true`"),
];

/// Takes the key `cors`, and reads its settings. Returns `None` if the key is not set, or after an error was recorded.
pub(crate) fn take_cors(args: &Args, rules: &CorsRules, errors: &mut Errors) -> Option<Cors> {
    let read = |args: &Args, errors: &mut Errors| {
        args.explain(WORDS);
        errors.scope(|errors| {
            args.read_all(KEY, errors, |args, errors| read_cors(args, rules, errors))
        })
    };
    args.take_nested(KEY, read, errors).flatten()
}

/// Reads the settings. Returns `None` after an error was recorded.
fn read_cors(args: &Args, rules: &CorsRules, errors: &mut Errors) -> Option<Cors> {
    let origins = args.take_if_set(
        "origins",
        |value, errors| read_entries("origins", value, rules, read_origin, errors),
        errors,
    );
    if origins.is_none() {
        errors.push_missing(&args.span, messages::cors_without_origins());
    }
    let mut entries = |key, read| {
        let read =
            |value: &ArgValue, errors: &mut Errors| read_entries(key, value, rules, read, errors);
        args.take(key, read, errors).unwrap_or_default()
    };
    let headers = entries("headers", read_header);
    let expose = entries("expose", read_header);
    let methods = args.take(
        "methods",
        |value, errors| read_entries("methods", value, rules, read_method, errors),
        errors,
    );
    let max_age = |value: &ArgValue, errors: &mut Errors| {
        let seconds = read_whole_seconds(value, errors)?;
        accept_message(rules.check_max_age(seconds), value, errors)
    };
    let max_age = args.take("max_age", max_age, errors);
    let credentials = args.take_flag("credentials", errors).unwrap_or(false);
    let origins = origins??;
    if credentials && origins.contains(&Origin::Any) {
        errors.push(args.span_of("origins"), messages::credentials_of_every_origin());
        return None;
    }
    let methods = methods.unwrap_or_default();
    if credentials && rules.sends_wildcards {
        let is_any = |headers: &[String]| headers.iter().any(|it| it == ANY);
        let lists = [
            ("methods", methods.contains(&ANY)),
            ("headers", is_any(&headers)),
            ("expose", is_any(&expose)),
        ];
        for (key, _) in lists.iter().filter(|(_, has_wildcard)| *has_wildcard) {
            errors.push(args.span_of(key), messages::wildcard_beside_credentials(key));
        }
    }
    Some(Cors { origins, methods, headers, expose, max_age, credentials })
}

/// A reader of one entry of a list.
type ReadEntry<T> = fn(&ArgValue, &CorsRules, &mut Errors) -> Option<T>;

/// Reads a list, or one entry without a list; `key` is the key of the list. Returns `None` after an error was recorded.
fn read_entries<T: PartialEq>(
    key: &str,
    value: &ArgValue,
    rules: &CorsRules,
    read: ReadEntry<T>,
    errors: &mut Errors,
) -> Option<Vec<T>> {
    errors.scope(|errors| {
        let items = read_list(value);
        if items.is_empty() {
            errors.push(&value.span, messages::cors_list_empty(key));
        }
        accept_message(rules.check_count(key, items.len()), value, errors);
        let mut entries = Vec::new();
        for item in items {
            match read(item, rules, errors) {
                Some(entry) if entries.contains(&entry) => {
                    let name = item.word().map_or_else(|| item.describe(), str::to_owned);
                    errors.push(&item.span, messages::named_twice(&name));
                }
                Some(entry) => entries.push(entry),
                None => {}
            }
        }
        if items.len() > 1
            && let Some(any) = items.iter().find(|item| item.word() == Some("*"))
        {
            errors.push(&any.span, messages::all_beside_others(key));
        }
        Some(entries)
    })
}

/// Reads an origin, or a parameter that is one. Returns `None` after an error was recorded.
fn read_origin(value: &ArgValue, rules: &CorsRules, errors: &mut Errors) -> Option<Origin> {
    match &value.kind {
        ArgValueKind::Str(_) => {
            let text = read_text(value, errors)?;
            accept_message(rules.check_origin(text), value, errors)
        }
        ArgValueKind::Call(function, args) if function.text == "param" => {
            read_param(function, args, value, errors).map(Origin::Param)
        }
        _ => report_expected(phrases::ORIGIN, value, errors),
    }
}

/// Reads a method, with or without quotes. Returns `None` after an error was recorded.
fn read_method(value: &ArgValue, rules: &CorsRules, errors: &mut Errors) -> Option<&'static str> {
    match value.word() {
        Some(word) => accept_message(rules.check_method(word), value, errors),
        None => report_expected(phrases::HTTP_METHOD, value, errors),
    }
}

/// Reads the name of a header. Returns `None` after an error was recorded.
fn read_header(value: &ArgValue, rules: &CorsRules, errors: &mut Errors) -> Option<String> {
    let text = read_text(value, errors)?;
    accept_message(rules.check_header(text), value, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::cors::{FUNCTION_URL, HTTP_API};

    use super::*;
    use crate::tree::parse_args;

    fn read(text: &str) -> Result<Cors, Vec<String>> {
        read_by(&FUNCTION_URL, text)
    }

    fn read_by(rules: &CorsRules, text: &str) -> Result<Cors, Vec<String>> {
        let mut errors = Errors::new();
        let args = parse_args(format!("cors({text})").parse().unwrap(), &mut errors);
        let cors = args.read_all("it", &mut errors, |args, errors| take_cors(args, rules, errors));
        let messages: Vec<String> = errors.into_diagnostics().iter().map(|it| it.full()).collect();
        if messages.is_empty() { Ok(cors.unwrap()) } else { Err(messages) }
    }

    #[test]
    fn every_setting_is_read() {
        let cors = read(
            "origins = [\"https://example.com\", param(\"Page\")], methods = [get, \"POST\"], headers = \"x-a\", expose = [\"x-b\"], max_age = \"1h\", credentials",
        );
        assert_eq!(
            cors.unwrap(),
            Cors {
                origins: vec![
                    Origin::Exact("https://example.com".to_owned()),
                    Origin::Param("Page".try_into().unwrap()),
                ],
                methods: vec!["GET", "POST"],
                headers: vec!["x-a".to_owned()],
                expose: vec!["x-b".to_owned()],
                max_age: Some(3_600),
                credentials: true,
            }
        );
        let least = read("origins = \"*\", methods = \"*\"").unwrap();
        assert_eq!((least.origins, least.methods), (vec![Origin::Any], vec!["*"]));
        assert_eq!((least.max_age, least.credentials), (None, false));
    }

    #[test]
    fn an_api_sends_no_wildcard_to_pages_with_credentials() {
        let read = |text: &str| read_by(&HTTP_API, text);
        let cors = read("origins = [\"https://*\", \"http://localhost:3000\"], methods = OPTIONS");
        let cors = cors.unwrap();
        assert_eq!(cors.origins[0], Origin::Pattern("https://*".to_owned()));
        assert_eq!(cors.methods, ["OPTIONS"]);
        let origins = "origins = \"https://a.b\", credentials";
        for (key, items) in [("methods", "methods"), ("headers", "headers"), ("expose", "headers")]
        {
            let found = read(&format!("{origins}, {key} = \"*\"")).unwrap_err();
            let expected = format!(
                "with `credentials`, browsers take the `*` in `{key}` for a name\n\nhelp: list the {items}, or leave `{key}` out"
            );
            assert_eq!(found, [expected]);
            assert!(read(&format!("origins = \"*\", {key} = \"*\"")).is_ok(), "{key}");
            assert!(read_by(&FUNCTION_URL, &format!("{origins}, {key} = \"*\"")).is_ok(), "{key}");
        }
        let found = read("origins = \"*\", credentials").unwrap_err();
        assert!(found.len() == 1 && found[0].starts_with("`credentials` for every"), "{found:?}");
    }

    #[test]
    fn every_setting_is_checked_once() {
        for (wrong, message) in [
            (
                "methods = [GET]",
                "`cors` without origins, so no page could call the endpoint\n\nhelp: add `origins = [\"https://example.com\"]`, or `origins = \"*\"` for all",
            ),
            ("origins = []", "`origins` is empty\n\nhelp: name one, or leave"),
            ("origins = \"*\", methods = []", "`methods` is empty\n\nhelp: name one, or leave"),
            ("origins = Page", "expected an origin in quotes, or `param(\"…\")`, found `Page`"),
            ("origins = \"https://a.b/\"", "`https://a.b/` is not an origin as browsers send it"),
            ("origins = [\"https://a.b\", \"https://a.b\"]", "`https://a.b` is named twice"),
            (
                "origins = [\"*\", \"https://a.b\"]",
                "`*` is for all, and `origins` has other entries beside it\n\nhelp: leave the others out, or leave `*` out",
            ),
            (
                "origins = \"*\", credentials",
                "`credentials` for every origin: any web page could act as the user\n\nhelp: name the origins that may send credentials",
            ),
            (
                "origins = \"*\", methods = [OPTIONS]",
                "the CORS settings of a function URL cannot allow `OPTIONS`",
            ),
            ("origins = \"*\", methods = 3", "expected an HTTP method, found a number"),
            ("origins = \"*\", headers = \"a b\"", "`a b` is not the name of a header"),
            ("origins = \"*\", max_age = \"25h\"", "maximum age of 90000 s, a function URL"),
            ("origins = \"*\", max_age = 60", "expected a duration, found a number"),
            (
                "allow_origins = \"*\"",
                "unknown key `allow_origins` in `cors`\n\nhelp: write `origins = [\"https://…\"]`",
            ),
        ] {
            let found = read(wrong).unwrap_err();
            assert!(found.len() == 1 && found[0].starts_with(message), "{wrong}: {found:?}");
        }
        let mut errors = Errors::new();
        let args = parse_args("cors".parse().unwrap(), &mut errors);
        args.read_all("it", &mut errors, |args, errors| take_cors(args, &FUNCTION_URL, errors));
        assert_eq!(errors.into_diagnostics().len(), 1);
    }
}
