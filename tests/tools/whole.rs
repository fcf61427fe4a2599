//! The examples whole: deployed, run as Lambda runs them, with what they touch around them. Takes an
//! event, and looks into bucket, table, queue and topic for what came of it.

use std::io::Cursor;

use image::{DynamicImage, GenericImageView as _, ImageFormat};
use serde_json::{Value, json};

use crate::emulator::body;
use crate::example;
use crate::payloads;
use crate::stack::Stack;

/// A picture of that size.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[test]
fn an_uploaded_picture_becomes_a_thumbnail_in_the_other_bucket() {
    let stack = Stack::deploy(example::named("thumbnails"));
    let (uploads, thumbnails) = (&stack.ids["Uploads"], &stack.ids["Thumbnails"]);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), picture(640, 320)).unwrap();
    let path = file.path().to_str().unwrap();
    let key = "summer 2026/beach.jpg";
    stack.aws(&["s3api", "put-object", "--bucket", uploads, "--key", key, "--body", path]);

    let function = stack.start("Thumbnail");
    let answer = function.invoke(&payloads::s3_object(uploads, "summer+2026/beach.jpg"));
    assert_eq!(answer, Value::Null, "{}", function.log());
    stack.moto.object(thumbnails, "summer 2026/beach.png", file.path());
    let thumbnail = std::fs::read(file.path()).unwrap();
    let thumbnail = image::load_from_memory_with_format(&thumbnail, ImageFormat::Png).unwrap();
    assert_eq!(thumbnail.dimensions(), (128, 64));

    let gone = function.invoke(&payloads::s3_object(uploads, "gone.jpg"));
    assert_eq!(gone, Value::Null, "what was deleted meanwhile is no error");
}

#[test]
fn what_is_no_picture_is_an_error_that_names_the_object() {
    let stack = Stack::deploy(example::named("thumbnails"));
    let uploads = &stack.ids["Uploads"];
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "hello").unwrap();
    let path = file.path().to_str().unwrap();
    stack.aws(&["s3api", "put-object", "--bucket", uploads, "--key", "a.jpg", "--body", path]);
    let answer = stack.start("Thumbnail").invoke(&payloads::s3_object(uploads, "a.jpg"));
    assert_eq!(answer["errorType"], "NotAPicture", "{answer}");
    let message = answer["errorMessage"].as_str().unwrap();
    assert!(message.contains("`a.jpg` cannot be read as a picture"), "{answer}");
}

/// The records of what was done once, by how they end: the number of each.
fn records(stack: &Stack) -> (usize, usize) {
    let items = stack.aws(&["dynamodb", "scan", "--table-name", &stack.ids["Seen"]]);
    let items = items["Items"].as_array().unwrap();
    let completed = items.iter().filter(|item| item["status"]["S"] == "completed").count();
    (completed, items.len() - completed)
}

#[test]
fn what_is_done_once_is_kept_as_dynamodb_keeps_it() {
    let stack = Stack::deploy(example::named("orders"));
    let place = stack.start("Place");
    let request = |item: &str, key: &str| {
        let wish = json!({ "item": item, "count": 2 });
        payloads::with_key(payloads::http("POST", "/orders", "/orders", Some(&wish)), key)
    };
    let first = place.invoke(&request("tea", "k1"));
    assert_eq!(first["statusCode"], 201, "{first}\n{}", place.log());
    assert_eq!(place.invoke(&request("tea", "k1")), first);
    assert_eq!(place.invoke(&request("coffee", "k1"))["statusCode"], 422, "another payload");
    let none = payloads::http("POST", "/orders", "/orders", Some(&json!({ "item": "tea" })));
    assert_eq!(place.invoke(&none)["statusCode"], 400, "no key");
    assert_eq!(place.invoke(&request("cake", "k2"))["statusCode"], 422, "nothing is kept of it");
    assert_eq!(records(&stack), (1, 0));

    // As a run leaves its record that was ended in the middle.
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
    assert_ne!(body(&second)["id"], body(&first)["id"], "the first run is past its deadline");
    put(&|item| item["expires_at"] = json!({ "N": "1" }));
    let third = place.invoke(&request("tea", "k1"));
    assert_ne!(body(&third)["id"], body(&second)["id"], "what was kept has expired");
    assert_eq!(records(&stack), (1, 0));
}

