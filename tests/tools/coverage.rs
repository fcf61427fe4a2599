//! How much of SAM's function and of its events Skylift's grammar has. Takes the schema of the installed translator, the
//! keys of functions and the golden templates. A property that no key sets, and that no golden template shows in an event,
//! has to be on a list with its reason. `cargo xtask coverage` prints the numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::Value;
use skylift_model::aws::function_keys;
use skylift_model::source::Trigger;
use skylift_tests::workspace;

use crate::toolbox;

/// The properties of a function that no key sets, each with the reason. Those without another way are set in `properties`.
const FUNCTION: &[(&str, &str)] = &[
    (
        "AssumeRolePolicyDocument",
        "Lambda alone takes the role; `properties` has the rare other service",
    ),
    ("AutoPublishAliasAllProperties", "publishes versions that Lambda refuses to make"),
    ("AutoPublishCodeSha256", "a new version is published whenever code or settings change"),
    ("DurableConfig", "Lambda speaks another protocol with a durable function: it is refused"),
    ("ImageConfig", "functions are zip archives"),
    ("PropagateTags", "`tags` of Cargo.toml are on every function and role"),
    (
        "PublishToLatestPublished",
        "for functions on managed instances without an alias: `properties` has it",
    ),
    ("Role", "each function has a role of its own; `properties` has the user's"),
    ("RuntimeManagementConfig", "updates of the operating system alone: `properties` has it"),
    ("SnapStart", "Lambda has no SnapStart for the runtime of Rust functions"),
    ("SourceKMSKeyArn", "a key of the uploaded archive: `properties` has it"),
    ("VersionDeletionPolicy", "old versions are for going back: `properties` has it"),
];

/// The properties of events that no golden template shows, each with the reason. `*` is all properties of a type.
const EVENTS: &[(&str, &str, &str)] = &[
    ("Api", "*", "no source for REST APIs yet"),
    ("CloudWatchEvent", "*", "the old name of `EventBridgeRule`"),
    ("DocumentDB", "FilterCriteria", "Lambda does not filter changes of DocumentDB"),
    ("DocumentDB", "KmsKeyArn", "it encrypts filters, and DocumentDB has no filters"),
    ("DocumentDB", "SecretsManagerKmsKeyId", "the role of the function has the statement"),
    ("DynamoDB", "StartingPositionTimestamp", "DynamoDB has no `AT_TIMESTAMP`"),
    ("EventBridgeRule", "Target", "SAM and Skylift choose the id of the only target"),
    ("HttpApi", "ApiId", "all routes are in the one API of the application"),
    ("HttpApi", "PayloadFormatVersion", "the runtime reads the format 2.0"),
    ("HttpApi", "TimeoutInMillis", "the timeout of the function ends a request"),
    (
        "S3",
        "*",
        "`AWS::S3::Bucket` and `AWS::Lambda::Permission`: SAM's permission is for all buckets",
    ),
    (
        "Cognito",
        "*",
        "`AWS::Lambda::Permission` and the overlay's pool: SAM has one permission for all pools",
    ),
    (
        "MQ",
        "DynamicPolicyName",
        "the role of the function has the statements, not a policy of SAM's",
    ),
    ("MQ", "SecretsManagerKmsKeyId", "the role of the function has the statement"),
    ("SNS", "SqsSubscription", "`sqs` has the queue, and the queue its subscription"),
    ("Schedule", "Enabled", "`State` says the same"),
    ("ScheduleV2", "KmsKeyArn", "the input is the user's own text, and no secret"),
    ("ScheduleV2", "PermissionsBoundary", "the role of a schedule may invoke one function alone"),
    ("SelfManagedKafka", "BisectBatchOnFunctionError", "Lambda has it for MSK alone"),
    ("SelfManagedKafka", "KmsKeyArn", "Lambda encrypts filters with its own key"),
];

/// What the translator knows and what the golden templates have.
struct Known {
    function: BTreeSet<String>,
    events: BTreeMap<String, BTreeSet<String>>,
    used_events: BTreeMap<String, BTreeSet<String>>,
}

fn read_names(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn read_events(value: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let events = value.as_object().unwrap().iter();
    events.map(|(event, names)| (event.clone(), read_names(names))).collect()
}

/// Returns the output of `coverage.py`, which runs once.
fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let cases = workspace::template_cases().into_iter();
        // An application that another tool deploys has no template.
        let templates =
            cases.map(|case| case.join("template.yaml")).filter(|template| template.is_file());
        let output = toolbox::tool("coverage").args(templates).json();
        Known {
            function: read_names(&output["function"]),
            events: read_events(&output["events"]),
            used_events: read_events(&output["used"]["events"]),
        }
    })
}

