//! HTTP functions as API Gateway calls them: takes payloads, checks responses.

use axum::extract::{Path, Query};
use axum::response::AppendHeaders;
use axum::{Json, body::Bytes};
use serde_json::{Value, json};

use super::http_function::http_handler_at;
use super::*;
use crate::registry::Handler;
use crate::testing::{self, fixture};
use crate::{Context, Error, State};

fn payload(method: &str, path: &str, route: &str) -> Value {
    json!({
        "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "",
        "headers": { "content-type": "application/json" },
        "requestContext": { "stage": "$default", "http": { "method": method } },
        "isBase64Encoded": false,
    })
}

fn respond(handler: &Handler, payload: &Value) -> Value {
    let answer = testing::respond(handler, &serde_json::to_vec(payload).unwrap()).unwrap();
    serde_json::from_slice(&answer).unwrap()
}

fn orders() -> Handler {
    http_handler_at(
        "",
        &[("GET", "/orders/{id}"), ("POST", "/orders/{name}")],
        |Path(id): Path<String>| async { id },
    )
}

fn echo() -> Handler {
    http_handler_at("", &[("ANY", DEFAULT_ROUTE)], |body: Bytes| async move { body })
}

#[test]
fn a_route_gives_its_path_parameters_and_a_text_answer() {
    let answer = respond(&orders(), &payload("GET", "/orders/a b", "GET /orders/{id}"));
    assert_eq!(answer["statusCode"], 200);
    assert_eq!(answer["body"], "a b");
    assert_eq!(answer["isBase64Encoded"], false);
    assert_eq!(answer["headers"]["content-type"], "text/plain; charset=utf-8");
}

#[test]
fn two_methods_may_use_different_names_for_one_parameter() {
    let answer = respond(&orders(), &payload("POST", "/orders/7", "POST /orders/{name}"));
    assert_eq!(answer["body"], "7");
}

#[test]
fn the_stage_is_not_part_of_the_path() {
    for path in ["/prod/orders/7", "/orders/7", "/prod/orders/7/"] {
        let mut payload = payload("GET", path, "GET /orders/{id}");
        payload["requestContext"]["stage"] = "prod".into();
        assert_eq!(respond(&orders(), &payload)["body"], "7", "{path}");
    }
}

/// The router would find no route for these paths: API Gateway has matched them already.
#[test]
fn the_route_and_the_path_parameters_are_those_of_api_gateway() {
    for (path, domain, stage) in [
        ("/v1/orders/7", "api.example.com", "$default"),
        ("/prod/orders/7", "abc.execute-api.eu-west-1.amazonaws.com", "prod"),
        ("/orders/7/", "api.example.com", "$default"),
    ] {
        let mut payload = payload("GET", path, "GET /orders/{id}");
        payload["pathParameters"] = json!({ "id": "a/b%2F" });
        payload["requestContext"]["domainName"] = domain.into();
        payload["requestContext"]["stage"] = stage.into();
        assert_eq!(respond(&orders(), &payload)["body"], "a/b%2F", "{path}");
    }
}

#[test]
fn the_original_uri_has_the_path_of_the_client() {
    let handler = http_handler_at(
        "",
        &[("GET", "/orders/{id}")],
        |uri: ::http::Uri, original: axum::extract::OriginalUri| async move {
            format!("{uri} {}", original.0)
        },
    );
    let mut payload = payload("GET", "/v1/orders/a b", "GET /orders/{id}");
    payload["pathParameters"] = json!({ "id": "a b" });
    payload["rawQueryString"] = "x=1".into();
    let body = "/orders/a%20b?x=1 /v1/orders/a%20b?x=1";
    assert_eq!(respond(&handler, &payload)["body"], body);
}

