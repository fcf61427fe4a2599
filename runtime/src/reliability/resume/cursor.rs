//! [`Resume`]: the position from which a handler resumes its work. It is decoded from the JSON of the cursor
//! that the last call returned, even within one invocation, so that a cursor that cannot be decoded fails at
//! once.

use std::fmt::{self, Debug, Formatter};
use std::ops::Deref;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The position from which a handler resumes: the cursor that the last call of the handler returned, and `None`
/// in the first call.
///
/// A handler with `resume = queue` takes a `Resume` as a parameter, after its event if it takes an event. A
/// `Resume` dereferences to the `Option`. See the module [`resume`](mod@crate::resume).
///
/// ```
/// # #[cfg(feature = "resume")] {
/// use skylift::{Error, Progress, Resume, function};
///
/// #[function(resume = queue)]
/// async fn count(cursor: Resume<u32>) -> Result<Progress<u32, &'static str>, Error> {
///     Ok(match cursor.unwrap_or(0) {
///         10 => Progress::Done("counted to ten"),
///         number => Progress::Continue(number + 1),
///     })
/// }
/// # let _ = count(Resume(None));
/// # }
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Resume<C>(pub Option<C>);

impl<C> Resume<C> {
    /// Returns the cursor; `None` in the first call of the handler.
    #[must_use]
    pub fn into_inner(self) -> Option<C> {
        self.0
    }
}

impl<C> Deref for Resume<C> {
    type Target = Option<C>;

    fn deref(&self) -> &Option<C> {
        &self.0
    }
}

impl<C: Debug> Debug for Resume<C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Resume").field(&self.0).finish()
    }
}

/// The cursor of a handler with `resume = queue`: any type that can be written as JSON and read back. The trait
/// is implemented for all such types, and cannot be implemented by hand.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use skylift::{Error, Progress, Resume};
///
/// /// The page to read next, and the rows that were written so far.
/// #[derive(Serialize, Deserialize)]
/// struct Page { next: u64, rows: u64 }
///
/// async fn import(Resume(page): Resume<Page>) -> Result<Progress<Page, u64>, Error> {
///     let Page { next, rows } = page.unwrap_or(Page { next: 0, rows: 0 });
///     Ok(if next == 10 { Progress::Done(rows) } else { Progress::Continue(Page { next: next + 1, rows: rows + 100 }) })
/// }
/// # let _ = import(Resume(None));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the cursor of a handler that resumes",
    label = "cannot be written as JSON and read back",
    note = "help: put `#[derive(serde::Serialize, serde::Deserialize)]` on `{Self}`"
)]
pub trait Cursor: Serialize + DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<C: Serialize + DeserializeOwned> Cursor for C {}
