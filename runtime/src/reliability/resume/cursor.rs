//! [`Resume`]: where a handler goes on. It is read from the JSON that the last call's cursor was written
//! as, also within one invocation: a cursor that cannot be read back fails at once.

use std::fmt::{self, Debug, Formatter};
use std::ops::Deref;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where to go on: the cursor that the last call of the handler gave, and none at the start.
///
/// A handler with `resume = queue` takes it as a parameter, after its event where it takes one. It
/// dereferences to the `Option`. See the module [`resume`](mod@crate::resume).
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
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Resume<C>(pub Option<C>);

impl<C> Resume<C> {
    /// The cursor.
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

/// Where a handler with `resume = queue` can go on: what can be written as JSON and read back.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the cursor of a handler that resumes",
    label = "cannot be written as JSON and read back",
    note = "help: put `#[derive(serde::Serialize, serde::Deserialize)]` on `{Self}`"
)]
pub trait Cursor: Serialize + DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<C: Serialize + DeserializeOwned> Cursor for C {}
