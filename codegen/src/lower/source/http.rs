//! Lowers a route of the application's HTTP API and its permission. The API is one resource, whose OpenAPI body maps
//! routes to functions. SAM generates the same API from the events `HttpApi`, under the same logical ids.

use skylift_model::aws::node::{Map, Node};
use skylift_model::route;
use skylift_model::source::http::Http;

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext};
use crate::lower::invoke;
use crate::lower::text::camel_case;
use crate::stack::{ApiInStack, Event, IdOwner, Purpose, Resource, Route, SamEvent};

/// The logical id that SAM gives to the API.
pub(super) const API_ID: &str = "ServerlessHttpApi";

/// The logical id that SAM gives to the API's stage.
const STAGE_ID: &str = "ServerlessHttpApiApiGatewayDefaultStage";

/// The name of the stage whose name is not in the path of a URL.
const DEFAULT_STAGE: &str = "$default";

impl LowerTrigger for Http {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let (stem, on, called) = match &self.route {
            route::Route::Path(method, path) => {
                let (method, path) = (method.as_str(), path.as_str());
                let stem = camel_case(&format!("{} {path}", method.to_lowercase()));
                let any = if method == ANY_METHOD { "*" } else { method };
                (stem, Some((method, path.to_owned())), format!("{any}{}", called_path(path)))
            }
            route::Route::Default => ("Default".to_owned(), None, "*".to_owned()),
        };
        let name = lowered.unique_name(&stem);
        let arn = format!(
            "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{API_ID}}}/*/{called}"
        );
        let target = invoke::target_reference(context.function);
        let properties = invoke::permission_properties(target, "apigateway.amazonaws.com")
            .with("SourceArn", Node::sub(arn));
        let id = format!("{}{name}Permission", context.function.id);
        let permission =
            Resource::new(id, "AWS::Lambda::Permission", context.event_owner(&name), properties);
        let function = if invoke::has_alias(context.function) {
            invoke::alias_id(context.function)
        } else {
            format!("{}.Arn", context.function.id)
        };
        let route = Some(Route { on, function });
        lowered.events.push(Event { name, resources: vec![permission], route, fold: fold_event });
    }
}

/// The method of a route that serves every method without a route of its own.
const ANY_METHOD: &str = "ANY";

/// Folds a route of the HTTP API into SAM's event `HttpApi`, which contains only method and path.
fn fold_event(event: Event) -> SamEvent {
    let mut properties = Map::new();
    if let Some((method, path)) = event.route.and_then(|route| route.on) {
        properties.push("Method", method);
        properties.push("Path", path);
    }
    SamEvent { kind: "HttpApi", properties }
}

