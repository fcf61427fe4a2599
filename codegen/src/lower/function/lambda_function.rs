//! Lowers the `AWS::Lambda::Function` of a function: the properties that the function's own settings need. The
//! defaults of all functions and the user's `properties` are merged elsewhere.

use skylift_model::aws::function_keys;
use skylift_model::aws::node::{Map, Node};
use skylift_model::settings::RecursiveLoop;
use skylift_model::{App, Function};

use super::role::{role_id, user_role};
use super::{defaults, environment, logs};
use crate::lower::invoke;
use crate::lower::number::{ephemeral_storage, number};
use crate::lower::parameters::CODE_BUCKET;
use crate::lower::text::text_nodes;
use crate::stack::Program;

/// Returns the properties of an `AWS::Lambda::Function`, without the defaults of all functions and without the
/// user's `properties`.
pub(super) fn function_properties(function: &Function, app: &App, program: &Program) -> Map {
    let settings = &function.settings;
    let mut properties = Map::new();
    properties.push("Handler", function.handler.as_str());
    let mut push = |key: &str, value: Option<Node>| {
        if let Some(value) = value {
            properties.push(key, value);
        }
    };
    push("FunctionName", invoke::function_name(function, app));
    push("Description", function.description.as_deref().map(Node::from));
    let code = Map::new()
        .with("S3Bucket", Node::reference(CODE_BUCKET))
        .with("S3Key", Node::reference(program.key.as_str()));
    push("Code", Some(code.into()));
    let memory = settings.memory.map(|memory| memory.get());
    push("MemorySize", number(settings, function_keys::MEMORY, memory));
    let timeout = settings.timeout.map(|timeout| timeout.get());
    push("Timeout", number(settings, function_keys::TIMEOUT, timeout));
    push("Architectures", settings.architecture.map(|it| text_nodes([it.as_str()]).into()));
    push("EphemeralStorage", ephemeral_storage(settings));
    let reserved = settings.reserved_concurrency.map(|most| most.get());
    let reserved = number(settings, function_keys::RESERVED_CONCURRENCY, reserved);
    push("ReservedConcurrentExecutions", reserved);
    push("Environment", environment::function_environment(function, app));
    push("LoggingConfig", Some(logs::logging_config(function, app).into()));
    push("TracingConfig", settings.tracing.map(defaults::tracing_config));
    if user_role(function).is_none() {
        push("Role", Some(Node::attribute(role_id(function), "Arn")));
    }
    // Lambda would take resumed work for a recursive loop, and stop it after 16 invocations.
    let resumes = function.resume.is_some().then_some(RecursiveLoop::Allow);
    let recursive_loop = resumes.or(settings.recursive_loop);
    push("RecursiveLoop", recursive_loop.map(|it| it.as_str().into()));
    push("Tags", defaults::tags_property(&settings.tags));
    properties
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{stack_from_source, stack_of_function};

    #[test]
    fn a_function_has_its_program_its_role_and_its_logs() {
        let stack = stack_of_function("");
        let take = stack.resource("Take");
        assert_eq!(take.kind(), "AWS::Lambda::Function");
        assert_eq!(
            *take.properties(),
            json!({
                "Handler": "take",
                "Code": { "S3Bucket": { "Ref": "CodeBucket" }, "S3Key": { "Ref": "CodeKey" } },
                "LoggingConfig": { "LogGroup": { "Ref": "TakeLogs" } },
                "Role": { "Fn::GetAtt": "TakeRole.Arn" },
                "Runtime": "provided.al2023",
                "Architectures": ["x86_64"],
            })
        );
        assert_eq!(stack.ids(), ["Take", "TakeRole", "TakeLogs"]);
    }

    #[test]
    fn every_setting_of_a_function_sets_its_property() {
        let stack = stack_of_function(
            "name = \"take-it\", description = \"Takes\", memory = 512, timeout = \"30s\", architecture = arm64, ephemeral_storage = 1024, reserved_concurrency = 3, recursive_loop = allow, tracing = active, tags(team = \"a\"), env(LOG = \"b\")",
        );
        let take = stack.resource("Take");
        for (path, value) in [
            ("FunctionName", json!("take-it")),
            ("Description", json!("Takes")),
            ("MemorySize", json!(512)),
            ("Timeout", json!(30)),
            ("Architectures", json!(["arm64"])),
            ("EphemeralStorage", json!({ "Size": 1024 })),
            ("ReservedConcurrentExecutions", json!(3)),
            ("RecursiveLoop", json!("Allow")),
            ("TracingConfig", json!({ "Mode": "Active" })),
            ("Tags", json!([{ "Key": "team", "Value": "a" }])),
            ("Environment", json!({ "Variables": { "LOG": "b" } })),
        ] {
            assert_eq!(take.property(path), value, "{path}");
        }
    }

    #[test]
    fn a_function_that_resumes_its_work_allows_recursive_loops() {
        let resumes = stack_from_source(
            "#[function(resume = queue)]\nasync fn take(from: Resume<u64>) -> Result<Progress<u64, u64>, Error> { Ok(Progress::Done(1)) }",
        );
        assert_eq!(resumes.resource("Take").property("RecursiveLoop"), "Allow");
        assert!(stack_of_function("").resource("Take").property("RecursiveLoop").is_null());
    }

    #[test]
    fn a_user_defined_role_replaces_the_generated_one() {
        let stack =
            stack_of_function("properties = { \"Role\": \"arn:aws:iam::123456789012:role/mine\" }");
        assert_eq!(stack.resource("Take").property("Role"), "arn:aws:iam::123456789012:role/mine");
        assert_eq!(stack.ids(), ["Take", "TakeLogs"]);
    }
}
