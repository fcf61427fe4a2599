//! End-to-end tests of the examples, which are deployed and run as Lambda runs them, with their resources. Each test
//! sends events, and checks the contents of buckets, tables, queues and topics.

use std::io::Cursor;

use image::{DynamicImage, GenericImageView as _, ImageFormat};
use serde_json::{Value, json};

use crate::emulator::response_body;
use crate::example;
use crate::payloads;
use crate::stack::Stack;

/// Creates a JPEG picture of this size.
fn jpeg_picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[test]
fn an_uploaded_picture_has_a_thumbnail_in_the_other_bucket() {
    let stack = Stack::deploy(example::get_example("thumbnails"));
    let (uploads, thumbnails) = (&stack.ids["Uploads"], &stack.ids["Thumbnails"]);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), jpeg_picture(640, 320)).unwrap();
    let path = file.path().to_str().unwrap();
    let key = "summer 2026/beach.jpg";
    stack.aws(&["s3api", "put-object", "--bucket", uploads, "--key", key, "--body", path]);

    let function = stack.start("Thumbnail");
    let answer = function.invoke(&payloads::s3_event_for(uploads, "summer+2026/beach.jpg"));
    assert_eq!(answer, Value::Null, "{}", function.log());
    stack.moto.download(thumbnails, "summer 2026/beach.png", file.path());
    let thumbnail = std::fs::read(file.path()).unwrap();
    let thumbnail = image::load_from_memory_with_format(&thumbnail, ImageFormat::Png).unwrap();
    assert_eq!(thumbnail.dimensions(), (128, 64));

    let gone = function.invoke(&payloads::s3_event_for(uploads, "gone.jpg"));
    assert_eq!(gone, Value::Null, "an object that was deleted since is not an error");
}

#[test]
fn an_object_that_is_not_a_picture_is_an_error_with_its_key() {
    let stack = Stack::deploy(example::get_example("thumbnails"));
    let uploads = &stack.ids["Uploads"];
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "hello").unwrap();
    let path = file.path().to_str().unwrap();
    stack.aws(&["s3api", "put-object", "--bucket", uploads, "--key", "a.jpg", "--body", path]);
    let answer = stack.start("Thumbnail").invoke(&payloads::s3_event_for(uploads, "a.jpg"));
    assert_eq!(answer["errorType"], "NotAPicture", "{answer}");
    let message = answer["errorMessage"].as_str().unwrap();
    assert!(message.contains("`a.jpg` cannot be read as a picture"), "{answer}");
}

/// Counts the idempotency records that are completed and those that are not.
fn count_records(stack: &Stack) -> (usize, usize) {
    let items = stack.aws(&["dynamodb", "scan", "--table-name", &stack.ids["Seen"]]);
    let items = items["Items"].as_array().unwrap();
    let completed = items.iter().filter(|item| item["status"]["S"] == "completed").count();
    (completed, items.len() - completed)
}

#[test]
fn an_idempotent_request_is_stored_in_dynamodb_and_runs_once() {
    let stack = Stack::deploy(example::get_example("orders"));
    let place = stack.start("Place");
    let request = |item: &str, key: &str| {
        let wish = json!({ "item": item, "count": 2 });
        payloads::add_idempotency_key(
            payloads::http_request("POST", "/orders", "/orders", Some(&wish)),
            key,
        )
    };
    let first = place.invoke(&request("tea", "k1"));
    assert_eq!(first["statusCode"], 201, "{first}\n{}", place.log());
    assert_eq!(place.invoke(&request("tea", "k1")), first);
    assert_eq!(place.invoke(&request("coffee", "k1"))["statusCode"], 422, "another payload");
    let none =
        payloads::http_request("POST", "/orders", "/orders", Some(&json!({ "item": "tea" })));
    assert_eq!(place.invoke(&none)["statusCode"], 400, "no key");
    assert_eq!(
        place.invoke(&request("cake", "k2"))["statusCode"],
        422,
        "a failed request is not stored"
    );
    assert_eq!(count_records(&stack), (1, 0));

    // The record of a run that was stopped before its end.
    let seen = &stack.ids["Seen"];
    let item = stack.aws(&["dynamodb", "scan", "--table-name", seen])["Items"][0].clone();
    let put = |change: &dyn Fn(&mut Value)| {
        let mut item = item.clone();
        change(&mut item);
        let item = item.to_string();
        stack.aws(&["dynamodb", "put-item", "--table-name", seen, "--item", &item]);
    };
    let in_progress = |item: &mut Value, until: &str| {
        item["status"] = json!({ "S": "in_progress" });
        item["in_progress_until"] = json!({ "N": until });
        item.as_object_mut().unwrap().remove("answer");
    };
    put(&|item| in_progress(item, "99999999999999"));
    let busy = place.invoke(&request("tea", "k1"));
    assert_eq!((&busy["statusCode"], &busy["headers"]["retry-after"]), (&json!(409), &json!("1")));
    put(&|item| in_progress(item, "1"));
    let second = place.invoke(&request("tea", "k1"));
    assert_eq!(second["statusCode"], 201, "{second}");
    assert_ne!(
        response_body(&second)["id"],
        response_body(&first)["id"],
        "the first run is past its deadline"
    );
    put(&|item| item["expires_at"] = json!({ "N": "1" }));
    let third = place.invoke(&request("tea", "k1"));
    assert_ne!(
        response_body(&third)["id"],
        response_body(&second)["id"],
        "the stored response has expired"
    );
    assert_eq!(count_records(&stack), (1, 0));
}

