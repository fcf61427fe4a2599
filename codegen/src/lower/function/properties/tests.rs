//! Golden tests: each case in `cases/` has SAM properties and the plain resources that they become. `tests/tools`
//! gives the same cases to aws-sam-translator. `cargo xtask bless` updates the expected resources.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use skylift_model::aws::function_keys;
use skylift_model::aws::node::{Map, Node};

use super::{
    LoweredProperties, PropertySupport, SamResource, TABLE, UnsupportedProperty, lower_properties,
    resolve_sam_references,
};

fn to_node(value: &Value) -> Node {
    match value {
        Value::Null => Node::Null,
        Value::Bool(truth) => Node::Bool(*truth),
        Value::Number(number) => Node::from(number.as_i64().unwrap()),
        Value::String(text) => Node::from(text),
        Value::Array(items) => Node::Seq(items.iter().map(to_node).collect()),
        Value::Object(_) => to_map(value).into(),
    }
}

fn to_map(value: &Value) -> Map {
    let entries = value.as_object().unwrap().iter();
    entries.fold(Map::new(), |map, (key, value)| map.with(key, to_node(value)))
}

fn to_json(node: impl Into<Node>) -> Value {
    serde_json::to_value(node.into()).unwrap()
}

/// Lowers properties; asserts that all are supported.
fn lower_supported(id: &str, sam: &Map) -> LoweredProperties {
    let lowered = lower_properties(id, sam);
    assert_eq!(lowered.unsupported, []);
    lowered
}

/// Adds the resources of one function, with a version under SAM's name for it, and a role that has only what the
/// properties need. Returns the resources that functions share.
fn add_lowered(id: &str, lowered: LoweredProperties, resources: &mut Map) -> Vec<SamResource> {
    let mut properties = lowered.properties;
    if !lowered.code.is_empty() {
        properties.set("Code", lowered.code);
    }
    if lowered.role.own.is_none() {
        properties.set("Role", Node::attribute(format!("{id}Role"), "Arn"));
        let statement = |(actions, arn): (Cow<'_, [&str]>, Node)| {
            let actions = actions.iter().map(|action| Node::from(*action)).collect::<Vec<_>>();
            Node::from(Map::new().with("Action", actions).with("Resource", arn))
        };
        let statements: Vec<Node> = lowered.role.calls.into_iter().map(statement).collect();
        let managed: Vec<Node> = lowered.role.managed.into_iter().map(Node::from).collect();
        let mut role = lowered.role.properties;
        role.set("Statements", statements);
        role.set("Managed", managed);
        let role = Map::new().with("Type", "AWS::IAM::Role").with("Properties", role);
        resources.set(format!("{id}Role"), role);
    }
    let function = Map::new().with("Type", "AWS::Lambda::Function").with("Properties", properties);
    resources.set(id, function);
    if let Some(alias) = &lowered.alias {
        let version = format!("{id}Version");
        let mut properties = Map::new().with("FunctionName", Node::reference(id));
        properties.set_some("Description", lowered.version.description.as_deref());
        properties.set_some("FunctionScalingConfig", lowered.version.scaling.clone());
        let node = Map::new()
            .with("Type", "AWS::Lambda::Version")
            .with("DeletionPolicy", if lowered.version.is_deleted { "Delete" } else { "Retain" })
            .with("Properties", properties);
        let number = Node::attribute(&version, "Version");
        resources.set(version, node);
        let properties = Map::new()
            .with("FunctionName", Node::reference(id))
            .with("FunctionVersion", number)
            .with("Name", alias.name.as_str());
        let mut node = Map::new().with("Type", "AWS::Lambda::Alias").with("Properties", properties);
        node.set_some("UpdatePolicy", alias.update_policy.clone());
        resources.set(alias.id.as_str(), node);
    }
    let (shared, own): (Vec<_>, Vec<_>) =
        lowered.resources.into_iter().partition(|resource| resource.purpose.is_shared());
    for resource in own {
        assert_eq!(resources.get(&resource.id), None);
        let node = as_entry(&resource);
        resources.set(resource.id, node);
    }
    shared
}

