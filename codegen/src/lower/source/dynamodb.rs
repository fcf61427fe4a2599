//! A table: an event source mapping on its stream, which SAM's event `DynamoDB` is folded from. Only the
//! table itself tells the ARN of its stream, which ends in the moment at which it was turned on.

use skylift_model::aws::node::Node;
use skylift_model::aws::value::Named;
use skylift_model::resource::{Existing, arn_name};
use skylift_model::source::dynamodb::{DynamoDb, POLL, table_of};

use super::lowered::{Lowered, Of, Source, event_stem};
use super::mapping;
use crate::lower::text::camel;
use crate::overlay::{Entry, Found};
use crate::stack::{Event, SamEvent};

/// SAM's event, and what an event is called whose table has no name with a letter.
const EVENT: &str = "DynamoDB";

impl Source for DynamoDb {
    fn lower(&self, of: &Of<'_>, to: &mut Lowered) {
        let (stem, stream) = match &self.table {
            Named::Declared(ident) => {
                let Some(resource) = of.app.resource(ident) else { return };
                let id = match &resource.existing {
                    None => &resource.id,
                    Some(Existing::Overlay(id)) => id,
                    // The application's check has said that nothing tells this ARN.
                    Some(Existing::Name(_) | Existing::Arn(_) | Existing::Param(_)) => return,
                };
                (resource.id.to_string(), Node::attribute(id, "StreamArn"))
            }
            Named::Arn(arn) => {
                let table = table_of(arn).and_then(arn_name).unwrap_or_default();
                (event_stem(table, EVENT), Node::from(arn))
            }
            Named::Param(name) => (camel(name.as_str()), Node::reference(name.as_str())),
        };
        to.allow(vec![(POLL, stream.clone())]);
        let (properties, further) = mapping::of_stream(stream, &self.mapping, of);
        to.allow(further);
        mapping::event(&stem, properties, of, to, fold);
    }

    /// A table that keeps its changes to itself. SAM's own type of table has no property for a stream.
    fn check_overlay(&self, entry: &Entry, _of: &Of<'_>) -> Option<(String, String)> {
        let none = matches!(entry.property(&["StreamSpecification"]), Found::Nothing);
        none.then(|| {
            let message = format!("table `{}` at {} has no stream", entry.name, entry.origin);
            let help = "let it tell of its changes, by this property of `AWS::DynamoDB::Table`: `StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }`";
            (message, help.to_owned())
        })
    }
}

fn fold(event: Event) -> SamEvent {
    mapping::fold_stream(EVENT, event)
}
