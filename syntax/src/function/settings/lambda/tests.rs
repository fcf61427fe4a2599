//! Tests of Lambda's own settings: each is read in each of its forms, and wrong values are rejected.

use super::*;
use crate::function::testing::{accepted, read_on, rejected};

const VPC: &str =
    r#"vpc(subnets = ["subnet-0a1b2c3d4e5f60718"], security_groups = "sg-0a1b2c3d", ipv6)"#;

fn read(attribute: &str) -> LambdaSettings {
    accepted(attribute).settings.lambda
}

fn literal(text: &str) -> CfnValue {
    CfnValue::Literal(text.to_owned())
}

#[test]
fn a_function_is_in_a_vpc_with_lists_of_every_form() {
    let Some(Network::Vpc(vpc)) = read(VPC).network else { panic!() };
    assert_eq!(vpc.subnets, CfnList::Values(vec![literal("subnet-0a1b2c3d4e5f60718")]));
    assert_eq!(vpc.security_groups, CfnList::Values(vec![literal("sg-0a1b2c3d")]));
    assert!(vpc.ipv6);
    let other = read(
        r#"vpc(subnets = param("Subnets"), security_groups = [overlay("Group", "GroupId"), param("G")])"#,
    );
    let Some(Network::Vpc(vpc)) = &other.network else { panic!() };
    assert!(matches!(&vpc.subnets, CfnList::Param(name) if name.as_str() == "Subnets"));
    assert!(matches!(&vpc.security_groups, CfnList::Values(ids) if ids.len() == 2));
    assert!(!vpc.ipv6);
    let used: Vec<&str> = other.parameters().iter().map(|it| it.name.as_str()).collect();
    assert_eq!(used, ["Subnets", "G"]);
    let import = read(
        r#"vpc(subnets = import("net-Subnets"), security_groups = overlay("Group", "GroupId"))"#,
    );
    let Some(Network::Vpc(vpc)) = import.network else { panic!() };
    assert!(matches!(vpc.subnets, CfnList::Import(_)));
    assert!(matches!(vpc.security_groups, CfnList::Values(ids) if ids.len() == 1));
    assert_eq!(read("vpc = none").network, Some(Network::None));
}

#[test]
fn every_other_setting_is_read() {
    let layer = "arn:aws:lambda:eu-west-1:123456789012:layer:tools:3";
    let all = read(&format!(
        r#"layers = ["{layer}", overlay("Tools")], kms_key = param("Key"),
        code_signing = "arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-0123456789abcdef0",
        permissions_boundary = "arn:aws:iam::${{AWS::AccountId}}:policy/Limit", role_path = "/app/",
        file_system(access_point = overlay("Files", "Arn"), path = "/mnt/data"), {VPC},
        on_success = crate::notify, on_failure = Lost, dead_letters = "arn:aws:sqs:eu-west-1:123456789012:dead""#
    ));
    let layers = all.layers.unwrap();
    assert_eq!(layers[0], literal(layer));
    assert_eq!(layers[1].sub().unwrap().as_str(), "${Tools}");
    assert!(matches!(all.kms_key, Some(CfnValue::Param(_))));
    assert!(matches!(all.code_signing, Some(CfnValue::Literal(_))));
    let boundary = all.permissions_boundary.unwrap();
    assert_eq!(boundary.sub().unwrap().as_str(), "arn:aws:iam::${AWS::AccountId}:policy/Limit");
    assert_eq!(all.role_path.as_deref(), Some("/app/"));
    assert_eq!(all.file_system.unwrap().path, "/mnt/data");
    assert_eq!(all.on_success, Some(ResultTarget::Function("notify".to_owned())));
    assert_eq!(all.on_failure, Some(ResultTarget::Declared("Lost".to_owned())));
    assert!(matches!(all.dead_letters, Some(ResultTarget::Arn(_))));
    assert!(read("").is_empty());
}

#[test]
fn each_place_for_results_has_its_kinds() {
    let arn =
        |service: &str, rest: &str| format!("arn:aws:{service}:eu-west-1:123456789012:{rest}");
    let (queue, bus) = (arn("sqs", "a"), arn("events", "event-bus/a"));
    let (function, bucket) = (arn("lambda", "function:a:live"), "arn:aws:s3:::reports".to_owned());
    for (key, right, wrong) in [
        ("on_success", vec![&queue, &bus, &function], vec![&bucket]),
        ("on_failure", vec![&queue, &bus, &function, &bucket], vec![]),
        ("dead_letters", vec![&queue], vec![&bus, &function, &bucket]),
    ] {
        for arn in right {
            accepted(&format!("{key} = {arn:?}"));
        }
        for arn in wrong {
            let found = rejected(&format!("{key} = {arn:?}"));
            assert!(found.starts_with(&format!("`{arn}` is not a queue")), "{found}");
        }
    }
}

