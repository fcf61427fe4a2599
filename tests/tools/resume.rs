//! Work that takes longer than a function may, whole: the example `import`, deployed, under the Runtime
//! Interface Emulator with seconds in place of minutes. What it hands over lies in its queue; given back to it as
//! Lambda gives a message, it goes on, until the table has all that was uploaded.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::emulator::Function;
use crate::example;
use crate::payloads;
use crate::stack::Stack;

/// The seconds that the function has, of which its margin leaves three.
const TIMEOUT: u8 = 8;

/// More than any machine puts into the table in these three.
const ARTICLES: usize = 30_000;

/// More hops than it can take, three seconds each.
const HOPS: usize = 200;

/// The one message that waits in a queue, if any does, as Lambda gives it to a function, and its receipt.
fn received(stack: &Stack, url: &str) -> Option<(Value, String)> {
    let answer = stack.aws(&["sqs", "receive-message", "--queue-url", url]);
    let messages = answer["Messages"].as_array()?;
    let [message] = messages.as_slice() else { panic!("{messages:?}") };
    let body: Value = serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
    let mut event = payloads::sqs(&[body]);
    event["Records"][0]["messageId"] = message["MessageId"].clone();
    event["Records"][0]["eventSourceARN"] = arn(stack, url).into();
    Some((event, message["ReceiptHandle"].as_str().unwrap().to_owned()))
}

/// The same, and it is out of the queue then.
fn taken(stack: &Stack, url: &str) -> Option<Value> {
    let (event, receipt) = received(stack, url)?;
    stack.aws(&["sqs", "delete-message", "--queue-url", url, "--receipt-handle", &receipt]);
    Some(event)
}

/// The hand-over that an event brings.
fn hand_over(event: &Value) -> Value {
    serde_json::from_str(event["Records"][0]["body"].as_str().unwrap()).unwrap()
}

fn arn(stack: &Stack, url: &str) -> String {
    let args = ["sqs", "get-queue-attributes", "--attribute-names", "QueueArn", "--queue-url", url];
    stack.aws(&args)["Attributes"]["QueueArn"].as_str().unwrap().to_owned()
}

fn upload(stack: &Stack, key: &str, content: &str) -> Value {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    let (bucket, path) = (&stack.ids["Uploads"], file.path().to_str().unwrap());
    let put = stack.aws(&["s3api", "put-object", "--bucket", bucket, "--key", key, "--body", path]);
    let mut event = payloads::s3_object(bucket, key);
    // The event has it without quotes.
    event["Records"][0]["s3"]["object"]["eTag"] =
        put["ETag"].as_str().unwrap().trim_matches('"').into();
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

    let mut environment = stack.environment("Import");
    environment.extend(stack.moto.settings());
    environment.insert("AWS_LAMBDA_FUNCTION_TIMEOUT".to_owned(), TIMEOUT.to_string());
    let function = stack.start_in("Import", &environment);
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

/// Gives the function its message as Lambda does where it fails, and gives how often, and what the
/// dead-letter queue has got then. That is the fifth receive at the latest: moto counts one for the mapping
/// itself, which has no Lambda to invoke.
fn dead_letter(stack: &Stack, function: &Function) -> (usize, Value) {
    let (queue, behind) = (&stack.ids["ImportResume"], &stack.ids["ImportResumeDeadLetters"]);
    let mut receives = 0;
    while let Some((event, receipt)) = received(stack, queue) {
        receives += 1;
        assert!(receives <= 5, "it was handed over anew: {}", function.log());
        let failed = json!([{ "itemIdentifier": event["Records"][0]["messageId"] }]);
        let answer = function.invoke(&event);
        assert_eq!(answer["batchItemFailures"], failed, "{answer}\n{}", function.log());
        // As when the visibility timeout is over.
        let visible = ["sqs", "change-message-visibility", "--visibility-timeout", "0"];
        let message = ["--queue-url", queue, "--receipt-handle", &receipt];
        stack.aws(&[&visible[..], &message].concat());
    }
    assert!(receives >= 4, "{receives}");
    (receives, hand_over(&taken(stack, behind).unwrap()))
}

#[test]
fn a_file_with_a_line_that_is_no_article_ends_in_the_dead_letter_queue_with_its_place() {
    let stack = Stack::deploy(example::named("import"));
    let function = stack.start("Import");
    let mut content = String::new();
    for number in 0..2_000 {
        writeln!(content, r#"{{"id":"{number}","name":"tea, a tin of it","cents":{number}}}"#)
            .unwrap();
    }
    content.push_str("tea\n");
    let event = upload(&stack, "broken.jsonl", &content);
    let answer = function.invoke(&event);
    assert_eq!(answer["resumed"]["hop"], 1, "{answer}\n{}", function.log());
    let (receives, letter) = dead_letter(&stack, &function);
    assert_eq!((&letter["hop"], &letter["event"]), (&json!(1), &event));
    let place = letter["cursor"]["offset"].as_u64().unwrap();
    assert!(place > 0 && place < content.len() as u64, "{letter}");
    let done = articles(&stack);
    assert!(done.as_u64().unwrap() > 0);
    assert_eq!(letter["cursor"]["articles"], done);
    let log = function.log();
    let start = format!("failed: NotAnArticle: `broken.jsonl` from byte {place}: ");
    assert_eq!(log.matches(&start).count(), receives + 1, "{log}");
}

#[test]
fn a_file_whose_first_line_is_no_article_ends_in_the_dead_letter_queue_too() {
    let stack = Stack::deploy(example::named("import"));
    let function = stack.start("Import");
    let event = upload(&stack, "broken.jsonl", "tea\n");
    let answer = function.invoke(&event);
    assert_eq!(answer["resumed"]["hop"], 1, "{answer}\n{}", function.log());
    let (_, letter) = dead_letter(&stack, &function);
    assert_eq!((letter.get("cursor"), &letter["event"]), (None, &event));
}

#[test]
fn a_file_that_was_uploaded_anew_is_not_read_as_the_one_that_it_was() {
    let stack = Stack::deploy(example::named("import"));
    let function = stack.start("Import");
    let line = "{\"id\":\"1\",\"name\":\"Tea\",\"cents\":450}\n";
    let old = upload(&stack, "articles.jsonl", line);
    let new = upload(&stack, "articles.jsonl", &line.replace("Tea", "Ice"));
    let answer = function.invoke(&old);
    assert_eq!(answer["resumed"]["hop"], 1, "{answer}");
    assert!(function.log().contains("failed: FileChanged: `articles.jsonl`"), "{}", function.log());
    assert_eq!(articles(&stack), 0);
    assert_eq!(function.invoke(&new), 1, "{}", function.log());
}

#[test]
fn what_else_lies_in_the_queue_fails_as_no_hand_over() {
    let stack = Stack::deploy(example::named("import"));
    let function = stack.start("Import");
    let mut message = payloads::sqs(&[json!("no hand-over")]);
    message["Records"][0]["eventSourceARN"] = arn(&stack, &stack.ids["ImportResume"]).into();
    let failed = json!({ "batchItemFailures": [{ "itemIdentifier": "m0" }] });
    assert_eq!(function.invoke(&message), failed, "{}", function.log());
    assert!(function.log().contains("message m0 failed: NotAHandOver: "), "{}", function.log());
}
