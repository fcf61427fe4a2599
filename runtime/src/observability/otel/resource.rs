//! Describes the resource in OpenTelemetry's sense: the Lambda function that sends the spans. Mirrors the "Semantic
//! conventions for `FaaS` resources" and those for cloud resources.

use opentelemetry::KeyValue;
use opentelemetry_sdk::Resource;

/// Detects the OpenTelemetry resource, which is the Lambda function of this process, from the environment variables
/// of Lambda. The environment variables of OpenTelemetry take precedence. `variable` returns the value of an
/// environment variable.
pub(super) fn detect_resource(variable: impl Fn(&str) -> Option<String>) -> Resource {
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
    let builder = Resource::builder();
    let has_service_name = variable("OTEL_SERVICE_NAME").is_some()
        || variable("OTEL_RESOURCE_ATTRIBUTES").is_some_and(|it| it.contains("service.name="));
    if has_service_name {
        attributes.retain(|it| it.key.as_str() != "service.name");
    }
    builder.with_attributes(attributes).build()
}

#[cfg(test)]
mod tests {
    use opentelemetry::{Key, Value};

    use super::*;

    fn resource(variables: &[(&str, &str)]) -> Resource {
        let find = |name: &str| variables.iter().find(|(known, _)| *known == name);
        detect_resource(|name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_variables_of_lambda_are_attributes_of_the_conventions() {
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
    fn a_service_name_of_the_user_takes_precedence() {
        for variable in
            [("OTEL_SERVICE_NAME", "web"), ("OTEL_RESOURCE_ATTRIBUTES", "service.name=web")]
        {
            let resource = resource(&[variable, ("AWS_LAMBDA_FUNCTION_NAME", "shop-submit")]);
            let name = resource.get(&Key::from_static_str("service.name"));
            assert_ne!(name, Some(Value::from("shop-submit")));
        }
    }
}