/// Creates a queue that is subscribed to a topic, and returns its URL.
fn subscribe_queue(stack: &Stack, topic: &str) -> String {
    let queue = stack.aws(&["sqs", "create-queue", "--queue-name", "listener"]);
    let url = queue["QueueUrl"].as_str().unwrap().to_owned();
    let get_arn =
        ["sqs", "get-queue-attributes", "--attribute-names", "QueueArn", "--queue-url", &url];
    let attributes = stack.aws(&get_arn);
    let arn = attributes["Attributes"]["QueueArn"].as_str().unwrap();
    let raw = "RawMessageDelivery=true";
    let to = ["--protocol", "sqs", "--notification-endpoint", arn, "--attributes", raw];
    stack.aws(&[&["sns", "subscribe", "--topic-arn", topic], &to[..]].concat());
    url
}

fn get_order(stack: &Stack, id: &str) -> Value {
    let key = json!({ "id": { "S": id } }).to_string();
    let args = ["dynamodb", "get-item", "--table-name", &stack.ids["Orders"], "--key", &key];
    stack.aws(&args)["Item"].clone()
}

#[test]
fn a_posted_order_is_stored_packed_and_published() {
    let stack = Stack::deploy(example::get_example("orders"));
    let listener = subscribe_queue(&stack, &stack.ids["Packed"]);

    let wish = json!({ "item": "tea", "count": 2 });
    let place = stack.start("Place");
    let request = payloads::http_request("POST", "/orders", "/orders", Some(&wish));
    let request = payloads::add_idempotency_key(request, "k1");
    let answer = place.invoke(&request);
    assert_eq!(answer["statusCode"], 201, "{answer}\n{}", place.log());
    let order = response_body(&answer);
    let id = order["id"].as_str().unwrap();
    let kept = get_order(&stack, id);
    assert_eq!(kept["total"]["N"], "900", "{kept}");
    assert_eq!(kept["state"]["S"], "placed", "{kept}");

    assert_eq!(place.invoke(&request), answer, "a repeated request places no second order");
    let waiting = stack.receive_messages(&stack.ids["Packing"]);
    assert_eq!(waiting, [json!({ "order": id })], "the order was sent to the queue");
    let pack = stack.start("Pack");
    let batch = payloads::sqs_event(&waiting);
    assert_eq!(pack.invoke(&batch)["batchItemFailures"], json!([]), "{}", pack.log());
    assert_eq!(get_order(&stack, id)["state"]["S"], "packed");
    let published = stack.receive_messages(&listener);
    assert_eq!(published.len(), 1, "{published:?}");
    assert_eq!((&published[0]["id"], &published[0]["state"]), (&order["id"], &json!("packed")));

    assert_eq!(pack.invoke(&batch)["batchItemFailures"], json!([]));
    assert_eq!(
        stack.receive_messages(&listener),
        [] as [Value; 0],
        "a second delivery publishes nothing"
    );

    let find = stack.start("Find");
    let path = format!("/orders/{id}");
    let answer = find.invoke(&payloads::http_request("GET", "/orders/{id}", &path, None));
    assert_eq!(
        (&response_body(&answer)["state"], &response_body(&answer)["count"]),
        (&json!("packed"), &json!(2))
    );
    let answer = find.invoke(&payloads::http_request("GET", "/orders/{id}", "/orders/none", None));
    assert_eq!(answer["statusCode"], 404, "{answer}");
}

#[test]
fn an_invalid_order_is_refused_and_an_invalid_message_fails_alone() {
    let stack = Stack::deploy(example::get_example("orders"));
    let place = stack.start("Place");
    for wish in [json!({ "item": "cake", "count": 1 }), json!({ "item": "tea" })] {
        let request = payloads::http_request("POST", "/orders", "/orders", Some(&wish));
        let answer = place.invoke(&payloads::add_idempotency_key(request, "k1"));
        assert_eq!(answer["statusCode"], 422, "{answer}");
    }
    assert_eq!(stack.receive_messages(&stack.ids["Packing"]), [] as [Value; 0]);
    let pack = stack.start("Pack");
    let batch = payloads::sqs_event(&[json!({ "order": "none" }), json!("no parcel")]);
    assert_eq!(
        pack.invoke(&batch)["batchItemFailures"],
        json!([{ "itemIdentifier": "m0" }, { "itemIdentifier": "m1" }])
    );
}

