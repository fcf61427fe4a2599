//! SQS at the handler: the whole batch, or each message. The answer names the messages that failed,
//! and only they come again (`ReportBatchItemFailures`). In a FIFO queue, what follows a failed
//! message of its group is not begun, so that order holds.

use std::collections::HashSet;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::event::{Message, SqsEvent, SqsMessage};
use crate::handler::{Answer, BoxFuture};
use crate::source::batch::attempt;
use crate::source::{Delivery, Event, Shape, Sqs, TriggeredBy};
use crate::{decode, log};

impl Event for SqsEvent {
    type Source = Sqs;

    const RESUMES: Result<(), &'static str> = Err(
        "the answer to a whole batch says which messages come again, and work that goes on later can \
         answer for none: take a `Message<T>` or an `SqsMessage`, one message at a time",
    );

    fn recognises(shape: &Shape<'_>) -> bool {
        shape.has_records_of("aws:sqs")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> BoxFuture<'_, Result<Answer, Error>> {
        Box::pin(async move { delivery.call(decode::json(delivery.payload)?).await })
    }
}

impl Event for SqsMessage {
    type Source = Sqs;

    fn recognises(shape: &Shape<'_>) -> bool {
        SqsEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> BoxFuture<'_, Result<Answer, Error>> {
        Box::pin(async move { each(&delivery, Ok).await })
    }
}

impl<T: DeserializeOwned + Send + 'static> Event for Message<T> {
    type Source = Sqs;

    fn recognises(shape: &Shape<'_>) -> bool {
        SqsEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> BoxFuture<'_, Result<Answer, Error>> {
        Box::pin(async move { each(&delivery, Message::read).await })
    }
}

impl TriggeredBy<Sqs> for SqsEvent {}
impl TriggeredBy<Sqs> for SqsMessage {}
impl<T: DeserializeOwned + Send + 'static> TriggeredBy<Sqs> for Message<T> {}

/// The answer that SQS takes from Lambda.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct BatchResponse {
    batch_item_failures: Vec<ItemFailure>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemFailure {
    item_identifier: String,
}

async fn each<E>(
    delivery: &Delivery<'_, E>,
    read: fn(SqsMessage) -> Result<E, Error>,
) -> Result<Answer, Error> {
    let event: SqsEvent = decode::json(delivery.payload)?;
    let mut response = BatchResponse::default();
    let mut blocked = HashSet::new();
    for message in event.records {
        // A failure without an identifier would read as "all failed", and none as "all well".
        let id = message.message_id.clone().filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| decode::invalid("a message of the batch has no `messageId`"))?;
        let group = order_group(&message);
        let done = match &group {
            Some(group) if blocked.contains(group) => Err(Error::new(
                "OutOfOrder",
                format!("not begun: a message before it in group `{group}` failed"),
            )),
            _ => match read(message) {
                Ok(event) => attempt(delivery, event).await,
                Err(error) => Err(error),
            },
        };
        if let Err(error) = done {
            log::line(format_args!("message {id} failed: {}: {error:#}", error.name()));
            blocked.extend(group);
            response.batch_item_failures.push(ItemFailure { item_identifier: id });
        }
    }
    Ok(serde_json::to_vec(&response)?)
}

/// Whether a queue is a FIFO queue: its name has to end so, in lower case.
fn is_fifo(arn: &str) -> bool {
    arn.strip_suffix(".fifo").is_some()
}

