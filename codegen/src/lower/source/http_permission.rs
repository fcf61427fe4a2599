//! Replaces the permissions of routes by one permission for each function, if a function has too many routes: Lambda
//! would refuse its resource policy. SAM's event `HttpApi` always brings a permission of its own, so the SAM template
//! then has the API itself instead of the events.
// See decision 0098.

use skylift_model::App;
use skylift_model::aws::limits;
use skylift_model::aws::node::Node;
use skylift_model::http::HttpSettings;
use skylift_model::source::Trigger;

use crate::lower::function_policy::{AssumedNames, policy_bytes};
use crate::lower::http_api::API_ID;
use crate::lower::invoke;
use crate::stack::{ApiInStack, Cause, FunctionInStack, IdOwner, Purpose, Resource};

/// Gives every function with routes one permission for all of them, if the resource policy of any function could be
/// too large otherwise.
pub(crate) fn merge_permissions(
    app: &App,
    functions: &mut [FunctionInStack],
    api: Option<&mut ApiInStack>,
) {
    let Some(api) = api else { return };
    let is_large = |function: &FunctionInStack| {
        has_routes(function)
            && policy_bytes(function, AssumedNames::Longest) > limits::FUNCTION_POLICY_BYTES
    };
    if !functions.iter().any(is_large) {
        return;
    }
    api.is_written_out = true;
    for (index, function) in functions.iter_mut().enumerate() {
        if has_routes(function) {
            function.events.retain(|event| event.route.is_none());
            function.other_resources.push(lower_permission(index, app));
        }
    }
}

/// Writes the API out in the SAM template if it has settings that SAM has no place for in the events of functions. The
/// permissions of routes are then resources of their own, under the same ids.
pub(crate) fn write_out_api(
    app: &App,
    functions: &mut [FunctionInStack],
    api: Option<&mut ApiInStack>,
) {
    let Some(api) = api.filter(|_| needs_written_api(&app.http)) else { return };
    api.is_written_out = true;
    for function in functions {
        for event in function.events.extract_if(.., |event| event.route.is_some()) {
            function.other_resources.extend(event.resources);
        }
    }
}

/// Returns whether the settings have a part that SAM takes only at the API itself, and not in `Globals`.
fn needs_written_api(settings: &HttpSettings) -> bool {
    let has_stage = settings.stage.as_ref().is_some_and(|stage| !stage.is_default());
    settings.name.is_some()
        || settings.description.is_some()
        || !settings.has_own_url()
        || has_stage
}

/// Returns whether a function serves routes of the API.
fn has_routes(function: &FunctionInStack) -> bool {
    function.events.iter().any(|event| event.route.is_some())
}

/// Returns the permission for every route of the API to invoke the function with this index.
fn lower_permission(index: usize, app: &App) -> Resource {
    let function = &app.functions[index];
    let arn = format!(
        "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{API_ID}}}/*/*"
    );
    let target = invoke::target_reference(function);
    let properties = invoke::permission_properties(target, "apigateway.amazonaws.com")
        .with("SourceArn", Node::sub(arn));
    let first = function.triggers.iter().position(|trigger| matches!(trigger, Trigger::Http(_)));
    let cause = Cause::Trigger(first.unwrap_or_default());
    let owner = IdOwner::for_function(index, Purpose::Beside("the permission of the API", cause));
    let id = function.id.join("HttpApiPermission");
    Resource::new(id.as_str(), "AWS::Lambda::Permission", owner, properties)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::{stack_from_source, templates_from_source};

    /// Returns the source of a function with this number of routes, and of one with a route and a schedule.
    fn source(routes: usize) -> String {
        let route = |it| format!("trigger = http(\"GET /orders/{{id}}/{it:02}\"), ");
        let routes = (0..routes).map(route).collect::<Vec<_>>().concat();
        let function = |name: &str, arguments: &str| {
            format!("#[function({arguments})]\nasync fn {name}() -> &'static str {{ \"\" }}\n")
        };
        let other = "trigger = http(\"GET /\"), schedule = \"rate(1 day)\"";
        format!("{}{}", function("take", &routes), function("page", other))
    }

    fn permissions(stack: &Stack) -> Vec<&str> {
        let permissions = stack.all_resources().filter(|it| it.kind == "AWS::Lambda::Permission");
        permissions.map(|it| it.id.as_str()).collect()
    }

    #[test]
    fn few_routes_have_a_permission_each() {
        let stack = stack_from_source(&source(30));
        assert_eq!(permissions(&stack).len(), 32);
        assert!(!stack.api.unwrap().is_written_out);
    }

    #[test]
    fn many_routes_of_a_function_share_one_permission() {
        let stack = stack_from_source(&source(46));
        let expected = ["TakeHttpApiPermission", "PageHttpApiPermission", "PageSchedulePermission"];
        assert_eq!(permissions(&stack), expected);
        let api = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${ServerlessHttpApi}/*/*";
        assert_eq!(
            *stack.resource("TakeHttpApiPermission").properties(),
            json!({
                "Action": "lambda:InvokeFunction",
                "FunctionName": { "Ref": "Take" },
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": { "Fn::Sub": api },
            })
        );
        let paths = stack.resource("ServerlessHttpApi").property("Body.paths");
        assert_eq!(paths.as_object().unwrap().len(), 47);
    }

    #[test]
    fn sams_template_then_has_the_api_itself() {
        let templates = templates_from_source(&source(46), "");
        let sam = &templates.sam;
        let api = "\n  ServerlessHttpApi:\n    Type: AWS::Serverless::HttpApi\n    Properties:\n      DefinitionBody:\n        openapi: \"3.0.1\"\n";
        assert!(sam.contains(api), "{sam}");
        assert!(!sam.contains("Type: HttpApi\n") && sam.contains("Type: Schedule\n"), "{sam}");
        assert!(!sam.contains("ApiGatewayV2"), "{sam}");
        let plain = templates.cloudformation.unwrap();
        assert!(
            plain.contains("\n  ServerlessHttpApi:\n    Type: AWS::ApiGatewayV2::Api\n"),
            "{plain}"
        );
        let few = templates_from_source(&source(30), "").sam;
        assert!(!few.contains("AWS::Serverless::HttpApi"), "{few}");
    }
}
