//! The policy statements that users write: actions and the ARNs of the resources for which they are allowed. Takes both,
//! and finds ARNs and actions that do not belong together, such as `s3:GetObject` on the ARN of a bucket. IAM accepts
//! such a statement, and allows nothing by it.

use super::iam_action::means_only;
use super::iam_resource::{self, ArnPattern, is_wild};
use super::iam_service;
use crate::message::Message;
use crate::messages::permissions as messages;

/// Services whose actions are only about ARNs of the listed services.
const ARNS_OF_ACTIONS: &[(&str, &[&str])] = &[
    ("cognito-idp", &["cognito-idp", "wafv2"]),
    ("dynamodb", &["dynamodb"]),
    ("ecr", &["ecr"]),
    ("events", &["events", "kms"]),
    ("execute-api", &["execute-api"]),
    ("firehose", &["firehose"]),
    ("iam", &["iam"]),
    ("kinesis", &["kinesis", "kms"]),
    ("kms", &["kms"]),
    ("lambda", &["lambda"]),
    ("logs", &["logs"]),
    ("rds-data", &["rds"]),
    ("s3", &["s3", "s3-object-lambda"]),
    ("scheduler", &["scheduler"]),
    ("secretsmanager", &["secretsmanager"]),
    ("ses", &["ses"]),
    ("sns", &["sns"]),
    ("sqs", &["sqs"]),
    ("ssm", &["ssm", "s3", "iam", "ec2", "ecs"]),
    ("states", &["states"]),
    ("sts", &["iam", "sts"]),
];

/// Actions that IAM allows only for the resource `*`.
const WITHOUT_RESOURCE: &[&str] = &[
    "comprehend:DetectSentiment",
    "dynamodb:DescribeLimits",
    "dynamodb:ListTables",
    "firehose:ListDeliveryStreams",
    "kinesis:ListStreams",
    "kms:CreateKey",
    "kms:GenerateRandom",
    "kms:ListAliases",
    "kms:ListKeys",
    "lambda:GetAccountSettings",
    "lambda:ListFunctions",
    "lambda:ListLayers",
    "rekognition:DetectFaces",
    "rekognition:DetectText",
    "s3:ListAllMyBuckets",
    "secretsmanager:GetRandomPassword",
    "secretsmanager:ListSecrets",
    "sns:ListSubscriptions",
    "sns:ListTopics",
    "sqs:ListQueues",
    "ssm:DescribeParameters",
    "sts:GetCallerIdentity",
    "textract:AnalyzeDocument",
    "textract:DetectDocumentText",
    "transcribe:StartTranscriptionJob",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
];

/// A part of a policy statement, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementPart {
    /// An action.
    Action(usize),
    /// A resource.
    Resource(usize),
}

/// Checks the actions and the resources of a policy statement. A resource is `None` if its ARN is not known. An ARN may
/// have pseudo parameters of CloudFormation, and policy variables, which match any text. Returns each mistake with its
/// place.
#[must_use]
pub fn check_statement(
    actions: &[&str],
    resources: &[Option<&str>],
) -> Vec<(StatementPart, Message)> {
    let mut mistakes = find_mistakes(actions, resources);
    for (_, message) in &mut mistakes {
        message.text = iam_resource::unmask(&message.text);
        message.help = message.help.take().map(|help| iam_resource::unmask(&help));
    }
    mistakes
}

/// Returns a message if the actions of a statement are about ARNs of other services than this one.
#[must_use]
pub fn find_other_service(actions: &[&str], service: &str) -> Option<Message> {
    let mut services = actions.iter().map(|action| services_of(action));
    let first = services.next()??;
    let is_other = |of_action: &[&str]| !of_action.contains(&service);
    let all_are = is_other(first) && services.all(|it| it.is_some_and(is_other));
    all_are.then(|| messages::resource_of_another_service(actions, first[0], service))
}

/// Returns the services whose ARNs an action is about, and `None` if they are not known.
fn services_of(action: &str) -> Option<&'static [&'static str]> {
    let (service, _) = action.split_once(':')?;
    let found = ARNS_OF_ACTIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(service));
    found.map(|(_, services)| *services)
}

