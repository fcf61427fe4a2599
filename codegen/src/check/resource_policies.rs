//! Checks that a bucket, a queue, a topic, a stream or a secret has one policy. CloudFormation applies every policy of a template to its
//! resource, and AWS keeps the last one: a second policy replaces the first without a word. It takes the stack and
//! the overlay, and returns an error at each policy of the overlay whose resource has a policy already. Also checks that the
//! policy of a table does not refer to the table.

use std::collections::{HashMap, HashSet};

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem};
use skylift_model::resource::ResourceKind;

use crate::messages;
use crate::overlay::{Overlay, OverlayEntry, OverlayError, Section};
use crate::stack::references::{add_map_references, add_references};
use crate::stack::{Purpose, Resource, Stack};

/// The CloudFormation types of policies of one resource or several, each with the property that names the resources.
const POLICIES: [(&str, &str); 7] = [
    ("AWS::Kinesis::ResourcePolicy", "ResourceArn"),
    ("AWS::S3::BucketPolicy", "Bucket"),
    ("AWS::SNS::TopicInlinePolicy", "TopicArn"),
    ("AWS::SNS::TopicPolicy", "Topics"),
    ("AWS::SQS::QueueInlinePolicy", "Queue"),
    ("AWS::SQS::QueuePolicy", "Queues"),
    ("AWS::SecretsManager::ResourcePolicy", "SecretId"),
];

/// The types of the policies of resources that have no other statements than those of the user.
const WITHOUT_TLS: [&str; 2] =
    ["AWS::Kinesis::ResourcePolicy", "AWS::SecretsManager::ResourcePolicy"];

/// The policy that a resource has already.
enum FirstPolicy<'a> {
    /// A policy that Skylift generates.
    Generated(&'a Resource),
    /// A policy of the overlay.
    Overlay(&'a OverlayEntry),
}

/// Returns an error for each policy of the overlay whose resource has a policy already.
pub(crate) fn check_resource_policies(
    app: &App,
    stack: &Stack,
    overlay: &Overlay,
) -> Vec<OverlayError> {
    let mut errors = Vec::new();
    let entries: Vec<&OverlayEntry> = overlay.entries_of(Section::Resources).collect();
    if entries.is_empty() {
        return errors;
    }
    let names = fixed_names(app);
    let mut first: HashMap<String, FirstPolicy<'_>> = HashMap::new();
    for resource in stack.all_resources() {
        for id in policy_targets(resource.kind, &resource.properties, &names) {
            first.insert(id, FirstPolicy::Generated(resource));
        }
    }
    for entry in entries {
        for id in entry_targets(entry, &names) {
            match first.get(&id) {
                Some(FirstPolicy::Generated(policy)) => {
                    let own = policy.owner.purpose == Purpose::Policy;
                    let owner = policy.owner.describe(app);
                    let message = messages::second_policy_of_resource(
                        &id,
                        &policy.id,
                        &owner,
                        own,
                        !WITHOUT_TLS.contains(&policy.kind),
                    );
                    errors.push(OverlayError::new(&entry.origin, message));
                }
                Some(FirstPolicy::Overlay(other)) => {
                    // Two conditions can exclude each other.
                    if !has_condition(entry) && !has_condition(other) {
                        let message =
                            messages::second_policy_of_overlay(&id, &other.name, &other.origin);
                        errors.push(OverlayError::new(&entry.origin, message));
                    }
                }
                None => {
                    first.insert(id, FirstPolicy::Overlay(entry));
                }
            }
        }
    }
    errors
}

/// Returns a problem for each table whose policies refer to the table: they are a part of it, so CloudFormation would have
/// to create the table before itself.
pub(crate) fn check_own_references(app: &App) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, resource) in app.resources.iter().enumerate() {
        let is_part = resource.kind() == ResourceKind::Table && resource.is_created();
        let mut references = HashSet::new();
        for statement in resource.policy.iter().chain(&resource.stream_policy).filter(|_| is_part) {
            add_map_references(statement, &mut references);
        }
        if references.contains(resource.id.as_str()) {
            let id = resource.id.to_string();
            let message = messages::policy_refers_to_its_table(&id);
            let (item, at) = (ItemIndex::Resource(index), PlaceInItem::Property(id));
            problems.push(Problem { item, at, message });
        }
    }
    problems
}

/// Returns the logical ids of the application's resources by the names that the user set for them.
fn fixed_names(app: &App) -> HashMap<&str, &str> {
    let created = app.resources.iter().filter(|resource| resource.is_created());
    created.filter_map(|it| Some((it.physical_name()?, it.id.as_str()))).collect()
}

/// Returns whether a resource of the overlay has a condition.
fn has_condition(entry: &OverlayEntry) -> bool {
    matches!(&entry.node, Node::Map(map) if map.get("Condition").is_some())
}

