//! `dynamodb`: a function fed with the changes to the items of a table.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, check_destination, check_one_trigger_per_source,
};
use super::payload_shape::PayloadShape;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource};
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::ParameterName;
use crate::aws::value::ArnReference;
use crate::location::TriggerIndex;
use crate::problem::Problems;
use crate::resource::{Existing, Resource, ResourceKind, ResourceSettings};

/// What is so for every trigger of it.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("DynamoDbEvent").with_shape(&PayloadShape::BATCH),
        EventType::record("DynamoDbEventRecord").with_shape(RECORD),
        EventType::record("Change").with_shape(RECORD),
    ],
    invocation: InvocationMode::Polled,
    is_tick: false,
};

/// What the stream has of a change. AWS: "Using AWS Lambda with Amazon DynamoDB".
const RECORD: &PayloadShape = &PayloadShape {
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
pub const POLL_ACTIONS: &[&str] = &[
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
pub fn table_from_stream_arn(arn: &str) -> Option<&str> {
    let (table, label) = arn.split_once(STREAM_ARN)?;
    let whole = ResourceKind::Table.name_from_arn(table).is_some() && is_label(label);
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
    pub table: ArnReference,
    /// What the mapping of every stream has.
    #[serde(flatten)]
    pub mapping: StreamMapping,
}

impl DynamoDb {
    /// The table has a stream, whose ARN the template can say.
    fn check_stream(
        &self,
        index: TriggerIndex,
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let Some(resource) = resources.find(self.table.declared()) else { return };
        let ResourceSettings::Table(table) = &resource.settings else { return };
        let Resource { ident, origin, .. } = resource;
        match &resource.existing {
            None if table.stream.is_some() => {}
            None => {
                let message = format!("table `{ident}` (declared at {origin}) has no stream");
                problems.push_for_trigger_key(index, "table", message).help(format!(
                    "let it tell of its changes: `stream = new_and_old` in the `table(…)` of `{ident}`"
                ));
            }
            // The build step looks at the overlay itself.
            Some(Existing::Overlay(_)) => {}
            Some(Existing::Name(_) | Existing::Arn(_) | Existing::Param(_)) => {
                let message = format!(
                    "table `{ident}` (declared at {origin}) exists already, and nothing tells the ARN of its stream"
                );
                problems.push_for_trigger_key(index, "table", message).help(NAME_THE_STREAM);
            }
        }
    }
}

impl TriggerSource for DynamoDb {
    fn resource(&self) -> Option<TriggerResource<'_>> {
        self.table.declared().map(|ident| TriggerResource {
            key: "table",
            ident,
            kind: ResourceKind::Table,
        })
    }

    fn stream_mapping(&self) -> Option<&StreamMapping> {
        Some(&self.mapping)
    }

    fn has_typed_payload(&self) -> bool {
        true
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::never_resumes(StreamMapping::NEVER_RESUMES)]
    }

    fn template_parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        let table = self.table.param().map(|name| (name, PARAMETER));
        table.into_iter().chain(self.mapping.template_parameters()).collect()
    }

    fn summary(&self) -> String {
        match &self.table {
            ArnReference::Declared(name) => format!("dynamodb table {name}"),
            ArnReference::Arn(arn) => format!("dynamodb stream {arn}"),
            ArnReference::Param(name) => format!("dynamodb stream of parameter {name}"),
        }
    }

    /// A table feeds a function once, and has a stream to do so.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        for LocatedTrigger { index, trigger, .. } in triggers {
            trigger.check_stream(*index, resources, problems);
            check_destination(&trigger.mapping, *index, resources, problems);
        }
        check_one_trigger_per_source(triggers, |it| it.table.clone(), "table", problems);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arn_of_a_stream_ends_in_the_moment_at_which_it_was_turned_on() {
        let arn = |resource: &str| format!("arn:aws:dynamodb:eu-west-1:123456789012:{resource}");
        let stream = arn("table/orders/stream/2026-01-01T00:00:00.000");
        assert_eq!(table_from_stream_arn(&stream), Some(arn("table/orders").as_str()));
        for wrong in [
            "table/orders",
            "table/o rders/stream/2026-01-01T00:00:00.000",
            "table/orders/stream/never",
            "table/orders/stream/2026-01-01T00:00:00.000Z",
            "table/orders/index/by_day/stream/2026-01-01T00:00:00.000",
        ] {
            assert_eq!(table_from_stream_arn(&arn(wrong)), None, "{wrong}");
        }
    }
}