/// Returns whether a key of `#[function]` or a trigger sets a property or a part of it, or Skylift itself does.
fn is_set_by_key(property: &str) -> bool {
    let mut keyed =
        function_keys::keyed_properties().chain(function_keys::optionally_keyed_properties());
    keyed.any(|(keyed, _)| keyed.split('.').next() == Some(property))
        || function_keys::MANAGED_PROPERTIES.contains(&property)
        || property == function_keys::FUNCTION_URL_CONFIG
}

/// Returns the properties of the events that no golden template shows, each with its type.
fn missing_of_events() -> Vec<(&'static str, &'static str)> {
    let known = known();
    let used = |event: &str, property: &str| {
        known.used_events.get(event).is_some_and(|used| used.contains(property))
    };
    let all = known.events.iter().flat_map(|(event, properties)| {
        properties.iter().map(move |property| (event.as_str(), property.as_str()))
    });
    all.filter(|(event, property)| !used(event, property)).collect()
}

#[test]
fn each_property_of_a_function_has_a_key_or_a_reason() {
    let known = known();
    let listed: BTreeSet<&str> = FUNCTION.iter().map(|(name, _)| *name).collect();
    let names = known.function.iter().map(String::as_str);
    let without: BTreeSet<&str> = names.filter(|name| !is_set_by_key(name)).collect();
    assert_eq!(without, listed, "the left ones have no key, and the right ones have a reason");
    let (all, typed) = (known.function.len(), known.function.len() - without.len());
    println!("properties of a function: {all} of {all}: {typed} have keys, and these do not:");
    for (name, because) in FUNCTION {
        println!("    {name}: {because}");
    }
}

#[test]
fn each_property_of_an_event_is_in_a_golden_template_or_has_a_reason() {
    let missing = missing_of_events();
    let covers = |(event, name, _): &(&str, &str, &str), (of, property): (&str, &str)| {
        *event == of && (*name == "*" || *name == property)
    };
    let open: Vec<String> = missing
        .iter()
        .filter(|missing| !EVENTS.iter().any(|listed| covers(listed, **missing)))
        .map(|(event, property)| format!("{event}.{property}"))
        .collect();
    assert!(open.is_empty(), "no golden template has these properties of events: {open:?}");
    for listed in EVENTS {
        let is_used = known().used_events.contains_key(listed.0) && listed.1 == "*";
        let is_needed = missing.iter().any(|missing| covers(listed, *missing)) && !is_used;
        assert!(
            is_needed,
            "`{}.{}` is on the list, and a golden template has it",
            listed.0, listed.1
        );
    }
    let (all, without) = (known().events.values().map(BTreeSet::len).sum::<usize>(), missing.len());
    println!(
        "properties of events: {all} of {all}: {} are typed, and these are not:",
        all - without
    );
    for (event, name, because) in EVENTS {
        println!("    {event}.{name}: {because}");
    }
}

/// SAM's events, apart from the old name of one, each with the source that has it. The sources of the second list have no
/// event in SAM.
const SOURCES: &[(&str, &str)] = &[
    ("AlexaSkill", "alexa"),
    ("Api", "rest"),
    ("CloudWatchLogs", "logs"),
    ("Cognito", "cognito"),
    ("DocumentDB", "documentdb"),
    ("DynamoDB", "dynamodb"),
    ("EventBridgeRule", "event"),
    ("HttpApi", "http"),
    ("IoTRule", "iot"),
    ("Kinesis", "kinesis"),
    ("MQ", "mq"),
    ("MSK", "msk"),
    ("S3", "s3"),
    ("SNS", "sns"),
    ("SQS", "sqs"),
    ("Schedule", "schedule"),
    ("ScheduleV2", "schedule"),
    ("SelfManagedKafka", "kafka"),
];

#[test]
fn each_event_of_sam_is_in_the_list_of_sources() {
    let events: BTreeSet<&str> =
        known().events.keys().map(String::as_str).filter(|it| *it != "CloudWatchEvent").collect();
    assert_eq!(events, SOURCES.iter().map(|(event, _)| *event).collect());
    let has = |source: &str| Trigger::NAMES.contains(&source);
    let typed = SOURCES.iter().filter(|(_, source)| has(source)).count();
    println!("event sources of SAM: {typed} of {}", SOURCES.len());
    for (event, source) in SOURCES.iter().filter(|(_, source)| !has(source)) {
        let is_listed = EVENTS.iter().any(|(listed, name, _)| listed == event && *name == "*");
        assert!(is_listed, "`{event}` has no source `{source}`, and no reason");
    }
    let of_sam = |source: &str| SOURCES.iter().any(|(_, of)| *of == source);
    let beside: Vec<&str> = Trigger::NAMES.iter().copied().filter(|it| !of_sam(it)).collect();
    println!("event sources beside those of SAM: {}", beside.join(", "));
}