/// The messages of a queue, taken out of it.
fn received(stack: &Stack, url: &str) -> Vec<Value> {
    let args = ["sqs", "receive-message", "--queue-url", url, "--max-number-of-messages", "10"];
    let answer = stack.aws(&args);
    let messages = answer["Messages"].as_array().cloned().unwrap_or_default();
    let body = |message: &Value| serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
    messages.iter().map(body).collect()
}

/// A queue that gets what the topic is told.
fn subscribe(stack: &Stack, topic: &str) -> String {
    let queue = stack.aws(&["sqs", "create-queue", "--queue-name", "listener"]);
    let url = queue["QueueUrl"].as_str().unwrap().to_owned();
    let name =
        ["sqs", "get-queue-attributes", "--attribute-names", "QueueArn", "--queue-url", &url];
    let attributes = stack.aws(&name);
    let arn = attributes["Attributes"]["QueueArn"].as_str().unwrap();
    let raw = "RawMessageDelivery=true";
    let to = ["--protocol", "sqs", "--notification-endpoint", arn, "--attributes", raw];
    stack.aws(&[&["sns", "subscribe", "--topic-arn", topic], &to[..]].concat());
    url
}

fn row(stack: &Stack, id: &str) -> Value {
    let key = json!({ "id": { "S": id } }).to_string();
    let args = ["dynamodb", "get-item", "--table-name", &stack.ids["Orders"], "--key", &key];
    stack.aws(&args)["Item"].clone()
}

#[test]
fn a_posted_order_is_kept_packed_and_told_of() {
    let stack = Stack::deploy(example::named("orders"));
    let listener = subscribe(&stack, &stack.ids["Packed"]);

    let wish = json!({ "item": "tea", "count": 2 });
    let place = stack.start("Place");
    let request = payloads::http("POST", "/orders", "/orders", Some(&wish));
    let request = payloads::with_key(request, "k1");
    let answer = place.invoke(&request);
    assert_eq!(answer["statusCode"], 201, "{answer}\n{}", place.log());
    let order = body(&answer);
    let id = order["id"].as_str().unwrap();
    let kept = row(&stack, id);
    assert_eq!(kept["total"]["N"], "900", "{kept}");
    assert_eq!(kept["state"]["S"], "placed", "{kept}");

    assert_eq!(place.invoke(&request), answer, "asked again, it orders nothing");
    let waiting = received(&stack, &stack.ids["Packing"]);
    assert_eq!(waiting, [json!({ "order": id })], "the order was handed on");
    let pack = stack.start("Pack");
    let batch = payloads::sqs(&waiting);
    assert_eq!(pack.invoke(&batch)["batchItemFailures"], json!([]), "{}", pack.log());
    assert_eq!(row(&stack, id)["state"]["S"], "packed");
    let told = received(&stack, &listener);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&told[0]["id"], &told[0]["state"]), (&order["id"], &json!("packed")));

    assert_eq!(pack.invoke(&batch)["batchItemFailures"], json!([]));
    assert_eq!(received(&stack, &listener), [] as [Value; 0], "a second delivery tells nobody");

    let find = stack.start("Find");
    let path = format!("/orders/{id}");
    let answer = find.invoke(&payloads::http("GET", "/orders/{id}", &path, None));
    assert_eq!((&body(&answer)["state"], &body(&answer)["count"]), (&json!("packed"), &json!(2)));
    let answer = find.invoke(&payloads::http("GET", "/orders/{id}", "/orders/none", None));
    assert_eq!(answer["statusCode"], 404, "{answer}");
}

