//! The ARNs that references in `allow` make: `${Jobs.Arn}` and `arn:aws:s3:::${Uploads}/*`. It takes the statements of a
//! function and the types of the resources, and reports references that are no ARN or no part of one, and ARNs that the
//! statement's actions are not about. A resource of an unknown type can be anything.

use skylift_model::allow_statement::AllowStatement;
use skylift_model::aws::arn;
use skylift_model::aws::iam_statement::{StatementPart, check_statement};
use skylift_model::aws::sub_text::{SubReference, SubText};
use skylift_model::aws::value::CfnValue;
use skylift_model::message::Message;

use crate::messages;

/// The value of `Ref` for a type of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RefValue {
    Arn,
    Name,
    Url,
}

/// Types of resources, each with the value of `Ref`, the attribute that is the ARN, and the service and the last part of
/// the ARN. `*` is in the place of the name. AWS: "Return values" of each type in the CloudFormation Template Reference.
const TYPES: &[(&str, RefValue, &str, &str, &str)] = &[
    ("AWS::DynamoDB::GlobalTable", RefValue::Name, "Arn", "dynamodb", "table/*"),
    ("AWS::DynamoDB::Table", RefValue::Name, "Arn", "dynamodb", "table/*"),
    ("AWS::Events::EventBus", RefValue::Name, "Arn", "events", "event-bus/*"),
    ("AWS::IAM::Role", RefValue::Name, "Arn", "iam", "role/*"),
    ("AWS::KMS::Key", RefValue::Name, "Arn", "kms", "key/*"),
    ("AWS::Kinesis::Stream", RefValue::Name, "Arn", "kinesis", "stream/*"),
    ("AWS::KinesisFirehose::DeliveryStream", RefValue::Name, "Arn", "firehose", "deliverystream/*"),
    ("AWS::Lambda::Function", RefValue::Name, "Arn", "lambda", "function:*"),
    ("AWS::Logs::LogGroup", RefValue::Name, "Arn", "logs", "log-group:*"),
    ("AWS::S3::Bucket", RefValue::Name, "Arn", "s3", "*"),
    ("AWS::SNS::Topic", RefValue::Arn, "TopicArn", "sns", "*"),
    ("AWS::SQS::Queue", RefValue::Url, "Arn", "sqs", "*"),
    ("AWS::SecretsManager::Secret", RefValue::Arn, "Id", "secretsmanager", "secret:*"),
    ("AWS::Serverless::Function", RefValue::Name, "Arn", "lambda", "function:*"),
    ("AWS::Serverless::StateMachine", RefValue::Arn, "Arn", "states", "stateMachine:*"),
    ("AWS::StepFunctions::StateMachine", RefValue::Arn, "Arn", "states", "stateMachine:*"),
];

/// A text that a reference has after the deployment.
enum Replacement {
    Arn(String),
    Name(String),
    /// A URL, with the attribute that is the ARN.
    Url(&'static str),
}

/// Checks a statement of `allow`. `kind_of` returns the type of the resource with a logical id, if that is known.
/// Returns each mistake with the index of the resource in the statement.
pub(super) fn check_allowed_arns<'a>(
    allow: &AllowStatement,
    kind_of: &dyn Fn(&str) -> Option<&'a str>,
) -> Vec<(usize, Message)> {
    let mut mistakes = Vec::new();
    let mut arns: Vec<Option<ReplacedArn>> = Vec::new();
    for (number, value) in allow.resources.iter().enumerate() {
        arns.push(match value {
            CfnValue::Literal(text) => {
                Some(ReplacedArn { text: text.clone(), ..Default::default() })
            }
            CfnValue::Sub(text) => match replace_references(text, kind_of) {
                Ok(replaced) => replaced,
                Err(message) => {
                    mistakes.push((number, message));
                    None
                }
            },
            _ => None,
        });
    }
    if !mistakes.is_empty() {
        return mistakes;
    }
    let actions: Vec<&str> = allow.actions.iter().map(String::as_str).collect();
    let texts: Vec<Option<&str>> =
        arns.iter().map(|arn| arn.as_ref().map(|it| it.text.as_str())).collect();
    let has_references =
        |number: &usize| matches!(&arns[*number], Some(arn) if !arn.replaced.is_empty());
    let first = (0..arns.len()).find(has_references);
    for (part, message) in check_statement(&actions, &texts) {
        let number = match part {
            StatementPart::Resource(number) => Some(number).filter(has_references),
            StatementPart::Action(_) => first,
        };
        // A mistake without references is an error of the attribute's reader.
        let Some(number) = number else { continue };
        let written = |text: &str| {
            let all = arns.iter().flatten().flat_map(|arn| &arn.replaced);
            all.fold(text.to_owned(), |text, (written, example)| text.replace(example, written))
        };
        let Message { text, help } = &message;
        let shown = Message { text: written(text), help: help.as_deref().map(written) };
        mistakes.push((number, shown));
    }
    mistakes
}

