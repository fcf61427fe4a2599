//! Converts API Gateway's payload, format 2.0, to an HTTP request. Reads only the fields that the request
//! needs, borrowed from the payload, and returns an `http::Request` with the request context in its extensions.

use std::borrow::Cow;
use std::fmt::{self, Formatter};
use std::sync::Arc;

use ::http::uri::PathAndQuery;
use ::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, header};
use axum::body::Body;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::extractors::RawContext;
use super::route::Route;
use crate::Error;
use crate::invocation::decode;
use crate::messages;

/// The characters that a query cannot hold. API Gateway passes the query on as the client sent it.
const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');
/// The characters that a path cannot hold. API Gateway decodes the path of the request, so that the path in the
/// payload may have any character.
const PATH: &AsciiSet =
    &QUERY.add(b'?').add(b'`').add(b'{').add(b'}').add(b'\\').add(b'^').add(b'|');

/// The payload that API Gateway sends for a request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HttpApiRequest<'a> {
    #[serde(borrow, default)]
    version: Text<'a>,
    #[serde(borrow, default)]
    route_key: Text<'a>,
    #[serde(borrow, default)]
    raw_path: Text<'a>,
    #[serde(borrow, default)]
    raw_query_string: Text<'a>,
    #[serde(borrow, default)]
    cookies: Option<Vec<Text<'a>>>,
    #[serde(borrow, default)]
    headers: Option<Pairs<'a>>,
    #[serde(borrow)]
    request_context: &'a RawValue,
    #[serde(borrow, default)]
    body: Option<Text<'a>>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// The fields of the request context that are read here.
#[derive(Deserialize)]
struct RequestContext<'a> {
    #[serde(borrow)]
    http: Http<'a>,
    #[serde(borrow, default)]
    stage: Text<'a>,
}

#[derive(Deserialize)]
struct Http<'a> {
    #[serde(borrow)]
    method: Text<'a>,
}

/// A string that is borrowed if it has no escapes: inside a container, serde does not borrow a `Cow` by itself.
#[derive(Default, Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The headers of a request, as names and values, in the order of the payload.
struct Pairs<'a>(Vec<(Text<'a>, Text<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Vec<(Text<'de>, Text<'de>)>;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("a map of headers")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::with_capacity(16);
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(Entries).map(Pairs)
    }
}

/// A payload that was decoded, and is not yet converted to a request.
pub(super) struct Incoming<'a> {
    payload: HttpApiRequest<'a>,
    context: RequestContext<'a>,
}

/// Decodes a payload of API Gateway, or returns an error if its format is not 2.0.
pub(super) fn read_payload(payload: &[u8]) -> Result<Incoming<'_>, Error> {
    let request: HttpApiRequest<'_> = decode::decode_json(payload)?;
    if request.version.0 != "2.0" {
        return Err(messages::http::payload_format(&request.version.0));
    }
    let context = decode::decode_json(request.request_context.get().as_bytes())
        .map_err(|error| error.with_context(messages::http::request_context()))?;
    Ok(Incoming { payload: request, context })
}

impl Incoming<'_> {
    /// Returns the key of the route that API Gateway chose for the request.
    pub(super) fn route_key(&self) -> &str {
        &self.payload.route_key.0
    }

    /// Returns the method of the request.
    pub(super) fn method(&self) -> &str {
        &self.context.http.method.0
    }

    /// Returns the path of the request without the stage. API Gateway puts the stage before the path if it has
    /// a name other than `$default`.
    pub(super) fn path(&self) -> &str {
        let path = &*self.payload.raw_path.0;
        let stage = &*self.context.stage.0;
        let without = path.strip_prefix('/').and_then(|path| path.strip_prefix(stage));
        match without {
            _ if stage.is_empty() => path,
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => path,
        }
    }

    /// Returns the path of the request in the form that matches the chosen route. With a custom domain, there
    /// is no stage before the path, although the path may begin with a segment of the same name. A slash at the
    /// end is not significant.
    pub(super) fn path_for(&self, route: &Route) -> &str {
        let (short, whole) = (self.path(), &*self.payload.raw_path.0);
        let trimmed = short.strip_suffix('/').unwrap_or(short);
        let fits = [short, whole, trimmed].into_iter().find(|path| route.matches_path(path));
        fits.unwrap_or(short)
    }

    /// Converts the payload to a request for axum.
    pub(super) fn into_request(self, route: &Route) -> Result<Request<Body>, Error> {
        let uri = build_uri(self.path_for(route), &self.payload.raw_query_string.0)?;
        let method = Method::from_bytes(self.method().as_bytes())
            .map_err(|_| messages::http::invalid_method(self.method()))?;
        let payload = self.payload;
        let mut request = Request::new(decode_body(payload.body, payload.is_base64_encoded)?);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = build_headers(payload.headers, payload.cookies);
        let context: Arc<str> = payload.request_context.get().into();
        request.extensions_mut().insert(RawContext(context));
        Ok(request)
    }
}

