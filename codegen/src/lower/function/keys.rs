//! The statements of a role for the KMS keys of the resources that its function uses. Services encrypt and decrypt with the
//! permissions of the role. Takes the function, and returns a statement for each resource with a key of the user's. A
//! statement allows only what the calls on the resource need, and only requests that the resource's service makes.
// See decision 0125.

use skylift_model::aws::kms::key_actions;
use skylift_model::aws::lambda_settings::{Outcome, ResultTarget};
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ArnReference;
use skylift_model::idempotency;
use skylift_model::resource::{Resource, ResourceKind};
use skylift_model::{App, Function};

use crate::lower::send::{only_by_service, send_actions};
use crate::lower::text::text_nodes;
use crate::lower::value;

/// A statement that allows the use of the key of a resource.
pub(super) struct KeyStatement {
    pub(super) actions: Vec<Node>,
    pub(super) key: Node,
    /// The conditions of the statement.
    pub(super) conditions: Map,
}

/// Returns the statements for the keys of all resources that a function uses, in the order of their declaration.
pub(super) fn key_statements(function: &Function, app: &App) -> Vec<KeyStatement> {
    if app.resources.iter().all(|resource| resource.kms_key.is_none()) {
        return Vec::new();
    }
    let used = used_resources(function, app);
    let statement = |resource: &Resource| {
        let key = resource.kms_key.as_ref()?;
        let mut actions: Vec<&str> = Vec::new();
        for (ident, action) in &used {
            if *ident == resource.ident {
                actions.extend(key_actions(action));
            }
        }
        actions.sort_unstable();
        actions.dedup();
        (!actions.is_empty()).then(|| KeyStatement {
            actions: text_nodes(actions),
            key: value::lower_value(key, app),
            conditions: only_by_service(resource),
        })
    };
    app.resources.iter().filter_map(statement).collect()
}

/// Returns the actions on resources that the role of a function has, each with the identifier of the resource.
fn used_resources<'a>(function: &'a Function, app: &'a App) -> Vec<(&'a str, &'static str)> {
    let mut used = Vec::new();
    let kind_of = |ident: &str| app.resource(ident).map(Resource::kind);
    let sends = |ident: &'a str| {
        let actions = kind_of(ident).map_or(&[][..], send_actions);
        actions.iter().map(move |action| (ident, *action))
    };
    for capability in &function.capabilities {
        let Some(resource) = app.resource(&capability.target) else { continue };
        let mut calls = capability.select_calls(resource.kind().calls(capability.access));
        calls.retain(|call| resource.makes(call));
        // The key of a view is that of its resource.
        let ident = app.whole(resource).ident.as_str();
        used.extend(calls.iter().map(|call| (ident, call.action)));
    }
    if let Some(store) = function.idempotent.as_ref().and_then(|it| it.store.as_deref()) {
        used.extend(idempotency::STORE_CALLS.iter().map(|call| (store, call.action)));
    }
    for trigger in &function.triggers {
        let read = trigger.resource().and_then(|it| Some((it.ident, poll_action(it.kind)?)));
        used.extend(read);
        let secrets = trigger.secrets().into_iter();
        used.extend(secrets.map(|it| (it.ident, "secretsmanager:GetSecretValue")));
        let failed = trigger.on_failure().and_then(ArnReference::declared);
        used.extend(failed.into_iter().flat_map(sends));
    }
    for outcome in Outcome::ALL {
        if let Some(ResultTarget::Declared(ident)) = function.settings.lambda.target(outcome) {
            used.extend(sends(ident));
        }
    }
    used
}

