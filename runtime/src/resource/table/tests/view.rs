//! Tests of the client of a view of a table, which works on the items with one partition key.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde::Serialize;
use serde_json::{Value, json};

use super::{Orders, answers, item_json, key_json};
use crate::aws::testing::{FakeAws, client_for};
use crate::resource::access::ReadWriteAccess;
use crate::resource::markers::Untyped;
use crate::resource::table::{KeyAttribute, SecondaryIndex, TableClient};
use crate::resource::{Resource, Table, TableView, kind};
use crate::testing::block_on;

/// The view of the orders of one customer, as `#[resource]` declares it.
pub(crate) struct OrdersOfAnn;

impl Resource for OrdersOfAnn {
    const ID: &'static str = "OrdersOfAnn";
    const VARIABLE: &'static str = <Orders as Resource>::VARIABLE;
    type Kind = kind::Table;
}

impl Table for OrdersOfAnn {
    type Item = Value;
    type ItemMarker = Untyped;
    type StreamView = <Orders as Table>::StreamView;
    type Key<'a> = <Orders as Table>::Sort<'a>;
    type Partition<'a> = <Orders as Table>::Partition<'a>;
    type Sort<'a> = <Orders as Table>::Sort<'a>;
    const KEY: KeyAttribute = <Orders as Table>::KEY;
    const SORT: Option<KeyAttribute> = <Orders as Table>::SORT;
    const INDEXES: &'static [SecondaryIndex] = &[
        SecondaryIndex { name: "by_day", key: Self::KEY, sort: None },
        <Orders as Table>::INDEXES[0],
    ];
    const VIEW_KEY: Option<&'static str> = Some("ann");
}

impl TableView for OrdersOfAnn {}

fn view(server: &FakeAws) -> TableClient<OrdersOfAnn, ReadWriteAccess> {
    client_for!(TableClient<OrdersOfAnn, ReadWriteAccess>, aws_sdk_dynamodb, server)
}

#[test]
fn the_key_of_an_item_of_a_view_is_its_sort_key() {
    let server = answers([json!({ "Item": item_json(7) }), json!({})]);
    let view = view(&server);
    block_on(async {
        assert_eq!(view.get(7).await.unwrap().unwrap()["customer"], "ann");
        view.delete(8).await.unwrap();
        view.update(9).set("total", 1).apply().await.unwrap();
    });
    let keys: Vec<Value> = server.bodies().iter().map(|body| body["Key"].clone()).collect();
    assert_eq!(keys, [key_json(7), key_json(8), key_json(9)]);
}

#[test]
fn items_queries_the_partition_of_the_view() {
    let server = answers([json!({ "Items": [item_json(7)] })]);
    let view = view(&server);
    block_on(async {
        assert_eq!(view.items().gt(5).all().await.unwrap().len(), 1);
        view.index("by_day").items().all().await.unwrap();
    });
    for body in server.bodies() {
        let values = body["ExpressionAttributeValues"].as_object().unwrap();
        assert!(values.values().any(|value| *value == json!({ "S": "ann" })), "{body}");
        let names = body["ExpressionAttributeNames"].as_object().unwrap();
        assert!(names.values().any(|name| name == "customer"), "{body}");
    }
    assert_eq!(server.bodies()[1]["IndexName"], "by_day");
}

#[test]
fn an_index_by_another_key_is_no_part_of_a_view() {
    let server = answers([json!({})]);
    let error = block_on(view(&server).index("by_total").items().all()).unwrap_err();
    assert_eq!(error.name(), "OutsideView");
    assert!(error.to_string().contains("another partition key than `customer`"), "{error}");
    let error = block_on(view(&server).index("none").items().all()).unwrap_err();
    assert_eq!(error.name(), "UnknownIndex");
    assert!(server.seen().is_empty());
}

#[test]
fn an_item_gets_the_partition_key_of_the_view_and_has_no_other() {
    #[derive(Serialize)]
    struct Order {
        at: i64,
    }
    let server = answers([json!({ "UnprocessedItems": {} })]);
    let view = view(&server);
    let order = serde_json::to_value(Order { at: 7 }).unwrap();
    let same = json!({ "customer": "ann", "at": 8 });
    block_on(async {
        view.put(&order).await.unwrap();
        assert!(view.create(&same).await.unwrap());
        view.put_all([&order, &same]).await.unwrap();
    });
    let bodies = server.bodies();
    assert_eq!((&bodies[0]["Item"], &bodies[1]["Item"]), (&key_json(7), &key_json(8)));
    let written = &bodies[2]["RequestItems"]["the-name"];
    assert_eq!(written[0]["PutRequest"]["Item"], key_json(7));
    for other in [json!({ "customer": "bob", "at": 7 }), json!({ "customer": 1, "at": 7 })] {
        let errors = block_on(async {
            [
                view.put(&other).await.unwrap_err(),
                view.create(&other).await.unwrap_err(),
                view.put_all([&order, &other]).await.unwrap_err(),
            ]
        });
        assert!(errors.iter().all(|error| error.name() == "OutsideView"), "{errors:?}");
    }
    assert_eq!(server.seen().len(), 3);
}
