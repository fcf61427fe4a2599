use skylift_model::allow_statement::StatementCondition;
use skylift_model::aws::logs::Tracing;
use skylift_model::aws::name::{FunctionName, LogicalId, ParameterName};
use skylift_model::aws::value::TagValue;
use skylift_model::resource::{Existing, ResourceKind, ResourceSettings};

use super::*;
use crate::fixtures::{
    app, app_stack, function, idempotent, one_of_each, resource, table, with_capability,
};

mod triggers;

/// Returns the statements of a role, each as one line: `a:B, a:C on !Ref D`.
fn statement_lines(function: &Function, app: &App) -> Vec<String> {
    let role = Node::Map(app_stack(app).resource(&role_id(function)).resource.properties);
    let statements = node_at(&role, &["Policies", "0", "PolicyDocument", "Statement"]);
    let Node::Seq(statements) = statements else { panic!("{statements:?}") };
    let line = |statement: &Node| {
        assert_eq!(*node_at(statement, &["Effect"]), Node::from("Allow"));
        let list = |key| match node_at(statement, &[key]) {
            Node::Seq(items) => items.iter().map(short_form).collect::<Vec<_>>().join(", "),
            other => panic!("{other:?}"),
        };
        format!("{} on {}", list("Action"), list("Resource"))
    };
    statements.iter().map(line).collect()
}

fn node_at<'a>(node: &'a Node, path: &[&str]) -> &'a Node {
    path.iter().fold(node, |node, step| match node {
        Node::Map(map) => map.get(step).unwrap(),
        Node::Seq(items) => &items[step.parse::<usize>().unwrap()],
        other => panic!("{other:?}"),
    })
}

/// Returns the text of an intrinsic function, without the values of its local variables.
fn short_form(node: &Node) -> String {
    match node {
        Node::Str(text) => text.clone(),
        Node::Tag("Sub", argument) => match &**argument {
            Node::Seq(parts) => short_form(&parts[0]),
            other => short_form(other),
        },
        Node::Tag(name, argument) => match &**argument {
            Node::Str(text) => format!("!{name} {text}"),
            _ => format!("!{name} …"),
        },
        other => panic!("{other:?}"),
    }
}

/// Returns the statements of a function with only this capability, without the one for its logs.
fn granted_statements(access: Access, ident: &str) -> Vec<String> {
    let app = app(vec![with_capability(function("F"), access, ident)], one_of_each());
    let mut lines = statement_lines(&app.functions[0], &app);
    assert_eq!(lines.remove(0), "logs:CreateLogStream, logs:PutLogEvents on !GetAtt FLogs.Arn");
    lines
}

const BUCKET: &str = "arn:${AWS::Partition}:s3:::bucket-${AWS::AccountId}-${Stack}";
const STATE_MACHINE: &str = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:StateMachine-${Stack}";
const BUS: &str =
    "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/Bus-${Stack}";
const PARAMETER: &str =
    "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${Parameter}";