/// Returns a resource as an entry of a template.
fn as_entry(resource: &SamResource) -> Map {
    let mut node = Map::new().with("Type", resource.kind);
    node.set_some("Condition", resource.condition.as_deref());
    if !resource.depends_on.is_empty() {
        node.set("DependsOn", resource.depends_on.iter().map(Node::from).collect::<Vec<_>>());
    }
    if !resource.properties.is_empty() {
        node.set("Properties", resource.properties.clone());
    }
    node
}

fn lower_cases(sam: &Value) -> Value {
    let (mut resources, mut conditions, mut shared) = (Map::new(), Map::new(), Vec::new());
    for (id, properties) in sam.as_object().unwrap() {
        let lowered = lower_supported(id, &to_map(properties));
        conditions.merge(lowered.conditions.clone());
        shared.extend(add_lowered(id, lowered, &mut resources));
    }
    let mut once: Vec<SamResource> = Vec::new();
    for resource in shared {
        match once.iter_mut().find(|known| known.id == resource.id) {
            Some(known) => known.add_tags_of(&resource),
            None => once.push(resource),
        }
    }
    for resource in once {
        let node = as_entry(&resource);
        resources.set(resource.id, node);
    }
    json!({ "Resources": to_json(resources), "Conditions": to_json(conditions) })
}

/// Writes the cases with one line for each function and each resource, so that a case stays readable.
fn write_cases(cases: &BTreeMap<String, Value>) -> String {
    let write_map = |value: &Value, indent: &str| {
        let entry = |(key, value): (&String, &Value)| format!("{indent}  {}: {value}", json!(key));
        let entries: Vec<String> = value.as_object().unwrap().iter().map(entry).collect();
        if entries.is_empty() {
            return "{}".to_owned();
        }
        format!("{{\n{}\n{indent}}}", entries.join(",\n"))
    };
    let case = |(name, case): (&String, &Value)| {
        let (sam, resources) =
            (write_map(&case["sam"], "    "), write_map(&case["plain"]["Resources"], "    "));
        let conditions = &case["plain"]["Conditions"];
        let plain = format!("\"Conditions\": {conditions},\n    \"Resources\": {resources}");
        format!("  {}: {{\n    \"sam\": {sam},\n    \"plain\": {{{plain}}}\n  }}", json!(name))
    };
    format!("{{\n{}\n}}\n", cases.iter().map(case).collect::<Vec<_>>().join(",\n"))
}

#[test]
fn every_case_matches_its_golden_resources() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lower/function/properties/cases");
    let blesses = std::env::var_os("SKYLIFT_BLESS").is_some();
    let mut lowered = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut file: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
        for (name, case) in &mut file {
            let plain = lower_cases(&case["sam"]);
            for sam in case["sam"].as_object().unwrap().values() {
                lowered.extend(sam.as_object().unwrap().keys().cloned());
            }
            if blesses {
                case["plain"] = plain;
            } else {
                assert_eq!(plain, case["plain"], "{name}");
            }
        }
        if blesses {
            std::fs::write(&path, write_cases(&file)).unwrap();
        }
    }
    for row in TABLE {
        let has_case = lowered.iter().any(|name| name == row.name);
        let wants_case =
            !matches!(row.support, PropertySupport::SkyliftOnly | PropertySupport::Unsupported(_));
        assert!(has_case == wants_case, "{} has a case if it is supported", row.name);
    }
}

#[test]
fn every_key_sets_a_property_of_the_table() {
    let whole = |property: &'static str| property.split('.').next().unwrap();
    let rows = |name: &str| TABLE.iter().filter(|row| row.name == name).count();
    for property in function_keys::keyed_properties().map(|(property, _)| whole(property)) {
        assert_eq!(rows(property), 1, "{property}");
    }
    for property in function_keys::MANAGED_PROPERTIES {
        assert_eq!(rows(property), 1, "{property}");
    }
    assert!(TABLE.windows(2).all(|rows| rows[0].name < rows[1].name));
}

