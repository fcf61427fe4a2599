//! Checks where a request to the local host comes from. Handlers run with the developer's credentials, and any
//! web page can make the browser send requests to this host: by a name of this machine, or by a name of the
//! page's own domain that resolves to this machine.
//!
//! Browsers say in `Sec-Fetch-Site` (Fetch Metadata Request Headers, a W3C draft) how the page that sends a request
//! relates to the host of the request, and in `Origin` which page it is, except with most GET requests. Clients that
//! are not browsers send neither.

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use crate::messages;
use crate::registry::CorsEntry;

/// The names and addresses by which a request may address this machine.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Which requests the local host accepts from browsers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BrowserAccess {
    /// Whether a page of another site may lead the browser to a page of the application, as a sign-in elsewhere does.
    pub(super) cross_site_navigation: bool,
    /// The settings of CORS of the application's API. The origins that they name may call the host.
    pub(super) cors: Option<CorsEntry>,
}

impl BrowserAccess {
    /// Returns whether a request comes from a page that the settings of CORS name. A pattern such as `*` names none: it
    /// would let any page call handlers with the developer's credentials.
    fn is_named(self, headers: &HeaderMap) -> bool {
        let origin = find_origin(headers);
        self.cors.zip(origin).is_some_and(|(cors, origin)| names_origin(&cors, origin))
    }
}

/// Returns the reason why an HTTP request is refused: it is not addressed to a name of this machine, or it comes
/// from a web page of another machine. `is_function` returns whether a host is that of a function's URL, which is a
/// name of this machine too. Returns `None` if the request is accepted.
pub(super) fn refuse_foreign_request(
    method: &Method,
    headers: &HeaderMap,
    access: BrowserAccess,
    is_function: &dyn Fn(&str) -> bool,
) -> Option<String> {
    if access.is_named(headers) {
        // The settings are those of the API: a function's URL has its own.
        return refuse_foreign_host(headers, is_local);
    }
    let is_own = |host: &str| is_local(host) || is_function(host);
    let navigates = access.cross_site_navigation && is_navigation(method, headers);
    refuse_foreign_host(headers, is_own)
        .or_else(|| {
            find_foreign_header(headers, &FETCH_SITE, |site| {
                matches!(site, "same-origin" | "same-site" | "none")
                    || navigates && site == "cross-site"
            })
        })
        .or_else(|| {
            find_foreign_header(headers, &header::ORIGIN, |origin| is_own_origin(origin, is_own))
        })
}

/// Returns the reason why a request of the Invoke API is refused: it is not addressed to a name of this machine, or
/// it comes from any web page, because no page calls this API. Returns `None` if the request is accepted.
pub(super) fn refuse_invocation(headers: &HeaderMap) -> Option<String> {
    refuse_foreign_host(headers, is_local)
        .or_else(|| find_foreign_header(headers, &header::ORIGIN, |_| false))
        .or_else(|| find_foreign_header(headers, &FETCH_SITE, |site| site == "none"))
}

fn refuse_foreign_host(headers: &HeaderMap, is_own: impl Fn(&str) -> bool) -> Option<String> {
    if !headers.contains_key(header::HOST) {
        return Some(messages::local::no_host());
    }
    find_foreign_header(headers, &header::HOST, is_own)
}

/// Returns whether a request is a browser's to show its answer as a page of its own, not inside another page.
fn is_navigation(method: &Method, headers: &HeaderMap) -> bool {
    let is = |name, value: &str| headers.get(name).is_some_and(|given| given == value);
    *method == Method::GET && is(FETCH_MODE, "navigate") && is(FETCH_DEST, "document")
}

