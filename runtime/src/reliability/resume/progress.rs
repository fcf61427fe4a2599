//! [`Progress`]: the output of a handler that resumes, which is the next cursor or the result. The
//! [`ResumeStep`] of the call carries it to the caller, whichever source delivers the event.

use std::fmt::Display;
use std::sync::Arc;

use serde::Serialize;

use super::cursor::{Cursor, Resume};
use super::reply::Reply;
use crate::Error;
use crate::handler::HandlerOutput;
use crate::invocation::resume_step::{NextStep, ResumeStep};
use crate::invocation::{Call, FunctionResponse, decode, user_error};
use crate::messages;

/// The output of a handler with `resume = queue`: whether the handler has to be called again. See the module
/// [`resume`](mod@crate::resume).
///
/// ```
/// use skylift::{Error, Progress, Resume};
///
/// async fn count(cursor: Resume<u32>) -> Result<Progress<u32, &'static str>, Error> {
///     Ok(match cursor.unwrap_or(0) {
///         10 => Progress::Done("counted to ten"),
///         number => Progress::Continue(number + 1),
///     })
/// }
/// # let _ = count(Resume(None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<C, T> {
    /// The work is not done: the handler is called again, with this cursor.
    Continue(C),
    /// The work is done, with this result.
    Done(T),
}

/// The output of a handler that resumes and takes a `P`, which is a [`Resume`] of its cursor.
#[diagnostic::on_unimplemented(
    message = "a handler with a `{P}` cannot return `{Self}`",
    label = "not a `Result<Progress<Cursor, T>, E>` of that cursor",
    note = "a handler with `resume = queue` takes a `skylift::Resume<Cursor>` and returns \
            `Result<Progress<Cursor, T>, E>`, where `T` implements `serde::Serialize` and `E` implements \
            `std::fmt::Display`",
    note = "help: `Ok(Progress::Continue(cursor))` to be called again, `Ok(Progress::Done(value))` at \
            the end"
)]
pub trait ResumableOutput<P> {
    /// Decodes the cursor of a call from JSON; `None` is the first call.
    #[doc(hidden)]
    fn read(cursor: Option<&str>) -> Result<P, Error>;

    /// Returns how the work continues, and the response of this call.
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
                .map_err(|error| error.with_context(messages::resume::describe_cursor()))
        };
        cursor.map(read).transpose().map(Resume)
    }

    fn next(self) -> Result<(NextStep, FunctionResponse), Error> {
        match self.map_err(user_error::from_handler)? {
            Progress::Done(value) => Ok((NextStep::Done, Ok::<_, Error>(value).into_response()?)),
            Progress::Continue(cursor) => match serde_json::to_string(&cursor) {
                Ok(cursor) => Ok((NextStep::Continue(cursor), NULL.to_vec().into())),
                Err(error) => Err(messages::resume::cursor_not_json(&error)),
            },
        }
    }
}

/// The output of a handler that resumes, as an `Invoker` of its function sees it.
pub trait InvokerReply {
    /// The type that an `Invoker` of the function returns.
    type Reply;
}

impl<C, T, E> InvokerReply for Result<Progress<C, T>, E> {
    type Reply = Reply<T>;
}

/// The response of a call after which the work continues: the source that delivered the event does not read it.
pub(super) const NULL: &[u8] = b"null";

/// One call of a handler that resumes, which returns an `O` and takes its cursor as a `P`.
pub struct PartCall<O, P> {
    step: Option<Arc<ResumeStep>>,
    read: fn(Option<&str>) -> Result<P, Error>,
    next: fn(O) -> Result<(NextStep, FunctionResponse), Error>,
}

/// Makes one call of a handler that resumes. The expansion of the macro calls this function, and its bounds
/// check that the handler's output and its cursor agree.
#[must_use]
pub fn part_call<O: ResumableOutput<P>, P>(call: &Call) -> PartCall<O, P> {
    PartCall { step: call.step().cloned(), read: O::read, next: O::next }
}

impl<O, P> PartCall<O, P> {
    /// Returns the cursor from which the handler resumes.
    ///
    /// # Errors
    ///
    /// Returns an error if the cursor cannot be decoded as the handler's type, because another version of the
    /// function wrote it.
    pub fn cursor(&self) -> Result<P, Error> {
        (self.read)(self.step.as_ref().and_then(|step| step.cursor.as_deref()))
    }

    /// Records how the work continues after the handler has returned `output`, and returns the response.
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

/// The output of a handler that does not resume, although its return type names a [`Progress`]. The compiler
/// rejects a `Progress` itself with a message of its own.
#[diagnostic::on_unimplemented(
    message = "only a function that resumes can return a `Progress`",
    label = "nothing would resume from its cursor",
    note = "help: add `resume = queue` to `#[function]`, and a parameter `cursor: Resume<Cursor>`"
)]
pub trait CompleteOutput {
    /// Converts the output to the response.
    fn complete_output(self) -> PartOutput;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize, E: Display + Send + 'static> CompleteOutput for Result<T, E> {
    fn complete_output(self) -> PartOutput {
        PartOutput(self.into_response())
    }
}

/// Converts the output of a handler that does not resume to the response. The expansion of the macro calls this
/// function if the return type names a [`Progress`].
#[must_use]
pub fn complete_output<O: CompleteOutput>(output: O) -> PartOutput {
    output.complete_output()
}

/// The response of a handler that may resume. How the work continues is in the `ResumeStep` of the call.
pub struct PartOutput(Result<FunctionResponse, Error>);

#[diagnostic::do_not_recommend]
impl HandlerOutput for PartOutput {
    type Value = ();

    fn into_response(self) -> Result<FunctionResponse, Error> {
        self.0
    }
}