/// The group whose order must hold. A group id alone does not say so: standard queues take one too,
/// for fairness, and there a failure must not hold up the rest.
fn order_group(message: &SqsMessage) -> Option<String> {
    let arn = message.event_source_arn.as_deref();
    let group = message.attributes.get("MessageGroupId");
    match (arn, group) {
        (Some(arn), group) if is_fifo(arn) => Some(group.cloned().unwrap_or_default()),
        (None, Some(group)) => Some(group.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::time::{Duration, Instant};

    use serde_json::{Value, json};

    use super::*;
    use crate::context::MARGIN;
    use crate::handler::{Handler, triggered};
    use crate::source::sqs::sqs;
    use crate::testing::{answer, answer_before, fixture};

    type Seen = Arc<Mutex<Vec<String>>>;

    /// Panics when it is dropped.
    struct Trap;

    impl Drop for Trap {
        fn drop(&mut self) {
            panic!("trapped");
        }
    }

    /// Handles words, and notes what it was called with: `bad` fails, `boom` panics, `slow` takes
    /// longer than any test, and `trap` panics when it is stopped on top of that.
    fn words() -> (Handler, Seen) {
        let seen = Seen::default();
        let notes = Arc::clone(&seen);
        let handler = triggered([sqs::<Message<String>>()], move |word, _| {
            notes.lock().unwrap().push(word.to_string());
            async move {
                assert_ne!(*word, "boom");
                let _trap = if *word == "trap" { Some(Trap) } else { None };
                if ["slow", "trap"].contains(&word.as_str()) {
                    tokio::time::sleep(Duration::from_mins(1)).await;
                }
                Ok(if *word == "bad" { Err("bad word") } else { Ok(()) })
            }
        });
        (handler, seen)
    }

    fn batch(queue: &str, messages: &[(&str, &str, &str)]) -> Vec<u8> {
        let record = |&(id, group, body): &(&str, &str, &str)| {
            json!({
                "messageId": id,
                "body": body,
                "attributes": { "MessageGroupId": group },
                "eventSource": "aws:sqs",
                "eventSourceARN": format!("arn:aws:sqs:us-east-1:123456789012:{queue}"),
            })
        };
        let records: Vec<_> = messages.iter().map(record).collect();
        serde_json::to_vec(&json!({ "Records": records })).unwrap()
    }

    fn failures(answer: &[u8]) -> Vec<String> {
        let answer: Value = serde_json::from_slice(answer).unwrap();
        let failures = answer["batchItemFailures"].as_array().unwrap();
        failures.iter().map(|f| f["itemIdentifier"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn failed_panicked_and_undecodable_messages_fail_alone() {
        let (handler, seen) = words();
        let messages = [
            ("1", "a", "\"good\""),
            ("2", "a", "\"bad\""),
            ("3", "a", "\"boom\""),
            ("4", "a", "{"),
            ("5", "a", "\"good\""),
        ];
        let answer = answer(&handler, &batch("jobs", &messages)).unwrap();
        assert_eq!(failures(&answer), ["2", "3", "4"]);
        assert_eq!(*seen.lock().unwrap(), ["good", "bad", "boom", "good"]);
    }

    #[test]
    fn a_fifo_group_stops_at_its_first_failure_and_others_go_on() {
        let (handler, seen) = words();
        let messages = [
            ("1", "a", "\"bad\""),
            ("2", "b", "\"first of b\""),
            ("3", "a", "\"never\""),
            ("4", "b", "\"second of b\""),
        ];
        let answer = answer(&handler, &batch("jobs.fifo", &messages)).unwrap();
        assert_eq!(failures(&answer), ["1", "3"]);
        assert_eq!(*seen.lock().unwrap(), ["bad", "first of b", "second of b"]);
    }

    #[test]
    fn an_undecodable_fifo_message_holds_its_group_too() {
        let (handler, _) = words();
        let messages = [("1", "a", "{"), ("2", "a", "\"good\"")];
        let answer = answer(&handler, &batch("jobs.fifo", &messages)).unwrap();
        assert_eq!(failures(&answer), ["1", "2"]);
    }

    #[test]
    fn a_batch_that_went_well_reports_an_empty_list() {
        let (handler, _) = words();
        let answer = answer(&handler, &batch("jobs", &[("1", "a", "\"good\"")])).unwrap();
        assert_eq!(answer, br#"{"batchItemFailures":[]}"#);
    }

    #[test]
    fn messages_not_reached_before_the_deadline_are_reported_failed() {
        let (handler, seen) = words();
        let payload = batch("jobs", &[("1", "a", "\"good\""), ("2", "a", "\"good\"")]);
        let answer = answer_before(&handler, &payload, Duration::from_millis(100)).unwrap();
        assert_eq!(failures(&answer), ["1", "2"]);
        assert!(seen.lock().unwrap().is_empty());
    }

    #[test]
    fn a_message_that_takes_too_long_is_reported_and_what_was_done_before_it_is_not() {
        for slow in ["\"slow\"", "\"trap\""] {
            let (handler, seen) = words();
            let payload =
                batch("jobs", &[("1", "a", "\"good\""), ("2", "b", slow), ("3", "c", "\"late\"")]);
            let remaining = MARGIN + Duration::from_millis(200);
            let start = Instant::now();
            let answer = answer_before(&handler, &payload, remaining).unwrap();
            assert!(start.elapsed() < remaining, "reported after the timeout");
            assert_eq!(failures(&answer), ["2", "3"]);
            assert_eq!(seen.lock().unwrap().len(), 2);
        }
    }

    #[test]
    fn a_message_without_an_id_fails_the_batch_as_it_cannot_be_reported() {
        let (handler, _) = words();
        let error = answer(&handler, br#"{"Records":[{"body":"\"good\""}]}"#).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
    }

    #[test]
    fn the_official_event_reaches_a_handler_of_raw_messages() {
        let handler = triggered([sqs::<SqsMessage>()], |message, _| async move {
            assert_eq!(message.body.as_deref(), Some("Message Body"));
            Ok(Ok::<_, Error>(()))
        });
        let answer = answer(&handler, &fixture("example-sqs-event.json")).unwrap();
        assert!(failures(&answer).is_empty());
    }

    #[test]
    fn a_handler_of_the_whole_event_answers_for_itself() {
        let handler = triggered([sqs::<SqsEvent>()], |event, _| async move {
            let mut response = aws_lambda_events::sqs::SqsBatchResponse::default();
            response.set_failures(event.records.into_iter().filter_map(|m| m.message_id));
            Ok(Ok::<_, Error>(response))
        });
        let answer = answer(&handler, &fixture("example-sqs-event.json")).unwrap();
        assert_eq!(failures(&answer), ["MessageID_1"]);
    }
}
