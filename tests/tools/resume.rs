//! End-to-end tests of `resume` with the example `import`. It is deployed and runs under the Runtime Interface
//! Emulator with a timeout of seconds. It sends its hand-overs to its queue. The tests give each message back to it,
//! as Lambda would, until the table has the whole upload.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::emulator::Function;
use crate::example;
use crate::payloads;
use crate::stack::Stack;

/// The timeout of the function in seconds. The margin before the deadline leaves three of them.
const TIMEOUT: u8 = 8;

/// More articles than any machine writes to the table in three seconds.
const ARTICLES: usize = 30_000;

/// More hops than the import can need, at three seconds each.
const HOPS: usize = 200;

/// Receives the only message of a queue, if there is one. Returns it as Lambda's event, with its receipt handle.
fn receive_message(stack: &Stack, url: &str) -> Option<(Value, String)> {
    let answer = stack.aws(&["sqs", "receive-message", "--queue-url", url]);
    let messages = answer["Messages"].as_array()?;
    let [message] = messages.as_slice() else { panic!("{messages:?}") };
    let body: Value = serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
    let mut event = payloads::sqs_event(&[body]);
    event["Records"][0]["messageId"] = message["MessageId"].clone();
    event["Records"][0]["eventSourceARN"] = queue_arn(stack, url).into();
    Some((event, message["ReceiptHandle"].as_str().unwrap().to_owned()))
}

/// Receives the only message of a queue and deletes it.
fn take_message(stack: &Stack, url: &str) -> Option<Value> {
    let (event, receipt) = receive_message(stack, url)?;
    stack.aws(&["sqs", "delete-message", "--queue-url", url, "--receipt-handle", &receipt]);
    Some(event)
}

/// Parses the hand-over in an event.
fn parse_hand_over(event: &Value) -> Value {
    serde_json::from_str(event["Records"][0]["body"].as_str().unwrap()).unwrap()
}

fn queue_arn(stack: &Stack, url: &str) -> String {
    let args = ["sqs", "get-queue-attributes", "--attribute-names", "QueueArn", "--queue-url", url];
    stack.aws(&args)["Attributes"]["QueueArn"].as_str().unwrap().to_owned()
}

fn upload_file(stack: &Stack, key: &str, content: &str) -> Value {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    let (bucket, path) = (&stack.ids["Uploads"], file.path().to_str().unwrap());
    let put = stack.aws(&["s3api", "put-object", "--bucket", bucket, "--key", key, "--body", path]);
    let mut event = payloads::s3_event_for(bucket, key);
    // The event has the ETag without quotes.
    event["Records"][0]["s3"]["object"]["eTag"] =
        put["ETag"].as_str().unwrap().trim_matches('"').into();
    event["Records"][0]["s3"]["object"]["size"] = content.len().into();
    event
}

fn count_articles(stack: &Stack) -> Value {
    let table = &stack.ids["Articles"];
    stack.aws(&["dynamodb", "scan", "--table-name", table, "--select", "COUNT"])["Count"].clone()
}

#[test]
fn an_import_longer_than_the_timeout_continues_through_its_queue() {
    let stack = Stack::deploy(example::get_example("import"));
    let mut content = String::new();
    for number in 0..ARTICLES {
        let name = "tea ".repeat(20);
        writeln!(content, r#"{{"id":"{number}","name":"{name}","cents":{number}}}"#).unwrap();
    }
    let event = upload_file(&stack, "articles.jsonl", &content);
    let queue = &stack.ids["ImportResume"];

    let mut environment = stack.environment("Import");
    environment.extend(stack.moto.settings());
    environment.insert("AWS_LAMBDA_FUNCTION_TIMEOUT".to_owned(), TIMEOUT.to_string());
    let function = stack.start_with_environment("Import", &environment);
    let answer = function.invoke(&event);
    assert_eq!(answer["resumed"]["hop"], 1, "{answer}\n{}", function.log());
    let first = count_articles(&stack).as_u64().unwrap();
    assert!(first > 0 && first < ARTICLES as u64, "{first} articles after the first invocation");

    let mut waiting = take_message(&stack, queue);
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
        waiting = take_message(&stack, queue);
    }
    assert_eq!(count_articles(&stack), ARTICLES, "{}", function.log());
    assert!(function.log().contains("`Import` is done: request "), "{}", function.log());
}