#[test]
fn properties_that_only_skylift_sets_are_errors_for_users() {
    let refused = |name: &str| {
        function_keys::MANAGED_PROPERTIES.contains(&name)
            || function_keys::keyed_properties().any(|(property, _)| property == name)
    };
    for row in TABLE.iter().filter(|row| matches!(row.support, PropertySupport::SkyliftOnly)) {
        assert!(refused(row.name), "{}", row.name);
        let lowered = lower_supported("F", &Map::new().with(row.name, "a"));
        assert!(lowered.properties.is_empty(), "{}", row.name);
    }
}

/// Returns the parts of these properties that are not supported.
fn find_unsupported(sam: &Value) -> Vec<String> {
    let lowered = lower_properties("F", &to_map(sam));
    let text = |UnsupportedProperty { property, reason }: &UnsupportedProperty| {
        format!("{property} {reason}")
    };
    lowered.unsupported.iter().map(text).collect()
}

#[test]
fn unsupported_properties_are_named_with_the_reason() {
    let choice = json!({ "Fn::If": ["Own", { "Ref": "AWS::NoValue" }, { "Ref": "AWS::NoValue" }] });
    let outcome = |value: Value| json!({ "EventInvokeConfig": { "DestinationConfig": { "OnFailure": value } } });
    let deployment =
        |value: Value| json!({ "AutoPublishAlias": "live", "DeploymentPreference": value });
    let cases = [
        (json!({ "Foo": 1 }), "Foo is not a property that SAM knows"),
        (json!({ "ImageConfig": {} }), "ImageConfig is for functions that are container images"),
        (json!({ "VersionDescription": { "Ref": "A" } }), "VersionDescription must be a text"),
        (json!({ "Role": choice }), "Role leaves out the role under a condition"),
        (
            json!({ "Role": { "Fn::If": ["Own", "arn:a", { "Ref": "AWS::NoValue" }] } }),
            "Role leaves out the role under a condition",
        ),
        (json!({ "Tags": { "Fn::If": [] } }), "Tags is hidden"),
        (json!({ "PropagateTags": "true" }), "PropagateTags must be written"),
        (json!({ "DeadLetterQueue": { "Ref": "A" } }), "DeadLetterQueue is hidden"),
        (json!({ "DeadLetterQueue": { "Type": "S3" } }), "DeadLetterQueue.Type must be"),
        (json!({ "DeadLetterQueue": { "Type": "SQS" } }), "DeadLetterQueue.TargetArn is missing"),
        (json!({ "CapacityProviderConfig": { "Ref": "A" } }), "CapacityProviderConfig is hidden"),
        (json!({ "CapacityProviderConfig": { "A": 1 } }), "CapacityProviderConfig.Arn is missing"),
        (
            json!({ "CapacityProviderConfig": { "Arn": "a", "A": 1 } }),
            "CapacityProviderConfig.A is not a property",
        ),
        (json!({ "AutoPublishAlias": { "Ref": "A" } }), "AutoPublishAlias must be a literal"),
        (json!({ "AutoPublishCodeSha256": { "Ref": "A" } }), "AutoPublishCodeSha256 is an"),
        (json!({ "VersionDeletionPolicy": "Keep" }), "VersionDeletionPolicy must be"),
        (json!({ "VersionDeletionPolicy": "Delete" }), "VersionDeletionPolicy needs an alias"),
        (json!({ "FunctionUrlConfig": { "Ref": "A" } }), "FunctionUrlConfig is hidden"),
        (json!({ "FunctionUrlConfig": { "Cors": {} } }), "FunctionUrlConfig.AuthType must be"),
        (
            json!({ "FunctionUrlConfig": { "AuthType": "ALL" } }),
            "FunctionUrlConfig.AuthType must be",
        ),
        (json!({ "FunctionUrlConfig": { "AuthType": 1 } }), "FunctionUrlConfig.AuthType must be"),
        (
            json!({ "FunctionUrlConfig": { "AuthType": "NONE", "A": 1 } }),
            "FunctionUrlConfig.A is not a property",
        ),
        (json!({ "EventInvokeConfig": { "Fn::If": [] } }), "EventInvokeConfig is hidden"),
        (json!({ "EventInvokeConfig": { "A": 1 } }), "EventInvokeConfig.A is not a property"),
        (
            json!({ "EventInvokeConfig": { "DestinationConfig": { "Ref": "A" } } }),
            "EventInvokeConfig.DestinationConfig is hidden",
        ),
        (
            json!({ "EventInvokeConfig": { "DestinationConfig": { "OnError": {} } } }),
            "EventInvokeConfig.DestinationConfig.OnError is not a property",
        ),
        (outcome(json!({ "Ref": "A" })), "EventInvokeConfig.DestinationConfig.OnFailure is hidden"),
        (
            outcome(json!({ "Type": "Kafka" })),
            "EventInvokeConfig.DestinationConfig.OnFailure.Type must be",
        ),
        (
            outcome(json!({ "Type": "Lambda" })),
            "EventInvokeConfig.DestinationConfig.OnFailure.Destination is missing",
        ),
        (
            outcome(json!({ "Type": "SQS", "Destination": choice })),
            "EventInvokeConfig.DestinationConfig.OnFailure.Destination is left out",
        ),
        (
            outcome(json!({ "Type": "SQS", "Destination": { "Ref": "AWS::NoValue" } })),
            "EventInvokeConfig.DestinationConfig.OnFailure.Destination is left out",
        ),
        (json!({ "DeploymentPreference": { "Type": "A" } }), "DeploymentPreference needs an alias"),
        (json!({ "DeploymentPreference": { "Ref": "A" } }), "DeploymentPreference is hidden"),
        (
            json!({ "DeploymentPreference": { "Enabled": { "Ref": "A" } } }),
            "DeploymentPreference.Enabled is an intrinsic",
        ),
        (deployment(json!({ "Enabled": true })), "DeploymentPreference.Type is missing"),
        (
            deployment(json!({ "Type": { "Ref": "A" } })),
            "DeploymentPreference.Type is an intrinsic",
        ),
        (
            deployment(json!({ "Type": "A", "Hooks": { "Ref": "A" } })),
            "DeploymentPreference.Hooks is hidden",
        ),
        (
            deployment(json!({ "Type": "A", "Alarms": { "Ref": "A" } })),
            "DeploymentPreference.Alarms is hidden",
        ),
    ];
    for (sam, begin) in cases {
        let found = find_unsupported(&sam);
        assert_eq!(found.len(), 1, "{sam}: {found:?}");
        assert!(found[0].starts_with(begin), "{sam}: {found:?}");
    }
}

