//! The settings of CORS: `cors = { origins = ["https://shop.example"], credentials = true }`.

use skylift_model::http::{CorsHeader, CorsMethod, HttpCors, HttpOrigin};

use super::read_accepted;
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{read_bool, read_list, read_seconds};
use crate::tree::{ArgValue, Args};

/// Words of other tools for the settings of CORS.
const WORDS: &[FamiliarWords] = &[
    (
        &["alloworigins", "alloworigin", "allowedorigins", "origin"],
        "write `origins = [\"https://shop.example\"]`",
    ),
    (&["allowmethods", "allowedmethods", "method"], "write `methods = [\"GET\"]`"),
    (&["allowheaders", "allowedheaders", "header"], "write `headers = [\"content-type\"]`"),
    (&["exposeheaders", "exposedheaders"], "write `expose = [\"x-request-id\"]`"),
    (&["allowcredentials"], "write `credentials = true`"),
];

/// Reads the settings of CORS. Returns `None` after an error was recorded.
pub(super) fn read_cors(args: &Args, errors: &mut Errors) -> Option<HttpCors> {
    args.explain(WORDS);
    args.read_all("cors", errors, |args, errors| {
        let origins = args.take_if_set("origins", read_each(read_accepted::<HttpOrigin>), errors);
        let methods = args.take_if_set("methods", read_each(read_method), errors);
        let headers = args.take_if_set("headers", read_each(read_accepted::<CorsHeader>), errors);
        let expose = args.take("expose", read_each(read_accepted::<CorsHeader>), errors);
        let max_age = args.take("max_age", read_seconds, errors);
        let credentials = args.take("credentials", read_bool, errors).unwrap_or(false);
        let Some(origins) = origins else {
            errors.push_missing(&args.span, messages::http_cors_without_origins());
            return None;
        };
        let cors = HttpCors {
            origins: origins?,
            methods: methods.map_or(Some(None), |read| read.map(Some))?,
            headers: headers.map_or(Some(None), |read| read.map(Some))?,
            expose: expose.unwrap_or_default(),
            max_age,
            credentials,
        };
        if cors.origins.is_empty() {
            errors.push(args.span_of("origins"), messages::http_cors_without_origins());
            return None;
        }
        check_wildcards(&cors, args, errors);
        Some(cors)
    })
}

/// Checks that there is no `*` beside credentials: API Gateway refuses it for origins, and browsers take it literally in
/// the other lists.
fn check_wildcards(cors: &HttpCors, args: &Args, errors: &mut Errors) {
    if !cors.credentials {
        return;
    }
    if cors.origins.iter().any(HttpOrigin::is_any) {
        errors.push(args.span_of("origins"), messages::credentials_of_any_origin());
    }
    let methods = cors.methods.iter().flatten().any(|it| it.is_any());
    let headers = cors.headers.iter().flatten().any(CorsHeader::is_any);
    let expose = cors.expose.iter().any(CorsHeader::is_any);
    for (key, has_any) in [("methods", methods), ("headers", headers), ("expose", expose)] {
        if has_any {
            errors.push(args.span_of(key), messages::wildcard_beside_credentials(key));
        }
    }
}

/// Returns a reader of a list whose items `read` reads.
fn read_each<T>(
    read: impl Fn(&ArgValue, &mut Errors) -> Option<T>,
) -> impl Fn(&ArgValue, &mut Errors) -> Option<Vec<T>> {
    move |value, errors| {
        let items: Vec<Option<T>> =
            read_list(value).iter().map(|item| read(item, errors)).collect();
        items.into_iter().collect()
    }
}

/// Reads the name of a method, or `*`. Returns `None` after an error was recorded.
fn read_method(value: &ArgValue, errors: &mut Errors) -> Option<CorsMethod> {
    let method = value.word().and_then(CorsMethod::parse);
    if method.is_none() {
        let message = match value.word() {
            Some(word) => messages::unknown_http_method(word, &CorsMethod::NAMES),
            None => messages::expected(phrases::HTTP_METHOD, &value.describe()),
        };
        errors.push(&value.span, message);
    }
    method
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::ArgValueKind;
    use crate::tree::testing::{accepted, rejected};

    fn read(value: &ArgValue, errors: &mut Errors) -> Option<HttpCors> {
        let ArgValueKind::Call(_, args) = &value.kind else { panic!("{value:?}") };
        let before = errors.is_empty();
        read_cors(args, errors).filter(|_| before == errors.is_empty())
    }

    #[test]
    fn every_setting_of_cors_is_read() {
        let cors = accepted(
            r#"cors(origins = ["https://a.example", "http://localhost:3000"], methods = ["get", PUT], headers = ["X-A"],
                expose = "X-B", max_age = "10m", credentials = true)"#,
            read,
        );
        let origins: Vec<&str> = cors.origins.iter().map(HttpOrigin::as_str).collect();
        assert_eq!(origins, ["https://a.example", "http://localhost:3000"]);
        let methods: Vec<&str> =
            cors.methods.unwrap().into_iter().map(CorsMethod::as_str).collect();
        assert_eq!(methods, ["GET", "PUT"]);
        assert_eq!(cors.headers.unwrap()[0].as_str(), "x-a");
        assert_eq!(cors.expose[0].as_str(), "x-b");
        assert_eq!((cors.max_age.unwrap().get(), cors.credentials), (600, true));
        let least = accepted(r#"cors(origins = "*")"#, read);
        assert!(least.methods.is_none() && least.headers.is_none() && !least.credentials);
    }

    #[test]
    fn mistakes_in_cors_are_rejected() {
        let listed = "help: write `origins = [\"https://shop.example\"]`, the origins of the pages that call the API";
        for (text, message) in [
            ("cors()", format!("`cors` needs the origins of the pages\n\n{listed}")),
            ("cors(origins = [])", format!("`cors` needs the origins of the pages\n\n{listed}")),
            (
                r#"cors(origins = ["*"], credentials = true)"#,
                "a browser sends credentials to no API that allows all origins\n\nhelp: list the origins of your pages, or leave `credentials` out".to_owned(),
            ),
            (
                r#"cors(origins = ["https://a.example"], headers = ["*"], credentials = true)"#,
                "with `credentials`, browsers take the `*` in `headers` for a name\n\nhelp: list the headers, or leave `headers` out".to_owned(),
            ),
            (
                r#"cors(origins = ["https://a.example"], methods = ["*"], credentials = true)"#,
                "with `credentials`, browsers take the `*` in `methods` for a name\n\nhelp: list the methods, or leave `methods` out".to_owned(),
            ),
            (
                r#"cors(origins = "*", methods = ["GTE"])"#,
                "`GTE` is not an HTTP method that a route takes\n\nhelp: did you mean `GET`?".to_owned(),
            ),
            (
                r#"cors(origins = "*", max_age = "2d")"#,
                "a `max_age` of 172800 s is too long: AWS takes one day (`1d`) at most".to_owned(),
            ),
            (
                r#"cors(allow_origins = "*")"#,
                "unknown key `allow_origins` in `cors`\n\nhelp: write `origins = [\"https://shop.example\"]`".to_owned(),
            ),
        ] {
            assert_eq!(rejected(text, read), message, "{text}");
        }
    }
}
