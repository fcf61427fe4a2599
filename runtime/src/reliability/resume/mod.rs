//! Long work: a function with `resume = queue` does it in parts. The runtime calls the handler again and
//! again, each time with the [cursor](Resume) that the last call gave, while there is time; before the
//! timeout, or where a later part fails, it hands event and cursor over to a queue of the function's own,
//! which invokes it anew.
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
//! struct RouteHandler { next: u64, written: u64 }
//!
//! // With `#[function(resume = queue, timeout = "15m")]`:
//! async fn export(export: Export, Resume(page): Resume<RouteHandler>) -> Result<Progress<RouteHandler, u64>, Error> {
//!     let RouteHandler { next, written } = page.unwrap_or(RouteHandler { next: 0, written: 0 });
//!     let until = export.customers.min(next + 100);
//!     // … customers `next` to `until` …
//!     let written = written + (until - next);
//!     Ok(if until == export.customers {
//!         Progress::Done(written)
//!     } else {
//!         Progress::Continue(RouteHandler { next: until, written })
//!     })
//! }
//!
//! # let mut builder = tokio::runtime::Builder::new_current_thread();
//! # builder.build().unwrap().block_on(async {
//! // In a test, call it with the cursor of your choice.
//! let page = RouteHandler { next: 200, written: 200 };
//! let last = export(Export { customers: 250 }, Resume(Some(page))).await?;
//! assert!(matches!(last, Progress::Done(250)));
//! # Ok::<(), Error>(())
//! # }).unwrap();
//! ```
//!
//! # What holds
//!
//! - **Each part may run twice.** Queues deliver at least once, and a part that was cut disabled, or failed, runs
//!   again from its cursor: what it does has to be the same twice. What belongs to one piece of work runs one
//!   after another, never side by side: it is one group of a FIFO queue.
//! - **Time.** A part is begun where what is left before the [margin](crate::Context::deadline_margin)
//!   is longer than the longest part of this invocation was. One that takes longer is dropped where it
//!   waits, and runs again from its cursor in the next invocation; where it was the first part of its
//!   invocation, it fails with `DeadlineReached`, since it would never come to its end.
//! - **Who called** gets what the work comes to if that needs no hand-over. Otherwise it gets
//!   `{"resumed":{"hop":1,"messageId":"…"}}`, a [`Reply`] to an `Invoker`, and what the work comes to is
//!   known to the handler alone: have it write that where it is looked for.
//! - **A part that fails after others** of its invocation is logged and handed over, with its own cursor:
//!   nothing is lost of what was done before it. Where it fails again at once, its message fails, comes
//!   again, and after `dead_letters(after = 5)` times lies in the dead-letter queue, from where it can be
//!   sent back ("dead-letter queue redrive") and goes on from that part.
//! - **A first part that fails** is an error of the caller, who may wait for it. Under `trigger = s3` and
//!   `schedule` nobody does, and Lambda would forget the event after three attempts: it is handed over,
//!   without a cursor, and goes the same way. A message of a queue that triggers the function stays in that
//!   queue. Who sends work by an asynchronous invocation (`invoke_async` of an `Invoker`) does not hear of it
//!   either: a first part that does nothing but say where to begin keeps everything that follows.
//! - **What ends the process**, or blocks its thread beyond the timeout, is not seen by the runtime: the
//!   message comes again, with the cursor that the invocation began with; of an asynchronous first
//!   invocation Lambda makes two more attempts, and drops the event.
//! - **Hops.** After `hops`, 100 where nothing is said, the next message fails with `HopLimit` and goes to the
//!   dead-letter queue, with its cursor: raise `hops`, deploy, send it back.
//! - **Size.** Event and cursor together have to fit into a message of 1 MiB. `HandOverTooLarge` says
//!   how large they are: for an event before any work, and for a cursor after the first part.
//! - **A queue that does not answer** before the timeout fails the invocation with `HandOverTimedOut`. The
//!   message may lie there all the same, and within five minutes of it SQS takes no second one for it; later
//!   the work is done twice, one after the other.
//! - **Another version** of the function may get what an old one has handed over: it has to read the old
//!   one's cursor. What it cannot read fails, and lies in the dead-letter queue in the end.
//! - **What is handed over** is event and cursor. Client context and Cognito identity of the caller are
//!   those of the first invocation alone.
//! - **On a developer's machine** there is no timeout for such a function, and it goes on until it is
//!   done; where the variable with the queue's URL is set, it does as in Lambda.

mod cursor;
#[cfg(not(feature = "resume"))]
pub(crate) mod disabled;
#[cfg(feature = "resume")]
mod message;
pub(crate) mod progress;
#[cfg(feature = "resume")]
pub(crate) mod queue;
mod reply;
#[cfg(feature = "resume")]
pub(crate) mod run;
pub(crate) mod settings;
#[cfg(all(test, feature = "resume"))]
mod tests;

pub use cursor::{Cursor, Resume};
pub use progress::Progress;
pub use reply::{HandedOver, Reply};
