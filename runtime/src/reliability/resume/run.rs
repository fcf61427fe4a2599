//! Doing work in parts: takes a payload, calls the handler with cursor after cursor while there is time,
//! and hands over what is left. A payload out of the function's own queue is work that goes on.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::time::timeout;

use super::message::{HandOver, QueueMessage, own_messages};
use super::progress::NULL;
use super::queue::Queue;
use super::reply::{HandedOver, ResumedReply};
use super::settings::ResumeSettings;
use crate::Error;
use crate::invocation::resume_step::{NextStep, ResumeStep};
use crate::invocation::{BoxFuture, Call, FunctionResponse, catch_panic};
use crate::messages;
use crate::observability::log;
use crate::registry::{Handler, Serve};

/// What is kept back of the time for the answer, where a queue does not answer.
const TO_ANSWER: Duration = Duration::from_millis(100);

/// A function that resumes, around the one that does a part of its work; the macro calls it.
#[must_use]
pub fn resuming_handler<H: ResumeSettings>(handler: Handler) -> Handler {
    Handler::new(ResumingHandler::<H> { handler, of: PhantomData })
}

struct ResumingHandler<H> {
    handler: Handler,
    of: PhantomData<fn() -> H>,
}

/// A piece of work, and where it goes on.
struct Work<'a> {
    event: &'a [u8],
    cursor: Option<String>,
    hop: u32,
    request: &'a str,
}

/// How an invocation ends that did not fail.
enum InvocationEnd {
    /// The work is done, and this is its answer.
    Done(FunctionResponse),
    /// Another invocation goes on; this was the answer to the last part.
    HandedOver(HandedOver, FunctionResponse),
    /// The handler was not called, or failed in a way that its answer tells.
    NotHandled(FunctionResponse),
}

/// Why this invocation goes no further.
enum PartStop {
    /// A part was not begun, or dropped where it waited: there was no time left.
    OutOfTime(Error),
    Failed(Error),
    /// Nothing is known but what the source was answered, which reports failures by its answer.
    NotHandled(FunctionResponse),
}

impl<H: ResumeSettings> Serve for ResumingHandler<H> {
    fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<FunctionResponse, Error>> {
        Box::pin(async move {
            let queue = call.capabilities().get::<Queue<H>>();
            match queue.and_then(|queue| own_messages(payload, queue.url())) {
                Some(messages) => self.resume_messages(messages, call).await,
                None => self.start(payload, call).await,
            }
        })
    }
}

impl<H: ResumeSettings> ResumingHandler<H> {
    async fn start(&self, payload: &[u8], call: &Call) -> Result<FunctionResponse, Error> {
        let request = call.context().request_id();
        let work = Work { event: payload, cursor: None, hop: 0, request };
        // Now, and not after fifteen minutes.
        Self::check_size(&work, None, call)?;
        Ok(match self.run_parts(work, call).await? {
            // A queue's batch has an answer of its own, in which no message failed.
            InvocationEnd::HandedOver(resumed, FunctionResponse::Buffered(answer))
                if answer == NULL =>
            {
                serde_json::to_vec(&ResumedReply { resumed })?.into()
            }
            InvocationEnd::HandedOver(_, answer)
            | InvocationEnd::Done(answer)
            | InvocationEnd::NotHandled(answer) => answer,
        })
    }

    /// Goes on with what the queue brought: one hand-over, as the template has it. What fails is
    /// reported, with what follows it, as a FIFO queue wants it, and comes again.
    async fn resume_messages(
        &self,
        messages: Vec<QueueMessage<'_>>,
        call: &Call,
    ) -> Result<FunctionResponse, Error> {
        let mut response = BatchResponse::default();
        for QueueMessage { id, body, .. } in messages {
            // Without an identifier a failure would read as "all failed".
            if id.is_empty() {
                return Err(messages::resume::message_without_id());
            }
            let failures = &mut response.batch_item_failures;
            if failures.is_empty() {
                let Err(error) = self.resume_message(&body, call).await else { continue };
                log::invocation_failed(call.context(), messages::resume::message(&id), &error);
            }
            failures.push(ItemFailure { item_identifier: id });
        }
        Ok(serde_json::to_vec(&response)?.into())
    }

    async fn resume_message(&self, body: &str, call: &Call) -> Result<(), Error> {
        let read = HandOver::parse::<H>(body)?;
        let HandOver { hop, request, .. } = &read;
        let work = Work { event: read.event(), cursor: read.cursor(), hop: *hop, request };
        match self.run_parts(work, call).await? {
            InvocationEnd::Done(_) => {
                log::info(messages::resume::work_done(H::FUNCTION, request, *hop));
                Ok(())
            }
            InvocationEnd::HandedOver(..) => Ok(()),
            InvocationEnd::NotHandled(_) => Err(messages::resume::event_not_handled(request, *hop)),
        }
    }

