//! A table is SAM's `DynamoDB` event: an event source mapping on the table's stream. Only the table itself
//! tells the ARN of its stream, which ends in the moment at which it was turned on.

use skylift_model::aws::node::Node;
use skylift_model::aws::value::Named;
use skylift_model::resource::{Existing, arn_name};
use skylift_model::source::dynamodb::{DynamoDb, POLL, table_of};
use skylift_model::{App, Function};

use super::{Emitted, Event, EventType, camel, event_stem, mapping};

pub(super) fn emit(dynamodb: &DynamoDb, _function: &Function, app: &App) -> Emitted {
    let (stem, stream) = match &dynamodb.table {
        Named::Declared(ident) => {
            let Some(resource) = app.resource(ident) else { return Emitted::default() };
            let id = match &resource.existing {
                None => &resource.id,
                Some(Existing::Overlay(id)) => id,
                // The application's check has said that nothing tells this ARN.
                Some(Existing::Name(_) | Existing::Arn(_) | Existing::Param(_)) => {
                    return Emitted::default();
                }
            };
            (resource.id.to_string(), Node::attribute(id, "StreamArn"))
        }
        Named::Arn(arn) => {
            let table = table_of(arn).and_then(arn_name).unwrap_or_default();
            (event_stem(table, EventType::DynamoDb), Node::from(arn))
        }
        Named::Param(name) => (camel(name.as_str()), Node::reference(name.as_str())),
    };
    let mut calls = vec![(POLL, stream.clone())];
    let (properties, further) = mapping::of_stream(stream, &dynamodb.mapping, app);
    calls.extend(further);
    let events = vec![Event { stem, kind: EventType::DynamoDb, properties }];
    Emitted { events, calls, ..Emitted::default() }
}
