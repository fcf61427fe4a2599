//! SQS at the handler: the whole batch, or each message, several at once. The answer names the messages
//! that failed, and only they come again (`ReportBatchItemFailures`). In a FIFO queue the messages of a
//! group go one after another, and what follows a failed one is not begun, so that order holds.

use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use serde::de::DeserializeOwned;

use super::delivered::Sqs;
use super::envelope::Envelope;
use super::message::Message;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{Answer, BoxFuture, decode};
use crate::messages;
use crate::resource::kind;
use crate::resource::markers::{Typed, Untyped};
use crate::resource::trigger_event::{Accepts, DiffersFrom};
use crate::source::batch::answer::failures;
use crate::source::batch::attempt::Attempts;
use crate::source::batch::lanes::{Lanes, Unfinished};
use crate::source::batch::records::records;
use crate::source::event::{Event, TriggeredBy};
use crate::source::shape::Shape;

impl Event for SqsEvent {
    type Source = Sqs;

    const RESUMES: Result<(), &'static str> = Err(messages::compile::batch_cannot_resume());

    fn recognises(shape: &Shape<'_>) -> bool {
        shape.has_records_of("aws:sqs")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> BoxFuture<'_, Result<Answer, Error>> {
        Box::pin(async move { delivery.call_batch(decode::json(delivery.payload)?).await })
    }
}

impl Event for SqsMessage {
    type Source = Sqs;

    fn recognises(shape: &Shape<'_>) -> bool {
        SqsEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> BoxFuture<'_, Result<Answer, Error>> {
        Box::pin(async move { each(&delivery, |message| decode::text(message.text)).await })
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

impl<K, M> Accepts<K, M> for SqsEvent {}
impl<K, M> Accepts<K, M> for SqsMessage {}

impl<T> Accepts<kind::Queue, Typed<T>> for Message<T> {}
impl<T> Accepts<kind::Queue, Untyped> for Message<T> {}

/// What another kind of resource would deliver is no event of its source, which is one message of the
/// compiler already: not a second one.
impl<T, M, K: DiffersFrom<kind::Queue>> Accepts<K, M> for Message<T> {}

async fn each<E: Send>(
    delivery: &Delivery<'_, E>,
    read: impl Fn(&Envelope<'_>) -> Result<E, Error>,
) -> Result<Answer, Error> {
    let batch = records(delivery.payload)?.into_iter().map(Envelope::read);
    let batch: Vec<_> = batch.collect::<Result<_, _>>()?;
    let attempts = Attempts::new(delivery);
    let attempt = async |index: usize| {
        // Of what is not begun nothing is said here: it may be thousands, and there is little time.
        if !attempts.has_time() {
            return Err(Unfinished::NoTime);
        }
        let message: &Envelope<'_> = &batch[index];
        let done = attempts.record(|| Ok((read(message)?, message.body.as_bytes().into()))).await;
        done.map_err(|error| {
            attempts.log_failure(messages::batch::message(&message.id), &error);
            Unfinished::Failed
        })
    };
    let lanes = Lanes::of(batch.iter().map(|message| message.group.as_deref()));
    let unfinished = lanes.run(delivery.call.concurrency(), attempt).await;
    for line in not_begun(unfinished.iter().map(|(_, why)| *why)) {
        attempts.log(line);
    }
    failures(unfinished.iter().map(|(index, _)| &*batch[*index].id))
}

/// What the log says of messages that were not begun: a line for each reason, however many they are.
fn not_begun(unfinished: impl Iterator<Item = Unfinished> + Clone) -> impl Iterator<Item = String> {
    let reasons: [(_, fn(usize) -> String); 2] = [
        (Unfinished::NoTime, messages::batch::messages_without_time),
        (Unfinished::Behind, messages::batch::messages_behind_a_failure),
    ];
    reasons.into_iter().filter_map(move |(why, line)| {
        let count = unfinished.clone().filter(|it| *it == why).count();
        (count > 0).then(|| line(count))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_one_line_for_all_that_were_not_begun_for_one_reason() {
        use Unfinished::{Behind, Failed, NoTime};

        let lines =
            |unfinished: &[Unfinished]| not_begun(unfinished.iter().copied()).collect::<Vec<_>>();
        let begin = "messages of the batch were not started";
        assert_eq!(lines(&[NoTime; 10_000]), [format!("10000 {begin}: there was no time left")]);
        let both = lines(&[Failed, Behind, Behind, NoTime, Failed]);
        let behind = format!("2 {begin}: a message before them in their group failed");
        assert_eq!(both, [format!("1 {begin}: there was no time left"), behind]);
        assert!(lines(&[Failed, Failed]).is_empty());
    }
}
