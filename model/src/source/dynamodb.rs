//! The source `dynamodb`: a function that Lambda invokes with the changes to the items of a table. This module
//! has the trigger, the schema of its records, and its checks.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, RecordContent, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, check_destination, check_one_trigger_per_source,
};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource};
use crate::aws::limits;
use crate::aws::mapping::keys;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::node::{Map, Node};

use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::{ArnReference, UsedParameter};
use crate::location::TriggerIndex;
use crate::messages::{loops, triggers as messages};
use crate::number_setting::NumberFields;
use crate::problem::Problems;
use crate::resource::table::{StreamView, Table};
use crate::resource::{
    Existing, KindDefinition as _, Resource, ResourceIdentity, ResourceKind, ResourceSettings,
};

/// The properties that all triggers of the source `dynamodb` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("DynamoDbEvent").with_schema(&PayloadSchema::BATCH),
        EventType::record("DynamoDbEventRecord").with_schema(RECORD),
        EventType::record("Change").with_schema(RECORD).with_content(RecordContent::Images),
    ],
    invocation: InvocationMode::Polled,
    is_tick: false,
    batch_response: Some("DynamoDbEventResponse"),
};

/// The schema of a record of a table's stream, which describes one change. AWS: "Using AWS Lambda with Amazon
/// DynamoDB".
const RECORD: &PayloadSchema = &PayloadSchema {
    name: "a record of a table's stream",
    fields: RECORD_FIELDS,
    advice: messages::TABLE_RECORD_ADVICE,
    unique: None,
};

/// The fields of a stream record that a filter can match. AWS: "Using event filtering with a DynamoDB event
/// source".
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

/// The fields of a stream record that have one of a few values, each with these values.
pub const RECORD_VALUES: &[(&str, &[&str])] = &[("eventName", &["INSERT", "MODIFY", "REMOVE"])];

/// The IAM actions that Lambda needs in the function's role to poll the table's stream. AWS:
/// *`AWSLambdaDynamoDBExecutionRole`*.
pub const POLL_ACTIONS: &[&str] = &[
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
];

/// The content of a template parameter with the ARN of a table's stream.
const PARAMETER: ParameterContent = ParameterContent::arn(
    "ARN of the stream of a DynamoDB table",
    &[ArnForm {
        service: Table::ARN_SERVICE,
        is_global: false,
        prefix: Table::ARN_PREFIX,
        name: "[A-Za-z0-9_.-]+/stream/[0-9T:.-]+",
    }],
);

/// The text between the ARN of a table and the label of its stream.
const STREAM_ARN: &str = "/stream/";

/// The help for a trigger on a table that exists already: the trigger has to name the stream of the table.
pub const NAME_THE_STREAM: &str = messages::NAME_THE_STREAM;

/// Returns the ARN of a table from the ARN of its stream. Returns `None` if the text is not the ARN of a
/// table's stream.
#[must_use]
pub fn table_from_stream_arn(arn: &str) -> Option<&str> {
    let (table, label) = arn.split_once(STREAM_ARN)?;
    let whole = ResourceKind::Table.name_from_arn(table).is_some() && is_stream_label(label);
    whole.then_some(table)
}

/// Returns whether the text is the label of a table's stream, which is the time at which the stream was turned
/// on: `2026-01-01T00:00:00.000`.
fn is_stream_label(text: &str) -> bool {
    let form = b"0000-00-00T00:00:00.000";
    let fits = |(letter, expected): (u8, &u8)| match expected {
        b'0' => letter.is_ascii_digit(),
        other => letter == *other,
    };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
}

/// A trigger on the stream of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DynamoDb {
    /// The table, or the stream of an existing table.
    pub table: ArnReference,
    /// The settings of the event source mapping of the table's stream.
    #[serde(flatten)]
    pub mapping: StreamMapping,
}

impl DynamoDb {
    /// Checks that the table has a stream, and that the template can reference its ARN.
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
                let message = messages::table_without_stream(ident, origin);
                problems.push_for_trigger_key(index, "table", message);
            }
            // The build step checks the overlay, and another tool finds the stream that a variable means.
            Some(Existing::Overlay(_) | Existing::Env(_)) => {}
            Some(Existing::Name(_) | Existing::Arn(_) | Existing::Param(_)) => {
                let message = messages::stream_of_existing_table(ident, origin);
                problems.push_for_trigger_key(index, "table", message);
            }
        }
    }
}