#[test]
fn each_capability_allows_exactly_the_calls_of_its_client() {
    let read_bucket = [format!("s3:GetObject on {BUCKET}/*"), format!("s3:ListBucket on {BUCKET}")];
    let write_bucket = "s3:PutObject, s3:AbortMultipartUpload, s3:DeleteObject";
    assert_eq!(granted_statements(Access::Read, "Bucket"), read_bucket);
    assert_eq!(
        granted_statements(Access::Write, "Bucket"),
        [format!("{write_bucket} on {BUCKET}/*")]
    );
    assert_eq!(
        granted_statements(Access::ReadWrite, "Bucket"),
        [format!("s3:GetObject, {write_bucket} on {BUCKET}/*"), read_bucket[1].clone()]
    );
    let read_table =
        "dynamodb:GetItem, dynamodb:BatchGetItem, dynamodb:Query, dynamodb:Scan".to_owned();
    let write_table =
        "dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:BatchWriteItem";
    let indexes = "dynamodb:Query, dynamodb:Scan on ${Table.Arn}/index/by_customer, ${Table.Arn}/index/by_date".to_owned();
    assert_eq!(
        granted_statements(Access::Read, "Table"),
        [format!("{read_table} on !GetAtt Table.Arn"), indexes.clone()]
    );
    assert_eq!(
        granted_statements(Access::Write, "Table"),
        [format!("{write_table} on !GetAtt Table.Arn")]
    );
    assert_eq!(
        granted_statements(Access::ReadWrite, "Table"),
        [format!("{read_table}, {write_table} on !GetAtt Table.Arn"), indexes]
    );
    for (access, ident, statement) in [
        (Access::SignDownload, "Bucket", format!("s3:GetObject on {BUCKET}/*")),
        (Access::SignUpload, "Bucket", format!("s3:PutObject on {BUCKET}/*")),
        (Access::Publish, "Bus", format!("events:PutEvents on {BUS}")),
        (Access::Read, "Parameter", format!("ssm:GetParameter on {PARAMETER}")),
        (Access::Send, "Queue", "sqs:SendMessage on !GetAtt Queue.Arn".to_owned()),
        (Access::Read, "Secret", "secretsmanager:GetSecretValue on !Ref Secret".to_owned()),
        (
            Access::Put,
            "Stream",
            "kinesis:PutRecord, kinesis:PutRecords on !GetAtt Stream.Arn".to_owned(),
        ),
        (Access::Start, "StateMachine", format!("states:StartExecution on {STATE_MACHINE}")),
        (Access::Publish, "Topic", "sns:Publish on !Ref Topic".to_owned()),
    ] {
        assert_eq!(granted_statements(access, ident), [statement]);
    }
}

#[test]
fn the_test_above_covers_every_capability() {
    let offered: usize = ResourceKind::ALL.iter().map(|kind| kind.capabilities().len()).sum();
    assert_eq!(offered, 3 + 2 + 3 + 7, "add the new one there");
}

