//! The OpenAPI body of the API: its routes with their functions, its authorizers, and CORS.

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::aws::cors::Cors;
use skylift_model::aws::node::{Map, Node};
use skylift_model::http::{Authorizer, StageName};

use super::ANY_METHOD;
use crate::lower::plain_value::lower_plain_value;
use crate::lower::source::lower_origin;
use crate::stack::{Route, RouteSecurity};

/// The name of IAM among the security schemes, which SAM gives it.
const IAM_SCHEME: &str = "AWS_IAM";

/// Returns the OpenAPI body of the API with these routes.
pub(super) fn lower_body(app: &App, routes: &[&Route]) -> Map {
    let settings = &app.http;
    let title = match &settings.name {
        Some(name) => Node::from(name),
        None => Node::reference("AWS::StackName"),
    };
    let mut info = Map::new().with("title", title).with("version", "1.0");
    info.set_some("description", settings.description.as_deref());
    let mut paths = ApiPaths::default();
    for route in routes {
        paths.add_route(route);
    }
    let mut body = Map::new().with("openapi", "3.0.1").with("info", info);
    if !settings.has_own_url() {
        let configuration = Map::new().with("disableExecuteApiEndpoint", true);
        let server = Map::new().with("x-amazon-apigateway-endpoint-configuration", configuration);
        body.push("servers", vec![Node::from(server)]);
    }
    body.push("paths", paths.into_map());
    let schemes = security_schemes(app, routes);
    if !schemes.is_empty() {
        body.push("components", Map::new().with("securitySchemes", schemes));
    }
    if let Some(cors) = app.cors() {
        body.push("x-amazon-apigateway-cors", cors_configuration(&cors));
    }
    body
}

/// Returns the settings of CORS.
fn cors_configuration(cors: &Cors) -> Map {
    let mut map = Map::new();
    map.push("allowOrigins", cors.origins.iter().map(lower_origin).collect::<Vec<_>>());
    let texts = |items: &[String]| items.iter().map(Node::from).collect();
    let methods = cors.methods.iter().map(|it| Node::from(*it)).collect();
    for (key, items) in [
        ("allowHeaders", texts(&cors.headers)),
        ("exposeHeaders", texts(&cors.expose)),
        ("allowMethods", methods),
    ] {
        let items: Vec<Node> = items;
        if !items.is_empty() {
            map.push(key, items);
        }
    }
    map.set_some("maxAge", cors.max_age);
    if cors.credentials {
        map.push("allowCredentials", true);
    }
    map
}

/// Returns the ways in which callers show who they are, by their names: all authorizers, and IAM if a route uses it.
fn security_schemes(app: &App, routes: &[&Route]) -> Map {
    let mut schemes = Map::new();
    for authorizer in &app.authorizers {
        schemes.push(authorizer.id.as_str(), jwt_scheme(authorizer));
    }
    if routes.iter().any(|route| route.security == Some(RouteSecurity::Iam)) {
        schemes.push(
            IAM_SCHEME,
            Map::new()
                .with("type", "apiKey")
                .with("name", "Authorization")
                .with("in", "header")
                .with("x-amazon-apigateway-authtype", "awsSigv4"),
        );
    }
    schemes
}

/// Returns the security scheme of an authorizer.
fn jwt_scheme(authorizer: &Authorizer) -> Map {
    let audience: Vec<Node> = authorizer.audience.iter().map(lower_plain_value).collect();
    let configuration =
        Map::new().with("issuer", lower_plain_value(&authorizer.issuer)).with("audience", audience);
    let jwt = Map::new()
        .with("jwtConfiguration", configuration)
        .with("identitySource", authorizer.identity.to_source())
        .with("type", "jwt");
    Map::new().with("type", "oauth2").with("x-amazon-apigateway-authorizer", jwt)
}

/// The OpenAPI paths of the API with their methods, in the order of the routes.
#[derive(Default)]
struct ApiPaths {
    all: Vec<(String, Map)>,
    by_path: HashMap<String, usize>,
}

impl ApiPaths {
    /// Adds a route to the methods of its path.
    fn add_route(&mut self, route: &Route) {
        let path = route.on.as_ref().map_or(StageName::DEFAULT, |(_, path)| path.as_str());
        let index = *self.by_path.entry(path.to_owned()).or_insert_with(|| {
            self.all.push((path.to_owned(), Map::new()));
            self.all.len() - 1
        });
        let method = match &route.on {
            Some((method, _)) if *method != ANY_METHOD => method.to_lowercase(),
            _ => "x-amazon-apigateway-any-method".to_owned(),
        };
        self.all[index].1.set(method, openapi_operation(route));
    }

    /// Returns the paths as a node of the OpenAPI body.
    fn into_map(self) -> Map {
        let mut map = Map::new();
        for (path, methods) in self.all {
            map.push(path, methods);
        }
        map
    }
}

/// Returns the OpenAPI operation of a route, with API Gateway's extension that names the function.
fn openapi_operation(route: &Route) -> Map {
    let uri = format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{}}}/invocations",
        route.function
    );
    let mut integration = Map::new();
    integration.push("type", "aws_proxy");
    integration.push("httpMethod", "POST");
    integration.push("uri", Node::sub(uri));
    integration.push("payloadFormatVersion", "2.0");
    let mut operation = Map::new();
    match &route.on {
        None => operation.push("isDefaultRoute", true),
        Some((_, path)) => {
            let parameters: Vec<Node> = path_parameters(path).map(openapi_parameter).collect();
            if !parameters.is_empty() {
                operation.push("parameters", parameters);
            }
        }
    }
    if let Some(security) = &route.security {
        let (name, scopes) = match security {
            RouteSecurity::Iam => (IAM_SCHEME, [].as_slice()),
            RouteSecurity::Token { authorizer, scopes } => (authorizer.as_str(), scopes.as_slice()),
        };
        let scopes: Vec<Node> = scopes.iter().map(Node::from).collect();
        operation.push("security", vec![Map::new().with(name, scopes).into()]);
    }
    operation.push("responses", Map::new());
    operation.push("x-amazon-apigateway-integration", integration);
    operation
}

/// Returns the names of the parameters in the path of a route, including the `+` of a greedy one.
fn path_parameters(path: &str) -> impl Iterator<Item = &str> {
    let braced = |segment| str::strip_prefix(segment, '{').and_then(|it| it.strip_suffix('}'));
    path.split('/').filter_map(braced)
}

/// Returns the OpenAPI description of a path parameter.
fn openapi_parameter(name: &str) -> Node {
    Map::new().with("name", name).with("in", "path").with("required", true).into()
}
