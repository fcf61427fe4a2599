//! An application with closed routes and CORS, as a process: on the local host, which verifies no token, and in Lambda,
//! where claims come with the request context alone.

mod entries;

use serde_json::{Value, json};
use skylift::__private::{AppEntry, CorsEntry};

use crate::lambda::run;
use crate::local::{Answer, Host};
use crate::runtime_api::Next;

pub(crate) const APP: AppEntry = AppEntry {
    package: "closed",
    binary: "closed",
    handlers: entries::HANDLERS,
    variables: &[],
    cors: Some(CorsEntry {
        origins: &["https://shop.example", "https://*"],
        methods: &["GET"],
        headers: &["authorization"],
        expose: &["x-b"],
        max_age: Some(60),
        credentials: false,
    }),
};

/// What a caller may send to seem to be somebody.
const FORGED: &str = "authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJldmlsIn0.\r\n\
                      x-amzn-request-context: {\"authorizer\":{\"jwt\":{\"claims\":{\"sub\":\"evil\"}}}}\r\n";

fn get(host: &Host, path: &str) -> (u16, String) {
    let Answer { status, body, .. } = host.send(&format!("GET {path}"), FORGED, "");
    (status, body)
}

#[test]
fn a_closed_route_refuses_a_caller_that_is_not_assumed() {
    let host = Host::start_app("closed", &[]);
    let unauthorized = (401, r#"{"message":"Unauthorized"}"#.to_owned());
    let forbidden = (403, r#"{"message":"Forbidden"}"#.to_owned());
    assert_eq!(get(&host, "/me"), unauthorized);
    assert_eq!(get(&host, "/read?sub=evil"), unauthorized);
    assert_eq!(get(&host, "/signed"), forbidden);
    assert_eq!(get(&host, "/open"), (200, "nobody null".to_owned()));
    for line in ["neither tokens nor signatures", "SKYLIFT_CLAIMS", "SKYLIFT_IAM_PRINCIPAL"] {
        assert!(host.listing.contains(line), "{line}: {}", host.listing);
    }
}

#[test]
fn an_assumed_caller_has_the_claims_of_the_variable() {
    let arn = "arn:aws:iam::123456789012:user/me";
    let variables = [
        ("SKYLIFT_CLAIMS", r#"{"sub":"me","exp":17,"scope":"read"}"#),
        ("SKYLIFT_IAM_PRINCIPAL", arn),
    ];
    let host = Host::start_app("closed", &variables);
    assert_eq!(get(&host, "/me"), (200, "me 17 null".to_owned()));
    assert_eq!(get(&host, "/read"), (200, "me 17 null".to_owned()));
    // The handler takes claims, and this route has none.
    assert_eq!(get(&host, "/signed").0, 500);
    assert_eq!(get(&host, "/open"), (200, "nobody null".to_owned()));
    let host = Host::start_app("closed", &[("SKYLIFT_CLAIMS", r#"{"sub":"me"}"#)]);
    assert_eq!(get(&host, "/read").0, 403);
}

#[test]
fn a_page_that_cors_names_may_call_the_host() {
    let host = Host::start_app("closed", &[]);
    let from = |origin: &str, head: &str, more: &str| {
        host.send(head, &format!("origin: {origin}\r\nsec-fetch-site: cross-site\r\n{more}"), "")
    };
    let asks = "access-control-request-method: GET\r\n";
    let answer = from("https://shop.example", "OPTIONS /me", asks);
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://shop.example"));
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET"));
    assert_eq!(answer.header("access-control-max-age"), Some("60"));
    let answer = from("https://shop.example", "GET /open", "");
    assert_eq!((answer.status, answer.body.as_str()), (200, "nobody null"));
    assert_eq!(answer.header("access-control-expose-headers"), Some("x-b"));
    // API Gateway's own answers have the headers too.
    let answer = from("https://shop.example", "GET /me", "");
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://shop.example"));
    // A route of its own takes the preflight requests.
    let answer = from("https://shop.example", "OPTIONS /own", asks);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET"));
    // Handlers run with the developer's credentials: a pattern opens them to no page.
    let answer = from("https://evil.example", "GET /open", "");
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (403, None));
}

/// Runs the handler with one request of this route, and returns the status and the body of its answer.
fn answer(route: &str, authorizer: &Value) -> (u64, String) {
    let path = route.split(' ').nth(1).unwrap();
    let request = json!({
        "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "",
        "headers": { "authorization": "Bearer evil", "authorizer": "{\"sub\":\"evil\"}" },
        "requestContext": {
            "stage": "$default", "http": { "method": "GET" }, "authorizer": authorizer,
        },
        "isBase64Encoded": false,
    });
    let ran = run("closed", "me", vec![Next::event(request.to_string())], Vec::new());
    let answer = ran.answer();
    (answer["statusCode"].as_u64().unwrap(), answer["body"].as_str().unwrap().to_owned())
}

#[test]
fn claims_come_with_the_request_context_alone() {
    let claims = json!({ "sub": "me", "exp": "17" });
    let context = json!({ "jwt": { "claims": claims, "scopes": null } });
    assert_eq!(answer("GET /me", &context), (200, "me 17 null".to_owned()));
    for missing in [json!(null), json!({}), json!({ "iam": { "userArn": "arn" } })] {
        assert_eq!(answer("GET /me", &missing).0, 500, "{missing}");
    }
    // API Gateway sends none with an open route. If somebody else does, the handler does not take them.
    assert_eq!(answer("GET /open", &context), (200, "nobody null".to_owned()));
}
