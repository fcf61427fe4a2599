use skylift_model::aws::name::{AttributeName, LogicalId, QueueName};
use skylift_model::aws::node::Map;
use skylift_model::resource::Existing;
use skylift_model::resource::table::{
    KeyAttribute, KeyType, Projection, SecondaryIndex, StreamView,
};

use super::*;
use crate::fixtures::{one_of_each, resource, table};
use crate::stack::Resource as Lowered;
use crate::testing::stack_from_source;

/// Lowers `resource`, and returns its CloudFormation resources by id, as JSON.
fn emit_resource(resource: &Resource) -> Vec<(String, serde_json::Value)> {
    let lowered = lower_resource(resource, 0, &ConsumerNeeds::default());
    let json = |it: Lowered| {
        let mut json = serde_json::json!({ "Type": it.kind, "Properties": it.properties });
        if let Some(retention) = it.retention {
            json["DeletionPolicy"] = retention.as_str().into();
        }
        (it.id, json)
    };
    lowered.resources.into_iter().map(json).collect()
}

fn resource_of_kind(kind: &str) -> Resource {
    one_of_each().into_iter().find(|it| it.kind().as_str() == kind).unwrap()
}

fn emitted_ids(resource: &Resource) -> Vec<String> {
    emit_resource(resource).into_iter().map(|(id, _)| id).collect()
}

#[test]
fn an_existing_resource_is_not_in_the_template() {
    for mut resource in one_of_each() {
        assert_ne!(emitted_ids(&resource), Vec::<String>::new());
        resource.existing = Some(Existing::Name("there".to_owned()));
        let lowered = lower_resource(&resource, 0, &ConsumerNeeds::default());
        assert!(lowered.resources.is_empty() && lowered.outputs.is_empty(), "{}", resource.ident);
        assert_eq!(computed_name_kind(&resource), None);
    }
}

#[test]
fn unencrypted_requests_are_rejected_unless_the_user_allows_them() {
    let refused = |kind, policy: &str, action: &str| {
        let emitted = emit_resource(&resource_of_kind(kind));
        let (_, node) = emitted.iter().find(|(id, _)| id == policy).unwrap();
        let statement = &node["Properties"]["PolicyDocument"]["Statement"][0];
        assert_eq!(statement["Effect"], "Deny");
        assert_eq!(statement["Principal"], "*");
        assert_eq!(statement["Action"], action);
        assert_eq!(statement["Condition"]["Bool"]["aws:SecureTransport"], "false");
        statement["Resource"].to_string()
    };
    assert_eq!(
        refused("bucket", "BucketPolicy", "s3:*"),
        r#"[{"Fn::GetAtt":"Bucket.Arn"},{"Fn::Sub":"${Bucket.Arn}/*"}]"#
    );
    assert_eq!(refused("queue", "QueuePolicy", "sqs:*"), r#"[{"Fn::GetAtt":"Queue.Arn"}]"#);
    assert_eq!(
        refused("queue", "QueueDeadLettersPolicy", "sqs:*"),
        r#"[{"Fn::GetAtt":"QueueDeadLetters.Arn"}]"#
    );
    assert_eq!(refused("topic", "TopicPolicy", "sns:Publish"), r#"[{"Ref":"Topic"}]"#);
    for kind in ["bucket", "queue", "topic"] {
        let mut resource = resource_of_kind(kind);
        match &mut resource.settings {
            ResourceSettings::Bucket(bucket) => bucket.tls_only = false,
            ResourceSettings::Queue(queue) => queue.tls_only = false,
            ResourceSettings::Topic(topic) => topic.tls_only = false,
            other => panic!("{other:?}"),
        }
        assert!(emitted_ids(&resource).iter().all(|id| !id.ends_with("Policy")), "{kind}");
    }
}

#[test]
fn the_deletion_policy_follows_the_kind_and_the_user() {
    for (kind, default) in
        [("bucket", true), ("table", true), ("secret", true), ("queue", false), ("topic", false)]
    {
        let policy = |retain| {
            let mut resource = resource_of_kind(kind);
            resource.retain = retain;
            let policies: Vec<_> = emit_resource(&resource)
                .iter()
                .map(|(_, node)| node["DeletionPolicy"].as_str().map(str::to_owned))
                .collect();
            assert!(policies.iter().all(|policy| *policy == policies[0]), "{kind}: {policies:?}");
            policies[0].clone()
        };
        assert_eq!(policy(Some(true)).as_deref(), Some("Retain"), "{kind}");
        assert_eq!(policy(None).as_deref(), default.then_some("Retain"), "{kind}");
        assert_eq!(policy(Some(false)).as_deref(), default.then_some("Delete"), "{kind}");
    }
}

#[test]
fn the_users_properties_override_those_of_the_resource_itself() {
    for mut resource in one_of_each() {
        resource.properties = Map::new().with("Own", 1);
        let emitted = emit_resource(&resource);
        assert_eq!(emitted[0].1["Properties"]["Own"], 1, "{}", resource.ident);
        for (id, node) in &emitted[1..] {
            assert!(node["Properties"]["Own"].is_null(), "{id}");
        }
    }
    let mut queue = resource_of_kind("queue");
    queue.properties = Map::new().with("RedrivePolicy", Map::new().with("maxReceiveCount", 9));
    let redrive = &emit_resource(&queue)[0].1["Properties"]["RedrivePolicy"];
    assert_eq!(redrive["maxReceiveCount"], 9);
    assert_eq!(redrive["deadLetterTargetArn"]["Fn::GetAtt"], "QueueDeadLetters.Arn");
}

#[test]
fn a_table_with_a_throughput_of_the_users_is_not_on_demand() {
    let stack = stack_from_source(
        "#[resource(table(key = \"id\", properties = { \"ProvisionedThroughput\": { \"ReadCapacityUnits\": 1, \"WriteCapacityUnits\": 1 } }))]\npub struct Fixed;\n#[resource(table(key = \"id\"))]\npub struct Orders;\n#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }",
    );
    assert!(stack.resource("Fixed").property("BillingMode").is_null());
    assert_eq!(stack.resource("Orders").property("BillingMode"), "PAY_PER_REQUEST");
}

#[test]
fn a_table_defines_its_keys_and_those_of_its_indexes() {
    let attribute =
        |name, kind| KeyAttribute { name: AttributeName::try_from(name).unwrap(), kind };
    let mut settings = table(&["by_customer"]);
    settings.sort = Some(attribute("at", KeyType::Number));
    settings.indexes[0].projection =
        Projection::Include(vec![AttributeName::try_from("total").unwrap()]);
    settings.indexes.push(SecondaryIndex {
        name: "by_date".try_into().unwrap(),
        key: None,
        sort: Some(attribute("date", KeyType::Binary)),
        projection: Projection::Keys,
    });
    settings.stream = Some(StreamView::NewAndOld);
    settings.ttl = Some(AttributeName::try_from("expires").unwrap());
    settings.point_in_time_recovery = false;
    let emitted = emit_resource(&resource("Orders", ResourceSettings::Table(settings)));
    let want = serde_json::json!({
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            { "AttributeName": "id", "AttributeType": "S" },
            { "AttributeName": "at", "AttributeType": "N" },
            { "AttributeName": "by_customer", "AttributeType": "S" },
            { "AttributeName": "date", "AttributeType": "B" },
        ],
        "KeySchema": [
            { "AttributeName": "id", "KeyType": "HASH" },
            { "AttributeName": "at", "KeyType": "RANGE" },
        ],
        "GlobalSecondaryIndexes": [{
            "IndexName": "by_customer",
            "KeySchema": [{ "AttributeName": "by_customer", "KeyType": "HASH" }],
            "Projection": { "ProjectionType": "INCLUDE", "NonKeyAttributes": ["total"] },
        }],
        "LocalSecondaryIndexes": [{
            "IndexName": "by_date",
            "KeySchema": [
                { "AttributeName": "id", "KeyType": "HASH" },
                { "AttributeName": "date", "KeyType": "RANGE" },
            ],
            "Projection": { "ProjectionType": "KEYS_ONLY" },
        }],
        "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": false },
        "StreamSpecification": { "StreamViewType": "NEW_AND_OLD_IMAGES" },
        "TimeToLiveSpecification": { "AttributeName": "expires", "Enabled": true },
    });
    assert_eq!(emitted[0].1["Properties"], want);
}

