//! Checks where a request to the local host comes from. Handlers run with the developer's credentials, and any
//! web page can make the browser send requests to this host: by a name of this machine, or by a name of the
//! page's own domain that resolves to this machine.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::messages;

/// The names and addresses by which a request may address this machine.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Returns the reason why a request is refused: it is not addressed to a name of this machine, or it comes from
/// a web page of another machine. Returns `None` if the request is accepted.
pub(super) fn refuse_foreign_request(headers: &HeaderMap) -> Option<String> {
    if !headers.contains_key(header::HOST) {
        return Some(messages::local::no_host());
    }
    find_foreign_header(headers, &header::HOST, is_local).or_else(|| {
        find_foreign_header(headers, &header::ORIGIN, |origin| {
            origin.split_once("://").is_some_and(|(_, host)| is_local(host))
        })
    })
}

/// Returns the reason for a refusal if a value of the header `name` is not `local`, and `None` if all values
/// are.
fn find_foreign_header(
    headers: &HeaderMap,
    name: &HeaderName,
    local: fn(&str) -> bool,
) -> Option<String> {
    let stranger = |value: &&HeaderValue| !value.to_str().is_ok_and(local);
    let value = headers.get_all(name).iter().find(stranger)?;
    let name = if *name == header::HOST { "Host" } else { "Origin" };
    Some(messages::local::foreign_header(name, &String::from_utf8_lossy(value.as_bytes())))
}

/// Returns whether a host, with or without a port, is this machine.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    NAMES.iter().any(|own| name.eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objection_to(pairs: &[(HeaderName, &'static str)]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, HeaderValue::from_static(value));
        }
        refuse_foreign_request(&headers)
    }

    #[test]
    fn requests_to_a_name_of_this_machine_are_accepted_with_any_port() {
        for host in ["localhost", "LocalHost:9000", "127.0.0.1:1", "[::1]", "[::1]:9000"] {
            assert_eq!(objection_to(&[(header::HOST, host)]), None, "{host}");
        }
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
        for origin in ["null", "https://evil.example", "http://localhost.evil.example", "localhost"]
        {
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
}
