//! CORS: which web pages of other origins may call an HTTP endpoint, and what they may send and read. A function URL and
//! an HTTP API have these settings, and each service has limits of its own for them. Takes what the user wrote, and returns values that
//! the service accepts.

use std::ops::RangeInclusive;

use serde::Serialize;

use super::name::ParameterName;
use super::parameter_content::{NameLetters, ParameterContent};
use super::{limits, value};
use crate::message::Message;
use crate::messages::cors as messages;

/// The entry of a list that allows every origin, method or header.
pub const ANY: &str = "*";

/// The CORS settings of an HTTP endpoint. A list that is empty is not set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cors {
    /// The origins whose pages may call the endpoint, at least one.
    pub origins: Vec<Origin>,
    /// The methods that a page may use, in upper case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<&'static str>,
    /// The headers that a page may send.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<String>,
    /// The headers of an answer that a page may read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expose: Vec<String>,
    /// How long a browser may keep the answer to a preflight request, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age: Option<u32>,
    /// Whether a page may send cookies and other credentials.
    pub credentials: bool,
}

/// An origin whose pages may call an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Every origin.
    Any,
    /// Every origin with the scheme of this pattern, such as `https://*`.
    Pattern(String),
    /// The origin with this scheme, host and port.
    Exact(String),
    /// The origin that is the value of this template parameter.
    Param(ParameterName),
}

/// What a service accepts as the CORS settings of its endpoints.
#[derive(Debug)]
pub struct CorsRules {
    /// The endpoint with its article, for messages: `a function URL`.
    pub endpoint: &'static str,
    /// The methods that a list can have.
    pub methods: &'static [&'static str],
    /// The patterns for origins that a list can have beside `*`.
    pub patterns: &'static [&'static str],
    /// Whether the service sends the `*` of a list to browsers, which take it for a name if they send credentials.
    pub sends_wildcards: bool,
    /// The maximum number of entries of a list of origins or headers.
    pub entries: usize,
    /// The accepted length of an origin, in characters.
    pub origin_len: RangeInclusive<usize>,
    /// The accepted length of the name of a header, in characters.
    pub header_len: RangeInclusive<usize>,
    /// The accepted time for which a browser keeps an answer, in seconds.
    pub max_age: RangeInclusive<u32>,
}

/// What a function URL accepts. Lambda answers preflight requests itself, so no list needs `OPTIONS`.
pub const FUNCTION_URL: CorsRules = CorsRules {
    endpoint: "a function URL",
    methods: &["GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", ANY],
    patterns: &[],
    sends_wildcards: false,
    entries: limits::FUNCTION_URL_CORS_ENTRIES,
    origin_len: limits::FUNCTION_URL_ORIGIN_LEN,
    header_len: limits::FUNCTION_URL_HEADER_LEN,
    max_age: limits::FUNCTION_URL_MAX_AGE_SECONDS,
};

/// What an HTTP API accepts. AWS names no limits for its lists, and routes of the method `OPTIONS` are possible.
pub const HTTP_API: CorsRules = CorsRules {
    endpoint: "an HTTP API",
    methods: &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", ANY],
    patterns: &["https://*", "http://*"],
    sends_wildcards: true,
    entries: usize::MAX,
    origin_len: 1..=usize::MAX,
    header_len: 1..=usize::MAX,
    max_age: limits::HTTP_API_CORS_MAX_AGE_SECONDS,
};

/// The content of a template parameter that is an origin.
pub const ORIGIN_PARAMETER: ParameterContent = ParameterContent::name(
    "Origin of web pages",
    NameLetters::ArnPart,
    &limits::FUNCTION_URL_ORIGIN_LEN,
);

impl Cors {
    /// Returns the template parameters that the settings refer to.
    pub fn parameters(&self) -> impl Iterator<Item = &ParameterName> {
        self.origins.iter().filter_map(|origin| match origin {
            Origin::Param(name) => Some(name),
            Origin::Any | Origin::Pattern(_) | Origin::Exact(_) => None,
        })
    }
}

impl Origin {
    /// Returns the entry of the origin in a list, and `None` for a parameter.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Any => Some(ANY),
            Self::Pattern(text) | Self::Exact(text) => Some(text),
            Self::Param(_) => None,
        }
    }
}

