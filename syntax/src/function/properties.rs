//! The key `properties` of a function: the properties that the user cannot set there, and how the properties
//! that are set relate to the function's keys.

use skylift_model::aws::function_keys;
use skylift_model::aws::node::Map;
use skylift_model::aws::shape::Completeness;

use super::ATTRIBUTE;
use crate::errors::Errors;
use crate::messages;
use crate::properties::{KEY, OwnerOfProperties, ReservedProperties, read_properties};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The type of a function in SAM's template.
const TYPE: &str = "AWS::Serverless::Function";

/// Properties that only CloudFormation's type of a function has, and properties of other resources beside a function, each
/// with the key of `#[function]` for them.
const KEYS_OF_OTHER_NAMES: [(&str, &str); 6] = [
    ("ManagedPolicyArns", "policy"),
    ("MaximumEventAgeInSeconds", "max_event_age"),
    ("MaximumRetryAttempts", "retries"),
    ("RetentionInDays", "log_retention"),
    ("ScheduleExpression", "schedule"),
    ("TracingConfig", "tracing"),
];

/// Properties that SAM's type of a function has under another name than CloudFormation's, each with what to write.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("Code", "leave it out: Skylift builds the program and sets its place"),
    (
        "DeadLetterConfig",
        "write `dead_letters = Lost` beside `properties`, the path of a queue or a topic",
    ),
    ("DestinationConfig", "write `on_failure = Lost` or `on_success = Done` beside `properties`"),
    (
        "FunctionUrl",
        "write `trigger = url(auth = iam)`, or `auth = none` to open the URL to everyone",
    ),
    (
        "SecurityGroupIds",
        "write `vpc(subnets = [\"subnet-…\"], security_groups = [\"sg-…\"])` beside `properties`",
    ),
    (
        "SubnetIds",
        "write `vpc(subnets = [\"subnet-…\"], security_groups = [\"sg-…\"])` beside `properties`",
    ),
];

/// Returns the function as the owner of its `properties`. The user cannot set those that Skylift sets, and those
/// that have a key.
fn function_as_owner() -> OwnerOfProperties {
    let reserved = ReservedProperties {
        owner: ATTRIBUTE,
        set_by_skylift: function_keys::MANAGED_PROPERTIES,
        keyed: function_keys::keyed_properties().chain(KEYS_OF_OTHER_NAMES).collect(),
    };
    // Skylift adds nothing to a property that the user sets in which a property is required.
    let completeness = Completeness::Parts;
    OwnerOfProperties { kind: TYPE, completeness, reserved, other_names: OTHER_NAMES }
}

/// Reads the `properties` of a function. The result is empty if the key is not set or has
/// an error.
pub(super) fn read_function_properties(args: &Args, errors: &mut Errors) -> Map {
    let read = |value: &ArgValue, errors: &mut Errors| {
        let properties = read_properties(value, &function_as_owner(), errors);
        check_log_retention(value, args, errors);
        check_snap_start(value, errors);
        check_durable(value, errors);
        check_optional_keys(value, args, errors);
        properties
    };
    args.take(KEY, read, errors).unwrap_or_default()
}

/// Checks that `properties` does not turn on `SnapStart`, which Lambda does not have for the runtime of Rust functions.
fn check_snap_start(properties: &ArgValue, errors: &mut Errors) {
    let ArgValueKind::Map(entries) = &properties.kind else { return };
    let Some((key, value)) = entries.iter().find(|(key, _)| key.text == "SnapStart") else {
        return;
    };
    let is_off = match &value.kind {
        ArgValueKind::Map(inner) => inner.iter().all(|(key, value)| {
            key.text != "ApplyOn"
                || matches!(&value.kind, ArgValueKind::Str(text) if text == "None")
        }),
        _ => true,
    };
    if !is_off {
        errors.push(&key.span, messages::snap_start_of_rust());
    }
}

/// Checks that `properties` does not make the function durable: Lambda then sends it other payloads than its events, and
/// expects other answers.
fn check_durable(properties: &ArgValue, errors: &mut Errors) {
    let ArgValueKind::Map(entries) = &properties.kind else { return };
    if let Some((key, _)) = entries.iter().find(|(key, _)| key.text == "DurableConfig") {
        errors.push(&key.span, messages::durable_function());
    }
}

