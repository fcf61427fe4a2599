//! Lowers the properties that all functions share: the defaults that the package sets, and the properties that
//! every Skylift program needs. The helpers that convert such a property are also used for a function's own
//! settings.

use skylift_model::App;
use skylift_model::aws::function_keys;
use skylift_model::aws::logs::Tracing;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::TagValue;
use skylift_model::settings::Architecture;

use super::{environment, invoke_config};
use crate::lower::number::{ephemeral_storage, number};
use crate::lower::plain_value::lower_plain_value;
use crate::lower::text::text_nodes;
use crate::stack::FunctionDefaults;

/// The Lambda runtime of a program that implements the Runtime API itself.
const RUNTIME: &str = "provided.al2023";

/// Returns the properties that all functions share; `architecture` is the processor architecture for which the
/// programs are built, and applies if the package sets none.
pub(crate) fn lower_defaults(app: &App, architecture: Architecture) -> FunctionDefaults {
    let defaults = &app.defaults;
    let mut function = Map::new().with("Runtime", RUNTIME);
    let architecture = defaults.architecture.unwrap_or(architecture);
    function.set("Architectures", text_nodes([architecture.as_str()]));
    let memory = defaults.memory.map(|memory| memory.get());
    function.set_some("MemorySize", number(defaults, function_keys::MEMORY, memory));
    let timeout = defaults.timeout.map(|timeout| timeout.get());
    function.set_some("Timeout", number(defaults, function_keys::TIMEOUT, timeout));
    function.set_some("EphemeralStorage", ephemeral_storage(defaults));
    function
        .set_some("Environment", environment::environment_property(&defaults.env, Vec::new(), app));
    function.set_some("TracingConfig", defaults.tracing.map(tracing_config));
    function.set_some("Tags", tags_property(&defaults.tags));
    FunctionDefaults { function, invoke_config: invoke_config::invoke_config_properties(defaults) }
}

/// Returns the property `TracingConfig` of a function for this tracing mode.
pub(super) fn tracing_config(mode: Tracing) -> Node {
    Map::new().with("Mode", mode.as_str()).into()
}

/// Returns the property `Tags` for a resource with these tags, or `None` if there are no tags.
pub(super) fn tags_property(tags: &[(String, TagValue)]) -> Option<Node> {
    Some(Node::Seq(tags_as_list(tags))).filter(|_| !tags.is_empty())
}

/// Returns the value of a tag.
fn lower_tag(value: &TagValue) -> Node {
    match value {
        TagValue::Text(text) => Node::from(text),
        TagValue::Deployed(value) => lower_plain_value(value),
    }
}

/// Converts tags to CloudFormation's list of maps with `Key` and `Value`.
pub(super) fn tags_as_list(tags: &[(String, TagValue)]) -> Vec<Node> {
    let tag = |(key, value): &(String, TagValue)| {
        Map::new().with("Key", key).with("Value", lower_tag(value))
    };
    tags.iter().map(tag).map(Node::from).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::fixtures::{app, app_stack, function};
    use skylift_model::aws::name::EnvKey;
    use skylift_model::aws::value::CfnValue;
    use skylift_model::{Function, FunctionSettings};

    use super::*;
    use crate::stack::Stack;

    /// Returns the stack of a function with these settings in a package with these defaults.
    fn stack_with(own: FunctionSettings, defaults: FunctionSettings) -> Stack {
        let function = Function { settings: own, ..function("A") };
        let mut app = app(vec![function], Vec::new());
        app.defaults = defaults;
        app_stack(&app)
    }

    fn tag(text: &str) -> TagValue {
        TagValue::Text(text.to_owned())
    }

    fn all_settings() -> FunctionSettings {
        let key = |key: &str| EnvKey::try_from(key).unwrap();
        let value = |text: &str| CfnValue::Literal(text.to_owned());
        FunctionSettings {
            memory: Some(256_u64.try_into().unwrap()),
            timeout: Some(20_u64.try_into().unwrap()),
            architecture: Some(Architecture::Arm64),
            ephemeral_storage: Some(1024_u64.try_into().unwrap()),
            retries: Some(1_u64.try_into().unwrap()),
            max_event_age: Some(3600_u64.try_into().unwrap()),
            env: vec![(key("LOG"), value("info")), (key("STAGE"), value("test"))],
            tracing: Some(Tracing::Active),
            tags: vec![("team".to_owned(), tag("a")), ("stage".to_owned(), tag("test"))],
            ..FunctionSettings::default()
        }
    }

    #[test]
    fn the_defaults_apply_to_a_function_without_settings() {
        let stack = stack_with(FunctionSettings::default(), all_settings());
        let function = stack.resource("A");
        for (path, value) in [
            ("Runtime", json!("provided.al2023")),
            ("Architectures", json!(["arm64"])),
            ("MemorySize", json!(256)),
            ("Timeout", json!(20)),
            ("EphemeralStorage", json!({ "Size": 1024 })),
            ("Environment", json!({ "Variables": { "LOG": "info", "STAGE": "test" } })),
            ("TracingConfig", json!({ "Mode": "Active" })),
            ("Tags", json!([{ "Key": "team", "Value": "a" }, { "Key": "stage", "Value": "test" }])),
        ] {
            assert_eq!(function.property(path), value, "{path}");
        }
        let config = stack.resource("AEventInvokeConfig");
        assert_eq!(
            *config.properties(),
            json!({
                "FunctionName": { "Ref": "A" },
                "Qualifier": "$LATEST",
                "MaximumRetryAttempts": 1,
                "MaximumEventAgeInSeconds": 3600,
            })
        );
    }

    #[test]
    fn the_settings_of_a_function_override_the_defaults() {
        let key = EnvKey::try_from("LOG").unwrap();
        let own = FunctionSettings {
            memory: Some(512_u64.try_into().unwrap()),
            architecture: Some(Architecture::X86_64),
            retries: Some(0_u64.try_into().unwrap()),
            env: vec![(key, CfnValue::Literal("debug".to_owned()))],
            tracing: Some(Tracing::Disabled),
            tags: vec![("team".to_owned(), tag("b")), ("own".to_owned(), tag("c"))],
            ..FunctionSettings::default()
        };
        let stack = stack_with(own, all_settings());
        let function = stack.resource("A");
        let tag = |key: &str, value: &str| json!({ "Key": key, "Value": value });
        for (path, value) in [
            ("MemorySize", json!(512)),
            ("Timeout", json!(20)),
            ("Architectures", json!(["x86_64"])),
            ("Environment", json!({ "Variables": { "LOG": "debug", "STAGE": "test" } })),
            // SAM leaves it out.
            ("TracingConfig", json!(null)),
            ("Tags", json!([tag("team", "b"), tag("stage", "test"), tag("own", "c")])),
        ] {
            assert_eq!(function.property(path), value, "{path}");
        }
        let config = stack.resource("AEventInvokeConfig");
        assert_eq!(config.property("MaximumRetryAttempts"), 0);
        assert_eq!(config.property("MaximumEventAgeInSeconds"), 3600);
    }
}
