//! Where the outcomes of asynchronous invocations go: `EventInvokeConfig.DestinationConfig`, a property that
//! the user sets. SAM would have allowed Lambda to send there, and makes a queue or a topic where none is
//! named: it does the second, and the role of ours allows the first.

use skylift_model::Function;
use skylift_model::aws::node::{Map, Node};

use crate::resource::arn::arn_of_part;
use crate::source::Calls;

/// The outcomes that have a destination.
const OUTCOMES: [&str; 2] = ["OnSuccess", "OnFailure"];

/// A destination.
pub(super) struct Destination {
    /// What Lambda does to send there, with the function's role.
    pub(super) calls: Calls,
    /// The id of what SAM makes for it, where the user names none.
    pub(super) made: Option<String>,
}

/// The id of the configuration that SAM makes of all that is said of asynchronous invocations.
pub(super) fn config_id(function: &Function) -> String {
    format!("{}EventInvokeConfig", function.id)
}

/// The destinations among the properties of the user's own.
pub(super) fn of(function: &Function) -> Vec<Destination> {
    let Some(config) = map(function.properties.get("EventInvokeConfig")) else { return Vec::new() };
    let Some(destinations) = map(config.get("DestinationConfig")) else { return Vec::new() };
    let of = |outcome| destination(map(destinations.get(outcome))?, outcome, function);
    OUTCOMES.into_iter().filter_map(of).collect()
}

fn map(node: Option<&Node>) -> Option<&Map> {
    match node {
        Some(Node::Map(map)) => Some(map),
        _ => None,
    }
}

/// None of a type that SAM does not know: it says so itself.
fn destination(written: &Map, outcome: &str, function: &Function) -> Option<Destination> {
    let Some(Node::Str(kind)) = written.get("Type") else { return None };
    let named = written.get("Destination").filter(|arn| **arn != Node::Null);
    let made = |what| format!("{}{outcome}{what}", config_id(function));
    let (made, arn) = match (named, kind.as_str()) {
        (Some(arn), _) => (None, arn.clone()),
        (None, "SQS") => (Some(made("Queue")), Node::attribute(made("Queue"), "Arn")),
        (None, "SNS") => (Some(made("Topic")), Node::reference(made("Topic"))),
        (None, _) => return None,
    };
    let calls: Calls = match kind.as_str() {
        "SQS" => vec![(&["sqs:SendMessage"], arn)],
        "SNS" => vec![(&["sns:Publish"], arn)],
        "Lambda" => vec![(&["lambda:InvokeFunction"], arn)],
        "EventBridge" => vec![(&["events:PutEvents"], arn)],
        "S3Bucket" => {
            vec![(&["s3:PutObject"], arn_of_part(&arn, "/*")), (&["s3:ListBucket"], arn)]
        }
        _ => return None,
    };
    Some(Destination { calls, made })
}