/// Checks a statement. The messages have masked ARNs.
fn find_mistakes(actions: &[&str], resources: &[Option<&str>]) -> Vec<(StatementPart, Message)> {
    let mut mistakes = Vec::new();
    let arns: Vec<Option<String>> =
        resources.iter().map(|resource| resource.map(iam_resource::mask)).collect();
    for (number, arn) in arns.iter().enumerate() {
        let Some(arn) = arn else { continue };
        let mistake = iam_resource::check_arn(arn).err().or_else(|| {
            // An action with a mistake of its own is not in the list.
            let mut unfit = actions.iter().map(|action| find_obstacle(action, arn));
            let first = unfit.next()??;
            unfit.all(|it| it.is_some()).then(|| first.describe(actions, resources[number]?))?
        });
        mistakes.extend(mistake.map(|message| (StatementPart::Resource(number), message)));
    }
    if !mistakes.is_empty() {
        return mistakes;
    }
    for (number, action) in actions.iter().enumerate() {
        let mut unfit = arns.iter().map(|arn| find_obstacle(action, arn.as_deref()?));
        let Some(Some(first)) = unfit.next() else { continue };
        if unfit.all(|it| it.is_some())
            && let Some(Some(resource)) = resources.first()
            && let Some(message) = first.describe(&[action], resource)
        {
            mistakes.push((StatementPart::Action(number), message));
        }
    }
    mistakes
}

/// The reason why an action cannot be about an ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Obstacle {
    /// The action takes ARNs of another service. The value is one of them.
    OtherService { action: &'static str, arn: String },
    /// The action is about objects, and the ARN is that of a bucket.
    BucketForObjects,
    /// The action is about buckets, and the ARN is that of objects.
    ObjectsForBucket,
    /// The action takes resources of another type. The value is the beginning of their names.
    OtherType(&'static str),
    /// IAM allows the action only for the resource `*`.
    NoResource,
}

/// Actions that take resources of one type alone, each with the beginning of their names. AWS: "Actions, resources, and
/// condition keys" of the Service Authorization Reference; the alias of a KMS key gives no permission for the key.
const TYPES_OF_ACTIONS: &[(&str, &str)] = &[
    ("kms:Decrypt", "key/"),
    ("kms:DescribeKey", "key/"),
    ("kms:Encrypt", "key/"),
    ("kms:GenerateDataKey", "key/"),
    ("kms:Sign", "key/"),
    ("kms:Verify", "key/"),
    ("states:StartExecution", "stateMachine:"),
    ("states:StartSyncExecution", "stateMachine:"),
    ("states:StopExecution", "execution:"),
];

impl Obstacle {
    /// Returns the message that no action of the statement can take the resource.
    fn describe(&self, actions: &[&str], resource: &str) -> Option<Message> {
        let action = actions.first()?;
        Some(match self {
            Self::OtherService { action: service, arn } => {
                messages::resource_of_another_service(actions, service, arn)
            }
            Self::BucketForObjects => messages::bucket_for_objects(action, resource),
            Self::ObjectsForBucket => {
                let bucket = resource.split('/').next().unwrap_or_default();
                messages::objects_for_bucket(action, bucket)
            }
            Self::OtherType(taken) => messages::resource_of_another_type(action, taken, resource),
            Self::NoResource => messages::action_without_resource(action),
        })
    }
}

/// Returns the reason why an action cannot be about an ARN, and `None` if it may be.
fn find_obstacle(action: &str, arn: &str) -> Option<Obstacle> {
    let arn = ArnPattern::parse(arn)?;
    let without = WITHOUT_RESOURCE.iter().any(|known| known.eq_ignore_ascii_case(action));
    if without && arn.resource != "*" {
        return Some(Obstacle::NoResource);
    }
    let services = services_of(action)?;
    if !services.contains(&arn.service) {
        let is_known = iam_service::is_known(arn.service);
        return is_known
            .then(|| Obstacle::OtherService { action: services[0], arn: arn.service.to_owned() });
    }
    let taken = TYPES_OF_ACTIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(action));
    if let Some((_, taken)) = taken
        && !is_wild(arn.resource.split([':', '/']).next().unwrap_or_default())
        && !arn.resource.starts_with(taken)
    {
        return Some(Obstacle::OtherType(taken));
    }
    // Access points have a region or an account.
    if arn.service != "s3" || !arn.region.is_empty() || !arn.account.is_empty() {
        return None;
    }
    let has_key = arn.resource.contains('/');
    if !has_key && !is_wild(arn.resource) && means_only(action, is_about_objects) {
        return Some(Obstacle::BucketForObjects);
    }
    (has_key && means_only(action, is_about_a_bucket)).then_some(Obstacle::ObjectsForBucket)
}

