//! What templates let others do. Takes the plain form of every template, of the examples and the golden
//! ones, and looks for what is open: with checkov, and for statements of IAM that are wider than they
//! have to be. What may stay open is listed here with the reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::templates::{self, Checked};
use crate::toolbox;

/// A check of checkov that fails somewhere, and why it may.
struct Accepted {
    check: &'static str,
    /// The one golden case that it fails in; everywhere where none is named.
    case: Option<&'static str>,
    because: &'static str,
}

const fn everywhere(check: &'static str, because: &'static str) -> Accepted {
    Accepted { check, case: None, because }
}

const ACCEPTED: &[Accepted] = &[
    everywhere("CKV_AWS_18", "access logs of a bucket need a second bucket: the user's choice"),
    everywhere(
        "CKV_AWS_21",
        "`bucket(versioned)` is the user's choice: it keeps, and bills, what is overwritten",
    ),
    everywhere(
        "CKV_AWS_27",
        "SQS encrypts every queue with a key of its own; checkov knows KMS keys only",
    ),
    everywhere(
        "CKV_AWS_119",
        "DynamoDB encrypts every table with a key of its own; a customer's costs money per month",
    ),
    everywhere("CKV_AWS_149", "Secrets Manager encrypts every secret with the account's own key"),
    Accepted {
        check: "CKV_AWS_111",
        case: Some("function_settings"),
        because: "its user writes `*` into `allow`",
    },
    Accepted {
        check: "CKV_AWS_28",
        case: Some("resource_table"),
        because: "it shows what is switched off",
    },
    Accepted {
        check: "CKV_AWS_28",
        case: Some("idempotent_own_table"),
        because: "what is kept of work done once is of use for an hour: an old state of it is none",
    },
    Accepted {
        check: "CKV_AWS_26",
        case: Some("properties_in_part"),
        because: "its user names no topic for a destination, so that SAM makes one; a `#[resource(topic)]` is encrypted",
    },
    everywhere("CKV_AWS_95", "access logs of the HTTP API have no key yet"),
    everywhere(
        "CKV_AWS_115",
        "reserved concurrency is taken from the whole account: `reserved_concurrency` is the user's choice",
    ),
    everywhere(
        "CKV_AWS_116",
        "only asynchronous invocations use a function's dead-letter queue: queues have theirs",
    ),
    everywhere(
        "CKV_AWS_117",
        "a function that calls AWS alone gains nothing in a VPC, and pays for its gateway",
    ),
    everywhere("CKV_AWS_158", "CloudWatch encrypts every log group with a key of its own"),
    everywhere(
        "CKV_AWS_173",
        "Lambda encrypts the environment with a key of its own, and no secret is in it",
    ),
];

/// Actions that AWS lets nobody narrow to a resource, in its "Service Authorization Reference".
const WITHOUT_RESOURCE: &[&str] = &["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

/// Golden cases whose user writes `*` into `allow`.
const USERS_OWN: &[&str] = &["function_settings"];

/// A failed check: its id, the golden case or example, and what failed.
fn findings() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checkov");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    for checked in templates::sound() {
        // Both forms are of the same application, as other tests show, and checkov is slow.
        let plain = checked.plain.clone().unwrap_or_else(|| checked.translated());
        fs::write(folder.join(&checked.case).with_extension("json"), plain.to_string()).unwrap();
    }
    let report = toolbox::checkov()
        .args(["--skip-download", "--framework", "cloudformation", "--output", "json"])
        .args(["--quiet", "--compact", "--soft-fail", "--directory", "."])
        // From within: it takes a path of forty letters for a secret.
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

/// Every application without SAM: as SAM makes it, and as it is written where it is.
fn without_sam() -> impl Iterator<Item = (&'static Checked, Value)> {
    templates::sound().iter().flat_map(|checked| {
        let both = [Some(checked.translated()), checked.plain.clone()];
        both.into_iter().flatten().map(move |template| (checked, template))
    })
}

#[test]
fn checkov_finds_nothing_in_any_template_that_has_no_reason() {
    let accepts = |accepted: &Accepted, id: &str, case: &str| {
        accepted.check == id && accepted.case.is_none_or(|only| only == case)
    };
    let findings = findings();
    let open: Vec<String> = findings
        .iter()
        .filter(|(id, case, _)| !ACCEPTED.iter().any(|it| accepts(it, id, case)))
        .map(|(id, case, what)| format!("{id} in `{case}`: {what}"))
        .collect();
    assert!(open.is_empty(), "{}", open.join("\n"));
    for accepted in ACCEPTED {
        let needed = findings.iter().any(|(id, case, _)| accepts(accepted, id, case));
        assert!(needed, "{} ({}) is accepted for nothing", accepted.check, accepted.because);
    }
}

/// The statements of all roles and policies of a plain template that allow something.
fn allowed(template: &Value) -> Vec<&Value> {
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

/// The texts of a value that is one or a list.
fn texts(value: &Value) -> BTreeSet<&str> {
    let one = std::slice::from_ref(value);
    value.as_array().map_or(one, Vec::as_slice).iter().filter_map(Value::as_str).collect()
}

#[test]
fn no_statement_of_any_role_has_a_wildcard_for_its_action_or_its_resource() {
    let mut seen = 0;
    for (Checked { case, .. }, template) in without_sam() {
        for statement in allowed(&template) {
            seen += 1;
            let actions = texts(&statement["Action"]);
            assert!(!actions.is_empty(), "`{case}`: {statement}");
            assert!(actions.iter().all(|action| !action.contains('*')), "`{case}`: {statement}");
            let narrower = actions.iter().any(|action| !WITHOUT_RESOURCE.contains(action));
            if narrower && !USERS_OWN.contains(&case.as_str()) {
                assert!(!texts(&statement["Resource"]).contains("*"), "`{case}`: {statement}");
            }
        }
    }
    assert!(seen > 40, "there are roles to look at");
}

#[test]
fn no_role_has_a_managed_policy_that_its_user_did_not_ask_for() {
    for (checked, template) in without_sam() {
        let asks = fs::read_to_string(&checked.template).unwrap();
        for (id, resource) in template["Resources"].as_object().unwrap() {
            let managed = !resource["Properties"]["ManagedPolicyArns"].is_null();
            // SAM gives CodeDeploy a role where deployments are gradual.
            let gradual = id == "CodeDeployServiceRole" && asks.contains("DeploymentPreference");
            let asked = asks.contains("ManagedPolicyArns") || gradual;
            assert!(!managed || asked, "`{}`: {id}: {resource}", checked.case);
        }
    }
}

#[test]
fn every_managed_policy_of_aws_is_looked_for_in_its_own_path() {
    let file =
        toolbox::site_packages().join("samtranslator/internal/data/aws_managed_policies.json");
    let known: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    for (name, arn) in known["aws"].as_object().unwrap() {
        let (_, path) = arn.as_str().unwrap().split_once(":policy/").unwrap();
        let path = path.strip_suffix(name.as_str()).unwrap();
        // Nobody can attach the policies of roles that AWS links to its services.
        if path != "aws-service-role/" {
            assert_eq!(skylift_model::aws::managed_policy::policy_path(name), path, "{name}");
        }
    }
}
