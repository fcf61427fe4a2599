//! Converts API Gateway's payload, format 2.0, to an HTTP request. Reads only the fields that the request
//! needs, borrowed from the payload, and returns an `http::Request` with the request context in its extensions.

use std::borrow::Cow;
use std::fmt::{self, Formatter};
use std::sync::Arc;

use ::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use axum::body::Body;
use axum::extract::OriginalUri;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::extractors::RawContext;
use super::route::Route;
use super::uri::{build_uri, encode_path, encode_rest_of_path};
use crate::Error;
use crate::invocation::decode;
use crate::messages;

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
    path_parameters: Option<Pairs<'a>>,
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
#[serde(rename_all = "camelCase")]
struct RequestContext<'a> {
    #[serde(borrow)]
    http: Http<'a>,
    #[serde(borrow, default)]
    stage: Text<'a>,
    #[serde(borrow, default)]
    domain_name: Text<'a>,
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

/// The headers or the path parameters of a request, as names and values, in the order of the payload.
struct Pairs<'a>(Vec<(Text<'a>, Text<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Vec<(Text<'de>, Text<'de>)>;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("a map of texts")
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
    /// Whether the request came through the URL of the function.
    is_from_url: bool,
}

/// Decodes a payload of API Gateway, or returns an error if its format is not 2.0.
pub(super) fn read_payload(payload: &[u8]) -> Result<Incoming<'_>, Error> {
    let request: HttpApiRequest<'_> = decode::decode_json(payload)?;
    if request.version.0 != "2.0" {
        return Err(messages::http::payload_format(&request.version.0));
    }
    let context: RequestContext<'_> = decode::decode_json(request.request_context.get().as_bytes())
        .map_err(|error| error.with_context(messages::http::request_context()))?;
    let is_from_url = context.domain_name.0.contains(".lambda-url.");
    Ok(Incoming { payload: request, context, is_from_url })
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

    /// Returns the path of the request without what API Gateway puts before it, which is one of two: the name of
    /// the stage on the API's own domain, and the base path of an API mapping on a custom domain. `base_path` is
    /// that base path, with or without slashes around it; empty if there is none. Before the path of a URL is nothing.
    pub(super) fn path(&self, base_path: &str) -> &str {
        if self.is_from_url {
            return &self.payload.raw_path.0;
        }
        let (path, domain) = (&*self.payload.raw_path.0, &*self.context.domain_name.0);
        let own_domain = domain.is_empty() || domain.contains(".execute-api.");
        let without_stage =
            if own_domain { strip_segments(path, &self.context.stage.0) } else { path };
        if domain.contains(".execute-api.") || without_stage.len() < path.len() {
            return without_stage;
        }
        strip_segments(path, base_path)
    }

    /// Writes the path of the request for the router of a route, percent-encoded. API Gateway has already matched
    /// the path to the route, so the path is the template of the route with the values that API Gateway found. If
    /// it found none, as for the route `$default`, the path is that of the request, without `base_path`.
    pub(super) fn encode_path_for(&self, route: &Route, base_path: &str) -> String {
        let parameters = self.payload.path_parameters.as_ref();
        let filled = parameters.map_or_else(
            || route.fill_path(|_| None),
            |Pairs(pairs)| {
                let find = |name: &str| pairs.iter().find(|(key, _)| key.0 == name);
                route.fill_path(|name| find(name).map(|(_, value)| &*value.0))
            },
        );
        filled.unwrap_or_else(|| {
            let path = self.path(base_path);
            let trimmed = path.strip_suffix('/').unwrap_or(path);
            let fits = [path, trimmed].into_iter().find(|path| route.matches_path(path));
            let path = fits.unwrap_or(path);
            if self.is_from_url { encode_rest_of_path(path) } else { encode_path(path) }
        })
    }

    /// Returns whether the request came through the URL of the function. A URL passes the path on with the
    /// percent-encoding of the client; an HTTP API decodes it.
    pub(super) const fn is_from_url(&self) -> bool {
        self.is_from_url
    }

    /// Converts the payload to a request for axum. `path` is the path for the router of the chosen route,
    /// percent-encoded.
    pub(super) fn into_request(self, path: &str) -> Result<Request<Body>, Error> {
        let encoded = self.is_from_url;
        let method = Method::from_bytes(self.method().as_bytes())
            .map_err(|_| messages::http::invalid_method(self.method()))?;
        let payload = self.payload;
        let (raw_path, query) = (&*payload.raw_path.0, &*payload.raw_query_string.0);
        let raw_path = if encoded { encode_rest_of_path(raw_path) } else { encode_path(raw_path) };
        let original = OriginalUri(build_uri(&raw_path, query)?);
        let uri = if path == raw_path { original.0.clone() } else { build_uri(path, query)? };
        let mut request = Request::new(decode_body(payload.body, payload.is_base64_encoded)?);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = build_headers(payload.headers, payload.cookies);
        let context: Arc<str> = payload.request_context.get().into();
        request.extensions_mut().insert(RawContext(context));
        request.extensions_mut().insert(original);
        Ok(request)
    }
}

/// Removes segments from the start of a path, if the path begins with all of them. `prefix` has slashes around it, or
/// has none.
fn strip_segments<'a>(path: &'a str, prefix: &str) -> &'a str {
    let prefix = prefix.trim_matches('/');
    let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(prefix));
    match rest {
        _ if prefix.is_empty() => path,
        Some("") => "/",
        Some(rest) if rest.starts_with('/') => rest,
        _ => path,
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
    fn segments_are_removed_whole_and_once() {
        for (path, prefix, stripped) in [
            ("/v1/orders", "v1", "/orders"),
            ("/v1/v1/orders", "/v1/", "/v1/orders"),
            ("/v1", "v1", "/"),
            ("/v10/orders", "v1", "/v10/orders"),
            ("/a/b/orders", "a/b", "/orders"),
            ("/orders", "", "/orders"),
        ] {
            assert_eq!(strip_segments(path, prefix), stripped, "{path} without {prefix}");
        }
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
