//! Runs work in parts: takes a payload, calls the handler with one cursor after another as long as there is
//! time, and hands over the rest of the work. A payload from the function's own queue resumes earlier work.
// See decision 0060, decision 0061 and decision 0062.

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
use crate::invocation::{Call, FunctionResponse, ResponseFuture, catch_failure};
use crate::messages;
use crate::observability::log;
use crate::registry::{Handler, Serve};

/// The time before the deadline that is kept for the response, if the queue does not respond to a hand-over.
const TO_ANSWER: Duration = Duration::from_millis(100);

/// Makes the handler of a function that resumes; `handler` does one part of the work. The expansion of the
/// macro calls this function.
#[must_use]
pub fn resuming_handler<H: ResumeSettings>(handler: Handler) -> Handler {
    Handler::new(ResumingHandler::<H> { handler, of: PhantomData })
}

/// The handler of a function that resumes, which calls the user's handler for each part of the work.
struct ResumingHandler<H> {
    handler: Handler,
    of: PhantomData<fn() -> H>,
}

/// A piece of work, and the cursor from which it resumes.
struct Work<'a> {
    event: &'a [u8],
    /// The cursor in JSON; `None` before the first part.
    cursor: Option<String>,
    /// How many times the work was handed over; 0 in the invocation that started it.
    hop: u32,
    /// The id of the request that started the work.
    request: &'a str,
}

/// The way in which an invocation ends if it does not fail.
enum InvocationEnd {
    /// The work is done, and this is its response.
    Done(FunctionResponse),
    /// Another invocation continues the work. The response is that of the last part of this invocation.
    HandedOver(HandedOver, FunctionResponse),
    /// The handler was not called, or the response reports that it failed.
    NotHandled(FunctionResponse),
}

/// The reason why an invocation stops before the work is done.
enum PartStop {
    /// There was no time left: a part was not started, or was dropped before its end.
    OutOfTime(Error),
    /// A part failed with this error.
    Failed(Error),
    /// A part did not report how the work continues: the handler was not called, or it failed. The response,
    /// which the source that delivered the event reads, reports the failure.
    NotHandled(FunctionResponse),
}

