//! Converts an axum response to the JSON that API Gateway expects, format 2.0: status, headers, cookies, and
//! the body as text, or in base64 if it is not text.

use std::borrow::Cow;

use ::http::header::{CONTENT_ENCODING, CONTENT_TYPE, SET_COOKIE};
use ::http::response::Parts;
use ::http::{HeaderMap, HeaderName};
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::body::BodyChunks;
use crate::Error;
use crate::invocation::FunctionResponse;
use crate::invocation::response::MAX_RESPONSE_BYTES;
#[cfg(all(feature = "local", debug_assertions))]
use crate::messages;

/// A response in API Gateway's format 2.0.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HttpApiResponse<'a> {
    status_code: u16,
    headers: Headers<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<Cow<'a, str>>,
    /// `None` if only status and headers are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_base64_encoded: Option<bool>,
}

impl<'a> HttpApiResponse<'a> {
    /// Makes a response that has status, headers and cookies.
    fn with_head(parts: &'a Parts) -> Self {
        Self {
            status_code: parts.status.as_u16(),
            headers: Headers(&parts.headers),
            cookies: header_values(&parts.headers, &SET_COOKIE).collect(),
            body: None,
            is_base64_encoded: None,
        }
    }
}

/// The headers of a response. Each header is written once, with its values joined, because format 2.0 has no
/// lists of values. Cookies are written in a field of their own.
struct Headers<'a>(&'a HeaderMap);

impl Serialize for Headers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for name in self.0.keys().filter(|name| *name != SET_COOKIE) {
            let values: Vec<_> = header_values(self.0, name).collect();
            map.serialize_entry(name.as_str(), &values.join(", "))?;
        }
        map.end()
    }
}

/// Returns the values of one header as text. Invalid UTF-8 in a value is replaced.
fn header_values<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> impl Iterator<Item = Cow<'a, str>> {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()))
}

/// Collects the body of an axum response, and writes the response in API Gateway's format.
pub(super) async fn write_response(response: Response) -> Result<FunctionResponse, Error> {
    let (parts, body) = response.into_parts();
    let body = BodyChunks::new(body).collect(MAX_RESPONSE_BYTES).await?;
    let text = if is_text(&parts.headers) { std::str::from_utf8(&body).ok() } else { None };
    let answer = HttpApiResponse {
        // An empty body is text without a content type.
        is_base64_encoded: Some(text.is_none() && !body.is_empty()),
        body: Some(text.map_or_else(|| BASE64_STANDARD.encode(&body).into(), Cow::Borrowed)),
        ..HttpApiResponse::with_head(&parts)
    };
    Ok(serde_json::to_vec(&answer)?.into())
}

/// Writes status, headers and cookies of a response as JSON, without its body.
pub(super) fn write_head(parts: &Parts) -> Result<Vec<u8>, Error> {
    Ok(serde_json::to_vec(&HttpApiResponse::with_head(parts))?)
}

/// Converts a response in API Gateway's format, which [`write_response`] or [`write_head`] wrote, back to an axum response.
#[cfg(all(feature = "local", debug_assertions))]
pub(super) fn read_response(answer: &[u8]) -> Result<Response, Error> {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Kept {
        status_code: u16,
        headers: std::collections::BTreeMap<String, String>,
        #[serde(default)]
        cookies: Vec<String>,
        #[serde(default)]
        body: String,
        #[serde(default)]
        is_base64_encoded: bool,
    }
    let kept: Kept = serde_json::from_slice(answer)?;
    let body = if kept.is_base64_encoded {
        BASE64_STANDARD
            .decode(kept.body)
            .map_err(|error| messages::http::body_not_base64(&error))?
    } else {
        kept.body.into_bytes()
    };
    let mut response = Response::builder().status(kept.status_code);
    for (name, value) in kept.headers {
        response = response.header(name, value);
    }
    for cookie in kept.cookies {
        response = response.header(SET_COOKIE, cookie);
    }
    Ok(response.body(body.into())?)
}

/// Returns whether the headers of a response declare its body as text. A compressed body is not text, whatever
/// its content type.
fn is_text(headers: &HeaderMap) -> bool {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if value(CONTENT_ENCODING).is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return false;
    }
    let content_type = value(CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let (mime, parameters) = content_type.split_once(';').unwrap_or((&content_type, ""));
    let mime = mime.trim();
    let known = [
        "application/json",
        "application/xml",
        "application/javascript",
        "application/x-www-form-urlencoded",
    ];
    mime.starts_with("text/")
        || known.contains(&mime)
        || mime.ends_with("+json")
        || mime.ends_with("+xml")
        || parameters.contains("charset=")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content_type: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        is_text(&headers)
    }

    #[test]
    fn a_text_body_is_recognised_by_its_content_type() {
        for content_type in [
            "text/plain",
            "TEXT/HTML; charset=utf-8",
            "application/json",
            "application/problem+json",
            "image/svg+xml",
            "application/x-www-form-urlencoded",
            "application/x-thing; charset=utf-8",
        ] {
            assert!(text(content_type), "{content_type}");
        }
        for content_type in ["image/png", "application/octet-stream", "application/pdf"] {
            assert!(!text(content_type), "{content_type}");
        }
    }

    #[test]
    #[cfg(all(feature = "local", debug_assertions))]
    fn a_written_response_reads_back_unchanged() {
        let response = |body: &'static [u8], content_type| {
            let builder = Response::builder().status(201).header(CONTENT_TYPE, content_type);
            let builder = builder.header(SET_COOKIE, "a=1").header(SET_COOKIE, "b=2; Secure");
            builder.header("x-two", "1").header("x-two", "2").body(body.into()).unwrap()
        };
        for (body, content_type) in [(&b"{}"[..], "application/json"), (b"\xff\0", "image/png")] {
            let (parts, read_body) = crate::testing::block_on(async {
                let answer = write_response(response(body, content_type)).await.unwrap();
                let answer = answer.collect_bytes().await.unwrap();
                let (parts, body) = read_response(&answer).unwrap().into_parts();
                (parts, BodyChunks::new(body).collect(usize::MAX).await.unwrap())
            });
            assert_eq!((parts.status.as_u16(), &read_body[..]), (201, body));
            assert_eq!(parts.headers[CONTENT_TYPE], content_type);
            assert_eq!(parts.headers["x-two"], "1, 2");
            let cookies: Vec<_> = parts.headers.get_all(SET_COOKIE).iter().collect();
            assert_eq!(cookies, ["a=1", "b=2; Secure"]);
        }
    }

    #[test]
    fn compressed_text_is_not_text() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, "text/plain".parse().unwrap());
        headers.insert(CONTENT_ENCODING, "gzip".parse().unwrap());
        assert!(!is_text(&headers));
    }
}
