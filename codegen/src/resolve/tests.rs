//! Tests of the resolved functions of applications, and of their fragments.

use serde_json::{Value, json};

use super::{AppFile, list_fragments, resolve_app};
use crate::assemble::Assembled;
use crate::metadata::PackageMetadata;
use crate::overlay::Overlay;
use crate::testing::assemble_items;

/// Returns the part `resolved` of `app.json`, and the fragments by their paths.
fn resolve(items: &str) -> (Value, Value) {
    let Assembled { app, stack, .. } =
        assemble_items(items, PackageMetadata::default(), &Overlay::default());
    let resolved = resolve_app(&app, &stack);
    let file = serde_json::to_value(AppFile { app: &app, resolved: &resolved }).unwrap();
    let fragments = list_fragments(&resolved).into_iter();
    let fragments = fragments.map(|it| (it.path, serde_json::from_str(&it.content).unwrap()));
    (file["resolved"]["functions"].clone(), Value::Object(fragments.collect()))
}

const SHOP: &str = r#"
#[resource(bucket)] struct Uploads;
#[resource(bucket)] struct MyUploads;
#[resource(queue)] struct Jobs;
#[resource(table(key = "id", existing = "orders"))] struct Orders;
#[function(
    trigger = sqs(queue = Jobs), memory = 512, policy = "AWSXRayDaemonWriteAccess",
    env(KEY = ssm("/app/key"), LEVEL = "info", HOST = sub("${AWS::Region}.example"), PATH_OF = sub("${!HOME}/x")),
    allow(actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b/${aws:username}/*"]),
)]
async fn work(
    event: SqsEvent, from: Reader<Uploads>, to: Writer<MyUploads>, orders: Reader<Orders>, other: Invoker<help>,
) -> Result<(), Error> { Ok(()) }
#[function(env(WORDS = "plain"))]
async fn help(event: u64) -> Result<(), Error> { Ok(()) }
"#;

#[test]
fn a_function_has_its_settings_with_all_defaults() {
    let (functions, _) = resolve(SHOP);
    let work = &functions["Work"];
    assert_eq!(
        work["settings"],
        json!({
            "Handler": "work",
            "Code": { "S3Bucket": { "Ref": "CodeBucket" }, "S3Key": { "Ref": "CodeKey" } },
            "MemorySize": 512,
            "LoggingConfig": { "LogGroup": { "Ref": "WorkLogs" } },
            "Runtime": "provided.al2023",
            "Architectures": ["x86_64"],
            "Timeout": 3,
            "EphemeralStorage": { "Size": 512 },
        })
    );
    assert_eq!(functions["Help"]["settings"]["MemorySize"], 128);
    assert_eq!(work["role"], json!({ "Fn::GetAtt": ["WorkRole", "Arn"] }));
    assert_eq!(work["environment"]["KEY"], "{{resolve:ssm:/app/key}}");
    assert_eq!(work["environment"]["ORDERS_TABLE_NAME"], "orders");
    let mapping = &work["mappings"]["WorkJobs"];
    assert_eq!(mapping["Type"], "AWS::Lambda::EventSourceMapping");
    assert_eq!(mapping["Properties"]["EventSourceArn"], json!({ "Fn::GetAtt": ["Jobs", "Arn"] }));
    assert_eq!(work["permissions"], json!({}));
    let resources = work["resources"].as_object().unwrap();
    assert_eq!(resources.keys().collect::<Vec<_>>(), ["WorkLogs", "WorkRole"]);
}

#[test]
fn a_function_has_the_resources_that_its_settings_declare() {
    let (functions, _) = resolve(
        "#[function(resume = queue)]\nasync fn take(from: Resume<u64>) -> Result<Progress<u64, u64>, Error> { Ok(Progress::Done(1)) }",
    );
    let resources = &functions["Take"]["resources"];
    assert_eq!(resources["TakeResume"]["Type"], "AWS::SQS::Queue", "{resources:#}");
}

#[test]
fn permissions_to_invoke_a_function_are_resolved() {
    let (functions, _) = resolve(
        "#[function(trigger = schedule(\"rate(1 hour)\"))]\nasync fn tick(event: ScheduledEvent) -> Result<(), Error> { Ok(()) }",
    );
    let permissions = functions["Tick"]["permissions"].as_object().unwrap();
    let [permission] = permissions.values().collect::<Vec<_>>()[..] else { panic!() };
    assert_eq!(permission["Properties"]["Principal"], "events.amazonaws.com");
}

#[test]
fn the_variables_of_a_function_have_placeholders_for_what_is_not_known() {
    let (functions, fragments) = resolve(SHOP);
    assert_eq!(
        fragments["functions/Work/environment.json"]["Variables"],
        json!({
            "KEY": "${KEY}",
            "LEVEL": "info",
            "HOST": "${AWS_REGION}.example",
            // It would be taken for a placeholder.
            "PATH_OF": "${PATH_OF}",
            "UPLOADS_BUCKET_NAME": "${UPLOADS_BUCKET_NAME}",
            "MY_UPLOADS_BUCKET_NAME": "${MY_UPLOADS_BUCKET_NAME}",
            "ORDERS_TABLE_NAME": "orders",
            "HELP_FUNCTION_NAME": "${HELP_FUNCTION_NAME}",
        })
    );
    assert_eq!(
        fragments["functions/Help/environment.json"],
        json!({ "Variables": { "WORDS": "plain" } })
    );
    let placeholders = &functions["Work"]["placeholders"];
    assert_eq!(placeholders["PATH_OF"], "${HOME}/x");
    assert_eq!(placeholders["KEY"], "{{resolve:ssm:/app/key}}");
    assert_eq!(placeholders["JOBS_ARN"], json!({ "Fn::GetAtt": ["Jobs", "Arn"] }));
    assert_eq!(placeholders["AWS_REGION"], json!({ "Ref": "AWS::Region" }));
    assert_eq!(
        placeholders["UPLOADS_BUCKET_NAME"]["Fn::Sub"][0],
        "uploads-${AWS::AccountId}-${Stack}"
    );
}

#[test]
fn the_policy_of_a_function_has_arns_of_placeholders() {
    let (functions, fragments) = resolve(SHOP);
    let policy = &fragments["functions/Work/policy.json"];
    assert_eq!(policy["Version"], "2012-10-17");
    let statements = policy["Statement"].as_array().unwrap();
    assert_eq!(
        functions["Work"]["policy"]["Statement"].as_array().unwrap().len(),
        statements.len()
    );
    let resources: Vec<&str> = statements
        .iter()
        .flat_map(|it| it["Resource"].as_array().unwrap())
        .map(|it| it.as_str().unwrap())
        .collect();
    for expected in [
        "arn:${AWS_PARTITION}:logs:${AWS_REGION}:${AWS_ACCOUNT_ID}:log-group:${WORK_LOGS}:*",
        "${JOBS_ARN}",
        "arn:${AWS_PARTITION}:s3:::${UPLOADS_BUCKET_NAME}/*",
        "arn:${AWS_PARTITION}:s3:::${MY_UPLOADS_BUCKET_NAME}/*",
        "arn:${AWS_PARTITION}:dynamodb:${AWS_REGION}:${AWS_ACCOUNT_ID}:table/orders",
        "arn:${AWS_PARTITION}:lambda:${AWS_REGION}:${AWS_ACCOUNT_ID}:function:${HELP_FUNCTION_NAME}",
        // IAM replaces this one.
        "arn:aws:s3:::b/${aws:username}/*",
    ] {
        assert!(resources.contains(&expected), "{expected}: {resources:?}");
    }
    assert_eq!(
        fragments["functions/Work/managed-policies.json"],
        json!(["arn:${AWS_PARTITION}:iam::aws:policy/AWSXRayDaemonWriteAccess"])
    );
    assert!(fragments.get("functions/Help/managed-policies.json").is_none());
}

#[test]
fn a_users_role_needs_the_policy_that_the_generated_one_would_have() {
    let (functions, fragments) = resolve(
        "#[resource(queue)] struct Jobs;\n#[function(trigger = sqs(queue = Jobs), properties = { \"Role\": \"arn:aws:iam::123456789012:role/mine\" })]\nasync fn take(event: SqsEvent) -> Result<(), Error> { Ok(()) }",
    );
    let take = &functions["Take"];
    assert_eq!(take["role"], "arn:aws:iam::123456789012:role/mine");
    assert_eq!(take["policy"]["Statement"][1]["Action"][0], "sqs:ReceiveMessage");
    assert!(take["resources"].get("TakeRole").is_none(), "no template creates it");
    let statement = &fragments["functions/Take/policy.json"]["Statement"][1];
    assert_eq!(statement["Resource"], json!(["${JOBS_ARN}"]));
}

#[test]
fn two_meanings_have_two_placeholders() {
    let (functions, fragments) = resolve(
        "#[resource(queue)] struct Jobs;\n#[function(env(ARN = param(\"JobsArn\")))]\nasync fn take(to: Sender<Jobs>) -> Result<(), Error> { Ok(()) }",
    );
    let variables = &fragments["functions/Take/environment.json"]["Variables"];
    assert_eq!(variables["ARN"], "${JOBS_ARN}");
    let statement = &fragments["functions/Take/policy.json"]["Statement"][1];
    assert_eq!(statement["Resource"], json!(["${JOBS_ARN_2}"]));
    let placeholders = &functions["Take"]["placeholders"];
    assert_eq!(placeholders["JOBS_ARN"], json!({ "Ref": "JobsArn" }));
    assert_eq!(placeholders["JOBS_ARN_2"], json!({ "Fn::GetAtt": ["Jobs", "Arn"] }));
}