#[test]
fn no_capability_allows_a_wildcard_action_or_resource() {
    let arn = |service: &str| format!("arn:aws:{service}:eu-west-1:123456789012:it");
    let mut seen = 0;
    for which in 0..5 {
        let mut resources = one_of_each();
        for resource in &mut resources {
            resource.existing = match which {
                0 => Some(Existing::Name("it".to_owned())),
                1 => Some(Existing::Arn(arn(resource.kind().arn_service()))),
                2 => Some(Existing::Param(ParameterName::try_from("P").unwrap())),
                3 => Some(Existing::Overlay(LogicalId::try_from("Legacy").unwrap())),
                _ => None,
            };
        }
        let mut all = function("F");
        for resource in &resources {
            for access in Access::ALL {
                if !resource.kind().calls(access).is_empty() {
                    all = with_capability(all, access, &resource.ident);
                }
            }
        }
        let app = app(vec![with_capability(all, Access::Invoke, "F")], resources);
        for line in statement_lines(&app.functions[0], &app) {
            let (actions, resources) = line.split_once(" on ").unwrap();
            assert!(!actions.contains('*'), "{line}");
            for resource in resources.split(", ") {
                // The objects of one bucket can only be named with a wildcard.
                let resource = resource.strip_suffix("/*").unwrap_or(resource);
                assert!(!resource.contains('*'), "{line}");
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn a_table_without_indexes_has_no_statement_about_them() {
    let resources = vec![resource("Table", ResourceSettings::Table(table(&[])))];
    let app = app(vec![with_capability(function("F"), Access::Read, "Table")], resources);
    assert_eq!(statement_lines(&app.functions[0], &app).len(), 2);
}

#[test]
fn two_capabilities_on_one_resource_share_their_statements() {
    let function_with_both = with_capability(function("F"), Access::Read, "Bucket");
    let function_with_both = with_capability(
        with_capability(function_with_both, Access::Read, "Secret"),
        Access::Write,
        "Bucket",
    );
    let app = app(vec![function_with_both], one_of_each());
    assert_eq!(
        statement_lines(&app.functions[0], &app)[1..],
        [
            format!(
                "s3:GetObject, s3:PutObject, s3:AbortMultipartUpload, s3:DeleteObject on {BUCKET}/*"
            ),
            format!("s3:ListBucket on {BUCKET}"),
            "secretsmanager:GetSecretValue on !Ref Secret".to_owned(),
        ]
    );
}

#[test]
fn an_idempotent_function_may_make_the_runtimes_calls_to_its_table() {
    let calls = "dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem";
    let with_store = |store: Option<&str>| {
        let mut function = function("F");
        function.idempotent = Some(idempotent(store));
        function
    };
    let own = app(vec![with_store(None)], Vec::new());
    let want = format!("{calls} on !GetAtt FIdempotency.Arn");
    assert_eq!(statement_lines(&own.functions[0], &own)[1..], [want]);
    let declared = app(vec![with_store(Some("Table"))], one_of_each());
    let want = format!("{calls} on !GetAtt Table.Arn");
    assert_eq!(statement_lines(&declared.functions[0], &declared)[1..], [want]);
    // With a capability on the same table, each action is allowed once.
    let reads = with_capability(with_store(Some("Table")), Access::Read, "Table");
    let reads = app(vec![with_capability(reads, Access::Write, "Table")], one_of_each());
    let lines = statement_lines(&reads.functions[0], &reads);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[1].ends_with("dynamodb:Scan, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:BatchWriteItem on !GetAtt Table.Arn"), "{lines:?}");
}

#[test]
fn invoking_is_allowed_on_exactly_the_function_or_its_alias() {
    let before = "lambda:InvokeFunction on arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";
    let mut fixed = function("Fixed");
    fixed.name = Some(FunctionName::try_from("by-name").unwrap());
    let mut warm = function("Warm");
    warm.settings.provisioned_concurrency = Some(1_u64.try_into().unwrap());
    let caller = with_capability(
        with_capability(function("F"), Access::Invoke, "F"),
        Access::Invoke,
        "Fixed",
    );
    let caller =
        with_capability(with_capability(caller, Access::Invoke, "Warm"), Access::Invoke, "F");
    let app = app(vec![caller, fixed, warm], Vec::new());
    let caller = &app.functions[0];
    let want =
        ["F-${Stack}", "by-name", "Warm-${Stack}:live"].map(|name| format!("{before}{name}"));
    assert_eq!(statement_lines(caller, &app)[1..], want);
    let stack = app_stack(&app);
    let part = |id: &str| Node::Map(stack.resource(id).resource.properties);
    let caller = part("F");
    let variables = node_at(&caller, &["Environment", "Variables"]);
    let Node::Map(variables) = variables else { panic!("{variables:?}") };
    let variables: Vec<(&str, String)> =
        variables.iter().map(|(name, value)| (name, short_form(value))).collect();
    assert_eq!(
        variables,
        [
            ("F_FUNCTION_NAME", "F-${Stack}".to_owned()),
            ("FIXED_FUNCTION_NAME", "by-name".to_owned()),
            ("WARM_FUNCTION_NAME", "Warm-${Stack}:live".to_owned()),
        ]
    );
    let name = |id| short_form(node_at(&part(id), &["FunctionName"]));
    assert_eq!(
        [name("F"), name("Fixed"), name("Warm")],
        ["F-${Stack}", "by-name", "Warm-${Stack}"]
    );
}

#[test]
fn allow_on_a_resource_includes_all_its_parts() {
    let mut allows = function("F");
    let resources = ["Bucket", "Table"].map(|ident| CfnValue::Resource(ident.to_owned()));
    allows.settings.allow = vec![AllowStatement {
        actions: vec!["a:B".to_owned()],
        resources: resources.to_vec(),
        ..AllowStatement::default()
    }];
    let app = app(vec![allows], one_of_each());
    let table = "!GetAtt Table.Arn, ${Table.Arn}/index/by_customer, ${Table.Arn}/index/by_date";
    assert_eq!(
        statement_lines(&app.functions[0], &app)[1..],
        [format!("a:B on {BUCKET}, {BUCKET}/*, {table}")]
    );
}

#[test]
fn conditions_are_grouped_by_operator_and_a_resource_is_its_arn() {
    let mut allows = function("F");
    let condition = |operator: &str, key: &str, values: &[CfnValue]| StatementCondition {
        operator: operator.to_owned(),
        key: key.to_owned(),
        values: values.to_vec(),
    };
    let literal = |text: &str| CfnValue::Literal(text.to_owned());
    allows.settings.allow = vec![AllowStatement {
        actions: vec!["a:B".to_owned()],
        resources: vec![literal("*")],
        conditions: vec![
            condition("StringEquals", "aws:a", &[literal("1")]),
            condition("ArnEquals", "aws:b", &[CfnValue::Resource("Queue".to_owned())]),
            condition("StringEquals", "aws:c", &[literal("2"), literal("3")]),
        ],
    }];
    let app = app(vec![allows], one_of_each());
    let statements = role_statements(&app.functions[0], &app, RoleCalls::new());
    let json = serde_json::to_value(&statements[1]).unwrap();
    assert_eq!(
        json["Condition"],
        serde_json::json!({
            "StringEquals": { "aws:a": "1", "aws:c": ["2", "3"] },
            "ArnEquals": { "aws:b": { "Fn::GetAtt": "Queue.Arn" } },
        })
    );
}

/// Returns an application with one function that has these user's properties, and the function's role.
fn with_properties(properties: Map) -> (App, Node) {
    let mut function = function("F");
    function.properties = properties;
    function.settings.policies =
        ["AWSLambdaVPCAccessExecutionRole", "ReadOnlyAccess", "arn:aws:iam::aws:policy/A"]
            .map(str::to_owned)
            .to_vec();
    function.settings.tags = vec![("team".to_owned(), TagValue::Text("a".to_owned()))];
    let app = app(vec![function], Vec::new());
    let role = app_stack(&app).resource("FRole").resource.properties;
    (app, role.into())
}

#[test]
fn the_permissions_that_sam_would_add_for_a_property_are_in_the_role() {
    let queue = Map::new().with("Type", "SQS").with("TargetArn", "arn:aws:sqs:::dead");
    let trust = Map::new().with("Version", "2012-10-17");
    let (app, role) = with_properties(
        Map::new()
            .with("VpcConfig", Map::new().with("SubnetIds", vec![Node::from("subnet-1")]))
            .with("DurableConfig", Map::new().with("ExecutionTimeout", 60))
            .with("DeadLetterQueue", queue.clone())
            .with("RolePath", "/app/")
            .with("PermissionsBoundary", "arn:aws:iam::aws:policy/B")
            .with("AssumeRolePolicyDocument", trust.clone())
            .with("KmsKeyArn", "arn:aws:kms:::key"),
    );
    assert_eq!(
        statement_lines(&app.functions[0], &app)[1..],
        ["sqs:SendMessage on arn:aws:sqs:::dead"]
    );
    let properties = |name| node_at(&role, &[name]);
    assert_eq!(*properties("Path"), Node::from("/app/"));
    assert_eq!(*properties("PermissionsBoundary"), Node::from("arn:aws:iam::aws:policy/B"));
    assert_eq!(*properties("AssumeRolePolicyDocument"), Node::from(trust));
    let Node::Seq(managed) = properties("ManagedPolicyArns") else { panic!("{role:?}") };
    let aws = "arn:${AWS::Partition}:iam::aws:policy/";
    assert_eq!(
        managed.iter().map(short_form).collect::<Vec<_>>(),
        [
            format!("{aws}service-role/AWSLambdaVPCAccessExecutionRole"),
            format!("{aws}service-role/AWSLambdaBasicDurableExecutionRolePolicy"),
            format!("{aws}ReadOnlyAccess"),
            "arn:aws:iam::aws:policy/A".to_owned(),
        ]
    );
    let tag = Map::new().with("Key", "team").with("Value", "a");
    assert_eq!(*properties("Tags"), Node::Seq(vec![tag.into()]));
    let function = app_stack(&app).resource("F");
    for moved in ["RolePath", "Path", "PermissionsBoundary", "AssumeRolePolicyDocument"] {
        assert!(function.property(moved).is_null(), "{moved}");
    }
    assert_eq!(function.property("DeadLetterConfig.TargetArn"), "arn:aws:sqs:::dead");
    assert_eq!(function.property("KmsKeyArn"), "arn:aws:kms:::key");
}

#[test]
fn sending_to_the_destinations_of_asynchronous_invocations_is_allowed() {
    let statements_and_ids = |outcome: &str, kind: &str, arn: Option<Node>| {
        let mut destination = Map::new().with("Type", kind);
        destination.set_some("Destination", arn);
        let config = Map::new().with("DestinationConfig", Map::new().with(outcome, destination));
        let (app, _) = with_properties(Map::new().with("EventInvokeConfig", config));
        let stack = app_stack(&app);
        let mut made: Vec<String> = stack.ids().into_iter().map(str::to_owned).collect();
        made.retain(|id| id.starts_with("FEventInvokeConfig"));
        made.sort();
        (statement_lines(&app.functions[0], &app)[1..].to_vec(), made)
    };
    let arn = || Some(Node::from("arn:aws:a:::b"));
    for (kind, allowed) in [
        ("SQS", "sqs:SendMessage on arn:aws:a:::b"),
        ("SNS", "sns:Publish on arn:aws:a:::b"),
        ("Lambda", "lambda:InvokeFunction on arn:aws:a:::b"),
        ("EventBridge", "events:PutEvents on arn:aws:a:::b"),
    ] {
        let one = (vec![allowed.to_owned()], vec!["FEventInvokeConfig".to_owned()]);
        assert_eq!(statements_and_ids("OnSuccess", kind, arn()), one);
    }
    let (bucket, _) = statements_and_ids("OnFailure", "S3Bucket", arn());
    assert_eq!(bucket, ["s3:PutObject on arn:aws:a:::b/*", "s3:ListBucket on arn:aws:a:::b"]);
    for (kind, allowed, made) in [
        ("SQS", "sqs:SendMessage on !GetAtt FEventInvokeConfigOnFailureQueue.Arn", "Queue"),
        ("SNS", "sns:Publish on !Ref FEventInvokeConfigOnFailureTopic", "Topic"),
    ] {
        let (lines, ids) = statements_and_ids("OnFailure", kind, None);
        assert_eq!(lines, [allowed]);
        let made = format!("FEventInvokeConfigOnFailure{made}");
        assert_eq!(ids, ["FEventInvokeConfig".to_owned(), made]);
    }
}

#[test]
fn writing_to_a_user_defined_log_group_is_allowed() {
    let statement_for = |group: Node| {
        let properties =
            Map::new().with("LoggingConfig", Map::new().with("LogGroup", group.clone()));
        let (app, _) = with_properties(properties);
        let stack = app_stack(&app);
        assert!(!stack.ids().contains(&"FLogs"), "{group:?}");
        let config = serde_json::to_value(Map::new().with("LogGroup", group)).unwrap();
        assert_eq!(stack.resource("F").property("LoggingConfig"), config);
        statement_lines(&app.functions[0], &app).remove(0)
    };
    let prefix = "logs:CreateLogStream, logs:PutLogEvents on arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group";
    assert_eq!(statement_for(Node::from("/shop/${x}")), format!("{prefix}:/shop/${{!x}}:*"));
    assert_eq!(
        statement_for(Map::new().with("Ref", "Shared").into()),
        format!("{prefix}:${{Name}}:*")
    );
}

#[test]
fn a_function_that_is_traced_may_send_its_traces() {
    let statements = |own, default| {
        let mut traced = function("F");
        traced.settings.tracing = own;
        let mut app = app(vec![traced], Vec::new());
        app.defaults.tracing = default;
        statement_lines(&app.functions[0], &app)[1..].to_vec()
    };
    let sends = ["xray:PutTraceSegments, xray:PutTelemetryRecords on *"];
    assert_eq!(statements(Some(Tracing::Active), None), sends);
    assert_eq!(statements(Some(Tracing::PassThrough), None), sends);
    assert_eq!(statements(None, Some(Tracing::Active)), sends);
    assert!(statements(Some(Tracing::Disabled), Some(Tracing::Active)).is_empty());
    assert!(statements(None, None).is_empty());
}

#[test]
fn a_property_that_is_off_adds_nothing_to_the_role() {
    let off = Map::new().with("DeadLetterQueue", Map::new()).with("VpcConfig", Map::new());
    let (app, role) = with_properties(off);
    assert_eq!(statement_lines(&app.functions[0], &app).len(), 1);
    let Node::Seq(managed) = node_at(&role, &["ManagedPolicyArns"]) else { panic!() };
    assert_eq!(managed.len(), 3);
    assert!(short_form(&managed[0]).ends_with("service-role/AWSLambdaVPCAccessExecutionRole"));
}