#[test]
fn what_cannot_be_an_order_is_refused_and_what_is_no_order_fails_alone() {
    let stack = Stack::deploy(example::named("orders"));
    let place = stack.start("Place");
    for wish in [json!({ "item": "cake", "count": 1 }), json!({ "item": "tea" })] {
        let request = payloads::http("POST", "/orders", "/orders", Some(&wish));
        let answer = place.invoke(&payloads::with_key(request, "k1"));
        assert_eq!(answer["statusCode"], 422, "{answer}");
    }
    assert_eq!(received(&stack, &stack.ids["Packing"]), [] as [Value; 0]);
    let pack = stack.start("Pack");
    let batch = payloads::sqs(&[json!({ "order": "none" }), json!("no parcel")]);
    assert_eq!(
        pack.invoke(&batch)["batchItemFailures"],
        json!([{ "itemIdentifier": "m0" }, { "itemIdentifier": "m1" }])
    );
}

/// What lies in the stream of `clicks`.
fn clicked(stack: &Stack) -> Vec<Value> {
    let stream = &stack.ids["Clicks"];
    let shards = stack.aws(&["kinesis", "list-shards", "--stream-name", stream]);
    let mut records = Vec::new();
    for shard in shards["Shards"].as_array().unwrap() {
        let shard = shard["ShardId"].as_str().unwrap();
        let from = ["--stream-name", stream, "--shard-iterator-type", "TRIM_HORIZON"];
        let of = ["kinesis", "get-shard-iterator", "--shard-id", shard];
        let iterator = stack.aws(&[&of[..], &from].concat());
        let iterator = iterator["ShardIterator"].as_str().unwrap();
        let got = stack.aws(&["kinesis", "get-records", "--shard-iterator", iterator]);
        records.extend(got["Records"].as_array().unwrap().iter().cloned());
    }
    records
}

#[test]
fn clicks_are_counted_by_the_window_and_a_window_that_ends_twice_counts_once() {
    let stack = Stack::deploy(example::named("clicks"));
    let click = stack.start("Click");
    for (visitor, page) in [("1", "tea"), ("2", "tea"), ("1", "coffee")] {
        let body = json!({ "visitor": visitor, "page": page });
        let answer = click.invoke(&payloads::http("POST", "/clicks", "/clicks", Some(&body)));
        assert_eq!(answer["statusCode"], 202, "{answer}\n{}", click.log());
    }
    let long = json!({ "visitor": "1", "page": "x".repeat(2049) });
    let refused = click.invoke(&payloads::http("POST", "/clicks", "/clicks", Some(&long)));
    assert_eq!(refused["statusCode"], 400, "{refused}");
    let records = clicked(&stack);
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
        let answer = show.invoke(&payloads::http("GET", "/pages/{page}", &path, None));
        assert_eq!(body(&answer), json!({ "page": page, "count": views }), "{answer}");
    }
}

#[test]
fn a_click_that_cannot_be_read_is_reported_by_its_number_and_those_before_it_count() {
    let stack = Stack::deploy(example::named("clicks"));
    let record = |number: &str, data: &str| json!({ "SequenceNumber": number, "PartitionKey": "1", "Data": data });
    // `{"visitor":"1","page":"tea"}`, and a word.
    let good = record("1", "eyJ2aXNpdG9yIjoiMSIsInBhZ2UiOiJ0ZWEifQ==");
    let batch = payloads::kinesis_window(&[good, record("2", "dGVh")], &json!({}), true);
    let answer = stack.start("Count").invoke(&batch);
    let state = json!({ "first": "1", "pages": { "tea": 1 } });
    let failures = json!([{ "itemIdentifier": "2" }]);
    assert_eq!(answer, json!({ "state": state, "batchItemFailures": failures }));
}

#[test]
fn a_variable_that_is_missing_at_start_is_an_error_that_names_it() {
    let stack = Stack::deploy(example::named("orders"));
    let mut environment = stack.environment("Find");
    let name = environment.remove("ORDERS_TABLE_NAME").expect("the template sets it");
    assert_eq!(name, stack.ids["Orders"]);
    environment.extend(stack.moto.settings());
    let answer = stack.start_in("Find", &environment).attempt(&json!({})).json();
    let message = answer["errorMessage"].as_str().unwrap_or_default();
    assert_eq!(answer["errorType"], "MissingVariable", "{answer}");
    assert!(message.contains("`ORDERS_TABLE_NAME`") && message.contains("`Orders`"), "{answer}");
}
