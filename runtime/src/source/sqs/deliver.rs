//! SQS at the handler: the whole batch, or each message, several at once. The answer names the messages
//! that failed, and only they come again (`ReportBatchItemFailures`). In a FIFO queue the messages of a
//! group go one after another, and what follows a failed one is not begun, so that order holds.

use serde::de::DeserializeOwned;

use crate::Error;
use crate::event::{Message, SqsEvent, SqsMessage};
use crate::handler::{Answer, BoxFuture};
use crate::source::batch::{Attempts, Lanes, Unfinished, failures, log_failure, records};
use crate::source::sqs::envelope::Envelope;
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

async fn each<E: Send>(
    delivery: &Delivery<'_, E>,
    read: impl Fn(&Envelope<'_>) -> Result<E, Error>,
) -> Result<Answer, Error> {
    let messages = records(delivery.payload)?.into_iter().map(Envelope::read);
    let messages: Vec<_> = messages.collect::<Result<_, _>>()?;
    let attempts = Attempts::new(delivery);
    let attempt = async |index: usize| {
        let message: &Envelope<'_> = &messages[index];
        let done = attempts.record(|| Ok((read(message)?, message.body.as_bytes().into()))).await;
        if let Err(error) = &done {
            log_failure(format_args!("message {}", message.id), error);
        }
        done.is_ok()
    };
    let lanes = Lanes::of(messages.iter().map(|message| message.group.as_deref()));
    let unfinished = lanes.run(delivery.call.concurrency(), attempt).await;
    for (index, _) in unfinished.iter().filter(|(_, why)| *why == Unfinished::NotBegun) {
        let Envelope { id, group, .. } = &messages[*index];
        let group = group.as_deref().unwrap_or_default();
        log::line(format_args!(
            "message {id} not begun: a message before it in group `{group}` failed"
        ));
    }
    failures(unfinished.iter().map(|(index, _)| &*messages[*index].id))
}
