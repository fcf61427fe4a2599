//! Tests of triggers on the streams of tables.

use super::{app, assert_problem, existing, found, overlay, parameter, resource, table, triggered};
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::value::ArnReference;
use crate::location::PlaceInItem;
use crate::resource::queue::Queue;
use crate::resource::table::{StreamView, Table};
use crate::resource::{Existing, Resource, ResourceKind, ResourceSettings};
use crate::source::dynamodb::{DynamoDb, NAME_THE_STREAM};
use crate::source::{TriggerResource, TriggerSource as _};

fn dynamodb(table: &str) -> DynamoDb {
    DynamoDb { table: ArnReference::Declared(table.to_owned()), mapping: StreamMapping::default() }
}

fn streamed() -> ResourceSettings {
    ResourceSettings::Table(Table { stream: Some(StreamView::New), ..table() })
}

#[test]
fn the_table_needs_a_stream_whose_arn_the_template_can_reference() {
    let on =
        |orders: Resource| app(vec![triggered("f", vec![dynamodb("Orders").into()])], vec![orders]);
    assert_eq!(found(&on(resource("Orders", streamed()))), []);
    assert_eq!(found(&on(existing("Orders", ResourceSettings::Table(table()), overlay()))), []);
    let at = PlaceInItem::trigger_key(0, "table");
    assert_problem(
        &on(resource("Orders", ResourceSettings::Table(table()))),
        0,
        &at,
        "table `Orders` (declared at Orders.rs:7) has no stream",
        "turn it on: `stream = new_and_old` in the `table(…)` of `Orders`",
    );
    for which in [
        Existing::Name("orders".to_owned()),
        Existing::Arn("arn:aws:dynamodb:eu-west-1:123456789012:table/orders".to_owned()),
        Existing::Param(parameter("P")),
    ] {
        assert_problem(
            &on(existing("Orders", streamed(), which)),
            0,
            &at,
            "table `Orders` (declared at Orders.rs:7) exists already, and the ARN of its stream is not known",
            NAME_THE_STREAM,
        );
    }
}

#[test]
fn a_function_has_one_trigger_on_a_table_and_no_fifo_failure_destination() {
    let orders = || resource("Orders", streamed());
    let twice = triggered("f", vec![dynamodb("Orders").into(), dynamodb("Orders").into()]);
    assert_problem(
        &app(vec![twice], vec![orders()]),
        0,
        &PlaceInItem::Trigger(1),
        "this function has a trigger on the same table already",
        "Lambda maps a table to a function once: merge the two triggers",
    );
    let mut failing = dynamodb("Orders");
    failing.mapping.on_failure = Some(ArnReference::Declared("Failed".to_owned()));
    let failed =
        resource("Failed", ResourceSettings::Queue(Queue { fifo: true, ..Queue::default() }));
    assert_problem(
        &app(vec![triggered("f", vec![failing.into()])], vec![orders(), failed]),
        0,
        &PlaceInItem::trigger_key(0, "on_failure"),
        "Lambda cannot send failed records to a FIFO queue (declared at Failed.rs:7)",
        "name a queue without `fifo`",
    );
}

#[test]
fn a_trigger_describes_and_references_its_table() {
    let arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/a/stream/b";
    for (table, summary, uses, parameters) in [
        (ArnReference::Declared("A".to_owned()), "dynamodb table A".to_owned(), Some("A"), vec![]),
        (ArnReference::Arn(arn.to_owned()), format!("dynamodb stream {arn}"), None, vec![]),
        (
            ArnReference::Param(parameter("P")),
            "dynamodb stream of parameter P".to_owned(),
            None,
            vec![("P", "ARN of the stream of a DynamoDB table")],
        ),
    ] {
        let trigger = DynamoDb { table, ..dynamodb("") };
        assert_eq!(trigger.summary(), summary);
        let expected =
            uses.map(|ident| TriggerResource { key: "table", ident, kind: ResourceKind::Table });
        assert_eq!(trigger.resource(), expected);
        assert_eq!(trigger.own_resource(), None);
        let needed: Vec<(&str, &str)> = trigger
            .template_parameters()
            .into_iter()
            .map(|it| (it.name.as_str(), it.content.description))
            .collect();
        assert_eq!(needed, parameters);
    }
}