/// Checks that `properties` sets no property that a key sets already.
fn check_optional_keys(properties: &ArgValue, args: &Args, errors: &mut Errors) {
    for (property, key) in function_keys::optionally_keyed_properties() {
        let mut parts = property.split('.').peekable();
        let mut outer = properties;
        while let Some(part) = parts.next() {
            let ArgValueKind::Map(entries) = &outer.kind else { break };
            let Some((name, value)) = entries.iter().find(|(it, _)| it.text == part) else { break };
            if parts.peek().is_none() && args.has_key(key) {
                errors.push(&name.span, messages::property_set_by_key(part, key));
            }
            outer = value;
        }
    }
}

/// Checks that `log_retention` is not set together with a log group that the user names in `properties`. That
/// log group has its own retention.
fn check_log_retention(properties: &ArgValue, args: &Args, errors: &mut Errors) {
    let group =
        find_entry(properties, "LoggingConfig").and_then(|logging| find_entry(logging, "LogGroup"));
    if group.is_some() && args.has_key("log_retention") {
        errors.push(args.span_of("log_retention"), messages::retention_of_own_log_group());
    }
}

/// Returns the value of a key in a map. Returns `None` if the value is not a map or does not have the key.
fn find_entry<'a>(value: &'a ArgValue, key: &str) -> Option<&'a ArgValue> {
    let ArgValueKind::Map(entries) = &value.kind else { return None };
    entries.iter().find(|(it, _)| it.text == key).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::function_keys;
    use skylift_model::aws::node::{Map, Node};

    use crate::function::testing::{accepted, rejected};

    /// The keys that set no property of the function's resource: they add another resource, or nothing, to the
    /// template.
    const WITHOUT_PROPERTY: [&str; 11] = [
        "alarms",
        "cold_start_metric",
        "deadline_margin",
        "id",
        "idempotent",
        "keep_warm",
        "log_retention",
        "properties",
        "resume",
        "schedule",
        "trigger",
    ];

    #[test]
    fn a_durable_function_is_refused() {
        let found = rejected(r#"properties = { "DurableConfig": { "ExecutionTimeout": 60 } }"#);
        assert_eq!(
            found,
            "the handler of a durable function takes and answers another protocol than that of events\n\nhelp: leave it out; for long work write `resume`, or start a state machine"
        );
        let help = "a durable function speaks another protocol than a handler of events: for long work write `resume`";
        assert!(rejected("durable(timeout = \"1h\")").ends_with(help));
    }

    #[test]
    fn snap_start_is_refused() {
        for off in [r#"{ "ApplyOn": "None" }"#, "null"] {
            accepted(&format!(r#"properties = {{ "SnapStart": {off} }}"#));
        }
        let found = rejected(r#"properties = { "SnapStart": { "ApplyOn": "PublishedVersions" } }"#);
        assert_eq!(
            found,
            "Lambda has no SnapStart for `provided.al2023`, the runtime of Rust functions\n\nhelp: leave it out, or write `provisioned_concurrency = 2`"
        );
    }

    #[test]
    fn every_key_is_in_the_list_of_the_model_or_sets_no_property() {
        let found = rejected("nothing_that_is_known = 1");
        let (_, read) = found.split_once("`#[function]` takes ").unwrap();
        let read = read.replace(" and ", ", ").replace('`', "");
        let mut read: Vec<&str> = read.split(", ").collect();
        let setting = function_keys::ALL.iter().map(|key| key.name);
        let mut known: Vec<&str> = setting.chain(WITHOUT_PROPERTY).collect();
        read.sort_unstable();
        known.sort_unstable();
        assert_eq!(read, known);
    }

    #[test]
    fn every_property_with_a_key_is_rejected_with_that_key() {
        for key in function_keys::ALL.iter().filter(|key| !key.is_optional) {
            for property in key.properties {
                let written = match property.split_once('.') {
                    Some((whole, part)) => format!("\"{whole}\": {{ \"{part}\": 1 }}"),
                    None => format!("\"{property}\": 1"),
                };
                let found = rejected(&format!("properties = {{ {written} }}"));
                assert!(found.contains("is set by Skylift"), "{property}: {found}");
                assert!(found.contains(&format!("`{}`", key.name)), "{property}: {found}");
            }
        }
        for property in function_keys::MANAGED_PROPERTIES {
            let found = rejected(&format!("properties = {{ \"{property}\": 1 }}"));
            assert!(found.ends_with("`properties` cannot change it"), "{property}: {found}");
        }
    }

    #[test]
    fn a_part_of_a_property_without_a_key_is_accepted() {
        for parts in [
            r#""EventInvokeConfig": { "DestinationConfig": { "OnFailure": { "Type": "SQS" } } }"#,
            r#""LoggingConfig": { "LogGroup": "/shop" }"#,
            r#""LoggingConfig": { "LogGroup": { "Ref": "Shared" } }"#,
        ] {
            accepted(&format!("retries = 1, log_level = debug, properties = {{ {parts} }}"));
        }
    }

    #[test]
    fn a_part_of_a_property_that_has_a_key_or_is_hidden_is_rejected() {
        for (parts, message) in [
            (r#""EventInvokeConfig": { "MaximumRetryAttempts": 1 }"#, "a key for it: `retries`"),
            (
                r#""EventInvokeConfig": { "MaximumEventAgeInSeconds": 60 }"#,
                "a key for it: `max_event_age`",
            ),
            (r#""LoggingConfig": { "LogFormat": "JSON" }"#, "a key for it: `log_format`"),
            (r#""LoggingConfig": { "ApplicationLogLevel": "INFO" }"#, "a key for it: `log_level`"),
            (
                r#""LoggingConfig": { "SystemLogLevel": "INFO" }"#,
                "a key for it: `system_log_level`",
            ),
            (r#""LoggingConfig": "x""#, "`LoggingConfig` takes a map, found a string"),
            (
                r#""EventInvokeConfig": { "Fn::If": ["A", {}, {}] }"#,
                "`Fn::If` hides which parts of `EventInvokeConfig` it sets",
            ),
            (r#""Environment": { "Variables": {} }"#, "a key for it: `env`"),
        ] {
            let found = rejected(&format!("properties = {{ {parts} }}"));
            assert!(found.contains(message), "{parts}: {found}");
        }
    }

    #[test]
    fn a_property_that_aws_does_not_have_is_rejected() {
        for (written, message) in [
            (
                r#""VpcConfg": {}"#,
                "`AWS::Serverless::Function` has no property `VpcConfg`\n\nhelp: did you mean `VpcConfig`?\n      if AWS",
            ),
            (r#""FunctionUrlConfig": { "AuthTyp": "NONE" }"#, "did you mean `AuthType`?"),
            (r#""FunctionUrlConfig": { "AuthType": "NON" }"#, "`AuthType` cannot be `NON`"),
            (r#""FunctionUrlConfig": {}"#, "`FunctionUrlConfig` needs the property `AuthType`"),
            (r#""Layers": "arn""#, "`Layers` takes a list, found a string"),
            (
                r#""VpcConfig": { "SubnetIds": [1.5, { "a": 1 }], "SecurityGroupIds": ["sg-1"] }"#,
                "`SubnetIds` takes a string, found a map",
            ),
            (
                r#""Bananas": 1"#,
                "has no property `Bananas`\n\nhelp: if AWS has added this name since",
            ),
            (
                r#""EventInvokeConfig": { "DestinationConfg": {} }"#,
                "did you mean `DestinationConfig`?",
            ),
        ] {
            let found = rejected(&format!("properties = {{ {written} }}"));
            assert!(found.contains(message), "{written}: {found}");
        }
    }

    #[test]
    fn a_name_of_cloudformation_leads_to_that_of_sam_or_to_the_key() {
        let dead = r#"{ "TargetArn": "arn:aws:sqs:eu-west-1:123456789012:dead" }"#;
        for (written, message) in [
            (
                format!(r#""DeadLetterConfig": {dead}"#),
                "`AWS::Serverless::Function` has no property `DeadLetterConfig`\n\nhelp: write `dead_letters = Lost` beside `properties`, the path of a queue or a topic",
            ),
            (
                r#""TracingConfig": { "Mode": "Active" }"#.to_owned(),
                "`TracingConfig` is set by Skylift: `properties` cannot change it\n\nhelp: `#[function]` has a key for it: `tracing`",
            ),
            (
                r#""SubnetIds": ["subnet-1"]"#.to_owned(),
                "`AWS::Serverless::Function` has no property `SubnetIds`\n\nhelp: write `vpc(subnets = [\"subnet-…\"], security_groups = [\"sg-…\"])` beside `properties`",
            ),
        ] {
            assert_eq!(rejected(&format!("properties = {{ {written} }}")), message, "{written}");
        }
    }

    #[test]
    fn lambda_needs_versions_of_layers_and_both_lists_of_a_vpc() {
        for (written, message) in [
            (
                r#""Layers": ["arn:aws:lambda:eu-west-1:123456789012:layer:tools"]"#,
                "`arn:aws:lambda:eu-west-1:123456789012:layer:tools` lacks the version of the layer\n\nhelp: write the number at the end, such as `arn:aws:lambda:eu-west-1:123456789012:layer:tools:1`",
            ),
            (
                r#""Layers": [{ "Fn::Sub": "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:layer:tools" }]"#,
                "`arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:layer:tools` lacks the version of the layer\n\nhelp: write the number at the end, such as `arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:layer:tools:1`",
            ),
            (
                r#""Layers": ["tools"]"#,
                "`tools` is not the ARN of a version of a layer\n\nhelp: an ARN is `arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION`",
            ),
            (
                r#""Layers": [{ "Ref": "A" }, { "Ref": "B" }, { "Ref": "C" }, { "Ref": "D" }, { "Ref": "E" }, { "Ref": "F" }]"#,
                "6 layers, Lambda takes 5\n\nhelp: merge layers, or put what they have into the program",
            ),
            (
                r#""KmsKeyArn": "my-key""#,
                "`my-key` is not the ARN of a KMS key\n\nhelp: an ARN is `arn:aws:kms:REGION:ACCOUNT:key/ID`",
            ),
            (
                r#""FileSystemConfigs": [{ "Arn": { "Ref": "Files" }, "LocalMountPath": "/data" }]"#,
                "Lambda mounts no file system at `/data`\n\nhelp: write a path such as `/mnt/data`",
            ),
            (
                r#""VpcConfig": { "SubnetIds": ["subnet-1"] }"#,
                "`VpcConfig` has `SubnetIds` without `SecurityGroupIds`\n\nhelp: Lambda needs both: add `SecurityGroupIds`",
            ),
            (
                r#""VpcConfig": { "SecurityGroupIds": { "Ref": "Groups" }, "SubnetIds": [] }"#,
                "`VpcConfig` has `SecurityGroupIds` without `SubnetIds`\n\nhelp: Lambda needs both: add `SubnetIds`",
            ),
        ] {
            assert_eq!(rejected(&format!("properties = {{ {written} }}")), message, "{written}");
        }
        for right in [
            r#""Layers": ["arn:aws:lambda:eu-west-1:123456789012:layer:tools:12", { "Ref": "Layer" }]"#,
            r#""Layers": [{ "Fn::Sub": "${Layer}" }, { "Fn::Sub": "arn:aws:lambda:${AWS::Region}:1:layer:${Tools}" }]"#,
            r#""KmsKeyArn": { "Fn::Sub": "arn:aws:kms:${AWS::Region}:1:key/a" }"#,
            r#""KmsKeyArn": "arn:aws:kms:eu-west-1:123456789012:alias/work""#,
            r#""FileSystemConfigs": [{ "Arn": { "Ref": "Files" }, "LocalMountPath": "/mnt/data" }]"#,
            r#""VpcConfig": { "SubnetIds": [], "SecurityGroupIds": [] }"#,
            r#""VpcConfig": { "SubnetIds": ["subnet-1"], "Fn::Transform": {} }"#,
            r#""VpcConfig": { "SubnetIds": { "Ref": "A" }, "SecurityGroupIds": ["sg-1"] }"#,
        ] {
            accepted(&format!("properties = {{ {right} }}"));
        }
    }

    #[test]
    fn a_user_can_insist_on_a_property_and_on_a_value() {
        for written in [
            r#""Bananas": unchecked(1)"#,
            r#""FunctionUrlConfig": { "AuthType": unchecked("NON"), "New": unchecked({ "a": 1 }) }"#,
            r#""VpcConfig": { "Ref": "AWS::NoValue" }"#,
        ] {
            accepted(&format!("properties = {{ {written} }}"));
        }
        let found = rejected(r#"properties = { "Timeout": unchecked(3) }"#);
        assert!(found.contains("is set by Skylift"), "{found}");
        let read = accepted(r#"properties = { "Bananas": unchecked([1]) }"#).properties;
        assert_eq!(read, Map::new().with("Bananas", vec![Node::Int(1)]));
    }

    #[test]
    fn log_retention_is_rejected_beside_an_own_log_group() {
        let properties = r#"properties = { "LoggingConfig": { "LogGroup": "/shop" } }"#;
        let found = rejected(&format!("log_retention = 7, {properties}"));
        assert!(found.starts_with("`LogGroup` is a log group of your own"), "{found}");
        accepted(properties);
    }
}
