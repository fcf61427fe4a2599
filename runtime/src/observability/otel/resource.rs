//! What OpenTelemetry calls the resource: who sends the spans. Mirrors the "Semantic conventions for
//! `FaaS` resources" and those for cloud resources.

use opentelemetry::KeyValue;
use opentelemetry_sdk::Resource;

/// The resource that the environment describes. What the variables of OpenTelemetry say counts.
pub(super) fn of(variable: impl Fn(&str) -> Option<String>) -> Resource {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let mut attributes =
        vec![KeyValue::new("cloud.provider", "aws"), KeyValue::new("cloud.platform", "aws_lambda")];
    for (key, name) in [
        ("service.name", "AWS_LAMBDA_FUNCTION_NAME"),
        ("faas.name", "AWS_LAMBDA_FUNCTION_NAME"),
        ("faas.version", "AWS_LAMBDA_FUNCTION_VERSION"),
        ("faas.instance", "AWS_LAMBDA_LOG_STREAM_NAME"),
        ("cloud.region", "AWS_REGION"),
    ] {
        attributes.extend(variable(name).map(|value| KeyValue::new(key, value)));
    }
    let memory = variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").and_then(|mb| mb.parse::<i64>().ok());
    attributes.extend(memory.map(|mb| KeyValue::new("faas.max_memory", mb * 1_048_576)));
    let mut named = Resource::builder();
    let says_service = variable("OTEL_SERVICE_NAME").is_some()
        || variable("OTEL_RESOURCE_ATTRIBUTES").is_some_and(|it| it.contains("service.name="));
    if says_service {
        attributes.retain(|it| it.key.as_str() != "service.name");
    }
    named = named.with_attributes(attributes);
    named.build()
}

#[cfg(test)]
mod tests {
    use opentelemetry::{Key, Value};

    use super::*;

    fn resource(variables: &[(&str, &str)]) -> Resource {
        let find = |name: &str| variables.iter().find(|(known, _)| *known == name);
        of(|name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_environment_of_lambda_is_described_by_the_conventions() {
        let resource = resource(&[
            ("AWS_LAMBDA_FUNCTION_NAME", "shop-submit"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_LAMBDA_FUNCTION_VERSION", ""),
        ]);
        let get = |key: &'static str| resource.get(&Key::from_static_str(key));
        assert_eq!(get("service.name"), Some(Value::from("shop-submit")));
        assert_eq!(get("faas.name"), Some(Value::from("shop-submit")));
        assert_eq!(get("faas.max_memory"), Some(Value::from(536_870_912_i64)));
        assert_eq!(get("cloud.region"), Some(Value::from("eu-central-1")));
        assert_eq!(get("cloud.platform"), Some(Value::from("aws_lambda")));
        assert_eq!(get("faas.version"), None);
    }

    #[test]
    fn a_service_of_the_users_own_name_keeps_it() {
        for variable in
            [("OTEL_SERVICE_NAME", "web"), ("OTEL_RESOURCE_ATTRIBUTES", "service.name=web")]
        {
            let resource = resource(&[variable, ("AWS_LAMBDA_FUNCTION_NAME", "shop-submit")]);
            let name = resource.get(&Key::from_static_str("service.name"));
            assert_ne!(name, Some(Value::from("shop-submit")));
        }
    }
}
