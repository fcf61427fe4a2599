//! Long work: a function with `resume = queue` does it in parts. The runtime calls the handler again and
//! again, each time with the [cursor](Resume) that the last call gave, while there is time; before the
//! timeout it hands event and cursor over to a queue of the function's own, which invokes it anew.
//!
//! ```
//! use serde::{Deserialize, Serialize};
//! use skylift::{Error, Progress, Resume};
//!
//! #[derive(Deserialize)]
//! struct Export { customers: u64 }
//!
//! /// Where to go on, and what was done until there.
//! #[derive(Serialize, Deserialize)]
//! struct Page { next: u64, written: u64 }
//!
//! // With `#[function(resume = queue, timeout = "15m")]`:
//! async fn export(export: Export, Resume(page): Resume<Page>) -> Result<Progress<Page, u64>, Error> {
//!     let Page { next, written } = page.unwrap_or(Page { next: 0, written: 0 });
//!     let until = export.customers.min(next + 100);
//!     // … customers `next` to `until` …
//!     let written = written + (until - next);
//!     Ok(if until == export.customers {
//!         Progress::Done(written)
//!     } else {
//!         Progress::Continue(Page { next: until, written })
//!     })
//! }
//!
//! # let mut builder = tokio::runtime::Builder::new_current_thread();
//! # builder.build().unwrap().block_on(async {
//! // In a test, call it with the cursor of your choice.
//! let page = Page { next: 200, written: 200 };
//! let last = export(Export { customers: 250 }, Resume(Some(page))).await?;
//! assert!(matches!(last, Progress::Done(250)));
//! # Ok::<(), Error>(())
//! # }).unwrap();
//! ```
//!
//! # What holds
//!
//! - **Each part may run twice.** Queues deliver at least once, and a part that was cut off, or failed
//!   after a hand-over, runs again from its cursor: what it does has to be the same twice.
//! - **Time.** A part is begun where what is left before the [margin](crate::Context::deadline_margin)
//!   is longer than the longest part of this invocation was. One that takes longer is dropped where it
//!   waits, and runs again from its cursor in the next invocation; where it was the first part of its
//!   invocation, it fails with `DeadlineReached`, since it would never come to its end.
//! - **Who called** gets what the work comes to if that needs no hand-over. Otherwise it gets
//!   `{"resumed":{"hop":1,"messageId":"…"}}`, a [`Reply`] to an `Invoker`, and what the work comes to is
//!   known to the handler alone: have it write that where it is looked for.
//! - **Failures** of the first invocation are its caller's, with all that was done before. Those of a
//!   later one are logged, and its message comes again; after `dead_letters(after = 5)` times it goes to
//!   the dead-letter queue, from where it can be sent back ("dead-letter queue redrive") and goes on.
//! - **Hops.** After `hops`, 100 where nothing is said, the next message fails with `HopLimit` and goes
//!   the same way, with its cursor: raise `hops`, deploy, send it back.
//! - **Size.** Event and cursor together have to fit into a message of 1 MiB; `HandOverTooLarge` says
//!   how large they are.
//! - **Another version** of the function may get what an old one has handed over: it has to read the old
//!   one's cursor. What it cannot read fails, and lies in the dead-letter queue in the end.
//! - **What is handed over** is event and cursor. Client context and Cognito identity of the caller are
//!   those of the first invocation alone.
//! - **On a developer's machine** there is no timeout for such a function, and it goes on until it is
//!   done; where the variable with the queue's URL is set, it does as in Lambda.

mod cursor;
#[cfg(feature = "resume")]
mod message;
#[cfg(not(feature = "resume"))]
mod off;
mod progress;
#[cfg(feature = "resume")]
mod queue;
mod reply;
#[cfg(feature = "resume")]
mod run;
#[cfg(all(test, feature = "resume"))]
mod tests;

pub(crate) use cursor::Step;
pub use cursor::{Cursor, Next, Resume};
#[cfg(not(feature = "resume"))]
pub use off::{hand_over, resuming};
pub use progress::{Part, Progress, Progressed, Progresses, Replies, part};
#[cfg(all(
    test,
    feature = "bucket",
    feature = "bus",
    feature = "invoke",
    feature = "parameter",
    feature = "queue",
    feature = "resume",
    feature = "secret",
    feature = "stream",
    feature = "table",
    feature = "topic"
))]
pub(crate) use queue::Queue;
#[cfg(feature = "resume")]
pub use queue::hand_over;
pub use reply::{HandedOver, Reply};
#[cfg(feature = "resume")]
pub use run::resuming;

/// How a function hands its work over; the macro writes the implementations.
#[doc(hidden)]
pub trait HandsOver: 'static {
    /// The function's logical id.
    const FUNCTION: &'static str;
    /// That of its queue.
    const QUEUE: &'static str;
    /// The environment variable with the queue's URL.
    const VARIABLE: &'static str;
    /// How often it hands over at the most.
    const HOPS: u32;
}