/// Returns the reason for a refusal if a value of the header `name` is not `accepted`, and `None` if all values
/// are.
fn find_foreign_header(
    headers: &HeaderMap,
    name: &HeaderName,
    accepted: impl Fn(&str) -> bool,
) -> Option<String> {
    let foreign = |value: &&HeaderValue| !value.to_str().is_ok_and(&accepted);
    let value = headers.get_all(name).iter().find(foreign)?;
    let shown = match name {
        name if *name == header::HOST => "Host",
        name if *name == header::ORIGIN => "Origin",
        _ => "Sec-Fetch-Site",
    };
    Some(messages::local::foreign_header(shown, &String::from_utf8_lossy(value.as_bytes())))
}

/// Returns whether an origin is a web page of this machine. Browser extensions have origins of another scheme.
fn is_own_origin(origin: &str, is_own: impl Fn(&str) -> bool) -> bool {
    let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    host.is_some_and(is_own)
}

/// Returns whether a host, with or without a port, is this machine.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    NAMES.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Returns the only header `Origin` of a request.
pub(super) fn find_origin(headers: &HeaderMap) -> Option<&str> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (Some(origin), None) => origin.to_str().ok(),
        _ => None,
    }
}

/// Returns whether the settings name an origin itself. A pattern such as `*` names none.
pub(super) fn names_origin(cors: &CorsEntry, origin: &str) -> bool {
    cors.origins.contains(&origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    fn objection_to(pairs: &[(HeaderName, &'static str)]) -> Option<String> {
        let is_function = |host: &str| host == "site.localhost:9000";
        let access = BrowserAccess::default();
        refuse_foreign_request(&Method::GET, &headers(pairs), access, &is_function)
    }

    #[test]
    fn requests_to_a_name_of_this_machine_are_accepted_with_any_port() {
        for host in ["localhost", "LocalHost:9000", "127.0.0.1:1", "[::1]", "[::1]:9000"] {
            assert_eq!(objection_to(&[(header::HOST, host)]), None, "{host}");
        }
    }

    #[test]
    fn the_host_of_a_function_is_accepted_with_its_own_pages() {
        let host = (header::HOST, "site.localhost:9000");
        let origin = |origin| (header::ORIGIN, origin);
        assert_eq!(objection_to(&[host.clone(), origin("http://site.localhost:9000")]), None);
        assert!(objection_to(&[host.clone(), origin("http://other.localhost:9000")]).is_some());
        assert!(refuse_invocation(&headers(&[host])).is_some());
    }

    #[test]
    fn requests_to_another_host_or_without_a_host_are_refused() {
        for host in [
            "evil.example",
            "evil.example:9000",
            "localhost.evil.example",
            "evil.localhost",
            "127.0.0.1.evil.example:9000",
            "evil@localhost",
            "localhost:x",
            "0.0.0.0",
            "::1",
            "",
        ] {
            let objection = objection_to(&[(header::HOST, host)]).unwrap();
            assert!(objection.contains(&format!("has `Host: {host}`, and ")), "{objection}");
        }
        assert!(objection_to(&[]).unwrap().contains("has no `Host`, and "));
    }

    #[test]
    fn an_origin_must_be_this_machine_if_there_is_one() {
        let host = (header::HOST, "localhost:9000");
        for origin in ["http://localhost:3000", "https://127.0.0.1", "http://[::1]:3000"] {
            assert_eq!(objection_to(&[host.clone(), (header::ORIGIN, origin)]), None, "{origin}");
        }
        for origin in [
            "null",
            "https://evil.example",
            "http://localhost.evil.example",
            "localhost",
            "chrome-extension://localhost",
            "file://localhost",
        ] {
            let objection = objection_to(&[host.clone(), (header::ORIGIN, origin)]).unwrap();
            assert!(objection.contains(&format!("has `Origin: {origin}`, and ")), "{objection}");
        }
    }

    #[test]
    fn a_second_host_or_origin_is_checked_as_well() {
        for name in [header::HOST, header::ORIGIN] {
            let good = (header::HOST, "localhost");
            let own = (name.clone(), if name == header::HOST { "[::1]" } else { "http://[::1]" });
            assert!(objection_to(&[good, own, (name, "http://evil.example")]).is_some());
        }
    }

    #[test]
    fn a_browser_may_not_send_requests_for_a_page_of_another_site() {
        let host = (header::HOST, "localhost:9000");
        let site = |site| (FETCH_SITE, site);
        for near in ["same-origin", "same-site", "none"] {
            assert_eq!(objection_to(&[host.clone(), site(near)]), None, "{near}");
        }
        for far in ["cross-site", "Same-Origin", ""] {
            let objection = objection_to(&[host.clone(), site(far)]).unwrap();
            assert!(
                objection.contains(&format!("has `Sec-Fetch-Site: {far}`, and ")),
                "{objection}"
            );
        }
        let foreign = (header::ORIGIN, "https://evil.example");
        assert!(objection_to(&[host, site("none"), foreign]).is_some());
    }

    #[test]
    fn a_link_of_another_site_leads_here_only_if_that_is_allowed() {
        let link = [
            (header::HOST, "localhost"),
            (FETCH_SITE, "cross-site"),
            (FETCH_MODE, "navigate"),
            (FETCH_DEST, "document"),
        ];
        let access = BrowserAccess { cross_site_navigation: true, cors: None };
        let objection = |method, pairs: &[_], access| {
            refuse_foreign_request(&method, &headers(pairs), access, &|_| false)
        };
        assert_eq!(objection(Method::GET, &link, access), None);
        assert!(objection(Method::GET, &link, BrowserAccess::default()).is_some());
        assert!(objection(Method::POST, &link, access).is_some());
        let mut frame = link.clone();
        frame[3].1 = "iframe";
        assert!(objection(Method::GET, &frame, access).is_some());
        assert!(objection(Method::GET, &link[..2], access).is_some());
    }

    #[test]
    fn a_page_that_cors_names_may_call_this_machine() {
        let access = |origins| {
            let cors = CorsEntry {
                origins,
                methods: &["GET"],
                headers: &[],
                expose: &[],
                max_age: None,
                credentials: false,
            };
            BrowserAccess { cross_site_navigation: false, cors: Some(cors) }
        };
        let shop = [
            (header::HOST, "localhost:9000"),
            (FETCH_SITE, "cross-site"),
            (header::ORIGIN, "https://shop.example"),
        ];
        let refused = |pairs: &[_], origins| {
            let is_function = |host: &str| host == "site.localhost:9000";
            let (headers, access) = (headers(pairs), access(origins));
            refuse_foreign_request(&Method::PUT, &headers, access, &is_function).is_some()
        };
        assert!(!refused(&shop, &["https://shop.example"]));
        for origins in [&["*"][..], &["https://*"], &["https://other.example"], &[]] {
            assert!(refused(&shop, origins), "{origins:?}");
        }
        // A second origin, and a request without one, as browsers send it for an image.
        let second = (header::ORIGIN, "https://evil.example");
        assert!(refused(&[&shop[..], &[second]].concat(), &["https://shop.example"]));
        assert!(refused(&shop[..2], &["https://shop.example"]));
        let other_host = [(header::HOST, "evil.example"), shop[2].clone()];
        assert!(refused(&other_host, &["https://shop.example"]));
        // The settings are those of the API: a function's URL has its own.
        let url = [(header::HOST, "site.localhost:9000"), shop[1].clone(), shop[2].clone()];
        assert!(refused(&url, &["https://shop.example"]));
        assert!(!refused(&url[..1], &["https://shop.example"]));
    }

    #[test]
    fn no_web_page_invokes_a_function() {
        let host = (header::HOST, "localhost:9000");
        let refused = |pairs: &[_]| refuse_invocation(&headers(pairs)).is_some();
        assert!(!refused(std::slice::from_ref(&host)));
        assert!(refused(&[host.clone(), (header::ORIGIN, "http://localhost:9000")]));
        assert!(refused(&[host.clone(), (FETCH_SITE, "same-origin")]));
        assert!(refused(&[(header::HOST, "evil.example")]) && refused(&[]));
    }
}
