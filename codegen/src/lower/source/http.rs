//! Lowers a route of the application's HTTP API and its permission. The API itself is lowered in
//! [`http_api`](crate::lower::http_api).

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::http::RouteAuth;
use skylift_model::route;
use skylift_model::source::http::Http;

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext};
use crate::lower::http_api::{ANY_METHOD, API_ID, lower_throttle};
use crate::lower::invoke;
use crate::lower::text::camel_case;
use crate::stack::{Event, Resource, Route, RouteSecurity, SamEvent};

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
        let security = route_security(self, context.app);
        let route = Some(Route { on, function, security, throttle: self.throttle });
        lowered.events.push(Event { name, resources: vec![permission], route, fold: fold_event });
    }
}

/// Returns how the callers of a route show who they are. Returns `None` if anyone can call the route.
fn route_security(http: &Http, app: &App) -> Option<RouteSecurity> {
    match app.route_auth(http)? {
        RouteAuth::None => None,
        RouteAuth::Iam => Some(RouteSecurity::Iam),
        // The name is that of the authorizer in the API. A route whose authorizer is not declared is an error.
        RouteAuth::Authorizer(ident) => Some(RouteSecurity::Token {
            authorizer: app.authorizer(ident).map_or_else(|| ident.clone(), |it| it.id.to_string()),
            scopes: http.scopes.clone(),
        }),
    }
}

/// Folds a route of the HTTP API into SAM's event `HttpApi`.
fn fold_event(event: Event) -> SamEvent {
    let mut properties = Map::new();
    let Some(route) = event.route else { return SamEvent { kind: "HttpApi", properties } };
    if let Some((method, path)) = route.on {
        properties.push("Method", method);
        properties.push("Path", path);
    }
    match route.security {
        Some(RouteSecurity::Iam) => {
            properties.push("Auth", Map::new().with("Authorizer", "AWS_IAM"));
        }
        Some(RouteSecurity::Token { authorizer, scopes }) => {
            let mut auth = Map::new().with("Authorizer", authorizer);
            if !scopes.is_empty() {
                let scopes: Vec<Node> = scopes.iter().map(Node::from).collect();
                auth.push("AuthorizationScopes", scopes);
            }
            properties.push("Auth", auth);
        }
        None => {}
    }
    properties.set_some("RouteSettings", route.throttle.map(lower_throttle));
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

#[cfg(test)]
mod tests {
    use serde_json::json;

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
