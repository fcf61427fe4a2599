//! Work that takes longer than a function may, whole: the example `import`, deployed, under the Runtime
//! Interface Emulator with its ten seconds. What it hands over lies in its queue; given back to it as
//! Lambda gives a message, it goes on, until the table has all that was uploaded.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::example;
use crate::payloads;
use crate::stack::Stack;

/// More than any machine puts into the table in the five seconds that the emulator's ten leave.
const ARTICLES: usize = 20_000;

/// More hops than it can take, five seconds each.
const HOPS: usize = 200;

/// The one message that waits in a queue, if any does, as Lambda gives it to a function; it is out of the
/// queue then.
fn taken(stack: &Stack, url: &str) -> Option<Value> {
    let answer = stack.aws(&["sqs", "receive-message", "--queue-url", url]);
    let messages = answer["Messages"].as_array()?;
    let [message] = messages.as_slice() else { panic!("{messages:?}") };
    let receipt = message["ReceiptHandle"].as_str().unwrap();
    stack.aws(&["sqs", "delete-message", "--queue-url", url, "--receipt-handle", receipt]);
    let body: Value = serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
    let mut event = payloads::sqs(&[body]);
    event["Records"][0]["messageId"] = message["MessageId"].clone();
    event["Records"][0]["eventSourceARN"] = arn(stack, url).into();
    Some(event)
}

fn arn(stack: &Stack, url: &str) -> String {
    let args = ["sqs", "get-queue-attributes", "--attribute-names", "QueueArn", "--queue-url", url];
    stack.aws(&args)["Attributes"]["QueueArn"].as_str().unwrap().to_owned()
}

fn upload(stack: &Stack, key: &str, content: &str) -> Value {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    let (bucket, path) = (&stack.ids["Uploads"], file.path().to_str().unwrap());
    stack.aws(&["s3api", "put-object", "--bucket", bucket, "--key", key, "--body", path]);
    let mut event = payloads::s3_object(bucket, key);
    event["Records"][0]["s3"]["object"]["size"] = content.len().into();
    event
}

fn articles(stack: &Stack) -> Value {
    let table = &stack.ids["Articles"];
    stack.aws(&["dynamodb", "scan", "--table-name", table, "--select", "COUNT"])["Count"].clone()
}

#[test]
fn an_import_that_takes_longer_than_a_function_may_goes_on_by_its_queue() {
    let stack = Stack::deploy(example::named("import"));
    let mut content = String::new();
    for number in 0..ARTICLES {
        let name = "tea ".repeat(20);
        writeln!(content, r#"{{"id":"{number}","name":"{name}","cents":{number}}}"#).unwrap();
    }
    let event = upload(&stack, "articles.jsonl", &content);
    let queue = &stack.ids["ImportResume"];

    let function = stack.start("Import");
    let answer = function.invoke(&event);
    assert_eq!(answer["resumed"]["hop"], 1, "{answer}\n{}", function.log());
    let first = articles(&stack).as_u64().unwrap();
    assert!(first > 0 && first < ARTICLES as u64, "{first} articles after the first invocation");

    let mut waiting = taken(&stack, queue);
    assert_eq!(
        waiting.as_ref().unwrap()["Records"][0]["messageId"],
        answer["resumed"]["messageId"]
    );
    let mut hops = 0;
    while let Some(event) = waiting {
        hops += 1;
        assert!(hops < HOPS, "{}", function.log());
        let answer = function.invoke(&event);
        assert_eq!(answer, json!({ "batchItemFailures": [] }), "{}", function.log());
        waiting = taken(&stack, queue);
    }
    assert_eq!(articles(&stack), ARTICLES, "{}", function.log());
    assert!(function.log().contains("`Import` is done: request "), "{}", function.log());
}

#[test]
fn an_import_that_fails_later_reports_its_message_and_other_messages_are_none() {
    let stack = Stack::deploy(example::named("import"));
    let event =
        upload(&stack, "broken.jsonl", "{\"id\":\"1\",\"name\":\"Tea\",\"cents\":450}\ntea\n");
    let function = stack.start("Import");
    let answer = function.invoke(&event);
    assert_eq!(answer["errorType"], "NotAnArticle", "{answer}");

    let place = json!({ "file": 0, "offset": 0, "articles": 0 });
    let hand_over = json!({
        "resume": 1, "function": "Import", "request": "r", "hop": 1, "cursor": place, "event": event,
    });
    for body in [hand_over, json!("no hand-over")] {
        let mut message = payloads::sqs(&[body]);
        message["Records"][0]["eventSourceARN"] = arn(&stack, &stack.ids["ImportResume"]).into();
        let failed = json!({ "batchItemFailures": [{ "itemIdentifier": "m0" }] });
        assert_eq!(function.invoke(&message), failed, "{}", function.log());
    }
    let log = function.log();
    assert!(log.contains("message m0 failed: NotAnArticle: `broken.jsonl` from byte 0"), "{log}");
    assert!(log.contains("message m0 failed: NotAHandOver: "), "{log}");
}
