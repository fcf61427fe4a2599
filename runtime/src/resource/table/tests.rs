// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

pub(super) mod view;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::page::{Cursor, Page};
use super::schema::{KeyAttribute, KeyType, SecondaryIndex};
use super::{TableClient, key};
use crate::Error;
use crate::aws::testing::{FakeAws, FakeResponse, ReceivedRequest, client_for, test_resource};
use crate::invocation::BoxFuture;
use crate::resource::access::ReadWriteAccess;
use crate::resource::markers::{Typed, Untyped};
use crate::testing::block_on;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Order {
    pub(crate) customer: String,
    pub(crate) at: i64,
    pub(crate) total: Option<u32>,
}

test_resource! {
    Orders: Table {
        type Item = Order;
        type ItemMarker = Typed<Order>;
        type StreamView = crate::resource::stream_view::NewAndOldImages;
        type Key<'a> = (&'a str, i64);
        type Partition<'a> = &'a str;
        type Sort<'a> = i64;
        const KEY: KeyAttribute = KeyAttribute { name: "customer", kind: KeyType::String };
        const SORT: Option<KeyAttribute> = Some(KeyAttribute { name: "at", kind: KeyType::Number });
        const INDEXES: &'static [SecondaryIndex] = &[
            SecondaryIndex { name: "by_total", key: TOTAL, sort: Some(KeyAttribute { name: "at", kind: KeyType::Number }) },
            SecondaryIndex { name: "of_total", key: TOTAL, sort: None },
        ];
    }
    Files: Table {
        type Item = Value;
        type ItemMarker = Untyped;
        type StreamView = crate::resource::stream_view::NewAndOldImages;
        type Key<'a> = &'a [u8];
        type Partition<'a> = &'a [u8];
        type Sort<'a> = key::NoSortKey;
        const KEY: KeyAttribute = KeyAttribute { name: "hash", kind: KeyType::Binary };
        const SORT: Option<KeyAttribute> = None;
        const INDEXES: &'static [SecondaryIndex] = &[];
    }
}

const TOTAL: KeyAttribute = KeyAttribute { name: "total", kind: KeyType::Number };

fn orders(server: &FakeAws) -> TableClient<Orders, ReadWriteAccess> {
    client_for!(TableClient<Orders, ReadWriteAccess>, aws_sdk_dynamodb, server)
}

fn order(at: i64) -> Order {
    Order { customer: "ann".into(), at, total: None }
}

fn key_json(at: i64) -> Value {
    json!({ "customer": { "S": "ann" }, "at": { "N": at.to_string() } })
}

fn item_json(at: i64) -> Value {
    let mut item = key_json(at);
    item["total"] = json!({ "NULL": true });
    item
}

fn answers(answers: impl IntoIterator<Item = Value>) -> FakeAws {
    FakeAws::script(answers.into_iter().map(|answer| FakeResponse::ok(answer.to_string())))
}

#[test]
fn get_sends_the_whole_key_and_deserializes_the_item() {
    let server = answers([json!({ "Item": item_json(7) }), json!({})]);
    let (found, none) = block_on(async {
        let orders = orders(&server);
        (orders.get(("ann", 7)).await.unwrap(), orders.get_consistent(("ann", 8)).await.unwrap())
    });
    assert_eq!((found, none), (Some(order(7)), None));
    let bodies = server.bodies();
    assert_eq!(bodies[0], json!({ "TableName": "the-name", "Key": key_json(7) }));
    assert_eq!(bodies[1]["ConsistentRead"], true);
}

#[test]
fn an_item_of_another_type_is_an_error_with_the_declared_type() {
    let server = answers([
        json!({ "Item": key_json(7).get("customer").map(|it| json!({ "customer": it })) }),
    ]);
    let error = block_on(orders(&server).get(("ann", 7))).unwrap_err();
    assert_eq!(error.name(), "InvalidItem");
    let message = error.to_string();
    assert!(message.starts_with("an item of the table `Orders` is not a `Order`: "), "{message}");
}

