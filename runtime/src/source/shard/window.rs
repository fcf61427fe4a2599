//! [`Window`]: what the records of a tumbling window add up to, and [`Fold`], which says how.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;

/// A tumbling window that has ended: the state that its records were folded into.
///
/// A function with `tumbling_window = "1m"` in its trigger takes its records in windows of a minute.
/// Lambda sends the records of a window in batches, and keeps the state between them; the runtime
/// [folds](Fold) each record into it, in order. When the window is over, the handler is called, once,
/// with the state. There is a window, and a state, for each shard: the handler adds up what several
/// shards have to say.
///
/// It dereferences to the state. Mirrors "Implementing stateful Kinesis Data Streams processing in
/// Lambda", and the page of the same name for `DynamoDB`, of the AWS Lambda Developer Guide.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use serde::{Deserialize, Serialize};
/// use skylift::Error;
/// # #[cfg(feature = "kinesis")] {
/// use skylift::event::{Data, Fold, Window};
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
/// // #[function(trigger = kinesis(stream = Clicks, tumbling_window = "1m"))]
/// async fn count(counts: Window<Counts, Data<Click>>) -> Result<(), Error> {
///     for (page, count) in &counts.0 {
///         println!("{page} was seen {count} times since {:?}", counts.start());
///     }
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// # let _ =
/// count(Window::new(Counts::default()))
/// # ;
/// # }
/// ```
///
/// # Failures
///
/// A record that cannot be read, that cannot be folded, or for which there is no time left ends the
/// batch: the state stays what it was before that record, and Lambda sends the rest again. A handler
/// that fails is called again with the same state, and the shard waits until it succeeds.
///
/// The state is JSON on its way, of 1 MB at the most. Lambda ends a window early whose state has grown
/// beyond: the handler is called with what there is, [`ended_early`](Self::ended_early) says so, and the
/// window goes on with a state of its own.
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

/// How a state takes a record in: what a [`Window`] is made by.
///
/// The state is `Default` when its window begins, and travels as JSON between the batches of the window.
///
/// # Errors
///
/// A record that fails is reported to Lambda by its sequence number. The state is then made anew from
/// what the records before it were folded into: they are folded **again**, so that half a record can
/// never remain. Fold is to do nothing else than to change the state, then; what takes a client, or time,
/// belongs into the handler.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fold a `{E}`",
    label = "not a state that these records are folded into",
    note = "help: implement `skylift::event::Fold<{E}>` for `{Self}`"
)]
pub trait Fold<E>: Default + Serialize + DeserializeOwned + Send + 'static {
    /// Takes in the next record of the window.
    #[expect(clippy::missing_errors_doc, reason = "the trait says what becomes of them")]
    fn fold(&mut self, record: E) -> Result<(), Error>;
}

/// What Lambda says of a window.
pub(super) struct WindowInfo {
    pub(super) start: SystemTime,
    pub(super) end: SystemTime,
    pub(super) shard_id: String,
    pub(super) source_arn: String,
    pub(super) ended_early: bool,
}

impl<S, E> Window<S, E> {
    /// A window for the tests of a handler: the minute that has just ended.
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

    /// The same window with other bounds.
    #[must_use]
    pub fn between(self, start: SystemTime, end: SystemTime) -> Self {
        Self { start, end, ..self }
    }

    /// The state alone.
    pub fn into_inner(self) -> S {
        self.state
    }

    /// When the window began. Records belong to it by the time at which the stream got them.
    pub fn start(&self) -> SystemTime {
        self.start
    }

    /// When it ended: the start of the next one.
    pub fn end(&self) -> SystemTime {
        self.end
    }

    /// The shard whose records these were.
    pub fn shard_id(&self) -> &str {
        &self.shard_id
    }

    /// The ARN of the stream.
    pub fn source_arn(&self) -> &str {
        &self.source_arn
    }

    /// Whether Lambda ended it before its time, since the state had become too large. The same window
    /// then goes on, and ends again: what is kept of both has to be added up.
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
