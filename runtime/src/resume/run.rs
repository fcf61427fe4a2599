//! Doing work in parts: takes a payload, calls the handler with cursor after cursor while there is time,
//! and hands over what is left. A payload out of the function's own queue is work that goes on.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::time::timeout;

use super::message::{HandOver, Message, messages};
use super::progress::NOTHING;
use super::queue::Queue;
use super::reply::Resumed;
use super::{HandedOver, HandsOver, Next, Step};
use crate::handler::{Answer, BoxFuture, Call, Handler, Serve, caught};
use crate::{Error, decode, log};

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

impl<H: HandsOver> Serve for Resuming<H> {
    fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let queue = call.capabilities().opened::<Queue<H>>();
            match queue.and_then(|queue| messages(payload, queue.url())) {
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
        Ok(match self.run(work, call).await? {
            // A queue's batch has an answer of its own, in which no message failed.
            Ended::HandedOver(resumed, Answer::Whole(answer)) if answer == NOTHING => {
                serde_json::to_vec(&Resumed { resumed })?.into()
            }
            Ended::HandedOver(_, answer) | Ended::Done(answer) | Ended::Answered(answer) => answer,
        })
    }

    /// Goes on with what the queue brought: one hand-over, as the template has it. What fails is
    /// reported, and comes again.
    async fn go_on(&self, messages: Vec<Message<'_>>, call: &Call) -> Result<Answer, Error> {
        let mut response = BatchResponse::default();
        for Message { id, body, .. } in messages {
            // Without an identifier a failure would read as "all failed".
            if id.is_empty() {
                return Err(decode::invalid("a message of the batch has no `messageId`"));
            }
            if let Err(error) = self.resume(&body, call).await {
                log::line(format_args!("message {id} failed: {}: {error:#}", error.name()));
                response.batch_item_failures.push(ItemFailure { item_identifier: id });
            }
        }
        Ok(serde_json::to_vec(&response)?.into())
    }

    async fn resume(&self, body: &str, call: &Call) -> Result<(), Error> {
        let read = HandOver::read::<H>(body)?;
        let HandOver { hop, request, .. } = &read;
        let work = Work { event: read.event(), cursor: Some(read.cursor()), hop: *hop, request };
        match self.run(work, call).await? {
            Ended::Done(_) => {
                let function = H::FUNCTION;
                log::line(format_args!("`{function}` is done: request {request}, hop {hop}"));
                Ok(())
            }
            Ended::HandedOver(..) => Ok(()),
            Ended::Answered(_) => Err(Error::new(
                "NotHandled",
                format!("the event of request {request} was not handled at hop {hop}"),
            )),
        }
    }

    async fn run(&self, work: Work<'_>, call: &Call) -> Result<Ended, Error> {
        let Work { event, mut cursor, hop, request } = work;
        let context = call.context();
        let mut longest = Duration::ZERO;
        // The answer to the last part of this invocation.
        let mut done: Option<Answer> = None;
        loop {
            let left = context.remaining().saturating_sub(context.deadline_margin());
            if left.is_zero() && done.is_none() {
                return Err(late::<H>("begun", context.remaining()));
            }
            let step = Arc::new(Step::new(cursor.clone()));
            let part = call.clone().with_step(Arc::clone(&step));
            let begun = Instant::now();
            let answer = if done.is_some() && left <= longest {
                None
            } else {
                // In the future that is caught, so that a panic in the drop of the call is its own too.
                let served = async { timeout(left, self.handler.serve(event, &part)).await };
                caught(served).await?.ok()
            };
            let Some(answer) = answer else {
                // Work that did not get on here would not get on in another invocation either.
                let (Some(done), Some(cursor)) = (done, cursor) else {
                    return Err(late::<H>("finished", context.deadline_margin()));
                };
                let handed_over = self.hand_over(call, (request, hop + 1), &cursor, event).await?;
                return Ok(Ended::HandedOver(handed_over, done));
            };
            let answer = answer?;
            match step.take() {
                None => return Ok(Ended::Answered(answer)),
                Some(Next::Done) => return Ok(Ended::Done(answer)),
                Some(Next::Continue(next)) => {
                    cursor = Some(next);
                    done = Some(answer);
                    longest = longest.max(begun.elapsed());
                }
            }
            // A handler that never waits would let nothing else of this process happen.
            tokio::task::yield_now().await;
        }
    }

    async fn hand_over(
        &self,
        call: &Call,
        (request, hop): (&str, u32),
        cursor: &str,
        event: &[u8],
    ) -> Result<HandedOver, Error> {
        let Some(queue) = call.capabilities().opened::<Queue<H>>() else {
            let (function, variable) = (H::FUNCTION, H::VARIABLE);
            let message = format!(
                "`{function}` has no queue to hand its work over by; help: set `{variable}` to its URL"
            );
            return Err(Error::new("MissingVariable", message));
        };
        let body = HandOver::write::<H>(request, hop, cursor, event)?;
        let message_id = queue.send(body).await?;
        log::line(format_args!(
            "`{}` goes on later: request {request}, hop {hop}, message {message_id}",
            H::FUNCTION
        ));
        Ok(HandedOver { hop, message_id })
    }
}

fn late<H: HandsOver>(not: &str, left: Duration) -> Error {
    let (function, left) = (H::FUNCTION, left.as_millis());
    let message = format!(
        "a part of the work of `{function}` was not {not}: {left} ms before the timeout; help: do less \
         in one call of the handler, or raise `timeout`"
    );
    Error::new("DeadlineReached", message)
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