#[test]
fn an_item_of_any_json_has_bytes_as_base64_and_exact_numbers() {
    let long = "12345678901234567890123456789012345678";
    let item = json!({ "hash": { "B": "YWJj" }, "set": { "BS": ["YQ=="] }, "n": { "N": "1.50" } });
    let server = answers([json!({ "Item": item }), json!({ "Item": { "n": { "N": long } } })]);
    let files = client_for!(TableClient<Files, ReadWriteAccess>, aws_sdk_dynamodb, server);
    let found = block_on(files.get(b"abc")).unwrap();
    assert_eq!(found, Some(json!({ "hash": "YWJj", "set": ["YQ=="], "n": 1.5 })));
    let error = block_on(files.get(b"abc")).unwrap_err();
    assert_eq!(error.name(), "InvalidItem");
    let message = format!("an item of the table `Files` is not a `Value`: the number `{long}`");
    assert!(error.to_string().starts_with(&message), "{error}");
}

#[test]
fn a_key_of_bytes_is_sent_as_binary() {
    let server = answers([json!({})]);
    let files = client_for!(TableClient<Files, ReadWriteAccess>, aws_sdk_dynamodb, server);
    block_on(files.delete(b"abc")).unwrap();
    assert_eq!(server.bodies()[0]["Key"], json!({ "hash": { "B": "YWJj" } }));
}

#[test]
fn create_returns_whether_the_item_is_new() {
    let refusal = FakeResponse::refusal(
        400,
        "ConditionalCheckFailedException",
        "The conditional request failed",
    );
    let server = FakeAws::script([FakeResponse::ok("{}"), refusal]);
    let orders = orders(&server);
    assert!(block_on(orders.create(&order(1))).unwrap());
    assert!(!block_on(orders.create(&order(1))).unwrap());
    let body = &server.bodies()[0];
    assert_eq!(body["Item"], item_json(1));
    assert_eq!(body["ConditionExpression"], "attribute_not_exists(#key)");
    assert_eq!(body["ExpressionAttributeNames"], json!({ "#key": "customer" }));
}

#[test]
fn an_update_uses_placeholders_for_names_and_values() {
    let server = answers([json!({})]);
    let update = orders(&server);
    let update = update.update(("ann", 1)).set("name", "x").set("size", [1]).add("count", -2);
    assert!(block_on(update.remove("old").if_exists().apply()).unwrap());
    let body = &server.bodies()[0];
    assert_eq!(body["UpdateExpression"], "SET #n0 = :v0, #n1 = :v1 ADD #n2 :v2 REMOVE #n3");
    assert_eq!(
        body["ExpressionAttributeNames"],
        json!({ "#n0": "name", "#n1": "size", "#n2": "count", "#n3": "old", "#key": "customer" })
    );
    assert_eq!(
        body["ExpressionAttributeValues"],
        json!({ ":v0": { "S": "x" }, ":v1": { "L": [{ "N": "1" }] }, ":v2": { "N": "-2" } })
    );
    assert_eq!(body["ConditionExpression"], "attribute_exists(#key)");
}

#[test]
fn an_update_of_a_missing_item_is_false_only_with_if_exists() {
    let refusal = FakeResponse::refusal(
        400,
        "ConditionalCheckFailedException",
        "The conditional request failed",
    );
    let server = FakeAws::script([refusal]);
    let orders = orders(&server);
    let update = || orders.update(("ann", 1)).set("a", 1);
    assert!(!block_on(update().if_exists().apply()).unwrap());
    let error = block_on(update().apply()).unwrap_err();
    assert_eq!(error.name(), "ConditionalCheckFailedException");
}

