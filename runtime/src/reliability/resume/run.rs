//! Doing work in parts: takes a payload, calls the handler with cursor after cursor while there is time,
//! and hands over what is left. A payload out of the function's own queue is work that goes on.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::time::timeout;

use super::hands_over::HandsOver;
use super::message::{HandOver, Message, own_messages};
use super::progress::NOTHING;
use super::queue::Queue;
use super::reply::{HandedOver, Resumed};
use crate::Error;
use crate::invocation::step::{Next, Step};
use crate::invocation::{Answer, BoxFuture, Call, caught};
use crate::messages;
use crate::observability::log;
use crate::registry::{Handler, Serve};

/// What is kept back of the time for the answer, where a queue does not answer.
const TO_ANSWER: Duration = Duration::from_millis(100);

/// A function that resumes, around the one that does a part of its work; the macro calls it.
#[must_use]
pub fn resuming<H: HandsOver>(handler: Handler) -> Handler {
    Handler::new(Resuming::<H> { handler, of: PhantomData })
}

struct Resuming<H> {
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
enum Ended {
    /// The work is done, and this is its answer.
    Done(Answer),
    /// Another invocation goes on; this was the answer to the last part.
    HandedOver(HandedOver, Answer),
    /// The handler was not called, or failed in a way that its answer tells.
    Answered(Answer),
}

/// Why this invocation goes no further.
enum Stopped {
    /// A part was not begun, or dropped where it waited: there was no time left.
    Late(Error),
    Failed(Error),
    /// Nothing is known but what the source was answered, which reports failures by its answer.
    Answered(Answer),
}

impl<H: HandsOver> Serve for Resuming<H> {
    fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let queue = call.capabilities().opened::<Queue<H>>();
            match queue.and_then(|queue| own_messages(payload, queue.url())) {
                Some(messages) => self.go_on(messages, call).await,
                None => self.begin(payload, call).await,
            }
        })
    }
}

impl<H: HandsOver> Resuming<H> {
    async fn begin(&self, payload: &[u8], call: &Call) -> Result<Answer, Error> {
        let request = call.context().request_id();
        let work = Work { event: payload, cursor: None, hop: 0, request };
        // Now, and not after fifteen minutes.
        Self::check_size(&work, None, call)?;
        Ok(match self.run(work, call).await? {
            // A queue's batch has an answer of its own, in which no message failed.
            Ended::HandedOver(resumed, Answer::Whole(answer)) if answer == NOTHING => {
                serde_json::to_vec(&Resumed { resumed })?.into()
            }
            Ended::HandedOver(_, answer) | Ended::Done(answer) | Ended::Answered(answer) => answer,
        })
    }

    /// Goes on with what the queue brought: one hand-over, as the template has it. What fails is
    /// reported, with what follows it, as a FIFO queue wants it, and comes again.
    async fn go_on(&self, messages: Vec<Message<'_>>, call: &Call) -> Result<Answer, Error> {
        let mut response = BatchResponse::default();
        for Message { id, body, .. } in messages {
            // Without an identifier a failure would read as "all failed".
            if id.is_empty() {
                return Err(messages::resume::message_without_id());
            }
            let failures = &mut response.batch_item_failures;
            if failures.is_empty() {
                let Err(error) = self.resume(&body, call).await else { continue };
                log::invocation_failed(call.context(), messages::resume::message(&id), &error);
            }
            failures.push(ItemFailure { item_identifier: id });
        }
        Ok(serde_json::to_vec(&response)?.into())
    }

    async fn resume(&self, body: &str, call: &Call) -> Result<(), Error> {
        let read = HandOver::read::<H>(body)?;
        let HandOver { hop, request, .. } = &read;
        let work = Work { event: read.event(), cursor: read.cursor(), hop: *hop, request };
        match self.run(work, call).await? {
            Ended::Done(_) => {
                log::info(messages::resume::work_done(H::FUNCTION, request, *hop));
                Ok(())
            }
            Ended::HandedOver(..) => Ok(()),
            Ended::Answered(_) => Err(messages::resume::event_not_handled(request, *hop)),
        }
    }