impl CorsRules {
    /// Checks that a text is an origin as browsers send it: a scheme, a host and perhaps a port.
    ///
    /// # Errors
    ///
    /// Returns a message if no request of a browser would have this origin, or if the service would refuse it.
    pub fn check_origin(&self, text: &str) -> Result<Origin, Message> {
        if text == ANY {
            return Ok(Origin::Any);
        }
        if self.patterns.contains(&text) {
            return Ok(Origin::Pattern(text.to_owned()));
        }
        if text == "null" {
            return Err(messages::null_origin());
        }
        if text.contains('*') {
            return Err(messages::origin_with_wildcard(text, self.patterns));
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(messages::origin_without_scheme(text));
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let authority = &rest[..end];
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        if !is_scheme(scheme) || !is_host(host) {
            return Err(messages::not_an_origin(text));
        }
        let normal = normalize(scheme, host);
        if normal != text {
            return Err(messages::origin_spelled(text, &normal));
        }
        check_length("an origin", text, &self.origin_len)?;
        Ok(Origin::Exact(normal))
    }

    /// Returns the method with this name, in upper or lower case. Returns `None` if a list of methods cannot have it.
    pub(crate) fn find_method(&self, text: &str) -> Option<&'static str> {
        self.methods.iter().find(|method| method.eq_ignore_ascii_case(text)).copied()
    }

    /// Returns the method with this name, in upper or lower case.
    ///
    /// # Errors
    ///
    /// Returns a message if a list of methods cannot have it.
    pub fn check_method(&self, text: &str) -> Result<&'static str, Message> {
        self.find_method(text).ok_or_else(|| {
            if text.eq_ignore_ascii_case("ANY") || text.eq_ignore_ascii_case("all") {
                messages::any_method(text)
            } else if text.eq_ignore_ascii_case("OPTIONS") {
                messages::preflight_method(self.endpoint, text)
            } else {
                messages::unknown_method(self.endpoint, text, self.methods)
            }
        })
    }

    /// Checks that a text is the name of a header, or `*` for all.
    ///
    /// # Errors
    ///
    /// Returns a message if no header can have the name.
    pub fn check_header(&self, text: &str) -> Result<String, Message> {
        let is_letter = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it);
        let has_wildcard = text != ANY && text.contains(ANY);
        let is_name = !text.is_empty() && text.bytes().all(is_letter) && !has_wildcard;
        if !is_name || value::has_dynamic_reference(text) {
            return Err(messages::not_a_header(text));
        }
        check_length("the name of a header", text, &self.header_len)?;
        Ok(text.to_owned())
    }

    /// Checks the length of a list of origins or headers; `key` is the key of the list.
    ///
    /// # Errors
    ///
    /// Returns a message if the list is longer than the service accepts.
    pub fn check_count(&self, key: &str, count: usize) -> Result<(), Message> {
        if count > self.entries {
            return Err(messages::too_many_entries(key, count, self.entries, self.endpoint));
        }
        Ok(())
    }

    /// Checks the time for which a browser keeps the answer to a preflight request.
    ///
    /// # Errors
    ///
    /// Returns a message if the service refuses the time.
    pub fn check_max_age(&self, seconds: u64) -> Result<u32, Message> {
        let read = u32::try_from(seconds).ok().filter(|it| self.max_age.contains(it));
        read.ok_or_else(|| messages::max_age_too_long(seconds, *self.max_age.end(), self.endpoint))
    }
}

/// Checks the length of a text. A message calls the text `what`.
fn check_length(what: &str, text: &str, accepted: &RangeInclusive<usize>) -> Result<(), Message> {
    let length = text.chars().count();
    if accepted.contains(&length) {
        return Ok(());
    }
    Err(messages::text_too_long(what, length, *accepted.end()))
}

/// Returns whether a text is the scheme of a URL.
fn is_scheme(text: &str) -> bool {
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || b"+-.".contains(&it);
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(is_letter)
}

/// Returns whether a text is a host, with or without a port.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || b"-._".contains(&it);
    let is_address = |it: &str| it.bytes().all(|it| it.is_ascii_hexdigit() || b":.".contains(&it));
    let is_name = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => !address.is_empty() && is_address(address),
        None => !host.is_empty() && host.bytes().all(is_letter),
    };
    is_name && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