/// Returns the path of a route as the ARN of a call contains it, with `*` for a parameter. API Gateway keeps a
/// greedy parameter as the route has it. SAM writes `*` for a greedy parameter with the name `proxy`, and so does
/// this function.
fn called_path(path: &str) -> String {
    let segment = |segment: &str| {
        let greedy = segment.ends_with("+}") && segment != "{proxy+}";
        let parameter = segment.starts_with('{') && !greedy;
        if parameter { "*".to_owned() } else { segment.to_owned() }
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// Returns the HTTP API for the routes of all functions, or `None` if there are no routes.
pub(crate) fn lower_api<'a>(routes: impl Iterator<Item = &'a Route>) -> Option<ApiInStack> {
    let mut paths = ApiPaths::default();
    for route in routes {
        paths.add_route(route);
    }
    if paths.all.is_empty() {
        return None;
    }
    let info = Map::new().with("title", Node::reference("AWS::StackName")).with("version", "1.0");
    let mut body = Map::new();
    body.push("openapi", "3.0.1");
    body.push("info", info);
    body.push("paths", paths.into_map());
    let api = Map::new().with("Body", body);
    let stage = Map::new()
        .with("ApiId", Node::reference(API_ID))
        .with("StageName", DEFAULT_STAGE)
        .with("AutoDeploy", true);
    let url = format!("https://${{{API_ID}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}");
    let output =
        Map::new().with("Description", "URL of the HTTP API").with("Value", Node::sub(url));
    Some(ApiInStack {
        resources: vec![
            Resource::new(API_ID, "AWS::ApiGatewayV2::Api", IdOwner::for_api(Purpose::Itself), api),
            Resource::new(
                STAGE_ID,
                "AWS::ApiGatewayV2::Stage",
                IdOwner::for_api(Purpose::Stage),
                stage,
            ),
        ],
        output: Some(("ApiUrl".to_owned(), output.into())),
        has_own_permissions: false,
    })
}

/// Returns the name by which SAM calls the API's stage, and the stage's logical id.
pub(crate) fn sam_stage_name() -> (String, String) {
    (format!("{API_ID}.Stage"), STAGE_ID.to_owned())
}

/// The OpenAPI paths of the API with their methods, in the order of the routes.
#[derive(Default)]
struct ApiPaths {
    all: Vec<(String, Map)>,
    by_path: std::collections::HashMap<String, usize>,
}

impl ApiPaths {
    /// Adds a route to the methods of its path.
    fn add_route(&mut self, route: &Route) {
        let path = route.on.as_ref().map_or(DEFAULT_STAGE, |(_, path)| path.as_str());
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_routes(triggers: &str) -> Stack {
        stack_from_source(&format!(
            "#[function({triggers})]\nasync fn take() -> &'static str {{ \"\" }}"
        ))
    }

    #[test]
    fn only_calls_of_the_route_may_invoke_the_function() {
        for (route, id, called) in [
            ("http(\"GET /\")", "TakeGet", "GET/"),
            ("http(\"GET /orders/{id}/lines\")", "TakeGetOrdersIdLines", "GET/orders/*/lines"),
            ("http(\"ANY /files/{path+}\")", "TakeAnyFilesPath", "*/files/{path+}"),
            ("http(\"ANY /app/{proxy+}\")", "TakeAnyAppProxy", "*/app/*"),
            ("http", "TakeDefault", "*"),
        ] {
            let stack = stack_with_routes(&format!("trigger = {route}"));
            let permission = stack.resource(&format!("{id}Permission"));
            assert_eq!(permission.kind(), "AWS::Lambda::Permission");
            assert_eq!(permission.property("Action"), "lambda:InvokeFunction");
            assert_eq!(permission.property("FunctionName"), json!({ "Ref": "Take" }));
            assert_eq!(permission.property("Principal"), "apigateway.amazonaws.com");
            let api = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${ServerlessHttpApi}";
            assert_eq!(
                permission.property("SourceArn"),
                json!({ "Fn::Sub": format!("{api}/*/{called}") })
            );
        }
    }

    #[test]
    fn the_api_has_every_route_with_its_function() {
        let stack = stack_with_routes(
            "trigger = http(\"GET /orders/{id}\"), trigger = http(\"PUT /orders/{id}\"), trigger = http(\"ANY /{path+}\"), trigger = http",
        );
        let api = stack.resource("ServerlessHttpApi");
        assert_eq!(api.kind(), "AWS::ApiGatewayV2::Api");
        assert_eq!(api.property("Body.openapi"), "3.0.1");
        let title = json!({ "title": { "Ref": "AWS::StackName" }, "version": "1.0" });
        assert_eq!(api.property("Body.info"), title);
        let integration = json!({
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": { "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Take.Arn}/invocations" },
            "payloadFormatVersion": "2.0",
        });
        let operation = |parameter: &str| {
            json!({
                "parameters": [{ "name": parameter, "in": "path", "required": true }],
                "responses": {},
                "x-amazon-apigateway-integration": integration,
            })
        };
        let default = json!({
            "isDefaultRoute": true,
            "responses": {},
            "x-amazon-apigateway-integration": integration,
        });
        assert_eq!(
            api.property("Body.paths"),
            json!({
                "/orders/{id}": { "get": operation("id"), "put": operation("id") },
                "/{path+}": { "x-amazon-apigateway-any-method": operation("path+") },
                "$default": { "x-amazon-apigateway-any-method": default },
            })
        );
        let stage = stack.resource("ServerlessHttpApiApiGatewayDefaultStage");
        assert_eq!(stage.kind(), "AWS::ApiGatewayV2::Stage");
        assert_eq!(
            *stage.properties(),
            json!({
                "ApiId": { "Ref": "ServerlessHttpApi" },
                "StageName": "$default",
                "AutoDeploy": true,
            })
        );
        let (name, output) = stack.outputs().next().unwrap();
        assert_eq!(name, "ApiUrl");
        let url = "https://${ServerlessHttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}";
        assert_eq!(serde_json::to_value(output).unwrap()["Value"], json!({ "Fn::Sub": url }));
    }

    #[test]
    fn an_application_without_routes_has_no_api() {
        assert!(lower_api(std::iter::empty()).is_none());
        let stack =
            stack_from_source("#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }");
        assert!(stack.api.is_none() && stack.sam_names.is_empty());
    }

    #[test]
    fn a_route_calls_the_alias_if_there_is_one() {
        let stack = stack_with_routes("trigger = http(\"GET /a\"), provisioned_concurrency = 1");
        let permission = stack.resource("TakeGetAPermission");
        assert_eq!(permission.property("FunctionName"), json!({ "Ref": "TakeAliaslive" }));
        let uri = stack
            .resource("ServerlessHttpApi")
            .property("Body.paths./a.get.x-amazon-apigateway-integration.uri.Fn::Sub");
        assert!(uri.as_str().unwrap().ends_with("functions/${TakeAliaslive}/invocations"), "{uri}");
        let stage = "ServerlessHttpApiApiGatewayDefaultStage";
        assert_eq!(stack.sam_names["ServerlessHttpApi.Stage"], stage);
    }

    #[test]
    fn sams_event_contains_only_the_route() {
        let mut stack = stack_with_routes("trigger = http(\"PUT /orders/{id}\"), trigger = http");
        let folded: Vec<(&str, String)> = std::mem::take(&mut stack.functions[0].events)
            .into_iter()
            .map(|event| (event.fold)(event))
            .map(|sam| (sam.kind, serde_json::to_string(&sam.properties).unwrap()))
            .collect();
        let route = r#"{"Method":"PUT","Path":"/orders/{id}"}"#.to_owned();
        assert_eq!(folded, [("HttpApi", route), ("HttpApi", "{}".to_owned())]);
    }
}
