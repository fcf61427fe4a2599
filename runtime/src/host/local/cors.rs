//! CORS on the local host, as API Gateway does it: it answers preflight requests itself, and replaces the headers of CORS
//! that a handler sets. AWS: "Configure CORS for HTTP APIs in API Gateway".

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderName, HeaderValue,
};
use http::{Method, Response, StatusCode};

use super::origin_check::find_origin;
use crate::registry::CorsEntry;

/// The entry that allows all origins.
const ANY: &str = "*";

/// The headers of CORS that a handler may set, and that API Gateway replaces.
const REPLACED: [HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

/// Returns whether a request is a preflight request: a browser asks whether a page may send another request.
pub(super) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    *method == Method::OPTIONS
        && find_origin(headers).is_some()
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// Returns the value of `Access-Control-Allow-Origin` for an origin. Returns `None` if its pages may not call the API.
fn allowed_origin<'a>(cors: &CorsEntry, origin: &'a str) -> Option<&'a str> {
    if cors.origins.contains(&ANY) {
        return Some(ANY);
    }
    let matches = |pattern: &&&str| match pattern.strip_suffix(ANY) {
        Some(scheme) => origin.starts_with(scheme),
        None => **pattern == origin,
    };
    cors.origins.iter().find(matches).map(|_| origin)
}

/// Makes the answer to a preflight request with these headers.
pub(super) fn answer_preflight<B: Default>(cors: &CorsEntry, headers: &HeaderMap) -> Response<B> {
    let mut response = Response::new(B::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    apply(cors, find_origin(headers), Asked::MayISend, &mut response);
    response
}

/// What a browser asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Whether a page may send another request: a preflight request.
    MayISend,
    /// The answer itself.
    Answer,
}

/// Replaces the headers of CORS of a response to a request from this origin.
pub(super) fn apply<B>(
    cors: &CorsEntry,
    origin: Option<&str>,
    asked: Asked,
    response: &mut Response<B>,
) {
    let headers = response.headers_mut();
    for name in REPLACED {
        headers.remove(name);
    }
    let Some(origin) = origin.and_then(|origin| allowed_origin(cors, origin)) else { return };
    insert(headers, ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if cors.credentials {
        insert(headers, ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    if asked == Asked::Answer {
        insert_list(headers, ACCESS_CONTROL_EXPOSE_HEADERS, cors.expose);
        return;
    }
    insert_list(headers, ACCESS_CONTROL_ALLOW_METHODS, cors.methods);
    insert_list(headers, ACCESS_CONTROL_ALLOW_HEADERS, cors.headers);
    if let Some(age) = cors.max_age {
        headers.insert(ACCESS_CONTROL_MAX_AGE, age.into());
    }
}

/// Sets a header to a list, unless the list is empty.
fn insert_list(headers: &mut HeaderMap, name: HeaderName, items: &[&str]) {
    if !items.is_empty() {
        insert(headers, name, &items.join(","));
    }
}

/// Sets a header. A value that no header can have is left out.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use http::header::ORIGIN;

    use super::*;
    use crate::host::local::origin_check::names_origin;

    const CORS: CorsEntry = CorsEntry {
        origins: &["https://shop.example", "http://localhost:3000"],
        methods: &["GET", "PUT"],
        headers: &["content-type"],
        expose: &["x-b"],
        max_age: Some(60),
        credentials: true,
    };

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        let pairs =
            pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        pairs.collect()
    }

    fn shown(response: &Response<()>, name: HeaderName) -> Option<&str> {
        response.headers().get(name).map(|value| value.to_str().unwrap())
    }

    #[test]
    fn a_preflight_request_asks_for_a_method() {
        let origin = (ORIGIN, "https://shop.example");
        let asks = (ACCESS_CONTROL_REQUEST_METHOD, "PUT");
        assert!(is_preflight(&Method::OPTIONS, &headers(&[origin.clone(), asks.clone()])));
        assert!(!is_preflight(&Method::PUT, &headers(&[origin.clone(), asks.clone()])));
        assert!(!is_preflight(&Method::OPTIONS, &headers(&[origin])));
        assert!(!is_preflight(&Method::OPTIONS, &headers(&[asks])));
    }

    #[test]
    fn a_preflight_request_gets_the_settings_if_its_origin_is_allowed() {
        let answer = |cors, origin| answer_preflight::<()>(&cors, &headers(&[(ORIGIN, origin)]));
        let response = answer(CORS, "https://shop.example");
        assert_eq!(response.status(), 204);
        for (name, value) in [
            (ACCESS_CONTROL_ALLOW_ORIGIN, "https://shop.example"),
            (ACCESS_CONTROL_ALLOW_METHODS, "GET,PUT"),
            (ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
            (ACCESS_CONTROL_MAX_AGE, "60"),
            (ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        ] {
            assert_eq!(shown(&response, name.clone()), Some(value), "{name}");
        }
        for foreign in ["https://evil.example", "http://shop.example", "https://shop.example.evil"]
        {
            let response = answer(CORS, foreign);
            assert_eq!((response.status().as_u16(), response.headers().len()), (204, 0));
        }
        let secure = CorsEntry { origins: &["https://*"], ..CORS };
        let response = answer(secure, "https://any.example");
        assert_eq!(shown(&response, ACCESS_CONTROL_ALLOW_ORIGIN), Some("https://any.example"));
        assert_eq!(answer(secure, "http://any.example").headers().len(), 0);
        let any = CorsEntry { origins: &["*"], credentials: false, ..CORS };
        assert_eq!(shown(&answer(any, "http://a.example"), ACCESS_CONTROL_ALLOW_ORIGIN), Some("*"));
    }

    #[test]
    fn the_headers_of_a_handler_are_replaced() {
        let applied = |origin| {
            let mut response = Response::new(());
            insert(response.headers_mut(), ACCESS_CONTROL_ALLOW_ORIGIN, "*");
            insert(response.headers_mut(), ACCESS_CONTROL_ALLOW_METHODS, "*");
            apply(&CORS, origin, Asked::Answer, &mut response);
            response
        };
        let response = applied(Some("http://localhost:3000"));
        assert_eq!(shown(&response, ACCESS_CONTROL_ALLOW_ORIGIN), Some("http://localhost:3000"));
        assert_eq!(shown(&response, ACCESS_CONTROL_EXPOSE_HEADERS), Some("x-b"));
        assert_eq!(shown(&response, ACCESS_CONTROL_ALLOW_METHODS), None);
        assert_eq!(applied(Some("https://evil.example")).headers().len(), 0);
        assert_eq!(applied(None).headers().len(), 0);
    }

    #[test]
    fn a_pattern_names_no_origin() {
        assert!(names_origin(&CORS, "https://shop.example"));
        let any = CorsEntry { origins: &["*", "https://*"], ..CORS };
        assert!(!names_origin(&any, "https://shop.example"));
    }
}
