//! Long work: a function with `resume = queue` does its work in parts. The runtime calls the handler again
//! and again, each time with the [cursor](Resume) that the last call returned, as long as there is time.
//! Before the timeout, or if a later part fails, it hands the event and the cursor over to a queue of the
//! function, which invokes the function again.
//!
//! ```
//! # #[cfg(feature = "resume")] {
//! use serde::{Deserialize, Serialize};
//! use skylift::{Error, Progress, Resume, function};
//!
//! #[derive(Deserialize)]
//! struct Export { customers: u64 }
//!
//! /// The next customer, and the number of customers that were written.
//! #[derive(Serialize, Deserialize)]
//! struct Page { next: u64, written: u64 }
//!
//! #[function(resume = queue, timeout = "30m")]
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
//! # }
//! ```
//!
//! # Guarantees and limits
//!
//! - **Each part may run twice.** Queues deliver at least once, and a part that was stopped or failed runs
//!   again from its cursor, so a part has to have the same effect if it runs twice. The parts of one piece of
//!   work run one after another, never at the same time: they are one message group of a FIFO queue.
//! - **Time.** A part is started if the time left before the [margin](crate::Context::deadline_margin) is
//!   longer than the longest part of this invocation took. A part that takes longer is dropped where it
//!   waits, and runs again from its cursor in the next invocation. If it was the first part of its
//!   invocation, it fails with `DeadlineReached`, since it would never finish.
//! - **The caller** gets the result if the work needs no hand-over. Otherwise it gets
//!   `{"resumed":{"hop":1,"messageId":"…"}}`, which is a [`Reply`] for an `Invoker`. Only the handler knows
//!   the result then: let it write the result where it is needed.
//! - **A part that fails after others** of its invocation is logged and handed over with its own cursor: no
//!   work before it is lost. If it fails again at once, its message fails and is delivered again, and is
//!   moved to the dead-letter queue after `dead_letters(after = 5)` deliveries. From there it can be sent
//!   back ("dead-letter queue redrive"), and resumes at that part.
//! - **A first part that fails** is an error for the caller, who may wait for it. With `trigger = s3` and
//!   `schedule` no caller waits, and Lambda would drop the event after three attempts: the event is handed
//!   over without a cursor, and treated like any other hand-over. A message of a queue that triggers the
//!   function stays in that queue. The caller of an asynchronous invocation (`invoke_async` of an `Invoker`)
//!   does not see the error either: let the first part only choose where to start, so that everything after
//!   it is kept.
//! - **A crash of the process**, or a thread that blocks beyond the timeout, is not seen by the runtime: the
//!   message is delivered again, with the cursor with which the invocation started. After a first,
//!   asynchronous invocation, Lambda makes two more attempts and drops the event.
//! - **Hops.** After `hops` hand-overs, 100 by default, the next message fails with `HopLimit` and is moved
//!   to the dead-letter queue, with its cursor: raise `hops`, deploy, and send it back.
//! - **Size.** Event and cursor together have to fit into a message of 1 MiB. If they do not, the error
//!   `HandOverTooLarge` has their sizes: for the event before any work, and for the cursor after the first
//!   part.
//! - **A queue that does not respond** before the timeout fails the invocation with `HandOverTimedOut`. The
//!   message may be in the queue all the same. For five minutes SQS accepts no second message for the same
//!   hop; after that, the work may be done twice, one after the other.
//! - **Another version** of the function may get what an older one has handed over, and has to read the older
//!   cursor. A cursor that it cannot read fails, and ends in the dead-letter queue.
//! - **Only event and cursor** are handed over. The first invocation alone has the caller's client context
//!   and Cognito identity.
//! - **On the local host**, such a function has no timeout, and runs until its work is done. If the variable
//!   with the queue's URL is set, it works as in Lambda.

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
