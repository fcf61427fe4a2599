//! [`Window`]: a tumbling window that has ended, and [`Fold`], which adds a record to the state of a window.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;

/// A tumbling window that has ended: the state into which its records were folded.
///
/// A function with `tumbling_window = "1m"` in its trigger takes its records in windows of one minute. Lambda
/// sends the records of a window in batches, and stores the state between two batches; the runtime [folds](Fold)
/// each record into the state, in order. When the window ends, the handler is called once, with the state. Each
/// shard has its own window and state: to combine shards is the handler's task.
///
/// A `Window` dereferences to its state. Mirrors "Implementing stateful Kinesis Data Streams processing in Lambda",
/// and the page of the same name for `DynamoDB`, of the AWS Lambda Developer Guide.
///
/// ```
/// # #[cfg(feature = "kinesis")] {
/// use std::collections::BTreeMap;
///
/// use serde::{Deserialize, Serialize};
/// use skylift::event::{Data, Fold, Window};
/// use skylift::{Error, function, resource};
///
/// #[resource(stream(message = Click))]
/// struct Clicks;
///
/// #[derive(Deserialize)]
/// struct Click { page: String }
///
/// /// How often each page was seen.
/// #[derive(Default, Serialize, Deserialize)]
/// struct Counts(BTreeMap<String, u64>);
///
/// impl Fold<Data<Click>> for Counts {
///     fn fold(&mut self, click: Data<Click>) -> Result<(), Error> {
///         *self.0.entry(click.into_inner().page).or_default() += 1;
///         Ok(())
///     }
/// }
///
/// #[function(trigger = kinesis(stream = Clicks, tumbling_window = "1m"))]
/// async fn count(counts: Window<Counts, Data<Click>>) -> Result<(), Error> {
///     for (page, count) in &counts.0 {
///         println!("{page} was seen {count} times since {:?}", counts.start());
///     }
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let window = Window::new(Counts::default());
/// assert!(!window.ended_early());
/// # let _ = count(window);
/// # }
/// ```
///
/// # Failures
///
/// A record that cannot be decoded or folded, or for which there is no time left, ends the batch: the state
/// stays as it was before that record, and Lambda sends the rest again. A handler that fails is called again
/// with the same state, and the shard waits until it succeeds.
///
/// The state is sent as JSON, of at most 1 MB. If it grows larger, Lambda ends the window early: the handler
/// is called with the state so far, [`ended_early`](Self::ended_early) is true, and the window continues with
/// a new state.
#[derive(Clone, Debug)]
pub struct Window<S, E> {
    state: S,
    start: SystemTime,
    end: SystemTime,
    shard_id: String,
    source_arn: String,
    ended_early: bool,
    of: PhantomData<fn(E)>,
}

/// Adds a record to the state of a [`Window`].
///
/// The state has its `Default` value when the window begins, and is stored as JSON between the batches of the window.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use skylift::Error;
/// use skylift::event::Fold;
///
/// #[derive(Default, Serialize, Deserialize)]
/// struct Sum { total: u64 }
///
/// impl Fold<u64> for Sum {
///     fn fold(&mut self, number: u64) -> Result<(), Error> {
///         self.total += number;
///         Ok(())
///     }
/// }
///
/// let mut sum = Sum::default();
/// sum.fold(3)?;
/// sum.fold(4)?;
/// assert_eq!(sum.total, 7);
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
///
/// A record that fails is reported to Lambda by its sequence number. The state is then built again, from the
/// records before it: they are folded **again**, so that the state never has half a record. So `fold` must
/// only change the state; calls of clients, and anything that takes time, belong into the handler.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fold a `{E}`",
    label = "not a state that these records are folded into",
    note = "help: implement `skylift::event::Fold<{E}>` for `{Self}`"
)]
pub trait Fold<E>: Default + Serialize + DeserializeOwned + Send + 'static {
    /// Adds the next record of the window to the state.
    #[expect(clippy::missing_errors_doc, reason = "the trait says what becomes of them")]
    fn fold(&mut self, record: E) -> Result<(), Error>;
}

/// The facts that Lambda sends about a window.
pub(super) struct WindowInfo {
    pub(super) start: SystemTime,
    pub(super) end: SystemTime,
    pub(super) shard_id: String,
    pub(super) source_arn: String,
    pub(super) ended_early: bool,
}

impl<S, E> Window<S, E> {
    /// Makes a window for tests of a handler. It covers the minute that has just ended.
    pub fn new(state: S) -> Self {
        let end = SystemTime::now();
        let start = end - Duration::from_mins(1);
        let (shard_id, source_arn) = Default::default();
        Self::from_info(state, WindowInfo { start, end, shard_id, source_arn, ended_early: false })
    }

    pub(super) fn from_info(state: S, info: WindowInfo) -> Self {
        let WindowInfo { start, end, shard_id, source_arn, ended_early } = info;
        Self { state, start, end, shard_id, source_arn, ended_early, of: PhantomData }
    }

    /// Sets the start and the end of the window.
    #[must_use]
    pub fn between(self, start: SystemTime, end: SystemTime) -> Self {
        Self { start, end, ..self }
    }

    /// Returns the state without the other facts about the window.
    pub fn into_inner(self) -> S {
        self.state
    }

    /// Returns the time at which the window began. A record belongs to the window if the stream got it between
    /// the start and the end.
    pub fn start(&self) -> SystemTime {
        self.start
    }

    /// Returns the time at which the window ended, which is the start of the next window.
    pub fn end(&self) -> SystemTime {
        self.end
    }

    /// Returns the shard whose records are in the window.
    pub fn shard_id(&self) -> &str {
        &self.shard_id
    }

    /// Returns the ARN of the stream whose records are in the window.
    pub fn source_arn(&self) -> &str {
        &self.source_arn
    }

    /// Returns whether Lambda ended the window early, because the state had become too large. The same window
    /// then continues with a new state and ends again: the handler has to combine the results of both ends.
    pub fn ended_early(&self) -> bool {
        self.ended_early
    }
}

impl<S, E> Deref for Window<S, E> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.state
    }
}

impl<S, E> DerefMut for Window<S, E> {
    fn deref_mut(&mut self) -> &mut S {
        &mut self.state
    }
}