/// Makes the URI of a request from the path and the query of a payload.
fn build_uri(path: &str, query: &str) -> Result<Uri, Error> {
    // With capacity for everything, so that adding the query does not reallocate.
    let mut text = String::with_capacity(path.len() + query.len() + 2);
    if !path.starts_with('/') {
        text.push('/');
    }
    encode_path(path, &mut text);
    if !query.is_empty() {
        text.push('?');
        text.extend(utf8_percent_encode(query, QUERY));
    }
    let path_and_query =
        PathAndQuery::try_from(text).map_err(|error| messages::http::invalid_path(path, &error))?;
    Ok(Uri::from(path_and_query))
}

/// Appends a path to `text`, and encodes the characters that a URI cannot hold. A `%` that two hexadecimal
/// digits follow is not encoded: the payload no longer shows whether it was an escape, which is more likely.
fn encode_path(path: &str, text: &mut String) {
    let mut parts = path.split('%');
    text.extend(parts.next().into_iter().flat_map(|part| utf8_percent_encode(part, PATH)));
    for part in parts {
        let digits = part.as_bytes().get(..2);
        let escape = digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        text.push_str(if escape { "%" } else { "%25" });
        text.extend(utf8_percent_encode(part, PATH));
    }
}

/// Makes the headers of a request from the headers and the cookies of a payload.
fn build_headers(pairs: Option<Pairs<'_>>, cookies: Option<Vec<Text<'_>>>) -> HeaderMap {
    let pairs = pairs.map(|pairs| pairs.0).unwrap_or_default();
    let mut headers = HeaderMap::with_capacity(pairs.len() + 1);
    for (name, value) in pairs {
        // API Gateway rejects headers that HTTP does not allow. If one comes all the same, it is skipped: the
        // request does not fail.
        let name = HeaderName::from_bytes(name.0.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.0.as_bytes())) {
            headers.append(name, value);
        }
    }
    let cookies = cookies.unwrap_or_default();
    if !cookies.is_empty() {
        let cookies: Vec<_> = cookies.iter().map(|cookie| &*cookie.0).collect();
        if let Ok(value) = HeaderValue::from_bytes(cookies.join("; ").as_bytes()) {
            headers.insert(header::COOKIE, value);
        }
    }
    headers
}

/// Makes the body of a request from the body of a payload; `base64` says whether the text is encoded in base64.
fn decode_body(text: Option<Text<'_>>, base64: bool) -> Result<Body, Error> {
    match text {
        None => Ok(Body::empty()),
        Some(Text(text)) if base64 => BASE64_STANDARD
            .decode(&*text)
            .map(Body::from)
            .map_err(|error| messages::http::body_not_base64(&error)),
        Some(Text(text)) => Ok(Body::from(text.into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_once_and_escapes_are_kept() {
        let encoded = |path| {
            let mut text = String::new();
            encode_path(path, &mut text);
            text
        };
        assert_eq!(encoded("/a b/é?#{}"), "/a%20b/%C3%A9%3F%23%7B%7D");
        assert_eq!(encoded("/100%/50%25/%zz"), "/100%25/50%25/%25zz");
    }

    #[test]
    fn strings_without_escapes_are_borrowed_even_inside_containers() {
        let payload = br#"{"version":"2.0","rawPath":"/","headers":{"a":"b"},"cookies":["c"],
            "requestContext":{},"body":"d"}"#;
        let request: HttpApiRequest<'_> = serde_json::from_slice(payload).unwrap();
        let borrowed = |text: &Text<'_>| matches!(text.0, Cow::Borrowed(_));
        assert!(borrowed(&request.raw_path) && borrowed(request.body.as_ref().unwrap()));
        assert!(borrowed(&request.headers.as_ref().unwrap().0[0].1));
        assert!(borrowed(&request.cookies.as_ref().unwrap()[0]));
    }
}