/// Returns an origin as browsers send it: in lower case, and without the port that the scheme has anyway.
fn normalize(scheme: &str, host: &str) -> String {
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let default = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => return format!("{scheme}://{host}"),
    };
    format!("{scheme}://{}", host.strip_suffix(default).unwrap_or(&host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Method;

    #[test]
    fn an_origin_is_accepted_as_browsers_send_it() {
        assert_eq!(FUNCTION_URL.check_origin("*"), Ok(Origin::Any));
        for right in [
            "https://example.com",
            "http://localhost:3000",
            "https://a_b.example.com:8443",
            "http://[::1]:9000",
            "http://127.0.0.1",
            "tauri://localhost",
        ] {
            assert_eq!(FUNCTION_URL.check_origin(right), Ok(Origin::Exact(right.to_owned())));
        }
    }

    #[test]
    fn an_origin_that_no_browser_sends_is_refused_with_the_right_one() {
        for (wrong, help) in [
            ("https://example.com/", "write `https://example.com`"),
            ("https://example.com/app?a=1", "write `https://example.com`"),
            ("https://me@example.com", "write `https://example.com`"),
            ("HTTPS://Example.com", "write `https://example.com`"),
            ("https://example.com:443", "write `https://example.com`"),
            ("http://localhost:80", "write `http://localhost`"),
            ("example.com", "write `https://example.com`"),
            ("https://*.example.com", "name each origin, or write `*` for all"),
            ("https://*", "name each origin, or write `*` for all"),
            ("null", "name the origins of your pages: `https://example.com`"),
        ] {
            let found = FUNCTION_URL.check_origin(wrong).unwrap_err();
            assert_eq!(found.help.as_deref(), Some(help), "{wrong}: {found:?}");
        }
        for wrong in
            ["https://", "://a", "https://a b", "https://a:x", "https://a:70000", "https://[]"]
        {
            let found = FUNCTION_URL.check_origin(wrong).unwrap_err();
            assert!(found.text.starts_with(&format!("`{wrong}` is not an origin")), "{found:?}");
        }
        let long = |length: usize| format!("https://{}", "a".repeat(length - 8));
        assert!(FUNCTION_URL.check_origin(&long(253)).is_ok());
        let found = FUNCTION_URL.check_origin(&long(254)).unwrap_err();
        assert_eq!(found.text, "an origin of 254 characters, AWS takes 253");
    }

    #[test]
    fn a_method_is_one_that_the_service_knows() {
        assert_eq!(FUNCTION_URL.check_method("get"), Ok("GET"));
        assert_eq!(FUNCTION_URL.check_method("*"), Ok("*"));
        for (wrong, help) in [
            ("ANY", "write `\"*\"` for all methods"),
            ("OPTIONS", "leave it out: the preflight request is answered without the function"),
            ("GTE", "did you mean `GET`?"),
            ("TELEPORT", "one of `GET`, `PUT`, `HEAD`, `POST`, `PATCH`, `DELETE` and `*`"),
        ] {
            let found = FUNCTION_URL.check_method(wrong).unwrap_err();
            assert_eq!(found.help.as_deref(), Some(help), "{wrong}");
        }
    }

    #[test]
    fn headers_and_numbers_have_the_limits_of_the_service() {
        assert_eq!(FUNCTION_URL.check_header("x-order_id").as_deref(), Ok("x-order_id"));
        assert_eq!(FUNCTION_URL.check_header("*").as_deref(), Ok("*"));
        for wrong in ["", "a b", "a:b", "é", "x-*"] {
            assert!(FUNCTION_URL.check_header(wrong).is_err(), "{wrong}");
        }
        assert!(FUNCTION_URL.check_header(&"a".repeat(1_024)).is_ok());
        assert!(FUNCTION_URL.check_header(&"a".repeat(1_025)).is_err());
        assert!(FUNCTION_URL.check_count("origins", 100).is_ok());
        assert!(FUNCTION_URL.check_count("origins", 101).is_err());
        assert_eq!(FUNCTION_URL.check_max_age(86_400), Ok(86_400));
        assert_eq!(
            FUNCTION_URL.check_max_age(86_401).unwrap_err().text,
            "maximum age of 86401 s, a function URL takes at most 86400 s"
        );
        assert!(FUNCTION_URL.check_max_age(u64::MAX).is_err());
    }

    #[test]
    fn an_api_takes_patterns_for_schemes_and_every_method_of_a_route() {
        for pattern in ["https://*", "http://*"] {
            let origin = HTTP_API.check_origin(pattern);
            assert_eq!(origin, Ok(Origin::Pattern(pattern.to_owned())));
            assert_eq!(origin.unwrap().text(), Some(pattern));
        }
        let found = HTTP_API.check_origin("https://*.example.com").unwrap_err();
        let help = "name each origin, or write `https://*` for all with this scheme";
        assert_eq!(found.help.as_deref(), Some(help));
        assert_eq!(HTTP_API.check_method("options"), Ok("OPTIONS"));
        assert!(Method::names().iter().all(|it| *it == "ANY" || HTTP_API.check_method(it).is_ok()));
        assert_eq!(HTTP_API.check_max_age(86_400), Ok(86_400));
        assert!(HTTP_API.check_max_age(86_401).is_err());
    }

    #[test]
    fn a_parameter_is_an_origin() {
        assert!(ORIGIN_PARAMETER.accepts("https://example.com:8443"));
        assert!(!ORIGIN_PARAMETER.accepts("*"));
        assert_eq!(ORIGIN_PARAMETER.noun(), "the origin of web pages");
        let origins = vec![Origin::Any, Origin::Param("Page".try_into().unwrap())];
        assert_eq!(origins.iter().map(Origin::text).collect::<Vec<_>>(), [Some("*"), None]);
        let cors = Cors {
            origins,
            methods: Vec::new(),
            headers: Vec::new(),
            expose: Vec::new(),
            max_age: None,
            credentials: false,
        };
        assert_eq!(cors.parameters().map(ParameterName::as_str).collect::<Vec<_>>(), ["Page"]);
    }
}
