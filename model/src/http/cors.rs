//! CORS: which web pages of other origins may call an API, and how. API Gateway answers preflight requests from these
//! settings, and adds the headers of CORS to answers. AWS: "Configure CORS for HTTP APIs in API Gateway".

use std::time::Duration;

use serde::Serialize;

use crate::message::Message;
use crate::messages::http as messages;
use crate::route::{Method, Route};

/// The sign that stands for all origins, methods or headers.
const ANY: &str = "*";

/// The settings of CORS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HttpCors {
    /// The origins whose pages may call the API.
    pub origins: Vec<HttpOrigin>,
    /// The methods that pages may use. `None` for those of the API's routes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub methods: Option<Vec<CorsMethod>>,
    /// The headers that pages may send. `None` for those that the API's routes need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Vec<CorsHeader>>,
    /// The headers of answers that pages may read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expose: Vec<CorsHeader>,
    /// How long a browser may keep the answer to a preflight request, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age: Option<MaxAge>,
    /// Whether the browser sends cookies and other credentials along.
    pub credentials: bool,
}

/// How long a browser may keep the answer to a preflight request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct MaxAge(u32);

impl MaxAge {
    /// The longest time that API Gateway takes, in seconds.
    const LONGEST: u64 = 86_400;

    /// Returns the time in seconds.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u64> for MaxAge {
    type Error = String;

    fn try_from(seconds: u64) -> Result<Self, String> {
        let within = u32::try_from(seconds).ok().filter(|_| seconds <= Self::LONGEST);
        within.map(Self).ok_or_else(|| messages::max_age_too_long(Duration::from_secs(seconds)))
    }
}

/// An origin whose pages may call an API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct HttpOrigin(String);

impl HttpOrigin {
    /// Returns the origin as browsers write it, or a pattern of API Gateway: `*`, `https://*` or `http://*`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether this is the pattern for all origins.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.0 == ANY
    }
}

impl TryFrom<&str> for HttpOrigin {
    type Error = Message;

    fn try_from(origin: &str) -> Result<Self, Message> {
        if origin == ANY || origin == "null" {
            return if origin == ANY {
                Ok(Self(origin.to_owned()))
            } else {
                Err(messages::null_origin())
            };
        }
        let Some((scheme, host)) = origin.split_once("://") else {
            return Err(messages::origin_without_scheme(origin));
        };
        let host_alone = host.split(['/', '?', '#']).next().unwrap_or_default();
        if host_alone.len() < host.len() {
            return Err(messages::origin_with_path(origin, &format!("{scheme}://{host_alone}")));
        }
        let is_pattern = host == ANY && matches!(scheme, "https" | "http");
        if is_pattern {
            return Ok(Self(origin.to_owned()));
        }
        if host.contains(ANY) {
            return Err(messages::origin_with_wildcard(origin));
        }
        let lower = origin.to_ascii_lowercase();
        let is_host = |it: char| it.is_ascii_alphanumeric() || "-._:[]".contains(it);
        let is_scheme = |it: char| it.is_ascii_alphanumeric() || "+-.".contains(it);
        if host.is_empty() || !host.chars().all(is_host) || !scheme.chars().all(is_scheme) {
            return Err(messages::invalid_origin(origin));
        }
        // Browsers write an origin in lower case, and without the port that its scheme has by default.
        let default_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => "",
        };
        let shortened = lower.strip_suffix(default_port).filter(|_| !default_port.is_empty());
        let written = shortened.unwrap_or(&lower);
        if written != origin {
            return Err(messages::origin_of_no_browser(origin, written));
        }
        Ok(Self(lower))
    }
}

/// A method that pages of other origins may use, or all methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct CorsMethod(&'static str);

impl CorsMethod {
    /// The methods that API Gateway takes. The last one stands for all.
    pub const NAMES: [&'static str; 8] =
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", ANY];

    /// Parses the name of a method, in upper or lower case. Returns `None` if there is no such method.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|name| name.eq_ignore_ascii_case(text)).map(Self)
    }

    /// Returns the name of the method in upper case, or `*`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Returns whether this stands for all methods.
    #[must_use]
    pub fn is_any(self) -> bool {
        self.0 == ANY
    }
}

/// A header that pages of other origins may send or read, or all headers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct CorsHeader(String);

impl CorsHeader {
    /// Returns the name of the header in lower case, or `*`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether this stands for all headers.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.0 == ANY
    }
}

impl TryFrom<&str> for CorsHeader {
    type Error = Message;

    fn try_from(name: &str) -> Result<Self, Message> {
        let is_token = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
        if name != ANY && (name.is_empty() || name.contains(ANY) || !name.chars().all(is_token)) {
            return Err(messages::invalid_header(name));
        }
        Ok(Self(name.to_ascii_lowercase()))
    }
}