    async fn run(&self, mut work: Work<'_>, call: &Call) -> Result<Ended, Error> {
        // What the last part of this invocation answered, and how long the longest took.
        let mut done: Option<(Answer, Duration)> = None;
        loop {
            let begun = Instant::now();
            let longest = done.as_ref().map(|(_, longest)| *longest);
            match self.part(&work, longest, call).await {
                Ok((Next::Done, answer)) => return Ok(Ended::Done(answer)),
                Ok((Next::Continue(cursor), answer)) => {
                    if longest.is_none()
                        && let Err(error) = Self::check_size(&work, Some(&cursor), call)
                    {
                        return self.stopped(Stopped::Failed(error), &work, None, call).await;
                    }
                    work.cursor = Some(cursor);
                    done = Some((answer, longest.unwrap_or_default().max(begun.elapsed())));
                }
                Err(why) => {
                    return self.stopped(why, &work, done.map(|(answer, _)| answer), call).await;
                }
            }
            // A handler that never waits would let nothing else of this process happen.
            tokio::task::yield_now().await;
        }
    }

    /// Calls the handler for one part, where there is time for as long a part as the longest before it.
    async fn part(
        &self,
        work: &Work<'_>,
        longest: Option<Duration>,
        call: &Call,
    ) -> Result<(Next, Answer), Stopped> {
        let context = call.context();
        let left = context.remaining().saturating_sub(context.deadline_margin());
        if left <= longest.unwrap_or_default() {
            let remaining = context.remaining().as_millis();
            return Err(Stopped::Late(messages::resume::part_not_started(H::FUNCTION, remaining)));
        }
        let step = Arc::new(Step::new(work.cursor.clone()));
        let part = call.clone().with_step(Arc::clone(&step));
        // In the future that is caught, so that a panic in the drop of the call is its own too.
        let served = async { timeout(left, self.handler.serve(work.event, &part)).await };
        match caught(served).await {
            Ok(Ok(Ok(answer))) => match step.take() {
                Some(next) => Ok((next, answer)),
                None => Err(Stopped::Answered(answer)),
            },
            Ok(Ok(Err(error))) | Err(error) => Err(Stopped::Failed(error)),
            Ok(Err(_)) => {
                let margin = context.deadline_margin().as_millis();
                Err(Stopped::Late(messages::resume::part_not_finished(H::FUNCTION, margin)))
            }
        }
    }

    /// Where this invocation got on, another one goes on from the cursor, whatever stopped it. Where it
    /// did not, another one would not either: that is a failure, of the message or of the caller, and
    /// handed over only where there is neither, once.
    async fn stopped(
        &self,
        why: Stopped,
        work: &Work<'_>,
        done: Option<Answer>,
        call: &Call,
    ) -> Result<Ended, Error> {
        let unheard = H::UNATTENDED && work.hop == 0;
        let (error, done) = match (why, done) {
            (Stopped::Answered(answer), None) => return Ok(Ended::Answered(answer)),
            (Stopped::Late(error) | Stopped::Failed(error), None) if !unheard => return Err(error),
            (Stopped::Late(_) | Stopped::Answered(_), Some(done)) => (None, done),
            (Stopped::Failed(error), Some(done)) => (Some(error), done),
            (Stopped::Late(error) | Stopped::Failed(error), None) => {
                (Some(error), NOTHING.to_vec().into())
            }
        };
        let Some(error) = error else {
            return Ok(Ended::HandedOver(self.hand_over(work, call).await?, done));
        };
        if call.capabilities().opened::<Queue<H>>().is_none() {
            return Err(error);
        }
        let Work { hop, request, .. } = work;
        log::invocation_failed(call.context(), messages::resume::part(request, *hop), &error);
        match self.hand_over(work, call).await {
            Ok(handed_over) => Ok(Ended::HandedOver(handed_over, done)),
            Err(further) => {
                log::invocation_failed(call.context(), messages::resume::hand_over(), &further);
                Err(error)
            }
        }
    }

    async fn hand_over(&self, work: &Work<'_>, call: &Call) -> Result<HandedOver, Error> {
        let Some(queue) = call.capabilities().opened::<Queue<H>>() else {
            return Err(messages::resume::no_queue(H::FUNCTION, H::VARIABLE));
        };
        let of @ (request, hop) = (work.request, work.hop + 1);
        let body = HandOver::write::<H>(of, work.cursor.as_deref(), work.event)?;
        let left = call.context().remaining();
        let within = left.saturating_sub(TO_ANSWER.min(left / 2));
        let message_id = queue.send(body, of, within).await?;
        log::info(messages::resume::work_handed_over(H::FUNCTION, request, hop, &message_id));
        Ok(HandedOver { hop, message_id })
    }

    /// Fails where the event and this cursor could not be handed over.
    fn check_size(work: &Work<'_>, cursor: Option<&str>, call: &Call) -> Result<(), Error> {
        match call.capabilities().opened::<Queue<H>>() {
            Some(_) => HandOver::check::<H>((work.request, work.hop + 1), cursor, work.event),
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