#[test]
fn a_query_sends_the_partition_and_the_condition_on_the_sort_key() {
    let server = answers([json!({ "Items": [item_json(1)], "Count": 1 })]);
    let orders = orders(&server);
    let page = block_on(orders.query("ann").ge(1).descending().consistent().page()).unwrap();
    assert_eq!((page.items, page.next), (vec![order(1)], None));
    block_on(orders.index("by_total").query(5).between(1, 3).limit(2).page()).unwrap();
    let bodies = server.bodies();
    assert_eq!(
        bodies[0],
        json!({
            "TableName": "the-name",
            "KeyConditionExpression": "#p = :p AND #s >= :s",
            "ExpressionAttributeNames": { "#p": "customer", "#s": "at" },
            "ExpressionAttributeValues": { ":p": { "S": "ann" }, ":s": { "N": "1" } },
            "ScanIndexForward": false,
            "ConsistentRead": true,
        })
    );
    assert_eq!(bodies[1]["IndexName"], "by_total");
    assert_eq!(bodies[1]["KeyConditionExpression"], "#p = :p AND #s BETWEEN :s AND :t");
    assert_eq!(bodies[1]["ExpressionAttributeNames"], json!({ "#p": "total", "#s": "at" }));
    assert_eq!(bodies[1]["Limit"], 2);
}

#[test]
fn a_query_that_does_not_match_the_table_fails_before_anything_is_sent() {
    let server = answers([json!({})]);
    let orders = orders(&server);
    let error = |query: BoxFuture<'_, Result<Page<Order>, Error>>| block_on(query).unwrap_err();
    let unknown = error(Box::pin(orders.index("by_totl").query("x").page()));
    assert_eq!(
        (unknown.name(), unknown.to_string().as_str()),
        (
            "UnknownIndex",
            "`by_totl` is not an index of the table `Orders`: it has `by_total`, `of_total`"
        )
    );
    let wrong = error(Box::pin(orders.index("by_total").query("5").page()));
    assert_eq!(
        (wrong.name(), wrong.to_string().as_str()),
        ("WrongKeyType", "the key `total` of the table `Orders` is Number, not String")
    );
    assert_eq!(error(Box::pin(orders.index("of_total").query(5).eq(1).page())).name(), "NoSortKey");
    assert!(server.seen().is_empty());
}

