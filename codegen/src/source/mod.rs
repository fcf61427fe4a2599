//! What each source is in a template: a file for each, registered here in one line.

mod dynamodb;
pub(crate) mod http;
mod kinesis;
mod mapping;
mod resumed;
pub(crate) mod s3;
mod schedule;
mod sqs;

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

/// What a trigger adds to the template.
#[derive(Default)]
pub(crate) struct Emitted {
    /// Events of the function.
    pub(crate) events: Vec<Event>,
    /// Resources beside the function.
    pub(crate) resources: Vec<Beside>,
    /// What Lambda does for the trigger.
    pub(crate) calls: Calls,
}

/// What Lambda does with the function's own role: actions, and on what.
pub(crate) type Calls = Vec<(&'static [&'static str], Node)>;

/// A resource beside a function.
pub(crate) struct Beside {
    /// Its id.
    pub(crate) id: String,
    /// What it is to the function, for people.
    pub(crate) what: &'static str,
    /// The resource.
    pub(crate) node: Node,
}

/// An event of a `AWS::Serverless::Function`.
pub(crate) struct Event {
    /// What the event's name begins with: one word in camel case.
    pub(crate) stem: String,
    /// Its SAM type.
    pub(crate) kind: EventType,
    /// Its properties.
    pub(crate) properties: Map,
}

/// The types of events that SAM knows and Skylift uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventType {
    DynamoDb,
    EventBridgeRule,
    HttpApi,
    Kinesis,
    Schedule,
    Sqs,
}

impl EventType {
    /// As SAM writes it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::DynamoDb => "DynamoDB",
            Self::EventBridgeRule => "EventBridgeRule",
            Self::HttpApi => "HttpApi",
            Self::Kinesis => "Kinesis",
            Self::Schedule => "Schedule",
            Self::Sqs => "SQS",
        }
    }

    /// The suffixes, behind the names of function and event, of the ids that SAM makes of it.
    pub(crate) const fn generated(self) -> &'static [&'static str] {
        match self {
            Self::EventBridgeRule | Self::Schedule => &["", "Permission"],
            Self::HttpApi => &["Permission"],
            Self::DynamoDb | Self::Kinesis | Self::Sqs => &[""],
        }
    }
}

macro_rules! sources {
    ($($module:ident: $Source:ident,)*) => {
        /// What this trigger of this function adds.
        pub(crate) fn emit(trigger: &Trigger, function: &Function, app: &App) -> Emitted {
            match trigger {
                $(Trigger::$Source(trigger) => $module::emit(trigger, function, app),)*
            }
        }
    };
}

sources! {
    s3: S3,
    schedule: Schedule,
    http: Http,
    sqs: Sqs,
    kinesis: Kinesis,
    dynamodb: DynamoDb,
}

pub(crate) use resumed::resumed;

/// The words of a text as one in camel case, letters and digits only: `GET /orders/{id}` is
/// `GetOrdersId`.
pub(crate) fn camel(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| [word[..1].to_ascii_uppercase(), word[1..].to_owned()]).collect()
}

/// What an event is called after the name of what it brings; a name without a letter or digit gives none,
/// and the event is called after its source.
fn event_stem(name: &str, kind: EventType) -> String {
    let stem = camel(name);
    if stem.is_empty() { kind.as_str().to_owned() } else { stem }
}

/// What names a resource behind the function's own id: a resource that the function brought has
/// that id in front already.
pub(crate) fn stem<'a>(resource: &'a Resource, function: &Function) -> &'a str {
    let id = resource.id.as_str();
    let own = resource.owner.and_then(|_| id.strip_prefix(function.id.as_str()));
    own.filter(|rest| !rest.is_empty()).unwrap_or(id)
}

/// The ARN that invokes a function: its alias where it has one.
pub(crate) fn invoke_arn(function: &Function) -> Node {
    if function.settings.provisioned_concurrency.is_some() {
        Node::reference(format!("{}.Alias", function.id))
    } else {
        Node::attribute(&function.id, "Arn")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_called_after_its_source_where_a_name_has_no_letter() {
        assert_eq!(event_stem("clicks-of_acme", EventType::Kinesis), "ClicksOfAcme");
        assert_eq!(event_stem("___", EventType::Kinesis), "Kinesis");
        assert_eq!(event_stem("---", EventType::Sqs), "SQS");
    }
}