/// Returns the action by which Lambda reads an event source of this kind with the role of the function. Returns `None` if
/// the service sends the events itself.
const fn poll_action(kind: ResourceKind) -> Option<&'static str> {
    match kind {
        ResourceKind::Queue => Some("sqs:ReceiveMessage"),
        ResourceKind::Stream => Some("kinesis:GetRecords"),
        ResourceKind::Table => Some("dynamodb:GetRecords"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_from_source;

    const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/0a1b";

    /// Returns the statements about keys of the function `work`, with these resources and this function.
    fn statements(source: &str) -> Vec<serde_json::Value> {
        let stack = stack_from_source(&source.replace("KEY", &format!("kms_key = \"{KEY}\"")));
        let all =
            stack.resource("WorkRole").property("Policies.0.PolicyDocument.Statement").clone();
        let is_key =
            |it: &&serde_json::Value| it["Action"][0].as_str().unwrap().starts_with("kms:");
        all.as_array().unwrap().iter().filter(is_key).cloned().collect()
    }

    #[test]
    fn each_use_of_a_resource_allows_what_its_service_does_with_the_key() {
        let via = |service: &str| json!({ "StringEquals": { "kms:ViaService": { "Fn::Sub": format!("{service}.${{AWS::Region}}.amazonaws.com") } } });
        for (source, service, actions) in [
            ("bucket(KEY))] struct R; #[function] async fn work(r: Reader<R>)", "s3", "Decrypt"),
            (
                "bucket(KEY))] struct R; #[function] async fn work(r: Writer<R>)",
                "s3",
                "Decrypt GenerateDataKey",
            ),
            (
                "queue(KEY))] struct R; #[function] async fn work(r: Sender<R>)",
                "sqs",
                "Decrypt GenerateDataKey",
            ),
            (
                "queue(KEY))] struct R; #[function(trigger = sqs(queue = R))] async fn work(r: SqsEvent)",
                "sqs",
                "Decrypt",
            ),
            (
                "queue(KEY))] struct R; #[function(on_failure = R)] async fn work()",
                "sqs",
                "Decrypt GenerateDataKey",
            ),
            (
                "topic(KEY))] struct R; #[function] async fn work(r: Publisher<R>)",
                "sns",
                "Decrypt GenerateDataKey",
            ),
            (
                "stream(KEY))] struct R; #[function] async fn work(r: Putter<R>)",
                "kinesis",
                "GenerateDataKey",
            ),
            (
                "stream(KEY))] struct R; #[function(trigger = kinesis(stream = R))] async fn work(r: KinesisEvent)",
                "kinesis",
                "Decrypt",
            ),
            (
                "table(key = \"id\", KEY))] struct R; #[function] async fn work(r: Reader<R, Get>)",
                "dynamodb",
                "Decrypt",
            ),
            (
                "table(key = \"id\", KEY))] struct R; #[function] async fn work(r: ReadWriter<R>)",
                "dynamodb",
                "Decrypt Encrypt GenerateDataKey",
            ),
            (
                "secret(KEY))] struct R; #[function] async fn work(r: Reader<R>)",
                "secretsmanager",
                "Decrypt",
            ),
            (
                "parameter(existing = \"/a\", KEY))] struct R; #[function] async fn work(r: Reader<R>)",
                "ssm",
                "Decrypt",
            ),
        ] {
            let found =
                statements(&format!("#[resource({source} -> Result<(), Error> {{ Ok(()) }}"));
            let [one] = found.as_slice() else { panic!("{source}: {found:?}") };
            let wanted: Vec<String> = actions.split(' ').map(|it| format!("kms:{it}")).collect();
            assert_eq!(one["Action"], json!(wanted), "{source}");
            assert_eq!((&one["Resource"], &one["Condition"]), (&json!([KEY]), &via(service)));
        }
    }

    #[test]
    fn what_does_not_touch_encrypted_content_allows_nothing() {
        for source in [
            "bucket(KEY))] struct R; #[function] async fn work(r: Writer<R, Delete>)",
            "bucket(KEY))] struct R; #[function(trigger = s3(bucket = R))] async fn work(r: S3Event)",
            "bus(KEY))] struct R; #[function] async fn work(r: Publisher<R>)",
            "bucket)] struct R; #[function] async fn work(r: Reader<R>)",
            "bucket(KEY))] struct R; #[function] async fn work()",
        ] {
            let found =
                statements(&format!("#[resource({source} -> Result<(), Error> {{ Ok(()) }}"));
            assert!(found.is_empty(), "{source}: {found:?}");
        }
    }

    #[test]
    fn the_region_of_the_service_is_that_of_the_resource() {
        for (existing, operator, host) in [
            (
                "\"arn:aws:sqs:us-east-1:123456789012:jobs\"",
                "StringEquals",
                json!("sqs.us-east-1.amazonaws.com"),
            ),
            ("param(\"JobsArn\")", "StringLike", json!("sqs.*.amazonaws.com")),
            ("\"jobs\"", "StringEquals", json!({ "Fn::Sub": "sqs.${AWS::Region}.amazonaws.com" })),
        ] {
            let source = format!(
                "#[resource(queue(existing = {existing}, KEY))] struct R; #[function] async fn work(r: Sender<R>) -> Result<(), Error> {{ Ok(()) }}"
            );
            let found = statements(&source);
            assert_eq!(found[0]["Condition"], json!({ operator: { "kms:ViaService": host } }));
        }
    }
}