#[test]
fn all_returns_the_items_of_all_pages_up_to_the_limit() {
    let page = |at: i64| json!({ "Items": [item_json(at), item_json(at + 1)], "LastEvaluatedKey": key_json(at + 1) });
    let server = answers([page(0), page(2), json!({ "Items": [] })]);
    let all = block_on(orders(&server).scan().all()).unwrap();
    assert_eq!(all.iter().map(|order| order.at).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(server.bodies()[2]["ExclusiveStartKey"], key_json(3));

    let server = answers([page(0), page(2)]);
    assert_eq!(block_on(orders(&server).scan().limit(4).all()).unwrap().len(), 4);
    let limits: Vec<_> = server.bodies().iter().map(|body| body["Limit"].clone()).collect();
    assert_eq!(limits, [4, 2]);
    let none: Page<Order> = block_on(orders(&server).scan().limit(0).page()).unwrap();
    assert!(none.items.is_empty() && server.seen().len() == 2);
}

#[test]
fn a_cursor_can_be_serialized_and_deserialized() {
    let server =
        answers([json!({ "Items": [], "LastEvaluatedKey": key_json(3) }), json!({ "Items": [] })]);
    let orders = orders(&server);
    let page = block_on(orders.query("ann").page()).unwrap();
    let text = serde_json::to_string(&page.next).unwrap();
    let cursor: Option<Cursor> = serde_json::from_str(&text).unwrap();
    block_on(orders.query("ann").after(cursor.unwrap()).page()).unwrap();
    assert_eq!(server.bodies()[1]["ExclusiveStartKey"], key_json(3));
}

#[test]
fn get_all_requests_100_keys_at_once_and_retries_unprocessed_keys() {
    let rest = json!({ "the-name": { "Keys": [key_json(5)] } });
    let found = |at| json!({ "the-name": [item_json(at)] });
    let server = answers([
        json!({ "Responses": found(0), "UnprocessedKeys": rest }),
        json!({ "Responses": found(5), "UnprocessedKeys": {} }),
        json!({ "Responses": found(100), "UnprocessedKeys": {} }),
    ]);
    // One key twice, which DynamoDB would refuse.
    let keys = (0..101).chain([7]).map(|at| ("ann", at));
    let all = block_on(orders(&server).get_all(keys)).unwrap();
    assert_eq!(all.iter().map(|order| order.at).collect::<Vec<_>>(), [0, 5, 100]);
    let asked = |body: &Value| body["RequestItems"]["the-name"]["Keys"].as_array().unwrap().len();
    assert_eq!(server.bodies().iter().map(asked).collect::<Vec<_>>(), [100, 1, 1]);
}

#[test]
fn put_all_writes_25_items_at_once_and_the_later_of_two_with_the_same_key() {
    let left = json!({ "the-name": [{ "PutRequest": { "Item": item_json(3) } }] });
    let done = json!({ "UnprocessedItems": {} });
    let server = answers([json!({ "UnprocessedItems": left }), done.clone(), done]);
    let mut items: Vec<_> = (0..26).map(order).collect();
    items.push(Order { total: Some(9), ..order(0) });
    block_on(orders(&server).put_all(&items)).unwrap();
    let writes = |body: &Value| body["RequestItems"]["the-name"].as_array().unwrap().clone();
    let bodies = server.bodies();
    assert_eq!(bodies.iter().map(|body| writes(body).len()).collect::<Vec<_>>(), [25, 1, 1]);
    assert_eq!(writes(&bodies[0])[0]["PutRequest"]["Item"]["total"], json!({ "N": "9" }));
    assert_eq!(writes(&bodies[1])[0]["PutRequest"]["Item"], item_json(3));
}

#[test]
fn items_that_stay_unprocessed_are_an_error_with_their_number() {
    let left = json!({ "the-name": [{ "DeleteRequest": { "Key": key_json(3) } }] });
    let server = answers([json!({ "UnprocessedItems": left })]);
    let error = block_on(orders(&server).delete_all([("ann", 3)])).unwrap_err();
    assert_eq!(error.name(), "Unprocessed");
    let message = "1 of 1 items of the table `Orders` were not written: the table is too busy";
    assert_eq!(error.to_string(), message);
    assert_eq!(server.seen().len(), 6);
}

/// Answers that `DynamoDB` took none of the items or keys of a request.
fn process_none(request: &ReceivedRequest) -> FakeResponse {
    let asked = request.json()["RequestItems"].clone();
    let left =
        if request.operation() == "BatchGetItem" { "UnprocessedKeys" } else { "UnprocessedItems" };
    FakeResponse::ok(json!({ left: asked, "Responses": {} }).to_string())
}

#[test]
fn the_error_of_many_items_counts_those_of_the_requests_that_were_not_sent() {
    let server = FakeAws::start(process_none);
    let orders = orders(&server);
    let items: Vec<_> = (0..100).map(order).collect();
    let keys = || (0..250).map(|at| ("ann", at));
    for (error, counted) in [
        (block_on(orders.put_all(&items)).unwrap_err(), "100 of 100 items"),
        (block_on(orders.delete_all(keys())).unwrap_err(), "250 of 250 items"),
        (block_on(orders.get_all(keys())).unwrap_err(), "250 of 250 items"),
    ] {
        assert_eq!(error.name(), "Unprocessed");
        assert!(error.to_string().starts_with(counted), "{error}");
    }
}

#[test]
fn a_request_that_fails_after_others_says_how_many_items_were_not_written() {
    let denied = FakeResponse::refusal(400, "AccessDeniedException", "no");
    let done = FakeResponse::ok(json!({ "UnprocessedItems": {} }).to_string());
    let server = FakeAws::script([done.clone(), done, denied]);
    let items: Vec<_> = (0..100).map(order).collect();
    let error = block_on(orders(&server).put_all(&items)).unwrap_err();
    assert_eq!(error.name(), "AccessDeniedException");
    let message = "50 of 100 items of the table `Orders` were not written: `BatchWriteItem`";
    assert!(error.to_string().starts_with(message), "{error}");
}

#[test]
fn items_that_the_answer_does_not_confirm_were_not_written() {
    let server = answers([json!({})]);
    let error = block_on(orders(&server).put_all(&[order(1), order(2)])).unwrap_err();
    assert!(error.to_string().starts_with("2 of 2 items"), "{error}");
}