    async fn run_parts(&self, mut work: Work<'_>, call: &Call) -> Result<InvocationEnd, Error> {
        // What the last part of this invocation answered, and how long the longest took.
        let mut done: Option<(FunctionResponse, Duration)> = None;
        loop {
            let begun = Instant::now();
            let longest = done.as_ref().map(|(_, longest)| *longest);
            match self.run_part(&work, longest, call).await {
                Ok((NextStep::Done, answer)) => return Ok(InvocationEnd::Done(answer)),
                Ok((NextStep::Continue(cursor), answer)) => {
                    if longest.is_none()
                        && let Err(error) = Self::check_size(&work, Some(&cursor), call)
                    {
                        return self.end_early(PartStop::Failed(error), &work, None, call).await;
                    }
                    work.cursor = Some(cursor);
                    done = Some((answer, longest.unwrap_or_default().max(begun.elapsed())));
                }
                Err(why) => {
                    return self.end_early(why, &work, done.map(|(answer, _)| answer), call).await;
                }
            }
            // A handler that never waits would let nothing else of this process happen.
            tokio::task::yield_now().await;
        }
    }

    /// Calls the handler for one part, where there is time for as long a part as the longest before it.
    async fn run_part(
        &self,
        work: &Work<'_>,
        longest: Option<Duration>,
        call: &Call,
    ) -> Result<(NextStep, FunctionResponse), PartStop> {
        let context = call.context();
        let left = context.remaining().saturating_sub(context.deadline_margin());
        if left <= longest.unwrap_or_default() {
            let remaining = context.remaining().as_millis();
            return Err(PartStop::OutOfTime(messages::resume::part_not_started(
                H::FUNCTION,
                remaining,
            )));
        }
        let step = Arc::new(ResumeStep::new(work.cursor.clone()));
        let part = call.clone().with_step(Arc::clone(&step));
        // In the future that is catch_panic, so that a panic in the drop of the call is its own too.
        let served = async { timeout(left, self.handler.serve(work.event, &part)).await };
        match catch_panic(served).await {
            Ok(Ok(Ok(answer))) => match step.take() {
                Some(next) => Ok((next, answer)),
                None => Err(PartStop::NotHandled(answer)),
            },
            Ok(Ok(Err(error))) | Err(error) => Err(PartStop::Failed(error)),
            Ok(Err(_)) => {
                let margin = context.deadline_margin().as_millis();
                Err(PartStop::OutOfTime(messages::resume::part_not_finished(H::FUNCTION, margin)))
            }
        }
    }

    /// Where this invocation got on, another one goes on from the cursor, whatever stopped it. Where it
    /// did not, another one would not either: that is a failure, of the message or of the caller, and
    /// handed over only where there is neither, once.
    async fn end_early(
        &self,
        why: PartStop,
        work: &Work<'_>,
        done: Option<FunctionResponse>,
        call: &Call,
    ) -> Result<InvocationEnd, Error> {
        let unheard = H::UNATTENDED && work.hop == 0;
        let (error, done) = match (why, done) {
            (PartStop::NotHandled(answer), None) => return Ok(InvocationEnd::NotHandled(answer)),
            (PartStop::OutOfTime(error) | PartStop::Failed(error), None) if !unheard => {
                return Err(error);
            }
            (PartStop::OutOfTime(_) | PartStop::NotHandled(_), Some(done)) => (None, done),
            (PartStop::Failed(error), Some(done)) => (Some(error), done),
            (PartStop::OutOfTime(error) | PartStop::Failed(error), None) => {
                (Some(error), NULL.to_vec().into())
            }
        };
        let Some(error) = error else {
            return Ok(InvocationEnd::HandedOver(self.hand_over(work, call).await?, done));
        };
        if call.capabilities().get::<Queue<H>>().is_none() {
            return Err(error);
        }
        let Work { hop, request, .. } = work;
        log::invocation_failed(call.context(), messages::resume::part(request, *hop), &error);
        match self.hand_over(work, call).await {
            Ok(handed_over) => Ok(InvocationEnd::HandedOver(handed_over, done)),
            Err(further) => {
                log::invocation_failed(call.context(), messages::resume::hand_over(), &further);
                Err(error)
            }
        }
    }

    async fn hand_over(&self, work: &Work<'_>, call: &Call) -> Result<HandedOver, Error> {
        let Some(queue) = call.capabilities().get::<Queue<H>>() else {
            return Err(messages::resume::no_queue(H::FUNCTION, H::VARIABLE));
        };
        let of @ (request, hop) = (work.request, work.hop + 1);
        let body = HandOver::to_body::<H>(of, work.cursor.as_deref(), work.event)?;
        let left = call.context().remaining();
        let within = left.saturating_sub(TO_ANSWER.min(left / 2));
        let message_id = queue.send(body, of, within).await?;
        log::info(messages::resume::work_handed_over(H::FUNCTION, request, hop, &message_id));
        Ok(HandedOver { hop, message_id })
    }

    /// Fails where the event and this cursor could not be handed over.
    fn check_size(work: &Work<'_>, cursor: Option<&str>, call: &Call) -> Result<(), Error> {
        match call.capabilities().get::<Queue<H>>() {
            Some(_) => HandOver::check_size::<H>((work.request, work.hop + 1), cursor, work.event),
            None => Ok(()),
        }
    }
}

/// The answer that SQS takes from Lambda.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct BatchResponse<'a> {
    batch_item_failures: Vec<ItemFailure<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemFailure<'a> {
    item_identifier: Cow<'a, str>,
}