/// An ARN with examples in the place of references.
#[derive(Default)]
struct ReplacedArn {
    text: String,
    /// Each reference as the user wrote it, with its example.
    replaced: Vec<(String, String)>,
}

/// Returns the ARN with examples in the place of references; `None` if the types of its resources are not known.
///
/// # Errors
///
/// Returns a message if a reference is no ARN where an ARN begins, or cannot be a part of an ARN.
fn replace_references<'a>(
    text: &SubText,
    kind_of: &dyn Fn(&str) -> Option<&'a str>,
) -> Result<Option<ReplacedArn>, Message> {
    let mut arn = ReplacedArn { text: text.written(), replaced: Vec::new() };
    let mut is_known = true;
    for reference in text.references() {
        let written = match &reference.attribute {
            Some(attribute) => format!("${{{}.{attribute}}}", reference.id),
            None => format!("${{{}}}", reference.id),
        };
        let Some((before, after)) = arn.text.split_once(&written) else { continue };
        let replacement = kind_of(&reference.id).and_then(|kind| replacement_for(reference, kind));
        let whole = |attribute: &str| format!("${{{}.{attribute}}}{after}", reference.id);
        let example = match (replacement, before) {
            (Some(Replacement::Arn(example)), "") => example,
            (Some(Replacement::Name(name)), before) if !before.is_empty() => name,
            (Some(Replacement::Arn(_)), _) => {
                return Err(messages::arn_in_an_arn(&written, &format!("{written}{after}")));
            }
            (Some(Replacement::Name(_)), _) => {
                return Err(messages::name_for_an_arn(&written, "name", &whole("Arn")));
            }
            (Some(Replacement::Url(attribute)), _) => {
                return Err(messages::name_for_an_arn(&written, "URL", &whole(attribute)));
            }
            (None, _) => {
                is_known = false;
                continue;
            }
        };
        arn.text = format!("{before}{example}{after}");
        arn.replaced.push((written, example));
    }
    Ok(is_known.then_some(arn))
}

