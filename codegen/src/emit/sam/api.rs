//! Folds the HTTP API into SAM's forms: the section `HttpApi` of `Globals`, with which SAM generates the API from the
//! events of functions, and SAM's own type for an API that the template has itself.

use skylift_model::aws::node::{Map, Node};

use crate::stack::{ApiInStack, Resource};

/// The properties of a stage that SAM takes at the API, and in `Globals`.
const STAGE_PROPERTIES: [&str; 3] = ["AccessLogSettings", "StageVariables", "DefaultRouteSettings"];

/// Returns SAM's resource for the API and its stage.
pub(crate) fn fold_api(api: &ApiInStack) -> Option<Resource> {
    let [resource, stage] = api.resources.as_slice() else { return None };
    let mut properties = Map::new();
    properties.set_some("DefinitionBody", resource.properties.get("Body").cloned());
    let name = stage.properties.get("StageName");
    properties.set_some("StageName", name.filter(|it| **it != Node::from("$default")).cloned());
    for key in STAGE_PROPERTIES.into_iter().chain(["RouteSettings"]) {
        properties.set_some(key, stage.properties.get(key).cloned());
    }
    Some(Resource { kind: "AWS::Serverless::HttpApi", properties, ..resource.clone() })
}

/// Returns the settings of the API for the section `Globals`, and an empty map if the template has the API itself.
pub(crate) fn fold_globals(api: &ApiInStack) -> Map {
    let mut globals = Map::new();
    let ([resource, stage], false) = (api.resources.as_slice(), api.is_written_out) else {
        return globals;
    };
    let body = child(&resource.properties, "Body");
    let schemes = body.and_then(|body| child(child(body, "components")?, "securitySchemes"));
    if let Some(auth) = schemes.map(fold_schemes) {
        globals.push("Auth", auth);
    }
    if let Some(cors) = body.and_then(|body| child(body, "x-amazon-apigateway-cors")) {
        globals.push("CorsConfiguration", capitalize_keys(cors));
    }
    for key in STAGE_PROPERTIES {
        globals.set_some(key, stage.properties.get(key).cloned());
    }
    globals
}

/// Returns the map under a key of another map.
fn child<'a>(map: &'a Map, key: &str) -> Option<&'a Map> {
    match map.get(key)? {
        Node::Map(child) => Some(child),
        _ => None,
    }
}

/// Folds the security schemes of an OpenAPI body into SAM's `Auth`.
fn fold_schemes(schemes: &Map) -> Map {
    let mut authorizers = Map::new();
    let mut has_iam = false;
    for (name, scheme) in schemes.iter() {
        let Node::Map(scheme) = scheme else { continue };
        let Some(jwt) = child(scheme, "x-amazon-apigateway-authorizer") else {
            has_iam = true;
            continue;
        };
        let mut authorizer = Map::new();
        authorizer.set_some("IdentitySource", jwt.get("identitySource").cloned());
        authorizer.set_some("JwtConfiguration", jwt.get("jwtConfiguration").cloned());
        authorizers.push(name, authorizer);
    }
    let mut auth = Map::new();
    if !authorizers.is_empty() {
        auth.push("Authorizers", authorizers);
    }
    if has_iam {
        auth.push("EnableIamAuthorizer", true);
    }
    auth
}

/// Returns a map whose keys begin with a capital letter, as SAM writes the keys that OpenAPI extensions write in small
/// letters.
fn capitalize_keys(map: &Map) -> Map {
    let mut capitalized = Map::new();
    for (key, value) in map.iter() {
        let mut letters = key.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        let key: String = first.into_iter().chain(letters).collect();
        capitalized.push(key, value.clone());
    }
    capitalized
}
