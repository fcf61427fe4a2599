//! [`Progress`]: what a handler that resumes returns. It is the answer of a call or the next cursor, which
//! goes past whatever delivers the event, by the call's step.

use std::fmt::Display;
use std::sync::Arc;

use serde::Serialize;

use super::cursor::{Cursor, Resume};
use super::reply::Reply;
use crate::Error;
use crate::handler::Outcome;
use crate::invocation::step::{Next, Step};
use crate::invocation::{Answer, Call, decode};
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
pub trait Progresses<P> {
    /// Reads the cursor.
    #[doc(hidden)]
    fn read(cursor: Option<&str>) -> Result<P, Error>;

    /// What is next, and the answer's bytes.
    #[doc(hidden)]
    fn next(self) -> Result<(Next, Answer), Error>;
}

impl<C, T, E> Progresses<Resume<C>> for Result<Progress<C, T>, E>
where
    C: Cursor,
    T: Serialize,
    E: Display + Send + 'static,
{
    fn read(cursor: Option<&str>) -> Result<Resume<C>, Error> {
        let read = |cursor: &str| {
            decode::json(cursor.as_bytes()).map_err(|error| error.at(messages::resume::cursor()))
        };
        cursor.map(read).transpose().map(Resume)
    }

    fn next(self) -> Result<(Next, Answer), Error> {
        match self.map_err(Error::of)? {
            Progress::Done(value) => Ok((Next::Done, Ok::<_, Error>(value).into_answer()?)),
            Progress::Continue(cursor) => match serde_json::to_string(&cursor) {
                Ok(cursor) => Ok((Next::Continue(cursor), NOTHING.to_vec().into())),
                Err(error) => Err(messages::resume::cursor_not_json(&error)),
            },
        }
    }
}

/// What an `Invoker` gets of a handler that returns this.
pub trait Replies {
    /// It.
    type Reply;
}

impl<C, T, E> Replies for Result<Progress<C, T>, E> {
    type Reply = Reply<T>;
}

/// The answer of a call that goes on: whoever delivered the event has nothing to make of it.
pub(super) const NOTHING: &[u8] = b"null";

/// One call of a handler that returns an `O` and takes its cursor by a `P`.
pub struct Part<O, P> {
    step: Option<Arc<Step>>,
    read: fn(Option<&str>) -> Result<P, Error>,
    next: fn(O) -> Result<(Next, Answer), Error>,
}

/// The call; the macro makes it, and this is where handler and cursor are proved to agree, once. `F` is
/// the feature that goes on with the work.
#[must_use]
pub fn part<O: Progresses<P>, P, F: Enabled>(call: &Call) -> Part<O, P> {
    Part { step: call.step().cloned(), read: O::read, next: O::next }
}

impl<O, P> Part<O, P> {
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
    pub fn done(&self, output: O) -> Progressed {
        Progressed((self.next)(output).map(|(next, answer)| {
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
pub trait AtOnce {
    /// The whole answer.
    fn at_once(self) -> Progressed;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize, E: Display + Send + 'static> AtOnce for Result<T, E> {
    fn at_once(self) -> Progressed {
        Progressed(self.into_answer())
    }
}

/// Answers what such a handler returned; the macro calls it.
#[must_use]
pub fn at_once<O: AtOnce>(output: O) -> Progressed {
    output.at_once()
}

/// What a handler that resumes has answered; what is next stands in its step.
pub struct Progressed(Result<Answer, Error>);

#[diagnostic::do_not_recommend]
impl Outcome for Progressed {
    type Value = ();

    fn into_answer(self) -> Result<Answer, Error> {
        self.0
    }
}
