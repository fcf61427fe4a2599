//! Lowers the URL of a function. Both templates get it from SAM's property `FunctionUrlConfig`, together with the
//! permissions of a URL that everyone may call. SAM has no permissions for CloudFront, so both templates have them as
//! resources.

use skylift_model::Function;
use skylift_model::aws::cors::{Cors, Origin};
use skylift_model::aws::node::{Map, Node};
use skylift_model::source::Trigger;
use skylift_model::source::url::{Distribution, Url};

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext, TriggerOverlayResource};
use crate::lower::invoke;
use crate::stack::{IdOwner, Purpose, Resource};

/// The service that calls the URL for a distribution.
const SERVICE: &str = "cloudfront.amazonaws.com";

/// The CloudFormation type of a distribution.
const TYPE: &str = "AWS::CloudFront::Distribution";

impl LowerTrigger for Url {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let Some(distribution) = &self.cloudfront else { return };
        let arn = distribution_arn(distribution);
        // A call of the URL needs both permissions. The second one allows invocations through the URL only.
        for (suffix, action, limit, to) in [
            (
                "CloudFrontUrlPermission",
                "lambda:InvokeFunctionUrl",
                "FunctionUrlAuthType",
                Node::from(self.auth.auth_type()),
            ),
            (
                "CloudFrontInvokePermission",
                "lambda:InvokeFunction",
                "InvokedViaFunctionUrl",
                Node::Bool(true),
            ),
        ] {
            let properties = Map::new()
                .with("Action", action)
                .with("FunctionName", invoke::target_reference(context.function))
                .with("Principal", SERVICE)
                .with("SourceArn", arn.clone())
                .with(limit, to);
            let purpose = Purpose::Beside("a permission", context.cause);
            lowered.add_resource_once(Resource::new(
                format!("{}{suffix}", context.function.id),
                "AWS::Lambda::Permission",
                IdOwner::for_function(context.index, purpose),
                properties,
            ));
        }
    }

    fn overlay_resource(&self) -> Option<TriggerOverlayResource<'_>> {
        let Some(Distribution::Overlay(id)) = &self.cloudfront else { return None };
        Some(TriggerOverlayResource {
            key: "cloudfront",
            id: id.as_str(),
            kind: ("a CloudFront distribution", TYPE),
            accepts: |kind| kind == TYPE,
        })
    }
}

/// Returns the ARN of a distribution. A distribution of the overlay has no attribute with its ARN.
fn distribution_arn(distribution: &Distribution) -> Node {
    match distribution {
        Distribution::Overlay(id) => Node::sub(format!(
            "arn:${{AWS::Partition}}:cloudfront::${{AWS::AccountId}}:distribution/${{{id}}}"
        )),
        Distribution::Arn(arn) => Node::from(arn.as_str()),
        Distribution::Param(name) => Node::reference(name.as_str()),
    }
}

/// Returns SAM's `FunctionUrlConfig` of a function. Returns `None` if the function has no URL.
pub(crate) fn lower_url_config(function: &Function) -> Option<Map> {
    let (_, url) = Trigger::find_url(&function.triggers)?;
    let mut config = Map::new().with("AuthType", url.auth.auth_type());
    if url.streams {
        config.push("InvokeMode", "RESPONSE_STREAM");
    }
    config.set_some("Cors", url.cors.as_ref().map(lower_cors));
    Some(config)
}

/// Returns the CORS settings of a function URL.
fn lower_cors(cors: &Cors) -> Map {
    let Cors { origins, methods, headers, expose, max_age, credentials } = cors;
    let list = |name, items: Vec<Node>, to: &mut Map| {
        if !items.is_empty() {
            to.push(name, items);
        }
    };
    let texts = |items: &[String]| items.iter().map(|it| Node::from(it.as_str())).collect();
    let mut lowered = Map::new();
    list("AllowOrigins", origins.iter().map(lower_origin).collect(), &mut lowered);
    list("AllowMethods", methods.iter().map(|it| Node::from(*it)).collect(), &mut lowered);
    list("AllowHeaders", texts(headers), &mut lowered);
    list("ExposeHeaders", texts(expose), &mut lowered);
    lowered.set_some("MaxAge", *max_age);
    if *credentials {
        lowered.push("AllowCredentials", true);
    }
    lowered
}