#[test]
fn wrong_values_are_rejected_with_what_to_write() {
    for (wrong, message) in [
        (
            r#"vpc(subnets = ["subnet-0a1b2c3d"])"#,
            "`vpc` needs `security_groups`\n\nhelp: add `security_groups = [\"sg-…\"]`, or `security_groups = param(\"…\")`",
        ),
        (
            r#"vpc(subnets = ["subnet-1"], security_groups = "sg-0a1b2c3d")"#,
            "`subnet-1` is not an id that begins with `subnet-`\n\nhelp: write the whole id, such as `subnet-0a1b2c3d4e5f60718`, or `overlay(\"Id\")` for one in the overlay",
        ),
        (
            r#"vpc(subnets = [], security_groups = "sg-0a1b2c3d")"#,
            "`subnets` has 0 ids: Lambda takes 1 to 16",
        ),
        (
            "vpc = Network",
            "expected `vpc(subnets = [\"subnet-…\"], security_groups = [\"sg-…\"])`, or `none`, found `Network`",
        ),
        (
            "capacity_provider(concurrency = 10)",
            "`capacity_provider` needs `provider`\n\nhelp: add `provider = overlay(\"Fleet\", \"Arn\")`, or its ARN in quotes",
        ),
        (
            r#"capacity_provider(provider = param("Fleet"), memory_per_cpu = 16)"#,
            "memory per CPU of 16 GiB is out of range: AWS takes 2 to 8 GiB",
        ),
        (
            r#"file_system(access_point = param("Files"), local_mount_path = "/mnt/data")"#,
            "unknown key `local_mount_path` in `file_system`\n\nhelp: write `path = \"/mnt/data\"`",
        ),
        (
            r#"capacity_provider(provider = param("Fleet"), most = 3)"#,
            "unknown key `most` in `capacity_provider`\n\nhelp: `capacity_provider` takes `concurrency`, `memory_per_cpu` and `provider`",
        ),
        (
            r#"capacity_provider(provider = param("Fleet")), scaling(min = 5, maximum = 9)"#,
            "unknown key `maximum` in `scaling`\n\nhelp: `scaling` takes `max` and `min`",
        ),
        (
            r#"layers = ["arn:aws:lambda:eu-west-1:123456789012:layer:a:1", "arn:aws:lambda:eu-west-1:123456789012:layer:a:2"]"#,
            "`arn:aws:lambda:eu-west-1:123456789012:layer:a` is there twice: Lambda takes one version of a layer",
        ),
        (
            "scaling(min = 1)",
            "`scaling` is for functions on Lambda Managed Instances\n\nhelp: add `capacity_provider(provider = …)`, or limit the function with `reserved_concurrency`",
        ),
        (
            r#"capacity_provider(provider = param("Fleet")), scaling(min = 5, max = 2)"#,
            "`max` of 2 environments is less than `min` of 5",
        ),
        (
            "tenants = isolated, provisioned_concurrency = 2",
            "Lambda has no provisioned concurrency for functions with isolated tenants\n\nhelp: leave out one of them",
        ),
        (
            r#"role_path = "app""#,
            "`app` is not the path of a role\n\nhelp: a path begins and ends with `/` and has at most 512 characters, such as `/app/`",
        ),
        (
            r#"file_system(path = "/mnt/a")"#,
            "`file_system` needs `access_point`\n\nhelp: add `access_point = overlay(\"Files\", \"Arn\")`",
        ),
        (
            r#"on_failure = param("Lost")"#,
            "`on_failure` cannot be a parameter, because its kind is not known\n\nhelp: declare it, `#[resource(queue(existing = param(\"…\")))] struct Lost;`, and name the struct",
        ),
        (
            r#"on_failure = "arn:aws:sqs:eu-west-1:123456789012:dead.fifo""#,
            "`on_failure` cannot be a FIFO queue: Lambda sends results without a message group\n\nhelp: name a standard queue",
        ),
        (
            "dead_letters = notify",
            "expected a queue or a topic, by its path or its ARN, found `notify`",
        ),
        (
            r#"vpc = none, properties = { "VpcConfig": { "SubnetIds": ["subnet-0a1b2c3d"], "SecurityGroupIds": ["sg-0a1b2c3d"] } }"#,
            "`vpc` sets `VpcConfig` already\n\nhelp: leave `vpc` out, or the property",
        ),
        (
            r#"on_success = Done, properties = { "EventInvokeConfig": { "DestinationConfig": { "OnSuccess": { "Type": "SQS" } } } }"#,
            "`on_success` sets `OnSuccess` already\n\nhelp: leave `on_success` out, or the property",
        ),
    ] {
        assert_eq!(rejected(wrong), message, "{wrong}");
    }
    assert_eq!(
        rejected("version_description = \"May\""),
        "no version of this function is published\n\nhelp: add `deploy = all_at_once`, or write `description = \"…\"` for the function itself"
    );
    let long = "a".repeat(129);
    let found = rejected(&format!("deploy = all_at_once, version_description = {long:?}"));
    assert!(found.starts_with("the description of a version has 129 characters"), "{found}");
    let fits = "a".repeat(128);
    let described = format!("provisioned_concurrency = 1, version_description = {fits:?}");
    assert_eq!(read(&described).version_description, Some(fits));
    accepted(
        r#"on_success = Done, properties = { "EventInvokeConfig": { "DestinationConfig": { "OnFailure": { "Type": "SQS" } } } }"#,
    );
    for (wrong, start) in [
        (r#"layers = "arn:aws:lambda:eu-west-1:123456789012:layer:tools""#, "`arn:aws:lambda"),
        (r#"capacity_provider(provider = "fleet")"#, "`fleet` is not the ARN of a capacity"),
        ("tenants = shared", "`shared` is not a way to keep tenants apart"),
        (r#"code_signing = "csc-1""#, "`csc-1` is not the ARN of a code signing configuration"),
        (r#"permissions_boundary = "Limit""#, "`Limit` is not the ARN of a managed policy"),
        ("kms_key = Key", "expected the ARN of a KMS key"),
        (
            r#"file_system(access_point = "fsap-1", path = "/mnt/a")"#,
            "`fsap-1` is not the ARN of an access point",
        ),
        (
            r#"file_system(access_point = param("A"), path = "/data")"#,
            "Lambda mounts no file system at",
        ),
    ] {
        let found = rejected(wrong);
        assert!(found.starts_with(start), "{wrong}: {found}");
    }
    let six = ["\"arn:aws:lambda:eu-west-1:123456789012:layer:a:1\""; 6].join(", ");
    assert!(read_on(&format!("layers = [{six}]"), "async fn work() {}").is_err());
}