/// Returns whether an action of S3, without its service, is about objects alone.
fn is_about_objects(name: &str) -> bool {
    const OTHERS: [&str; 3] =
        ["AbortMultipartUpload", "BypassGovernanceRetention", "ListMultipartUploadParts"];
    const VERBS: [&str; 6] = ["Get", "Put", "Delete", "List", "Restore", "Update"];
    let has_verb =
        |verb: &&str| name.strip_prefix(*verb).is_some_and(|it| it.starts_with("Object"));
    OTHERS.contains(&name) || VERBS.iter().any(has_verb)
}

/// Returns whether an action of S3, without its service, is about a bucket alone.
fn is_about_a_bucket(name: &str) -> bool {
    const OTHERS: [&str; 7] = [
        "AccelerateConfiguration",
        "AnalyticsConfiguration",
        "EncryptionConfiguration",
        "InventoryConfiguration",
        "LifecycleConfiguration",
        "MetricsConfiguration",
        "ReplicationConfiguration",
    ];
    let noun =
        ["Get", "Put", "Delete", "List", "Create"].iter().find_map(|it| name.strip_prefix(*it));
    noun.is_some_and(|noun| noun.starts_with("Bucket") || OTHERS.contains(&noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(actions: &[&str], resources: &[&str]) -> Vec<(StatementPart, String)> {
        let resources: Vec<Option<&str>> = resources.iter().copied().map(Some).collect();
        let mistakes = check_statement(actions, &resources);
        mistakes.into_iter().map(|(part, message)| (part, message.full())).collect()
    }

    #[test]
    fn actions_and_resources_that_belong_together_are_accepted() {
        for (actions, resources) in [
            (&["s3:GetObject"][..], &["arn:aws:s3:::acme/*"][..]),
            (&["s3:GetObject"], &["arn:aws:s3:::acme*"]),
            (&["s3:GetObject"], &["arn:aws:s3:::*"]),
            (&["s3:GetObject", "s3:ListBucket"], &["arn:aws:s3:::acme", "arn:aws:s3:::acme/*"]),
            (&["s3:*"], &["arn:aws:s3:::acme"]),
            (&["s3:Get*"], &["arn:aws:s3:::acme"]),
            (&["s3:GetObject"], &["arn:aws:s3:::home-${aws:username}/x", "*"]),
            (&["s3:GetObject"], &["arn:aws:s3:eu-west-1:123456789012:accesspoint/a/object/*"]),
            (&["s3:ListAllMyBuckets"], &["arn:aws:s3:::*"]),
            (&["s3:ListBucket"], &["arn:aws:s3:::*"]),
            (&["s3:GetObject", "sqs:SendMessage"], &["arn:aws:s3:::a/*", "arn:aws:sqs:*:*:jobs"]),
            (&["rds-data:ExecuteStatement"], &["arn:aws:rds:eu-west-1:123456789012:cluster:a"]),
            (&["sts:AssumeRole"], &["arn:aws:iam::123456789012:role/a"]),
            (&["bedrock:InvokeModel"], &["arn:aws:sagemaker:eu-west-1:123456789012:endpoint/a"]),
            (&["s3:GetObject"], &["arn:aws:quantumledgers:eu-west-1:123456789012:a"]),
            (&["*"], &["arn:aws:s3:::acme"]),
            (&["sqs:ListQueues"], &["*"]),
        ] {
            assert_eq!(found(actions, resources), [], "{actions:?} {resources:?}");
        }
        assert_eq!(check_statement(&["s3:GetObject"], &[Some("arn:aws:s3:::acme"), None]).len(), 1);
        assert_eq!(check_statement(&["sqs:SendMessage", "s3:GetObject"], &[None]), []);
    }

    #[test]
    fn an_action_of_one_type_of_resources_takes_no_other() {
        for (action, arn, taken) in [
            ("kms:Decrypt", "arn:aws:kms:eu-west-1:123456789012:alias/shop", "key/"),
            (
                "states:StartExecution",
                "arn:aws:states:eu-west-1:123456789012:execution:checkout:1",
                "stateMachine:",
            ),
        ] {
            let found = found(&[action], &[arn]);
            assert_eq!(found.len(), 1, "{found:?}");
            let message = format!("`{action}` takes the ARN of a `{taken}…`, not `{arn}`");
            assert!(found[0].1.starts_with(&message), "{found:?}");
        }
        for (action, arn) in [
            ("kms:Decrypt", "arn:aws:kms:eu-west-1:123456789012:key/0a1b"),
            ("kms:Decrypt", "arn:aws:kms:eu-west-1:123456789012:*"),
            ("kms:CreateGrant", "arn:aws:kms:eu-west-1:123456789012:key/0a1b"),
            ("states:StartExecution", "arn:aws:states:eu-west-1:123456789012:stateMachine:a"),
        ] {
            assert_eq!(found(&[action], &[arn]), [], "{action} {arn}");
        }
    }

    #[test]
    fn a_resource_that_no_action_is_about_is_an_error() {
        for (actions, resources, expected) in [
            (
                &["s3:GetObject", "s3:PutObject"][..],
                &["arn:aws:s3:::acme"][..],
                "`s3:GetObject` is about objects, and `arn:aws:s3:::acme` is the ARN of a bucket\n\nhelp: write `arn:aws:s3:::acme/*`",
            ),
            (
                &["s3:GetObject*"],
                &["arn:aws:s3:::acme"],
                "`s3:GetObject*` is about objects, and `arn:aws:s3:::acme` is the ARN of a bucket\n\nhelp: write `arn:aws:s3:::acme/*`",
            ),
            (
                &["s3:ListBucket"],
                &["arn:aws:s3:::acme/*"],
                "`s3:ListBucket` is about a bucket, and this is the ARN of objects\n\nhelp: write `arn:aws:s3:::acme`",
            ),
            (
                &["s3:GetObject"],
                &["arn:aws:sqs:eu-west-1:123456789012:jobs"],
                "`s3:GetObject` is not about ARNs of `sqs`\n\nhelp: write an ARN of `s3`, or an action of `sqs`",
            ),
            (
                &["sqs:SendMessage", "s3:GetObject"],
                &["arn:aws:dynamodb:eu-west-1:123456789012:table/a"],
                "none of these actions is about ARNs of `dynamodb`\n\nhelp: write an ARN of `sqs`, or an action of `dynamodb`",
            ),
            (
                &["sts:GetCallerIdentity"],
                &["arn:aws:iam::123456789012:role/a"],
                "IAM allows `sts:GetCallerIdentity` only for all resources\n\nhelp: write `allow(actions = \"sts:GetCallerIdentity\", resources = \"*\")`",
            ),
        ] {
            let mistake = (StatementPart::Resource(0), expected.to_owned());
            assert_eq!(found(actions, resources), [mistake]);
        }
    }

    #[test]
    fn pseudo_parameters_and_policy_variables_stay_as_they_are_written() {
        for (actions, arn, expected) in [
            (
                "s3:GetObject",
                "arn:${AWS::Partition}:s3:::acme-${AWS::AccountId}",
                "help: write `arn:${AWS::Partition}:s3:::acme-${AWS::AccountId}/*`",
            ),
            (
                "s3:ListBucket",
                "arn:aws:s3:::acme/${aws:PrincipalTag/team}",
                "help: write `arn:aws:s3:::acme`",
            ),
            (
                "dynamodb:GetItem",
                "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:orders",
                "help: write `arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders`",
            ),
        ] {
            let found = found(&[actions], &[arn]);
            assert!(found[0].1.ends_with(expected), "{found:?}");
        }
    }

    #[test]
    fn an_action_that_no_resource_is_for_is_an_error() {
        for (actions, resources, expected) in [
            (
                &["s3:ListBucket", "s3:GetObject"][..],
                &["arn:aws:s3:::acme"][..],
                "`s3:GetObject` is about objects, and `arn:aws:s3:::acme` is the ARN of a bucket\n\nhelp: write `arn:aws:s3:::acme/*`",
            ),
            (
                &["sqs:SendMessage", "sqs:ListQueues"],
                &["arn:aws:sqs:eu-west-1:123456789012:jobs"],
                "IAM allows `sqs:ListQueues` only for all resources\n\nhelp: write `allow(actions = \"sqs:ListQueues\", resources = \"*\")`",
            ),
        ] {
            let mistake = (StatementPart::Action(1), expected.to_owned());
            assert_eq!(found(actions, resources), [mistake]);
        }
    }
}
