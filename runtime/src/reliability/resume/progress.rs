//! [`Progress`]: what a handler that resumes returns. It is the answer of a call or the next cursor, which
//! goes past whatever delivers the event, by the call's step.

use std::fmt::Display;
use std::sync::Arc;

use serde::Serialize;

use super::cursor::{Cursor, Resume};
use super::reply::Reply;
use crate::Error;
use crate::handler::HandlerOutput;
use crate::invocation::resume_step::{NextStep, ResumeStep};
use crate::invocation::{Call, FunctionResponse, decode};
use crate::messages;
use crate::resource::feature::Enabled;

/// How far a handler with `resume = queue` has come. See the module [`resume`](mod@crate::resume).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<C, T> {
    /// There is more to do: the handler is called again, with this cursor.
    Continue(C),
    /// All is done, and this is what came of it.
    Done(T),
}

/// What a handler that takes a `P`, which is a [`Resume`] of its cursor, returns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a handler with a `{P}` returns",
    label = "not a `Result<Progress<Cursor, T>, E>` of that cursor",
    note = "a handler with `resume = queue` takes a `skylift::Resume<Cursor>` and returns \
            `Result<Progress<Cursor, T>, E>`, where `T` implements `serde::Serialize` and `E` implements \
            `std::fmt::Display`",
    note = "help: `Ok(Progress::Continue(cursor))` to be called again, `Ok(Progress::Done(value))` at \
            the end"
)]
pub trait ResumableOutput<P> {
    /// Reads the cursor.
    #[doc(hidden)]
    fn read(cursor: Option<&str>) -> Result<P, Error>;

    /// What is next, and the answer's bytes.
    #[doc(hidden)]
    fn next(self) -> Result<(NextStep, FunctionResponse), Error>;
}

impl<C, T, E> ResumableOutput<Resume<C>> for Result<Progress<C, T>, E>
where
    C: Cursor,
    T: Serialize,
    E: Display + Send + 'static,
{
    fn read(cursor: Option<&str>) -> Result<Resume<C>, Error> {
        let read = |cursor: &str| {
            decode::decode_json(cursor.as_bytes())
                .map_err(|error| error.with_context(messages::resume::cursor()))
        };
        cursor.map(read).transpose().map(Resume)
    }

    fn next(self) -> Result<(NextStep, FunctionResponse), Error> {
        match self.map_err(Error::from_handler)? {
            Progress::Done(value) => Ok((NextStep::Done, Ok::<_, Error>(value).into_response()?)),
            Progress::Continue(cursor) => match serde_json::to_string(&cursor) {
                Ok(cursor) => Ok((NextStep::Continue(cursor), NULL.to_vec().into())),
                Err(error) => Err(messages::resume::cursor_not_json(&error)),
            },
        }
    }
}

/// What an `Invoker` gets of a handler that returns this.
pub trait InvokerReply {
    /// It.
    type Reply;
}

impl<C, T, E> InvokerReply for Result<Progress<C, T>, E> {
    type Reply = Reply<T>;
}

/// The answer of a call that goes on: whoever delivered the event has nothing to make of it.
pub(super) const NULL: &[u8] = b"null";

/// One call of a handler that returns an `O` and takes its cursor by a `P`.
pub struct PartCall<O, P> {
    step: Option<Arc<ResumeStep>>,
    read: fn(Option<&str>) -> Result<P, Error>,
    next: fn(O) -> Result<(NextStep, FunctionResponse), Error>,
}

/// The call; the macro makes it, and this is where handler and cursor are proved to agree, once. `F` is
/// the feature that goes on with the work.
#[must_use]
pub fn part_call<O: ResumableOutput<P>, P, F: Enabled>(call: &Call) -> PartCall<O, P> {
    PartCall { step: call.step().cloned(), read: O::read, next: O::next }
}

impl<O, P> PartCall<O, P> {
    /// Where the handler goes on.
    ///
    /// # Errors
    ///
    /// Where the cursor is none of the handler's: it was written by another version of it.
    pub fn cursor(&self) -> Result<P, Error> {
        (self.read)(self.step.as_ref().and_then(|step| step.cursor.as_deref()))
    }

    /// Notes what the handler has returned.
    #[must_use]
    pub fn done(&self, output: O) -> PartOutput {
        PartOutput((self.next)(output).map(|(next, answer)| {
            if let Some(step) = &self.step {
                step.set(next);
            }
            answer
        }))
    }
}

/// What a handler that does not resume may return, where that names a `Progress`.
#[diagnostic::on_unimplemented(
    message = "a `Progress` is returned only where the function resumes",
    label = "nobody would go on from its cursor",
    note = "help: add `resume = queue` to `#[function]`, and take where to go on: `cursor: Resume<Cursor>`"
)]
pub trait CompleteOutput {
    /// The whole answer.
    fn complete_output(self) -> PartOutput;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize, E: Display + Send + 'static> CompleteOutput for Result<T, E> {
    fn complete_output(self) -> PartOutput {
        PartOutput(self.into_response())
    }
}

/// Answers what such a handler returned; the macro calls it.
#[must_use]
pub fn complete_output<O: CompleteOutput>(output: O) -> PartOutput {
    output.complete_output()
}

/// What a handler that resumes has answered; what is next stands in its step.
pub struct PartOutput(Result<FunctionResponse, Error>);

#[diagnostic::do_not_recommend]
impl HandlerOutput for PartOutput {
    type Value = ();

    fn into_response(self) -> Result<FunctionResponse, Error> {
        self.0
    }
}