/// Returns an example of what a reference to a resource of this type is. Returns `None` if that is not known.
fn replacement_for(reference: &SubReference, kind: &str) -> Option<Replacement> {
    let (_, value, arn_attribute, service, resource) =
        TYPES.iter().find(|(known, ..)| *known == kind)?;
    let name = format!("example-of-{}", reference.id);
    let place = match *service {
        "s3" => ":",
        "iam" => ":123456789012",
        _ => "eu-west-1:123456789012",
    };
    let arn = || {
        let resource = resource.replace('*', &name);
        Replacement::Arn(format!("{}aws:{service}:{place}:{resource}", arn::PREFIX))
    };
    match (&reference.attribute, value) {
        (Some(attribute), _) => (attribute == arn_attribute).then(arn),
        (None, RefValue::Arn) => Some(arn()),
        (None, RefValue::Name) => Some(Replacement::Name(name)),
        (None, RefValue::Url) => Some(Replacement::Url(arn_attribute)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: &[(&str, &str)] = &[
        ("Bucket", "AWS::S3::Bucket"),
        ("Jobs", "AWS::SQS::Queue"),
        ("Orders", "AWS::DynamoDB::Table"),
        ("News", "AWS::SNS::Topic"),
        ("Other", "AWS::AppSync::GraphQLApi"),
    ];

    fn check(actions: &[&str], resources: &[&str]) -> Vec<(usize, String)> {
        let allow = AllowStatement {
            actions: actions.iter().map(|it| (*it).to_owned()).collect(),
            resources: resources
                .iter()
                .map(|it| CfnValue::Sub(SubText::parse(it).unwrap()))
                .collect(),
            ..AllowStatement::default()
        };
        let kind_of = |id: &str| KINDS.iter().find(|(known, _)| *known == id).map(|it| it.1);
        let mistakes = check_allowed_arns(&allow, &kind_of);
        mistakes.into_iter().map(|(number, message)| (number, message.full())).collect()
    }

    #[test]
    fn references_that_make_arns_are_accepted() {
        for (actions, resources) in [
            (&["s3:GetObject"][..], &["${Bucket.Arn}/*"][..]),
            (&["s3:GetObject"], &["arn:aws:s3:::${Bucket}/*"]),
            (&["s3:GetObject", "s3:ListBucket"], &["${Bucket.Arn}", "${Bucket.Arn}/*"]),
            (&["sns:Publish"], &["${News}"]),
            (&["sns:Publish"], &["${News.TopicArn}"]),
            (&["dynamodb:Query"], &["${Orders.Arn}/index/*"]),
            (
                &["dynamodb:Query"],
                &["arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Orders}"],
            ),
            (
                &["sqs:SendMessage"],
                &["arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Jobs.QueueName}"],
            ),
            (&["appsync:GraphQL"], &["${Other}"]),
            (&["s3:GetObject"], &["${Parameter}"]),
        ] {
            assert_eq!(check(actions, resources), [], "{resources:?}");
        }
    }

    #[test]
    fn a_reference_that_makes_no_arn_is_an_error() {
        for (action, arn, expected) in [
            (
                "sqs:SendMessage",
                "${Jobs}",
                "`${Jobs}` is a URL, and a resource of `allow` is an ARN\n\nhelp: write `${Jobs.Arn}`",
            ),
            (
                "sqs:SendMessage",
                "arn:aws:sqs:eu-west-1:123456789012:${Jobs}",
                "`${Jobs}` is a URL, and a resource of `allow` is an ARN\n\nhelp: write `${Jobs.Arn}`",
            ),
            (
                "s3:GetObject",
                "${Bucket}/*",
                "`${Bucket}` is a name, and a resource of `allow` is an ARN\n\nhelp: write `${Bucket.Arn}/*`",
            ),
            (
                "s3:GetObject",
                "arn:aws:s3:::${Bucket.Arn}/*",
                "`${Bucket.Arn}` is a whole ARN, and no part of one\n\nhelp: write `${Bucket.Arn}/*`",
            ),
            (
                "sns:Publish",
                "arn:aws:sns:eu-west-1:123456789012:${News}",
                "`${News}` is a whole ARN, and no part of one\n\nhelp: write `${News}`",
            ),
            (
                "s3:GetObject",
                "${Bucket.Arn}",
                "`s3:GetObject` is about objects, and `${Bucket.Arn}` is the ARN of a bucket\n\nhelp: write `${Bucket.Arn}/*`",
            ),
            (
                "s3:GetObject",
                "arn:aws:s3:::${Bucket}",
                "`s3:GetObject` is about objects, and `arn:aws:s3:::${Bucket}` is the ARN of a bucket\n\nhelp: write `arn:aws:s3:::${Bucket}/*`",
            ),
            (
                "s3:GetObject",
                "${Jobs.Arn}",
                "`s3:GetObject` is not about ARNs of `sqs`\n\nhelp: write an ARN of `s3`, or an action of `sqs`",
            ),
            (
                "dynamodb:GetItem",
                "arn:aws:dynamodb:eu-west-1:123456789012:${Orders}",
                "`${Orders}` needs the type of the resource before it in an ARN of `dynamodb`, such as `table/`\n\nhelp: write `arn:aws:dynamodb:eu-west-1:123456789012:table/${Orders}`",
            ),
        ] {
            assert_eq!(check(&[action], &[arn]), [(0, expected.to_owned())]);
        }
    }
}