/// Reads the records of the stream of the example `clicks`.
fn read_clicks(stack: &Stack) -> Vec<Value> {
    let stream = &stack.ids["Clicks"];
    let shards = stack.aws(&["kinesis", "list-shards", "--stream-name", stream]);
    let mut records = Vec::new();
    for shard in shards["Shards"].as_array().unwrap() {
        let shard = shard["ShardId"].as_str().unwrap();
        let from = ["--stream-name", stream, "--shard-iterator-type", "TRIM_HORIZON"];
        let get = ["kinesis", "get-shard-iterator", "--shard-id", shard];
        let iterator = stack.aws(&[&get[..], &from].concat());
        let iterator = iterator["ShardIterator"].as_str().unwrap();
        let got = stack.aws(&["kinesis", "get-records", "--shard-iterator", iterator]);
        records.extend(got["Records"].as_array().unwrap().iter().cloned());
    }
    records
}

#[test]
fn clicks_are_counted_for_each_window_and_a_repeated_window_counts_once() {
    let stack = Stack::deploy(example::get_example("clicks"));
    let click = stack.start("Click");
    for (visitor, page) in [("1", "tea"), ("2", "tea"), ("1", "coffee")] {
        let body = json!({ "visitor": visitor, "page": page });
        let answer =
            click.invoke(&payloads::http_request("POST", "/clicks", "/clicks", Some(&body)));
        assert_eq!(answer["statusCode"], 202, "{answer}\n{}", click.log());
    }
    let long = json!({ "visitor": "1", "page": "x".repeat(2049) });
    let refused = click.invoke(&payloads::http_request("POST", "/clicks", "/clicks", Some(&long)));
    assert_eq!(refused["statusCode"], 400, "{refused}");
    let records = read_clicks(&stack);
    assert_eq!(records.len(), 3, "{records:?}");

    let count = stack.start("Count");
    let batch = payloads::kinesis_window(&records[..2], &json!({}), false);
    let answer = count.invoke(&batch);
    assert_eq!(answer["batchItemFailures"], json!([]), "{answer}\n{}", count.log());
    let last = payloads::kinesis_window(&records[2..], &answer["state"], true);
    for _ in 0..2 {
        let answer = count.invoke(&last);
        assert_eq!(answer, json!({ "state": {}, "batchItemFailures": [] }), "{}", count.log());
    }

    let show = stack.start("Show");
    for (page, views) in [("tea", 2), ("coffee", 1), ("milk", 0)] {
        let path = format!("/pages/{page}");
        let answer = show.invoke(&payloads::http_request("GET", "/pages/{page}", &path, None));
        assert_eq!(response_body(&answer), json!({ "page": page, "count": views }), "{answer}");
    }
}

#[test]
fn an_invalid_click_is_reported_by_its_sequence_number_and_earlier_clicks_count() {
    let stack = Stack::deploy(example::get_example("clicks"));
    let record = |number: &str, data: &str| json!({ "SequenceNumber": number, "PartitionKey": "1", "Data": data });
    // The records are `{"visitor":"1","page":"tea"}` and `tea`.
    let good = record("1", "eyJ2aXNpdG9yIjoiMSIsInBhZ2UiOiJ0ZWEifQ==");
    let batch = payloads::kinesis_window(&[good, record("2", "dGVh")], &json!({}), true);
    let answer = stack.start("Count").invoke(&batch);
    let state = json!({ "first": "1", "pages": { "tea": 1 } });
    let failures = json!([{ "itemIdentifier": "2" }]);
    assert_eq!(answer, json!({ "state": state, "batchItemFailures": failures }));
}

#[test]
fn a_missing_environment_variable_is_an_error_with_its_name() {
    let stack = Stack::deploy(example::get_example("orders"));
    let mut environment = stack.environment("Find");
    let name = environment.remove("ORDERS_TABLE_NAME").expect("the template sets the variable");
    assert_eq!(name, stack.ids["Orders"]);
    environment.extend(stack.moto.settings());
    let answer = stack.start_with_environment("Find", &environment).attempt(&json!({})).json();
    let message = answer["errorMessage"].as_str().unwrap_or_default();
    assert_eq!(answer["errorType"], "MissingVariable", "{answer}");
    assert!(message.contains("`ORDERS_TABLE_NAME`") && message.contains("`Orders`"), "{answer}");
}