#[test]
fn every_generated_resource_has_a_description() {
    let sam = json!({
        "AutoPublishAlias": "live",
        "EventInvokeConfig": { "DestinationConfig": { "OnFailure": { "Type": "SQS" } } },
        "FunctionUrlConfig": { "AuthType": "NONE" },
        "DeploymentPreference": { "Type": "AllAtOnce" },
    });
    let lowered = lower_supported("F", &to_map(&sam));
    let described =
        |resource: &SamResource| format!("{}: {}", resource.id, resource.purpose.describe());
    let mut described: Vec<String> = lowered.resources.iter().map(described).collect();
    described.sort();
    assert_eq!(
        described,
        [
            "CodeDeployServiceRole: the role of CodeDeploy",
            "FDeploymentGroup: the deployment group",
            "FEventInvokeConfig: the invoke configuration",
            "FEventInvokeConfigOnFailureQueue: a destination",
            "FURLInvokeAllowPublicAccess: the function URL",
            "FUrl: the function URL",
            "FUrlPublicPermissions: the function URL",
            "ServerlessDeploymentApplication: the CodeDeploy application",
        ]
    );
}

#[test]
fn short_forms_are_read_like_long_forms() {
    let tag = |name, parts: Vec<Node>| Node::Tag(name, Box::new(Node::Seq(parts)));
    let choice = tag("If", vec!["Own".into(), Node::reference("AWS::NoValue"), "arn:a".into()]);
    let outcome = Map::new().with("Type", "SQS").with("Destination", choice);
    let config = Map::new().with("DestinationConfig", Map::new().with("OnFailure", outcome));
    let lowered = lower_supported("F", &Map::new().with("EventInvokeConfig", config));
    let queue = &lowered.resources[0];
    assert_eq!(queue.id, "FEventInvokeConfigOnFailureQueue");
    assert_eq!(queue.condition.as_deref(), Some("Own"));
    assert!(lowered.conditions.is_empty());
    let hidden = Map::new().with("DeadLetterQueue", Node::reference("A"));
    assert_eq!(lower_properties("F", &hidden).unsupported.len(), 1);
}