/// Returns the entry of an origin in a list.
pub(crate) fn lower_origin(origin: &Origin) -> Node {
    match origin {
        Origin::Param(name) => Node::reference(name.as_str()),
        _ => Node::from(origin.text().unwrap_or_default()),
    }
}

/// Returns the output with the URL of a function, and its name. Returns `None` if the function has no URL.
pub(crate) fn lower_output(function: &Function) -> Option<(String, Node)> {
    Trigger::find_url(&function.triggers)?;
    let id = format!("{}Url", function.id);
    let output = Map::new()
        .with("Description", format!("URL of the function {}", function.id))
        .with("Value", Node::attribute(&id, "FunctionUrl"));
    Some((id, output.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::overlay::{Overlay, read_for_test};
    use crate::stack::Stack;
    use crate::testing::{assemble_unchecked, problems_of, stack_from_source};

    const ARN: &str = "arn:aws:cloudfront::123456789012:distribution/E2ABCDEFGHIJKL";

    fn function(attribute: &str) -> String {
        format!("#[function({attribute})]\nasync fn take() -> &'static str {{ \"\" }}")
    }

    fn stack(arguments: &str) -> Stack {
        stack_from_source(&function(&format!("trigger = url({arguments})")))
    }

    fn properties(stack: &Stack, id: &str) -> Value {
        stack.resource(id).properties().clone()
    }

    fn permissions(stack: &Stack) -> Vec<&str> {
        let permissions = stack.all_resources().filter(|it| it.kind == "AWS::Lambda::Permission");
        permissions.map(|it| it.id.as_str()).collect()
    }

    #[test]
    fn a_url_for_signed_requests_has_no_permission() {
        let stack = stack("auth = iam");
        let url = json!({ "TargetFunctionArn": { "Ref": "Take" }, "AuthType": "AWS_IAM" });
        assert_eq!(properties(&stack, "TakeUrl"), url);
        assert_eq!(permissions(&stack), [""; 0]);
        let config = serde_json::to_value(&stack.functions[0].sam_properties).unwrap();
        assert_eq!(config, json!({ "FunctionUrlConfig": { "AuthType": "AWS_IAM" } }));
    }

    #[test]
    fn a_url_for_everyone_has_both_permissions() {
        let stack = stack("auth = none");
        assert_eq!(
            permissions(&stack),
            ["TakeUrlPublicPermissions", "TakeURLInvokeAllowPublicAccess"]
        );
    }

    #[test]
    fn a_url_has_its_settings_and_an_output() {
        let stack = stack(
            "auth = none, stream, cors(origins = [\"https://a.b\", param(\"Page\")], methods = [GET], headers = [\"x-a\"], expose = [\"x-b\"], max_age = \"1m\", credentials)",
        );
        let url = properties(&stack, "TakeUrl");
        assert_eq!(url["InvokeMode"], "RESPONSE_STREAM");
        assert_eq!(
            url["Cors"],
            json!({
                "AllowOrigins": ["https://a.b", { "Ref": "Page" }],
                "AllowMethods": ["GET"],
                "AllowHeaders": ["x-a"],
                "ExposeHeaders": ["x-b"],
                "MaxAge": 60,
                "AllowCredentials": true,
            })
        );
        let (name, output) = stack.outputs().next().unwrap();
        assert_eq!(name, "TakeUrl");
        assert_eq!(
            serde_json::to_value(output).unwrap()["Value"],
            json!({ "Fn::GetAtt": "TakeUrl.FunctionUrl" })
        );
    }

    #[test]
    fn a_distribution_has_both_permissions_on_the_alias() {
        for (written, arn) in [
            (format!("{ARN:?}"), json!(ARN)),
            ("param(\"Edge\")".to_owned(), json!({ "Ref": "Edge" })),
        ] {
            let source = function(&format!(
                "trigger = url(auth = iam, cloudfront = {written}), provisioned_concurrency = 1"
            ));
            let stack = stack_from_source(&source);
            let permission = |action: &str, limit: &str, to: Value| {
                json!({
                    "Action": action,
                    "FunctionName": { "Ref": "TakeAliaslive" },
                    "Principal": "cloudfront.amazonaws.com",
                    "SourceArn": arn,
                    limit: to,
                })
            };
            assert_eq!(
                properties(&stack, "TakeCloudFrontUrlPermission"),
                permission("lambda:InvokeFunctionUrl", "FunctionUrlAuthType", json!("AWS_IAM"))
            );
            assert_eq!(
                properties(&stack, "TakeCloudFrontInvokePermission"),
                permission("lambda:InvokeFunction", "InvokedViaFunctionUrl", json!(true))
            );
            assert_eq!(permissions(&stack).len(), 2);
            let url = properties(&stack, "TakeUrl");
            assert_eq!(url["TargetFunctionArn"], json!({ "Ref": "TakeAliaslive" }));
        }
    }

    #[test]
    fn a_distribution_of_the_overlay_is_checked() {
        let source = function("trigger = url(auth = iam, cloudfront = overlay(\"Edge\"))");
        let problems = |overlay: &Overlay| -> Vec<String> {
            let assembled = assemble_unchecked(&source, overlay);
            let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            problems.map(|it| format!("{}: {}", it.at, it.message.full())).collect()
        };
        let edge = |kind| read_for_test(&format!("Resources:\n  Edge: {{ Type: {kind} }}\n"));
        assert_eq!(problems(&edge("AWS::CloudFront::Distribution")), [""; 0]);
        let wrong = problems(&edge("AWS::S3::Bucket"));
        assert!(wrong.len() == 1 && wrong[0].contains("a CloudFront distribution"), "{wrong:?}");
        let stack = assemble_unchecked(&source, &edge("AWS::CloudFront::Distribution")).stack;
        let arn = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Edge}";
        assert_eq!(
            properties(&stack, "TakeCloudFrontUrlPermission")["SourceArn"],
            json!({ "Fn::Sub": arn })
        );
    }

    #[test]
    fn mistakes_of_a_url_are_reported_at_their_place() {
        let problems = |items: &str| problems_of(items, None);
        let twice = problems(&function("trigger = url(auth = iam), trigger = url(auth = none)"));
        assert_eq!(
            twice,
            [
                "trigger 1: this function has a URL already, and Lambda gives it one\n\nhelp: remove one of the two triggers"
            ]
        );
        let api = "#[function(trigger = url(auth = iam))]\nasync fn api() -> &'static str { \"\" }\n#[function(trigger = http)]\nasync fn other() -> &'static str { \"\" }";
        assert_eq!(
            problems(api),
            [
                "key id: output `ApiUrl` of `Api` has the same name as that of the HTTP API\n\nhelp: give it another id: `id = \"…\"`"
            ]
        );
        let taken = format!(
            "{}\n#[resource(queue)]\npub struct TakeUrl;",
            function("trigger = url(auth = iam)")
        );
        let found = problems(&taken);
        assert!(!found.is_empty() && found.iter().all(|it| it.contains("TakeUrl")), "{found:?}");
        let path = "#[function(trigger = url(auth = iam))]\nasync fn take(id: Path<String>) -> String { id.0 }";
        let found = problems(path);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("param 0: a function URL has no path"), "{found:?}");
        let routed = path.replace("trigger =", "trigger = http(\"GET /{id}\"), trigger =");
        assert_eq!(problems(&routed), [""; 0]);
    }
}
