//! Security of the templates. Takes the plain form of the templates of all examples and golden cases. Checks them with
//! checkov, and looks for IAM statements that grant more than necessary. A list has the accepted findings with their
//! reasons.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use skylift_tests::workspace;

use crate::templates::{self, Checked};
use crate::toolbox;

/// A failing check of checkov that is accepted, and the reason.
struct AcceptedFinding {
    check: &'static str,
    /// The only golden case in which the check may fail; `None` accepts it in every case.
    case: Option<&'static str>,
    because: &'static str,
}

const fn accept_everywhere(check: &'static str, because: &'static str) -> AcceptedFinding {
    AcceptedFinding { check, case: None, because }
}

const fn accept_in(
    check: &'static str,
    case: &'static str,
    because: &'static str,
) -> AcceptedFinding {
    AcceptedFinding { check, case: Some(case), because }
}

const NETWORK: &str =
    "AWS documents the actions on network interfaces of brokers, and those on tokens, on `*`";

const KEY_OF_ALARMS: &str =
    "callers of the account use the key through SNS, as they do with the AWS managed key";

const DISTRIBUTION_OF_THE_USER: &str = "the overlay of the case has the least distribution: firewall, logs and certificate are the user's";

const ACCEPTED: &[AcceptedFinding] = &[
    accept_everywhere(
        "CKV_AWS_18",
        "access logs of a bucket need a second bucket: the user's choice",
    ),
    accept_everywhere(
        "CKV_AWS_21",
        "`bucket(versioned)` is the user's choice: it keeps overwritten objects, which cost money",
    ),
    accept_everywhere(
        "CKV_AWS_27",
        "SQS encrypts every queue with its own key; checkov accepts only KMS keys",
    ),
    accept_everywhere(
        "CKV_AWS_119",
        "DynamoDB encrypts every table with its own key; a customer managed key costs money per month",
    ),
    accept_everywhere(
        "CKV_AWS_149",
        "Secrets Manager encrypts every secret with the account's own key",
    ),
    AcceptedFinding {
        check: "CKV_AWS_111",
        case: Some("function_settings"),
        because: "its user writes `*` into `allow`",
    },
    accept_in("CKV_AWS_33", "alarms", KEY_OF_ALARMS),
    accept_in("CKV_AWS_33", "billing", KEY_OF_ALARMS),
    accept_in("CKV_AWS_33", "parameters_of_triggers", KEY_OF_ALARMS),
    accept_in("CKV_AWS_33", "environments", KEY_OF_ALARMS),
    accept_in("CKV_AWS_111", "msk_every_argument", NETWORK),
    accept_in("CKV_AWS_111", "msk_overlay", NETWORK),
    accept_in("CKV_AWS_111", "parameters_of_triggers", NETWORK),
    accept_in("CKV_AWS_111", "kafka_every_argument", NETWORK),
    accept_in("CKV_AWS_111", "mq_every_argument", NETWORK),
    accept_in("CKV_AWS_111", "mq_overlay", NETWORK),
    accept_in("CKV_AWS_111", "documentdb_every_argument", NETWORK),
    accept_in("CKV_AWS_111", "documentdb_overlay", NETWORK),
    AcceptedFinding {
        check: "CKV_AWS_28",
        case: Some("resource_table"),
        because: "the case shows that recovery can be disabled",
    },
    AcceptedFinding {
        check: "CKV_AWS_28",
        case: Some("idempotent_own_table"),
        because: "idempotency records are used for an hour: an old state of them is useless",
    },
    AcceptedFinding {
        check: "CKV_AWS_26",
        case: Some("properties_in_part"),
        because: "its user gives no topic for a destination, so SAM creates one; a `#[resource(topic)]` is encrypted",
    },
    accept_in("CKV_AWS_258", "function_url", "its user writes `auth = none`"),
    accept_in("CKV_AWS_68", "function_url", DISTRIBUTION_OF_THE_USER),
    accept_in("CKV_AWS_86", "function_url", DISTRIBUTION_OF_THE_USER),
    accept_in("CKV_AWS_174", "function_url", DISTRIBUTION_OF_THE_USER),
    accept_everywhere(
        "CKV_AWS_115",
        "reserved concurrency is taken from the whole account: `reserved_concurrency` is the user's choice",
    ),
    accept_everywhere(
        "CKV_AWS_116",
        "only asynchronous invocations use a function's dead-letter queue: queues have their own",
    ),
    accept_everywhere(
        "CKV_AWS_117",
        "a function that only calls AWS gains nothing in a VPC, and pays for its gateway",
    ),
    accept_everywhere("CKV_AWS_158", "CloudWatch encrypts every log group with its own key"),
    accept_everywhere(
        "CKV_AWS_173",
        "Lambda encrypts the environment with its own key, and there are no secrets in it",
    ),
];

/// Actions that cannot be limited to a resource, according to AWS's "Service Authorization Reference", and those that
/// AWS documents on every resource: for brokers and clusters in a VPC, in the policy `AWSLambdaMSKExecutionRole`, and for
/// the logs and the traces of a state machine, in the guide of Step Functions.
const WITHOUT_RESOURCE: &[&str] = &[
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "sts:GetWebIdentityToken",
    "rekognition:DetectLabels",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
];

/// Golden cases whose user writes `*` into `allow`.
const WITH_USERS_WILDCARD: &[&str] = &["function_settings"];

