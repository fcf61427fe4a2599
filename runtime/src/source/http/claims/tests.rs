use std::collections::HashMap;

use axum::body::Body;
use http::Request;
use serde_json::json;

use super::*;
use crate::testing::block_on;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Plan {
    Free,
    Paid,
}

#[derive(Debug, PartialEq, Deserialize)]
struct User {
    sub: String,
    exp: u64,
    #[serde(default)]
    offset: i32,
    admin: bool,
    #[serde(rename = "cognito:groups", default)]
    groups: Vec<String>,
    #[serde(default)]
    levels: Vec<u8>,
    nickname: Option<String>,
    plan: Plan,
}

struct Users;

impl Authorizer for Users {
    const ID: &'static str = "Users";
    type Claims = User;
}

fn user() -> User {
    User {
        sub: "7".to_owned(),
        exp: 1_700_000_000,
        offset: -2,
        admin: true,
        groups: vec!["a".to_owned(), "b".to_owned()],
        levels: vec![1, 2],
        nickname: None,
        plan: Plan::Paid,
    }
}

#[test]
fn claims_are_texts_of_an_http_api_or_json() {
    let texts = json!({
        "sub": "7", "exp": "1700000000", "offset": "-2", "admin": "true", "cognito:groups": "[a b]",
        "levels": "[1 2]", "plan": "paid", "iss": "https://id.example",
    });
    assert_eq!(decode::decode_claims::<User>(&texts).unwrap(), user());
    let json = json!({
        "sub": "7", "exp": 1_700_000_000_u64, "offset": -2, "admin": true, "cognito:groups": ["a", "b"],
        "levels": ["1", 2], "nickname": null, "plan": "paid", "other": { "a": 1 },
    });
    assert_eq!(decode::decode_claims::<User>(&json).unwrap(), user());
    let least = json!({
        "sub": "7", "exp": "1.7e+09", "admin": "false", "cognito:groups": "one", "levels": "[]",
        "nickname": "n", "plan": "free",
    });
    let least = decode::decode_claims::<User>(&least).unwrap();
    assert_eq!((least.exp, least.admin, least.plan), (1_700_000_000, false, Plan::Free));
    assert_eq!((least.groups, least.levels), (vec!["one".to_owned()], Vec::new()));
    assert_eq!(least.nickname.as_deref(), Some("n"));
    let map: HashMap<String, String> = decode::decode_claims(&json!({ "exp": "17" })).unwrap();
    assert_eq!(map["exp"], "17");
}

#[test]
fn a_claim_that_does_not_fit_its_type_is_an_error() {
    for wrong in [
        json!({ "sub": "7", "exp": "soon", "admin": "true", "plan": "paid" }),
        json!({ "sub": "7", "exp": "-1", "admin": "true", "plan": "paid" }),
        json!({ "sub": "7", "exp": "1", "admin": "yes", "plan": "paid" }),
        json!({ "sub": "7", "exp": "1", "admin": "true", "plan": "other" }),
        json!({ "exp": "1", "admin": "true", "plan": "paid" }),
        json!("[a b]"),
    ] {
        assert!(decode::decode_claims::<User>(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_registered_claims_need_not_all_be_there() {
    let claims = decode::decode_claims::<JwtClaims>(&json!({
        "sub": "7", "aud": "shop", "exp": "17", "scope": "read write",
    }));
    let expected = JwtClaims {
        sub: "7".to_owned(),
        aud: vec!["shop".to_owned()],
        exp: 17,
        scope: "read write".to_owned(),
        ..JwtClaims::default()
    };
    assert_eq!(claims.unwrap(), expected);
}

fn parts(auth: Option<RouteAuth>, context: &Value) -> Parts {
    let mut request = Request::new(Body::empty());
    // A caller can send any header.
    request.headers_mut().insert("authorization", "Bearer e30.e30.".parse().unwrap());
    request.extensions_mut().insert(RawContext(context.to_string().into()));
    if let Some(auth) = auth {
        request.extensions_mut().insert(auth);
    }
    request.into_parts().0
}

#[expect(clippy::unnecessary_wraps, reason = "a request can have none")]
fn token(authorizer: &'static str) -> Option<RouteAuth> {
    Some(RouteAuth::Token { authorizer, scopes: &[] })
}

#[test]
fn claims_come_with_a_route_that_has_their_authorizer() {
    let claims = json!({ "sub": "7", "exp": "1", "admin": "true", "plan": "paid" });
    let context = json!({ "authorizer": { "jwt": { "claims": claims, "scopes": null } } });
    let take = |auth, context: &Value| {
        let mut parts = parts(auth, context);
        let taken = <Claims<Users> as FromRequestParts<()>>::from_request_parts(&mut parts, &());
        block_on(taken).map(|Claims(user)| user.sub).map_err(|error| error.to_string())
    };
    let take_optional = |auth, context: &Value| {
        let mut parts = parts(auth, context);
        let taken =
            <Claims<Users> as OptionalFromRequestParts<()>>::from_request_parts(&mut parts, &());
        let sub = |claims: Option<Claims<Users>>| claims.map(|Claims(user)| user.sub);
        block_on(taken).map(sub).map_err(|error| error.to_string())
    };
    assert_eq!(take(token("Users"), &context).unwrap(), "7");
    assert_eq!(take_optional(token("Users"), &context).unwrap().as_deref(), Some("7"));
    assert_eq!(take_optional(Some(RouteAuth::Open), &context).unwrap(), None);
    assert!(take(Some(RouteAuth::Open), &context).is_err());
    for auth in [token("Robots"), Some(RouteAuth::Iam), None] {
        assert!(take(auth, &context).is_err() && take_optional(auth, &context).is_err());
    }
    for context in [
        json!({}),
        json!({ "authorizer": null }),
        json!({ "authorizer": { "iam": {} } }),
        json!({ "authorizer": { "jwt": {} } }),
        json!({ "authorizer": { "jwt": { "claims": {} } } }),
        json!({ "authorizer": { "jwt": { "claims": null } } }),
    ] {
        assert!(take(token("Users"), &context).is_err(), "{context}");
        assert!(take_optional(token("Users"), &context).is_err(), "{context}");
    }
}