/// Returns the logical ids of the resources that a resource of the overlay sets the policy of: by itself, or by a
/// policy that SAM generates for it.
fn entry_targets(entry: &OverlayEntry, names: &HashMap<&str, &str>) -> Vec<String> {
    let Node::Map(resource) = &entry.node else { return Vec::new() };
    let Some(Node::Map(properties)) = resource.get("Properties") else { return Vec::new() };
    match entry.kind() {
        Some("AWS::Serverless::Function") => {
            let Some(Node::Map(events)) = properties.get("Events") else { return Vec::new() };
            let path = ["Properties", "SqsSubscription", "QueueUrl"];
            let queues = events.iter().filter_map(|(_, event)| find_path(event, &path));
            queues.flat_map(|queue| named_resources(queue, names)).collect()
        }
        Some(kind) => policy_targets(kind, properties, names),
        None => Vec::new(),
    }
}

/// Returns the value at a path of keys in maps.
fn find_path<'a>(node: &'a Node, path: &[&str]) -> Option<&'a Node> {
    path.iter().try_fold(node, |node, key| match node {
        Node::Map(map) => map.get(key),
        _ => None,
    })
}

/// Returns the logical ids of the resources that a policy of this type applies to; none if the type is not that of a
/// policy.
fn policy_targets(kind: &str, properties: &Map, names: &HashMap<&str, &str>) -> Vec<String> {
    let property = POLICIES.iter().find(|(policy, _)| *policy == kind);
    let targets = property.and_then(|(_, property)| properties.get(property));
    targets.map(|node| named_resources(node, names)).unwrap_or_default()
}