#[test]
fn a_dead_letter_queue_accepts_only_its_source_if_that_is_not_circular() {
    let source_queue = |name: Option<&str>| {
        let mut resource = resource_of_kind("queue");
        let ResourceSettings::Queue(queue) = &mut resource.settings else { panic!() };
        queue.name = name.map(|name| QueueName::try_from(name).unwrap());
        let emitted = emit_resource(&resource);
        let (_, node) = emitted.iter().find(|(id, _)| id == "QueueDeadLetters").unwrap();
        node["Properties"]["RedriveAllowPolicy"]["sourceQueueArns"][0]["Fn::Sub"].clone()
    };
    assert_eq!(
        source_queue(Some("jobs")),
        "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:jobs"
    );
    assert!(source_queue(None).is_null());
}

#[test]
fn only_tables_have_indexes_and_each_has_its_exact_arn() {
    let arns_of =
        |kind, on| serde_json::to_string(&part_arns(&resource_of_kind(kind), on)).unwrap();
    assert_eq!(
        arns_of("table", GrantScope::Indexes),
        r#"[{"Fn::Sub":"${Table.Arn}/index/by_customer"},{"Fn::Sub":"${Table.Arn}/index/by_date"}]"#
    );
    assert_eq!(arns_of("table", GrantScope::Objects), "[]");
    assert_eq!(arns_of("bucket", GrantScope::Indexes), "[]");
    let mut existing = resource_of_kind("table");
    existing.existing =
        Some(Existing::Arn("arn:aws:dynamodb:eu-west-1:123456789012:table/t".to_owned()));
    assert_eq!(
        serde_json::to_string(&part_arns(&existing, GrantScope::Indexes)).unwrap(),
        r#"["arn:aws:dynamodb:eu-west-1:123456789012:table/t/index/by_customer","arn:aws:dynamodb:eu-west-1:123456789012:table/t/index/by_date"]"#
    );
}

#[test]
fn the_name_of_a_bus_does_not_contain_the_account() {
    let mut bus = resource_of_kind("bus");
    bus.id = LogicalId::try_from("OrderEvents").unwrap();
    let name = serde_json::to_value(identifier(&bus)).unwrap();
    assert_eq!(name["Fn::Sub"][0], "OrderEvents-${Stack}");
}