#[test]
fn generated_resources_are_found_by_sams_names() {
    let sam = json!({
        "AutoPublishAlias": "live",
        "EventInvokeConfig": { "DestinationConfig": {
            "OnFailure": { "Type": "SQS" }, "OnSuccess": { "Type": "SQS" },
        } },
    });
    let lowered = lower_supported("F", &to_map(&sam));
    let mut known = lowered.destination_ids();
    known.extend([("Alias", lowered.alias.unwrap().id), ("Version", "FVersion".to_owned())]);
    let find = |id: &str, name: &str| {
        let found = known.iter().find(|(known, _)| id == "F" && *known == name);
        found.map(|(_, id)| id.clone())
    };
    for (sam, plain) in [
        (json!({ "Ref": "F.Alias" }), json!({ "Ref": "FAliaslive" })),
        (json!({ "Ref": "F.Version" }), json!({ "Ref": "FVersion" })),
        (json!({ "Ref": "F.DestinationTopic" }), json!({ "Ref": "F.DestinationTopic" })),
        (json!({ "Ref": "G.Alias" }), json!({ "Ref": "G.Alias" })),
        (json!({ "Ref": "F" }), json!({ "Ref": "F" })),
        (
            json!({ "Fn::GetAtt": ["F.DestinationQueue", "Arn"] }),
            json!({ "Fn::GetAtt": ["FEventInvokeConfigOnFailureQueue", "Arn"] }),
        ),
        (
            json!({ "Fn::GetAtt": ["F", "DestinationQueue.Arn"] }),
            json!({ "Fn::GetAtt": ["FEventInvokeConfigOnFailureQueue", "Arn"] }),
        ),
        (json!({ "Fn::GetAtt": ["F", "Arn"] }), json!({ "Fn::GetAtt": ["F", "Arn"] })),
        (json!({ "Fn::GetAtt": "F.Version.Version" }), json!({ "Fn::GetAtt": "FVersion.Version" })),
        (
            json!([{ "a": { "Fn::Sub": "${F.Alias}-${F.Arn} ${!F.Alias} ${F.Version.Version}" } }]),
            json!([{ "a": { "Fn::Sub": "${FAliaslive}-${F.Arn} ${!F.Alias} ${FVersion.Version}" } }]),
        ),
        (
            json!({ "Fn::Sub": ["${A} ${F.Alias}", { "A": { "Ref": "F.Alias" } }] }),
            json!({ "Fn::Sub": ["${A} ${FAliaslive}", { "A": { "Ref": "FAliaslive" } }] }),
        ),
    ] {
        assert_eq!(to_json(resolve_sam_references(&to_node(&sam), &find)), plain);
    }
    let short = resolve_sam_references(&Node::attribute("F", "Alias.Arn"), &find);
    assert_eq!(short, Node::attribute("FAliaslive", "Arn"));
}