/// Without a route, the path is that of the request. API Gateway puts the stage before it on its own domain, and the
/// base path on a custom domain.
#[test]
fn a_handler_of_all_requests_gets_the_path_without_stage_or_base_path() {
    let uri = |uri: ::http::Uri| async move { uri.path().to_owned() };
    let handler = http_handler_at("shop/v1", &[("ANY", DEFAULT_ROUTE)], uri);
    let own = "abc.execute-api.eu-west-1.amazonaws.com";
    for (path, domain, stage, expected) in [
        ("/shop/v1/a", "api.example.com", "prod", "/a"),
        ("/shop/v1", "api.example.com", "prod", "/"),
        ("/shop/v10/a", "api.example.com", "prod", "/shop/v10/a"),
        ("/prod/a", "api.example.com", "prod", "/prod/a"),
        ("/prod/prod/a", own, "prod", "/prod/a"),
        ("/shop/v1/a", own, "$default", "/shop/v1/a"),
    ] {
        let mut payload = payload("GET", path, "$default");
        payload["requestContext"]["domainName"] = domain.into();
        payload["requestContext"]["stage"] = stage.into();
        assert_eq!(respond(&handler, &payload)["body"], expected, "{path} at {domain}");
    }
}

#[test]
fn a_route_that_is_not_the_functions_is_a_404() {
    let answer = respond(&orders(), &payload("PUT", "/orders/7", "PUT /orders/{id}"));
    assert_eq!(answer["statusCode"], 404);
    assert_eq!(answer["body"], r#"{"message":"Not Found"}"#);
}

#[test]
fn a_greedy_parameter_takes_the_rest_of_the_path() {
    let handler =
        http_handler_at("", &[("ANY", "/{proxy+}")], |Path(rest): Path<String>| async { rest });
    let answer = respond(&handler, &payload("DELETE", "/a/b/c", "ANY /{proxy+}"));
    assert_eq!(answer["body"], "a/b/c");
}

#[test]
fn binary_bodies_are_unchanged_in_requests_and_responses() {
    let mut payload = payload("POST", "/", "$default");
    payload["body"] = BASE64.into();
    payload["isBase64Encoded"] = true.into();
    let answer = respond(&echo(), &payload);
    assert_eq!((&answer["body"], &answer["isBase64Encoded"]), (&json!(BASE64), &json!(true)));
}

/// Bytes that are not text in any encoding.
const BASE64: &str = "AP/+gA==";

#[test]
fn a_body_larger_than_axums_own_limit_is_accepted() {
    let mut payload = payload("POST", "/", "$default");
    payload["body"] = "x".repeat(3 << 20).into();
    assert_eq!(respond(&echo(), &payload)["statusCode"], 200);
}

#[test]
fn cookies_are_separate_in_requests_and_responses() {
    let handler =
        http_handler_at("", &[("ANY", DEFAULT_ROUTE)], |headers: ::http::HeaderMap| async move {
            let cookie = headers["cookie"].to_str().unwrap().to_owned();
            (AppendHeaders([("set-cookie", "a=1"), ("set-cookie", "b=2"), ("vary", "x")]), cookie)
        });
    let bytes = fixture("example-apigw-v2-request-multi-value-parameters.json");
    let answer: Value =
        serde_json::from_slice(&testing::respond(&handler, &bytes).unwrap()).unwrap();
    assert_eq!(answer["body"], "cookie1; cookie2");
    assert_eq!(answer["cookies"], json!(["a=1", "b=2"]));
    assert_eq!(answer["headers"]["vary"], "x");
    assert!(answer["headers"].get("set-cookie").is_none());
}

#[test]
fn the_query_keeps_its_repeated_keys() {
    type Pairs = Vec<(String, String)>;
    let handler =
        http_handler_at("", &[("ANY", DEFAULT_ROUTE)], |Query(pairs): Query<Pairs>| async {
            Json(pairs)
        });
    let bytes = fixture("example-apigw-v2-request-multi-value-parameters.json");
    let answer: Value =
        serde_json::from_slice(&testing::respond(&handler, &bytes).unwrap()).unwrap();
    assert_eq!(answer["body"], r#"[["Parameter1","value1"],["Parameter1","value2"]]"#);
}

#[test]
fn a_rejection_of_axum_is_an_ordinary_response() {
    let handler =
        http_handler_at(
            "",
            &[("GET", "/{id}")],
            |Path(id): Path<u32>| async move { id.to_string() },
        );
    assert_eq!(respond(&handler, &payload("GET", "/x", "GET /{id}"))["statusCode"], 400);
}

#[test]
fn an_error_is_a_500_without_its_cause() {
    let handler = http_handler_at("", &[("ANY", DEFAULT_ROUTE)], || async {
        Err::<(), _>(Error::new("NoDatabase", "password `hunter2` refused"))
    });
    let answer = respond(&handler, &payload("GET", "/", "$default"));
    assert_eq!(answer["statusCode"], 500);
    assert_eq!(answer["body"], r#"{"message":"Internal Server Error"}"#);
}

#[test]
fn the_context_and_the_request_context_can_be_extracted() {
    let handler = http_handler_at(
        "",
        &[("ANY", DEFAULT_ROUTE)],
        |context: Context, request: RequestContext, state: Result<State<u8>, Error>| async move {
            let claim = request["authorizer"]["jwt"]["claims"]["claim1"].clone();
            let state = state.err().map(|error| error.to_string());
            Json(json!([context.request_id(), claim, state]))
        },
    );
    let bytes = fixture("example-apigw-v2-request-jwt-authorizer.json");
    let answer: Value =
        serde_json::from_slice(&testing::respond(&handler, &bytes).unwrap()).unwrap();
    let expected = r#"["request-1","value1","no `#[init]` function built a `u8`"]"#;
    assert_eq!(answer["body"], expected);
}

#[test]
fn a_payload_of_format_1_0_is_an_error_that_says_so() {
    let error = testing::respond(&echo(), &fixture("example-apigw-request.json")).unwrap_err();
    assert_eq!(error.name(), "InvalidPayload");
    let mut old = payload("GET", "/", "$default");
    old["version"] = "1.0".into();
    let error = testing::respond(&echo(), &serde_json::to_vec(&old).unwrap()).unwrap_err();
    assert!(error.to_string().contains("not API Gateway's format 2.0 but `1.0`"), "{error}");
}

#[test]
fn a_request_of_a_function_url_keeps_the_path_that_the_client_sent() {
    let payload = fixture("example-function-url-iam-request.json");
    for streams in [false, true] {
        let handler =
            url_handler(streams, &[("ANY", DEFAULT_ROUTE)], |request: Request| async move {
                let context = request.extensions().get::<extractors::RawContext>();
                let has_caller = context.unwrap().0.contains("user/reader");
                let body = format!("{} {} {has_caller}", request.method(), request.uri());
                axum::response::IntoResponse::into_response(body)
            });
        let answer = testing::respond(&handler, &payload).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.contains("POST /hello/a%20b?loud=1&loud=2 true"), "{answer}");
        assert_eq!(answer.contains("\0\0\0\0\0\0\0\0POST"), streams, "{answer}");
    }
}

/// The URL of a function with routes serves them, and nothing else.
#[test]
fn a_function_url_beside_routes_serves_the_routes() {
    let handler = url_handler(false, &[("GET", "/orders/{id}")], |request: Request| async move {
        let (mut parts, _) = request.into_parts();
        let id = extract_from_head::<Path<String>>(&mut parts).await;
        id.map_or_else(
            |refusal| refusal,
            |Path(id)| axum::response::IntoResponse::into_response(id),
        )
    });
    let of_url = |path: &str| {
        let mut payload = payload("GET", path, "$default");
        payload["requestContext"]["domainName"] = "abc.lambda-url.eu-west-1.on.aws".into();
        respond(&handler, &payload)
    };
    assert_eq!(of_url("/orders/a%2Fb")["body"], "a/b");
    assert_eq!(of_url("/orders")["statusCode"], 404);
    let of_api = payload("GET", "/orders/7", "GET /orders/{id}");
    assert_eq!(respond(&handler, &of_api)["body"], "7");
}

#[test]
fn the_base_path_of_an_api_mapping_is_not_before_the_path_of_a_url() {
    let uri = |uri: ::http::Uri| async move { uri.path().to_owned() };
    let handler = http_handler_at("v1", &[("ANY", DEFAULT_ROUTE)], uri);
    let mut payload = payload("GET", "/v1/a", "$default");
    assert_eq!(respond(&handler, &payload)["body"], "/a");
    payload["requestContext"]["domainName"] = "abc.lambda-url.eu-west-1.on.aws".into();
    assert_eq!(respond(&handler, &payload)["body"], "/v1/a");
}
