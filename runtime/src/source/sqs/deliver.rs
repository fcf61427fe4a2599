//! Delivers SQS events: the whole batch, or one message at a time, several at once. The response names the
//! messages that failed, and SQS delivers only these again (`ReportBatchItemFailures`). In a FIFO queue, the
//! messages of a group are handled one after another, and no message after a failed one is started, so that the
//! group stays in order.

use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use serde::de::DeserializeOwned;

use super::message::Message;
use super::raw_message::RawMessage;
use super::registration::Sqs;
use super::wrapped::{Unwrapped, is_test_event, unwrap_body};
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{FunctionResponse, ResponseFuture, decode};
use crate::messages;
use crate::resource::kind;
use crate::resource::markers::{Typed, Untyped};
use crate::resource::trigger_event::{Accepts, DiffersFrom};
use crate::source::batch::record_calls::RecordCalls;
use crate::source::batch::record_groups::{RecordGroups, Unfinished};
use crate::source::batch::records::split_records;
use crate::source::batch::response::batch_response;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

impl Event for SqsEvent {
    type Source = Sqs;

    const RESUMES: Result<(), &'static str> = Err(messages::compile::batch_cannot_resume());

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has_records_of("aws:sqs")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call_batch(decode::decode_json(delivery.payload)?).await })
    }
}

impl Event for SqsMessage {
    type Source = Sqs;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        SqsEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            deliver_messages(&delivery, false, |message, _| decode::decode_text(message.text)).await
        })
    }
}

impl<T: DeserializeOwned + Send + 'static> Event for Message<T> {
    type Source = Sqs;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        SqsEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            let has_envelopes = delivery.has_envelopes;
            deliver_messages(&delivery, has_envelopes, Message::read).await
        })
    }
}

impl TriggeredBy<Sqs> for SqsEvent {}
impl TriggeredBy<Sqs> for SqsMessage {}
impl<T: DeserializeOwned + Send + 'static> TriggeredBy<Sqs> for Message<T> {}

impl<K, M> Accepts<K, M> for SqsEvent {}
impl<K, M> Accepts<K, M> for SqsMessage {}

impl<T> Accepts<kind::Queue, Typed<T>> for Message<T> {}
impl<T> Accepts<kind::Queue, Untyped> for Message<T> {}

/// Accepts any resource that is not a queue. Such a resource does not deliver a `Message`, which the compiler reports
/// elsewhere; this implementation avoids a second message about the same mistake.
impl<T, M, K: DiffersFrom<kind::Queue>> Accepts<K, M> for Message<T> {}

/// Calls the handler with each message of the batch, and returns the response that names the messages that
/// failed or were not started. `read` decodes a message, whose content can be in an envelope if `has_envelopes`.
async fn deliver_messages<E: Send>(
    delivery: &Delivery<'_, E>,
    has_envelopes: bool,
    read: impl Fn(&RawMessage<'_>, Option<&Unwrapped>) -> Result<E, Error>,
) -> Result<FunctionResponse, Error> {
    let batch = split_records(delivery.payload)?.into_iter().map(RawMessage::read);
    let batch: Vec<_> = batch.collect::<Result<_, _>>()?;
    let calls = RecordCalls::new(delivery);
    let attempt = async |index: usize| {
        // Messages that were not started are not logged here: there may be thousands of them, and little
        // time.
        if !calls.has_time() {
            return Err(Unfinished::NoTimeLeft);
        }
        let message: &RawMessage<'_> = &batch[index];
        let unwrapped = has_envelopes.then(|| unwrap_body(&message.body)).flatten();
        let content = unwrapped.as_ref().map_or(&*message.body, |it| it.text.as_str());
        // No handler expects the message by which S3 tests its notifications: it is about no object.
        if has_envelopes && is_test_event(content) {
            return Ok(());
        }
        let done = calls
            .call_handler(|| Ok((read(message, unwrapped.as_ref())?, content.as_bytes().into())))
            .await;
        done.map_err(|error| {
            calls.log_failure(messages::batch::describe_message(&message.id), &error);
            Unfinished::Failed
        })
    };
    let groups = RecordGroups::new(batch.iter().map(|message| message.group.as_deref()));
    let unfinished = groups.run(delivery.call.concurrency(), attempt).await;
    for line in not_started_lines(&unfinished.iter().map(|(_, why)| *why)) {
        calls.log(line);
    }
    batch_response(unfinished.iter().map(|(index, _)| &*batch[*index].id))
}

/// Returns the lines of the log about messages that were not started: one line for each reason, with the number
/// of messages.
fn not_started_lines(
    unfinished: &(impl Iterator<Item = Unfinished> + Clone),
) -> impl Iterator<Item = String> {
    let count = |why| unfinished.clone().filter(|it| *it == why).count();
    let (no_time, stopped) = (count(Unfinished::NoTimeLeft), count(Unfinished::GroupStopped));
    let no_time = (no_time > 0).then(|| messages::batch::messages_without_time(no_time));
    let stopped = (stopped > 0).then(|| messages::batch::messages_behind_a_failure(stopped));
    no_time.into_iter().chain(stopped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_were_not_started_are_one_log_line_for_each_reason() {
        use Unfinished::{Failed, GroupStopped, NoTimeLeft};

        let lines = |unfinished: &[Unfinished]| {
            not_started_lines(&unfinished.iter().copied()).collect::<Vec<_>>()
        };
        let begin = "messages of the batch were not started";
        assert_eq!(
            lines(&[NoTimeLeft; 10_000]),
            [format!("10000 {begin}: there was no time left")]
        );
        let both = lines(&[Failed, GroupStopped, GroupStopped, NoTimeLeft, Failed]);
        let behind = format!("2 {begin}: a message before them in their group failed");
        assert_eq!(both, [format!("1 {begin}: there was no time left"), behind]);
        assert!(lines(&[Failed, Failed]).is_empty());
    }
}
