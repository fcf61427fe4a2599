//! End-to-end test of the example whose events go to several functions. Takes `photos`, deployed and run as Lambda
//! runs it. Checks what each function makes of an event, and that a repeated event changes nothing.

use serde_json::{Value, json};

use crate::example;
use crate::stack::Stack;

/// Returns the event of EventBridge about an object.
fn object_event(bucket: &str, key: &str, detail_type: &str) -> Value {
    json!({
        "version": "0",
        "id": "1",
        "detail-type": detail_type,
        "source": "aws.s3",
        "account": "123456789012",
        "time": "2026-12-01T06:00:00Z",
        "region": "us-east-1",
        "resources": [format!("arn:aws:s3:::{bucket}")],
        "detail": {
            "version": "0",
            "bucket": { "name": bucket },
            "object": { "key": key, "size": 5, "etag": "1", "sequencer": "1" },
            "request-id": "1",
            "requester": "123456789012",
            "source-ip-address": "192.0.2.1",
        },
    })
}

#[test]
fn a_photo_is_found_by_its_label_until_it_is_deleted() {
    let stack = Stack::deploy(example::get_example("photos"));
    let uploads = &stack.ids["Uploads"];
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "photo").unwrap();
    let key = "summer 2026/beach.jpg";
    stack.moto.upload(uploads, key, file.path());

    let created = object_event(uploads, key, "Object Created");
    for id in ["Register", "Label"] {
        let function = stack.start(id);
        for _ in 0..2 {
            assert_eq!(function.invoke(&created), Value::Null, "{id}: {}", function.log());
        }
    }
    // Moto finds a mobile phone in each photo.
    let find = stack.start("Find");
    let found = find.invoke(&json!("Mobile Phone"));
    assert_eq!((&found[0]["key"], &found[0]["size"]), (&json!(key), &json!(5)), "{found}");
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!(find.invoke(&json!("Beach")), json!([]));

    stack.aws(&["s3api", "delete-object", "--bucket", uploads, "--key", key]);
    let forget = stack.start("Forget");
    let removed = object_event(uploads, key, "Object Deleted");
    assert_eq!(forget.invoke(&removed), Value::Null, "{}", forget.log());
    assert_eq!(find.invoke(&json!("Mobile Phone")), json!([]));
    let labels = stack.aws(&["dynamodb", "scan", "--table-name", &stack.ids["Labels"]]);
    assert_eq!(labels["Count"], 0, "{labels}");

    // The event of a photo that was deleted since.
    let register = stack.start("Register");
    assert_eq!(register.invoke(&created), Value::Null, "{}", register.log());
    assert_eq!(find.invoke(&json!("Mobile Phone")), json!([]));
}