/// Runs checkov. Returns the id, the golden case or example, and the resource of each failed check.
fn run_checkov() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checkov");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    for checked in templates::valid_templates() {
        // One form is enough: other tests show that both are the same application, and checkov is slow.
        let plain = checked.plain.clone().unwrap_or_else(|| checked.translated());
        fs::write(folder.join(&checked.case).with_extension("json"), plain.to_string()).unwrap();
    }
    let report = toolbox::checkov_command()
        .args(["--skip-download", "--framework", "cloudformation", "--output", "json"])
        .args(["--quiet", "--compact", "--soft-fail", "--directory", "."])
        // With relative paths: checkov takes a path of forty letters for a secret.
        .current_dir(&folder)
        .output()
        .unwrap();
    let text = String::from_utf8(report.stdout).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap_or_else(|error| {
        panic!("{error}: {text}{}", String::from_utf8_lossy(&report.stderr))
    });
    assert_eq!(report["summary"]["parsing_errors"], 0, "{text}");
    assert!(report["summary"]["passed"].as_u64().unwrap() > 500, "checkov saw the templates");
    let failed = report["results"]["failed_checks"].as_array().unwrap();
    let finding = |check: &Value| {
        let text = |key: &str| check[key].as_str().unwrap();
        let file = Path::new(text("file_path")).file_stem().unwrap().to_str().unwrap();
        let what = format!("{} ({})", text("resource"), text("check_name"));
        (text("check_id").to_owned(), file.to_owned(), what)
    };
    failed.iter().map(finding).collect()
}

/// Returns the plain templates of every application: the translated one, and `cloudformation.yaml` if it exists.
fn plain_templates() -> impl Iterator<Item = (&'static Checked, Value)> {
    templates::valid_templates().iter().flat_map(|checked| {
        let both = [Some(checked.translated()), checked.plain.clone()];
        both.into_iter().flatten().map(move |template| (checked, template))
    })
}

#[test]
fn every_finding_of_checkov_is_on_the_list_of_accepted_ones() {
    let accepts = |accepted: &AcceptedFinding, id: &str, case: &str| {
        accepted.check == id && accepted.case.is_none_or(|only| only == case)
    };
    let findings = run_checkov();
    let open: Vec<String> = findings
        .iter()
        .filter(|(id, case, _)| !ACCEPTED.iter().any(|it| accepts(it, id, case)))
        .map(|(id, case, what)| format!("{id} in `{case}`: {what}"))
        .collect();
    assert!(open.is_empty(), "{}", open.join("\n"));
    for accepted in ACCEPTED {
        let needed = findings.iter().any(|(id, case, _)| accepts(accepted, id, case));
        assert!(
            needed,
            "{} ({}) is on the list, but checkov does not find it",
            accepted.check, accepted.because
        );
    }
}

/// Returns the `Allow` statements of all roles and policies of a plain template.
fn allow_statements(template: &Value) -> Vec<&Value> {
    let resources = template["Resources"].as_object().unwrap().values();
    let mut statements = Vec::new();
    for resource in resources {
        let properties = &resource["Properties"];
        let inline = properties["Policies"].as_array().into_iter().flatten();
        let documents = inline.map(|policy| &policy["PolicyDocument"]);
        for document in documents.chain([&properties["PolicyDocument"]]) {
            let all = document["Statement"].as_array().into_iter().flatten();
            statements.extend(all.filter(|statement| statement["Effect"] == "Allow"));
        }
    }
    statements
}

/// Returns the strings of a value that is a string or a list of strings.
fn collect_strings(value: &Value) -> BTreeSet<&str> {
    let one = std::slice::from_ref(value);
    value.as_array().map_or(one, Vec::as_slice).iter().filter_map(Value::as_str).collect()
}

#[test]
fn no_statement_has_a_wildcard_as_its_action_or_resource() {
    let mut seen = 0;
    for (Checked { case, .. }, template) in plain_templates() {
        for statement in allow_statements(&template) {
            seen += 1;
            let actions = collect_strings(&statement["Action"]);
            assert!(!actions.is_empty(), "`{case}`: {statement}");
            assert!(actions.iter().all(|action| !action.contains('*')), "`{case}`: {statement}");
            let narrower = actions.iter().any(|action| !WITHOUT_RESOURCE.contains(action));
            if narrower && !WITH_USERS_WILDCARD.contains(&case.as_str()) {
                assert!(
                    !collect_strings(&statement["Resource"]).contains("*"),
                    "`{case}`: {statement}"
                );
            }
        }
    }
    assert!(seen > 40, "only {seen} statements were checked");
}

#[test]
fn a_role_has_a_managed_policy_only_if_its_user_asks_for_it() {
    for (checked, template) in plain_templates() {
        let source = workspace::read_file(&checked.template);
        for (id, resource) in template["Resources"].as_object().unwrap() {
            let managed = !resource["Properties"]["ManagedPolicyArns"].is_null();
            // SAM creates a role for CodeDeploy if deployments are gradual.
            let gradual = id == "CodeDeployServiceRole" && source.contains("DeploymentPreference");
            let has_hooks = id.ends_with("DeploymentRole") && source.contains("PreTraffic");
            let asked = source.contains("ManagedPolicyArns") || gradual || has_hooks;
            assert!(!managed || asked, "`{}`: {id}: {resource}", checked.case);
        }
    }
}
