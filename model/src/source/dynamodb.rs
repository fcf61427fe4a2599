//! `dynamodb`: a function fed with the changes to the items of a table.

use serde::Serialize;

use super::contract::{Refusal, Source, Uses};
use super::document::Document;
use super::facts::{EventType, Facts, Invocation};
use super::placed::{Placed, Resources, check_destination, check_once};
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::ParameterName;
use crate::aws::value::Named;
use crate::place::Place;
use crate::problem::Problems;
use crate::resource::{Existing, Kind, Resource, Settings};

/// What is so for every trigger of it.
pub(super) const FACTS: &Facts = &Facts {
    events: &[
        EventType::whole("DynamoDbEvent").of(&Document::BATCH),
        EventType::record("DynamoDbEventRecord").of(RECORD),
        EventType::record("Change").of(RECORD),
    ],
    invocation: Invocation::Polled,
    is_tick: false,
};

/// What the stream has of a change. AWS: "Using AWS Lambda with Amazon DynamoDB".
const RECORD: &Document = &Document {
    what: "a record of a table's stream",
    fields: RECORD_FIELDS,
    advice: "write `$.dynamodb.Keys{rest}.S` for a text of the item's key, `.N` for a number",
    unique: None,
};

/// What a filter can be about. AWS: "Using event filtering with a DynamoDB event source".
pub const RECORD_FIELDS: &[&str] = &[
    "dynamodb",
    "eventName",
    "userIdentity",
    "eventID",
    "eventVersion",
    "eventSource",
    "eventSourceARN",
    "awsRegion",
];

/// What Lambda does on behalf of the function that the table's stream feeds, with the function's own
/// role. AWS: *`AWSLambdaDynamoDBExecutionRole`*.
pub const POLL: &[&str] = &[
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
];

/// What a parameter of the template is that names a table's stream.
const PARAMETER: &str = "ARN of the stream of a DynamoDB table";

/// What stands between a table's ARN and the label of its stream.
const STREAM_ARN: &str = "/stream/";

/// What to write for a table that exists already.
pub const NAME_THE_STREAM: &str = "name the stream itself: `table = \"arn:aws:dynamodb:…:table/orders/stream/…\"` or `param(\"…\")`";

/// The ARN of the table in that of its stream.
#[must_use]
pub fn table_of(arn: &str) -> Option<&str> {
    let (table, label) = arn.split_once(STREAM_ARN)?;
    let whole = Kind::Table.arn_name(table).is_some() && is_label(label);
    whole.then_some(table)
}

/// Whether it is the moment at which a stream was turned on: `2026-01-01T00:00:00.000`.
fn is_label(text: &str) -> bool {
    let form = b"0000-00-00T00:00:00.000";
    let fits =
        |(letter, of): (u8, &u8)| if *of == b'0' { letter.is_ascii_digit() } else { letter == *of };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
}

/// A trigger on a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DynamoDb {
    /// The table; where it exists already, its stream.
    pub table: Named,
    /// What the mapping of every stream has.
    #[serde(flatten)]
    pub mapping: StreamMapping,
}

impl DynamoDb {
    /// The table has a stream, whose ARN the template can say.
    fn check_stream(&self, place: Place, resources: &Resources<'_>, problems: &mut Problems) {
        let Some(resource) = resources.find(self.table.declared()) else { return };
        let Settings::Table(table) = &resource.settings else { return };
        let Resource { ident, origin, .. } = resource;
        match &resource.existing {
            None if table.stream.is_some() => {}
            None => {
                let message = format!("table `{ident}` (declared at {origin}) has no stream");
                problems.trigger_key(place, "table", message).help(format!(
                    "let it tell of its changes: `stream = new_and_old` in the `table(…)` of `{ident}`"
                ));
            }
            // The build step looks at the overlay itself.
            Some(Existing::Overlay(_)) => {}
            Some(Existing::Name(_) | Existing::Arn(_) | Existing::Param(_)) => {
                let message = format!(
                    "table `{ident}` (declared at {origin}) exists already, and nothing tells the ARN of its stream"
                );
                problems.trigger_key(place, "table", message).help(NAME_THE_STREAM);
            }
        }
    }
}

impl Source for DynamoDb {
    fn uses(&self) -> Option<Uses<'_>> {
        self.table.declared().map(|ident| Uses { key: "table", ident, kind: Kind::Table })
    }

    fn stream_mapping(&self) -> Option<&StreamMapping> {
        Some(&self.mapping)
    }

    fn is_typed(&self) -> bool {
        true
    }

    fn resume(&mut self) -> Vec<Refusal> {
        vec![Refusal::never_resumes(StreamMapping::NEVER_RESUMES)]
    }

    fn parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        let table = self.table.param().map(|name| (name, PARAMETER));
        table.into_iter().chain(self.mapping.parameters()).collect()
    }

    fn summary(&self) -> String {
        match &self.table {
            Named::Declared(name) => format!("dynamodb table {name}"),
            Named::Arn(arn) => format!("dynamodb stream {arn}"),
            Named::Param(name) => format!("dynamodb stream of parameter {name}"),
        }
    }

    /// A table feeds a function once, and has a stream to do so.
    fn check(triggers: &[Placed<'_, Self>], resources: &Resources<'_>, problems: &mut Problems) {
        for Placed { place, trigger, .. } in triggers {
            trigger.check_stream(*place, resources, problems);
            check_destination(&trigger.mapping, *place, resources, problems);
        }
        check_once(triggers, |it| it.table.clone(), "table", problems);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arn_of_a_stream_ends_in_the_moment_at_which_it_was_turned_on() {
        let arn = |resource: &str| format!("arn:aws:dynamodb:eu-west-1:123456789012:{resource}");
        let stream = arn("table/orders/stream/2026-01-01T00:00:00.000");
        assert_eq!(table_of(&stream), Some(arn("table/orders").as_str()));
        for wrong in [
            "table/orders",
            "table/o rders/stream/2026-01-01T00:00:00.000",
            "table/orders/stream/never",
            "table/orders/stream/2026-01-01T00:00:00.000Z",
            "table/orders/index/by_day/stream/2026-01-01T00:00:00.000",
        ] {
            assert_eq!(table_of(&arn(wrong)), None, "{wrong}");
        }
    }
}