/// Returns the logical ids of the resources that a node names: by references, or by the names, ARNs and URLs of
/// resources whose name the user set.
fn named_resources(node: &Node, names: &HashMap<&str, &str>) -> Vec<String> {
    let mut references = HashSet::new();
    add_references(node, &mut references);
    let pseudo = |name: &&str| !name.starts_with("AWS::");
    let mut ids: Vec<String> = references.into_iter().filter(pseudo).map(str::to_owned).collect();
    let items = match node {
        Node::Seq(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    for item in items {
        let text = match item {
            Node::Str(text) => text,
            Node::Tag("Sub", argument) => match &**argument {
                Node::Str(text) => text,
                _ => continue,
            },
            _ => continue,
        };
        let name = text.rsplit([':', '/']).next().unwrap_or_default();
        ids.extend(names.get(name).map(|id| (*id).to_owned()));
    }
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use skylift_model::problem::PlaceInItem;

    use crate::testing::assemble_unchecked;

    const SOURCE: &str = r#"#[resource(queue)]
pub struct Jobs;
#[resource(bucket(name = "films-of-acme"))]
pub struct Films;
#[resource(topic)]
pub struct News;
#[resource(queue(tls_only = false))]
pub struct Open;
#[resource(stream(policy = { "Effect": "Allow", "Principal": { "AWS": "123456789012" }, "Action": "kinesis:PutRecord" }))]
pub struct Clicks;
#[resource(secret(policy = { "Effect": "Allow", "Principal": { "AWS": "123456789012" }, "Action": "secretsmanager:GetSecretValue" }))]
pub struct Token;
#[resource(stream)]
pub struct Taps;
#[function]
async fn take() -> Result<(), Error> { Ok(()) }"#;

    /// Returns the errors for these resources of the overlay.
    fn errors(resources: &str) -> Vec<String> {
        let overlay = crate::overlay::read_for_test(&format!("Resources:\n{resources}"));
        let errors = assemble_unchecked(SOURCE, &overlay).errors;
        errors.iter().map(|it| it.in_folder(Path::new("")).to_string()).collect()
    }

    fn policy(kind: &str, properties: &str) -> String {
        let is_other = kind.ends_with("::ResourcePolicy");
        let document = if is_other { "ResourcePolicy" } else { "PolicyDocument" };
        format!(
            "  Mine:\n    Type: {kind}\n    Properties: {{{properties}, {document}: {{Statement: []}}}}\n"
        )
    }

    #[test]
    fn a_second_policy_of_a_resource_is_an_error_that_names_both() {
        for (kind, properties, id) in [
            ("AWS::SQS::QueuePolicy", "Queues: [!Ref Jobs]", "Jobs"),
            ("AWS::SQS::QueuePolicy", "Queues: [!Ref Open, !GetAtt Jobs.QueueUrl]", "Jobs"),
            ("AWS::SQS::QueuePolicy", "Queues: [{'Fn::Sub': '${Jobs}'}]", "Jobs"),
            ("AWS::SQS::QueuePolicy", "Queues: [!Ref JobsDeadLetters]", "JobsDeadLetters"),
            ("AWS::SQS::QueueInlinePolicy", "Queue: !Ref Jobs", "Jobs"),
            ("AWS::S3::BucketPolicy", "Bucket: !Ref Films", "Films"),
            ("AWS::S3::BucketPolicy", "Bucket: films-of-acme", "Films"),
            ("AWS::SNS::TopicPolicy", "Topics: [!Ref News]", "News"),
            ("AWS::SNS::TopicInlinePolicy", "TopicArn: !GetAtt News.TopicArn", "News"),
            ("AWS::Kinesis::ResourcePolicy", "ResourceArn: !GetAtt Clicks.Arn", "Clicks"),
            ("AWS::SecretsManager::ResourcePolicy", "SecretId: !Ref Token", "Token"),
        ] {
            let found = errors(&policy(kind, properties));
            let [error] = found.as_slice() else { panic!("{properties}: {found:?}") };
            let begin = format!("extra.yaml:2:3: `{id}` has a policy already, `{id}Policy`");
            assert!(error.starts_with(&begin), "{properties}: {error}");
        }
        let found = errors(&policy("AWS::SQS::QueuePolicy", "Queues: [!Ref Jobs]"));
        assert!(
            found[0].contains("help: write its statements in the struct: `policy = [{ … }]`"),
            "{found:?}"
        );
    }

    #[test]
    fn the_policy_of_a_stream_or_a_secret_has_no_other_statements() {
        let stream = policy("AWS::Kinesis::ResourcePolicy", "ResourceArn: !GetAtt Clicks.Arn");
        let found = errors(&stream);
        assert!(
            found[0].ends_with("help: write its statements in the struct: `policy = [{ … }]`"),
            "{found:?}"
        );
        assert_eq!(errors(&stream.replace("Clicks", "Taps")), [""; 0]);
    }

    #[test]
    fn the_policy_of_a_table_does_not_refer_to_the_table() {
        let problems = |key: &str, resource: &str| {
            let source = format!(
                r#"#[resource(table(key = "id", stream = keys, {key} = {{ "Effect": "Allow", "Principal": {{ "AWS": "123456789012" }}, "Action": "dynamodb:*", "Resource": {resource} }}))]
pub struct Orders;
#[resource(queue)]
pub struct Jobs;
#[function]
async fn take() -> Result<(), Error> {{ Ok(()) }}"#
            );
            let overlay = crate::overlay::Overlay::default();
            let notes = assemble_unchecked(&source, &overlay).notes;
            let problems = notes.into_iter().flat_map(|(_, note)| note.problems);
            problems.map(|it| (it.at, it.message.text)).collect::<Vec<_>>()
        };
        let own = || {
            (
                PlaceInItem::Property("Orders".to_owned()),
                "the policy is a part of `Orders`, which cannot refer to itself".to_owned(),
            )
        };
        for key in ["policy", "stream_policy"] {
            assert_eq!(problems(key, r#"{ "Fn::GetAtt": ["Orders", "Arn"] }"#), [own()], "{key}");
            assert_eq!(problems(key, r#"{ "Fn::GetAtt": ["Jobs", "Arn"] }"#), []);
        }
        assert_eq!(problems("policy", r#"{ "Fn::Sub": "${Orders.Arn}/index/*" }"#), [own()]);
    }

    #[test]
    fn sams_policy_for_a_subscription_is_a_second_one() {
        let event = "{Type: SNS, Properties: {Topic: !Ref News, SqsSubscription: {QueueArn: !GetAtt Jobs.Arn, QueueUrl: !Ref Jobs}}}";
        let function = format!(
            "  Other:\n    Type: AWS::Serverless::Function\n    Properties: {{Events: {{A: {event}}}}}\n"
        );
        let found = errors(&function);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("`Jobs` has a policy already, `JobsPolicy`"), "{found:?}");
    }

    #[test]
    fn one_policy_is_right_and_two_of_the_overlay_are_not() {
        let open = policy("AWS::SQS::QueuePolicy", "Queues: [!Ref Open, https://sqs/1/other]");
        assert_eq!(errors(&open), [""; 0]);
        let second = open.replace("Mine", "Second");
        let found = errors(&format!("{open}{second}"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("`Open` has a policy already, `Mine` at extra.yaml:2"),
            "{found:?}"
        );
        let conditional = second.replace("    Type:", "    Condition: Prod\n    Type:");
        let conditions = "Conditions:\n  Prod: !Equals [a, a]\n";
        assert_eq!(errors(&format!("{open}{conditional}{conditions}")), [""; 0]);
        let export = "  Mine:\n    Type: AWS::SQS::QueuePolicy\n    Properties: {Queues: [!ImportValue a], PolicyDocument: {Statement: []}}\n";
        assert_eq!(errors(export), [""; 0]);
    }
}