/// Gives the function its failing message again and again, as Lambda does. Returns the number of attempts and the
/// hand-over in the dead-letter queue. There are at most five attempts: moto counts one for the event source mapping,
/// which has no Lambda to invoke.
fn fail_until_dead_letter(stack: &Stack, function: &Function) -> (usize, Value) {
    let (queue, behind) = (&stack.ids["ImportResume"], &stack.ids["ImportResumeDeadLetters"]);
    let mut receives = 0;
    while let Some((event, receipt)) = receive_message(stack, queue) {
        receives += 1;
        assert!(receives <= 5, "the function sent a new hand-over: {}", function.log());
        let failed = json!([{ "itemIdentifier": event["Records"][0]["messageId"] }]);
        let answer = function.invoke(&event);
        assert_eq!(answer["batchItemFailures"], failed, "{answer}\n{}", function.log());
        // As if the visibility timeout had passed.
        let visible = ["sqs", "change-message-visibility", "--visibility-timeout", "0"];
        let message = ["--queue-url", queue, "--receipt-handle", &receipt];
        stack.aws(&[&visible[..], &message].concat());
    }
    assert!(receives >= 4, "{receives}");
    (receives, parse_hand_over(&take_message(stack, behind).unwrap()))
}

#[test]
fn the_dead_letter_of_a_file_with_a_wrong_line_has_the_offset_of_the_line() {
    let stack = Stack::deploy(example::get_example("import"));
    let function = stack.start("Import");
    let mut content = String::new();
    for number in 0..2_000 {
        writeln!(content, r#"{{"id":"{number}","name":"tea, a tin of it","cents":{number}}}"#)
            .unwrap();
    }
    content.push_str("tea\n");
    let event = upload_file(&stack, "broken.jsonl", &content);
    let answer = function.invoke(&event);
    assert_eq!(answer["resumed"]["hop"], 1, "{answer}\n{}", function.log());
    let (receives, letter) = fail_until_dead_letter(&stack, &function);
    assert_eq!((&letter["hop"], &letter["event"]), (&json!(1), &event));
    let place = letter["cursor"]["offset"].as_u64().unwrap();
    assert!(place > 0 && place < content.len() as u64, "{letter}");
    let done = count_articles(&stack);
    assert!(done.as_u64().unwrap() > 0);
    assert_eq!(letter["cursor"]["articles"], done);
    let log = function.log();
    let start = format!("failed: NotAnArticle: `broken.jsonl` from byte {place}: ");
    assert_eq!(log.matches(&start).count(), receives + 1, "{log}");
}

#[test]
fn a_file_with_a_wrong_first_line_ends_in_the_dead_letter_queue() {
    let stack = Stack::deploy(example::get_example("import"));
    let function = stack.start("Import");
    let event = upload_file(&stack, "broken.jsonl", "tea\n");
    let answer = function.invoke(&event);
    assert_eq!(answer["resumed"]["hop"], 1, "{answer}\n{}", function.log());
    let (_, letter) = fail_until_dead_letter(&stack, &function);
    assert_eq!((letter.get("cursor"), &letter["event"]), (None, &event));
}

#[test]
fn an_event_of_a_file_that_was_replaced_since_fails() {
    let stack = Stack::deploy(example::get_example("import"));
    let function = stack.start("Import");
    let line = "{\"id\":\"1\",\"name\":\"Tea\",\"cents\":450}\n";
    let old = upload_file(&stack, "articles.jsonl", line);
    let new = upload_file(&stack, "articles.jsonl", &line.replace("Tea", "Ice"));
    let answer = function.invoke(&old);
    assert_eq!(answer["resumed"]["hop"], 1, "{answer}");
    assert!(function.log().contains("failed: FileChanged: `articles.jsonl`"), "{}", function.log());
    assert_eq!(count_articles(&stack), 0);
    assert_eq!(function.invoke(&new), 1, "{}", function.log());
}

#[test]
fn a_message_of_the_queue_that_is_not_a_hand_over_fails() {
    let stack = Stack::deploy(example::get_example("import"));
    let function = stack.start("Import");
    let mut message = payloads::sqs_event(&[json!("no hand-over")]);
    message["Records"][0]["eventSourceARN"] = queue_arn(&stack, &stack.ids["ImportResume"]).into();
    let failed = json!({ "batchItemFailures": [{ "itemIdentifier": "m0" }] });
    assert_eq!(function.invoke(&message), failed, "{}", function.log());
    assert!(function.log().contains("message m0 failed: NotAHandOver: "), "{}", function.log());
}