impl HttpCors {
    /// Returns the settings with the methods and the headers that the API's routes need where the user sets none.
    /// `authorization` is whether a route has an authorizer that reads this header.
    #[must_use]
    pub fn complete<'a>(
        &self,
        routes: impl Iterator<Item = &'a Route>,
        authorization: bool,
    ) -> Self {
        let methods = self.methods.clone().unwrap_or_else(|| self.methods_of(routes));
        let headers = self.headers.clone().unwrap_or_else(|| {
            // Without it, a page could not send JSON.
            let names = ["content-type", "authorization"].into_iter();
            names
                .filter(|name| authorization || *name != "authorization")
                .map(|name| CorsHeader(name.to_owned()))
                .collect()
        });
        Self { methods: Some(methods), headers: Some(headers), ..self.clone() }
    }

    /// Returns the methods of routes, each once.
    fn methods_of<'a>(&self, routes: impl Iterator<Item = &'a Route>) -> Vec<CorsMethod> {
        let mut methods: Vec<CorsMethod> = Vec::new();
        for route in routes {
            let named = match route {
                Route::Path(method, _) => CorsMethod::parse(method.as_str()),
                Route::Default => None,
            };
            if let Some(method) = named {
                methods.extend((!methods.contains(&method)).then_some(method));
                continue;
            }
            // Browsers take `*` for a name of a method if they send credentials.
            let all = Method::names().iter().filter_map(|name| CorsMethod::parse(name));
            return if self.credentials { all.collect() } else { vec![CorsMethod(ANY)] };
        }
        methods
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::RoutePath;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for right in [
            "*",
            "https://*",
            "http://*",
            "https://shop.example",
            "http://localhost:3000",
            "http://[::1]:8080",
            "capacitor://localhost",
        ] {
            assert_eq!(HttpOrigin::try_from(right).unwrap().as_str(), right);
        }
        for (wrong, help) in [
            ("shop.example", Some("write `https://shop.example`")),
            ("https://shop.example/", Some("write `https://shop.example`")),
            ("https://shop.example/a?b", Some("write `https://shop.example`")),
            ("https://Shop.example", Some("write `https://shop.example`")),
            ("https://shop.example:443", Some("write `https://shop.example`")),
            ("http://shop.example:80", Some("write `http://shop.example`")),
            (
                "https://*.shop.example",
                Some("list the origins, or write `https://*` for all with this scheme"),
            ),
            ("https://", None),
            ("https://a b", None),
            ("https://user@shop.example", None),
        ] {
            let message = HttpOrigin::try_from(wrong).unwrap_err();
            assert_eq!(message.help.as_deref(), help, "{wrong}");
        }
        assert!(HttpOrigin::try_from("null").unwrap_err().help.is_some());
    }

    #[test]
    fn a_header_is_a_name_of_http() {
        assert_eq!(CorsHeader::try_from("X-Request-Id").unwrap().as_str(), "x-request-id");
        assert!(CorsHeader::try_from("*").unwrap().is_any());
        for wrong in ["", "a b", "x-*", "a:b"] {
            assert!(CorsHeader::try_from(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_browser_keeps_an_answer_for_a_day_at_most() {
        assert_eq!(MaxAge::try_from(86_400).unwrap().get(), 86_400);
        assert!(MaxAge::try_from(86_401).is_err() && MaxAge::try_from(u64::MAX).is_err());
    }

    #[test]
    fn the_routes_say_which_methods_and_headers_pages_need() {
        let route = |method, path| {
            Route::Path(Method::parse(method).unwrap(), RoutePath::try_from(path).unwrap())
        };
        let cors = |credentials| HttpCors {
            origins: Vec::new(),
            methods: None,
            headers: None,
            expose: Vec::new(),
            max_age: None,
            credentials,
        };
        let complete = |credentials, routes: &[Route], authorization| {
            let all = cors(credentials).complete(routes.iter(), authorization);
            let methods: Vec<_> =
                all.methods.unwrap().into_iter().map(CorsMethod::as_str).collect();
            let headers = all.headers.unwrap().iter().map(|it| it.as_str().to_owned()).collect();
            (methods, headers)
        };
        let routes = [route("GET", "/a"), route("PUT", "/a"), route("GET", "/b")];
        let (methods, headers): (_, Vec<String>) = complete(false, &routes, false);
        assert_eq!((methods, headers), (vec!["GET", "PUT"], vec!["content-type".to_owned()]));
        let (methods, headers) = complete(false, &[route("GET", "/a"), Route::Default], true);
        assert_eq!((methods, headers.len()), (vec!["*"], 2));
        let (methods, _) = complete(true, &[route("ANY", "/a")], true);
        assert_eq!(methods, ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);
        let own = HttpCors {
            methods: CorsMethod::parse("delete").map(|it| vec![it]),
            headers: Some(Vec::new()),
            ..cors(false)
        };
        assert_eq!(own.complete(routes.iter(), true), own);
    }
}