impl DynamoDb {
    /// Checks that the stream of the table has the images that the filters are about.
    fn check_filters(
        &self,
        index: TriggerIndex,
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let resource = resources.find(self.table.declared()).filter(|it| it.existing.is_none());
        let Some(Resource { ident, settings: ResourceSettings::Table(table), .. }) = resource
        else {
            return;
        };
        for (number, filter) in self.mapping.mapping.filters.iter().enumerate() {
            let Some(Node::Map(keys)) = change_of(filter).and_then(|it| it.get("Keys")) else {
                continue;
            };
            let known: Vec<&str> = [Some(&table.key), table.sort.as_ref()]
                .into_iter()
                .flatten()
                .map(|key| key.name.as_str())
                .collect();
            let is_key = |name: &str| name == "$or" || known.contains(&name);
            for (name, _) in keys.iter().filter(|(name, _)| !is_key(name)) {
                let place = format!("filters.{number}.dynamodb.Keys.{name}=");
                let message = messages::filter_of_no_key(name, ident, &known);
                problems.push_for_trigger_key(index, &place, message);
            }
        }
        let Some(view) = table.stream else { return };
        let missing = match view {
            StreamView::Keys => ["NewImage", "OldImage"].as_slice(),
            StreamView::New => &["OldImage"],
            StreamView::Old => &["NewImage"],
            StreamView::NewAndOld => &[],
        };
        let named =
            |image: &&&str| self.mapping.mapping.filters.iter().any(|it| needs_image(it, image));
        let word =
            StreamView::NAMES.iter().find(|(_, it)| *it == view).map_or("", |(word, _)| *word);
        if let Some(image) = missing.iter().find(named) {
            let message = messages::filter_of_missing_image(image, ident, word);
            problems.push_for_trigger_key(index, "filters", message);
        }
    }
}

/// Returns whether a filter matches only records that have this image of the item. A filter with alternatives, or with
/// `exists`, can match others.
fn needs_image(filter: &Node, image: &str) -> bool {
    let image = change_of(filter).and_then(|change| change.get(image));
    image.is_some_and(|pattern| !mentions_key(pattern, "exists"))
}

/// Returns the part of a filter about the change of the item.
fn change_of(filter: &Node) -> Option<&Map> {
    match filter {
        Node::Map(fields) => match fields.get("dynamodb") {
            Some(Node::Map(change)) => Some(change),
            _ => None,
        },
        _ => None,
    }
}

/// Returns whether a map in a pattern has this key.
fn mentions_key(pattern: &Node, key: &str) -> bool {
    match pattern {
        Node::Map(map) => map.iter().any(|(name, value)| name == key || mentions_key(value, key)),
        Node::Seq(items) => items.iter().any(|item| mentions_key(item, key)),
        _ => false,
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

    fn event_source(&self, resources: &ResourcesByIdent<'_>) -> Option<ResourceIdentity> {
        match &self.table {
            ArnReference::Declared(ident) => resources
                .find(Some(ident))
                .filter(|it| it.kind() == ResourceKind::Table)
                .map(Resource::identity),
            ArnReference::Arn(arn) => table_from_stream_arn(arn)
                .map(|table| ResourceIdentity::from_arn(ResourceKind::Table, table)),
            ArnReference::Param(_) => None,
        }
    }

    fn remedy_against_own_writes(&self) -> Option<&'static str> {
        self.mapping.mapping.delivers_every_record().then_some(loops::FILTER_RECORDS)
    }

    fn stream_mapping(&self) -> Option<&StreamMapping> {
        Some(&self.mapping)
    }

    fn has_typed_payload(&self) -> bool {
        true
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(messages::stream_cannot_resume())]
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(self.mapping.numbers())
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let table = self.table.param();
        let table = table.map(|name| UsedParameter { key: "table", name, content: PARAMETER });
        table.into_iter().chain(self.mapping.template_parameters()).collect()
    }

    fn summary(&self) -> String {
        match &self.table {
            ArnReference::Declared(name) => format!("dynamodb table {name}"),
            ArnReference::Arn(arn) => format!("dynamodb stream {arn}"),
            ArnReference::Param(name) => format!("dynamodb stream of parameter {name}"),
        }
    }

    /// Checks that a function has at most one trigger on a table, and that the table has a stream.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        for LocatedTrigger { index, trigger, .. } in triggers {
            trigger.check_stream(*index, resources, problems);
            for (key, message) in trigger.mapping.check_parameters() {
                problems.push_for_trigger_key(*index, key, message);
            }
            if let Some(message) =
                trigger.mapping.check_record_age(limits::DEFAULT_STREAM_RETENTION_SECONDS)
            {
                problems.push_for_trigger_key(*index, keys::MAX_RECORD_AGE, message);
            }
            trigger.check_filters(*index, resources, problems);
            check_destination(trigger.mapping.on_failure.as_ref(), *index, resources, problems);
        }
        let message = messages::two_triggers_on_one_source("table");
        check_one_trigger_per_source(triggers, |it| it.table.clone(), &message, problems);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arn_of_a_stream_ends_in_the_time_at_which_it_was_turned_on() {
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