impl<H: ResumeSettings> Serve for ResumingHandler<H> {
    fn serve<'a>(&'a self, payload: &'a [u8], call: &'a Call) -> ResponseFuture<'a> {
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
    /// Starts the work of an event that did not come from the function's own queue.
    async fn start(&self, payload: &[u8], call: &Call) -> Result<FunctionResponse, Error> {
        let request = call.context().request_id();
        let work = Work { event: payload, cursor: None, hop: 0, request };
        // Now, and not after fifteen minutes.
        Self::check_size(&work, None, call)?;
        Ok(match self.run_parts(work, call).await? {
            // A batch of a queue has a response of its own, which reports no failure here.
            InvocationEnd::HandedOver(resumed, FunctionResponse::Buffered(response))
                if response == NULL =>
            {
                serde_json::to_vec(&ResumedReply { resumed })?.into()
            }
            InvocationEnd::HandedOver(_, response)
            | InvocationEnd::Done(response)
            | InvocationEnd::NotHandled(response) => response,
        })
    }

    /// Resumes the work of each message of a batch; the template sets the batch size to one hand-over. If a
    /// message fails, it and the messages after it are reported, as a FIFO queue requires, and SQS delivers
    /// them again.
    async fn resume_messages(
        &self,
        messages: Vec<QueueMessage<'_>>,
        call: &Call,
    ) -> Result<FunctionResponse, Error> {
        let mut response = BatchResponse::default();
        for QueueMessage { id, body, .. } in messages {
            // Lambda would read a failure without an identifier as "all failed".
            if id.is_empty() {
                return Err(messages::resume::message_without_id());
            }
            let failures = &mut response.batch_item_failures;
            if failures.is_empty() {
                let Err(error) = self.resume_message(&body, call).await else { continue };
                log::invocation_failed(
                    call.context(),
                    messages::resume::describe_message(&id),
                    &error,
                );
            }
            failures.push(ItemFailure { item_identifier: id });
        }
        Ok(serde_json::to_vec(&response)?.into())
    }

    /// Resumes the work of one message, or returns the error with which the message fails.
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

    /// Runs one part of the work after another, until the work is done, there is no time left, or a part fails.
    async fn run_parts(&self, mut work: Work<'_>, call: &Call) -> Result<InvocationEnd, Error> {
        // The response of the last part of this invocation, and how long the longest part took.
        let mut done: Option<(FunctionResponse, Duration)> = None;
        loop {
            let begun = Instant::now();
            let longest = done.as_ref().map(|(_, longest)| *longest);
            match self.run_part(&work, longest, call).await {
                Ok((NextStep::Done, response)) => return Ok(InvocationEnd::Done(response)),
                Ok((NextStep::Continue(cursor), response)) => {
                    if longest.is_none()
                        && let Err(error) = Self::check_size(&work, Some(&cursor), call)
                    {
                        return self.end_early(PartStop::Failed(error), &work, None, call).await;
                    }
                    work.cursor = Some(cursor);
                    done = Some((response, longest.unwrap_or_default().max(begun.elapsed())));
                }
                Err(why) => {
                    return self
                        .end_early(why, &work, done.map(|(response, _)| response), call)
                        .await;
                }
            }
            // Without this, a handler that never waits would block everything else in the process.
            tokio::task::yield_now().await;
        }
    }

    /// Calls the handler for one part of the work, if there is time for a part as long as `longest`, the
    /// longest part before it in this invocation. Returns how the work continues, and the response.
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
        // Inside the future whose panics are caught: a panic when the call is dropped is that of the part.
        let served = async {
            let served = timeout(left, self.handler.serve(work.event, &part)).await;
            served.map_or(Ok(None), |served| served.map(Some))
        };
        match catch_failure(served).await {
            Ok(Some(response)) => match step.take() {
                Some(next) => Ok((next, response)),
                None => Err(PartStop::NotHandled(response)),
            },
            Err(error) => Err(PartStop::Failed(error)),
            Ok(None) => {
                let margin = context.deadline_margin().as_millis();
                Err(PartStop::OutOfTime(messages::resume::part_not_finished(H::FUNCTION, margin)))
            }
        }
    }

    /// Ends an invocation before the work is done; `done` is the response of its last finished part. If it has
    /// finished a part, the work is handed over and another invocation resumes from the cursor, whatever the
    /// reason `why` is. If it has finished no part, another invocation would not either, so the invocation
    /// fails, for its message or for its caller. An event without a message and without a waiting caller is
    /// handed over once instead.
    async fn end_early(
        &self,
        why: PartStop,
        work: &Work<'_>,
        done: Option<FunctionResponse>,
        call: &Call,
    ) -> Result<InvocationEnd, Error> {
        let unheard = H::UNATTENDED && work.hop == 0;
        let (error, done) = match (why, done) {
            (PartStop::NotHandled(response), None) => {
                return Ok(InvocationEnd::NotHandled(response));
            }
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
        log::invocation_failed(
            call.context(),
            messages::resume::describe_part(request, *hop),
            &error,
        );
        match self.hand_over(work, call).await {
            Ok(handed_over) => Ok(InvocationEnd::HandedOver(handed_over, done)),
            Err(further) => {
                log::invocation_failed(
                    call.context(),
                    messages::resume::describe_hand_over(),
                    &further,
                );
                Err(error)
            }
        }
    }

    /// Sends the rest of the work to the function's queue, or returns an error if there is no queue.
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

    /// Returns an error if the event and this cursor would be too large to hand over. Without a queue, any size
    /// is accepted.
    fn check_size(work: &Work<'_>, cursor: Option<&str>, call: &Call) -> Result<(), Error> {
        match call.capabilities().get::<Queue<H>>() {
            Some(_) => HandOver::check_size::<H>((work.request, work.hop + 1), cursor, work.event),
            None => Ok(()),
        }
    }
}

/// The response to a batch of SQS, which lists the messages that failed.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct BatchResponse<'a> {
    batch_item_failures: Vec<ItemFailure<'a>>,
}

/// A message of a batch that failed, by its id.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemFailure<'a> {
    item_identifier: Cow<'a, str>,
}
