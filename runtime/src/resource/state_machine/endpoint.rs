//! The address of synchronous executions. In AWS it is a host of its own, whose name begins with `sync-`. Imitations of AWS
//! on the developer's machine have one host for all requests.

use std::net::IpAddr;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

/// The prefix that the AWS SDK puts before the host of `StartSyncExecution`.
const PREFIX: &str = "sync-";

/// Removes the prefix from the host of a request to this machine.
pub(super) fn remove_prefix_of_local_host(request: &mut HttpRequest) {
    if let Some(uri) = without_prefix(request.uri()) {
        // The rest of an address that was valid is valid.
        let _ = request.set_uri(uri);
    }
}

/// Returns the address without the prefix. Returns `None` for an address of AWS.
fn without_prefix(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once("://")?;
    let rest = rest.strip_prefix(PREFIX)?;
    let authority = rest.split(['/', '?']).next()?;
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let is_address = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    (is_address || host == "localhost").then(|| format!("{scheme}://{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_this_machine_loses_its_prefix() {
        for (uri, expected) in [
            ("http://sync-127.0.0.1:4566/", Some("http://127.0.0.1:4566/")),
            ("http://sync-localhost:4566", Some("http://localhost:4566")),
            ("http://sync-[::1]:4566/", Some("http://[::1]:4566/")),
            ("https://sync-states.eu-central-1.amazonaws.com/", None),
            ("http://127.0.0.1:4566/", None),
            ("sync-localhost", None),
        ] {
            assert_eq!(without_prefix(uri).as_deref(), expected, "{uri}");
        }
    }
}
