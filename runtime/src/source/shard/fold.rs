//! A batch of a tumbling window: takes the state of the window and the records, folds the records into the
//! state, and calls the handler if the window ends. The state in the response and the failure that it reports
//! agree: the state has all records before the failed one, and no part of the failed one.
// See decision 0045.

use aws_lambda_events::time_window;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::stream_record::{StreamRecord, report_failure};
use super::window::{Fold, Window, WindowInfo};
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::idempotency::KeySource;
use crate::invocation::panic::drop_catching_panic;
use crate::invocation::{FunctionResponse, ResponseFuture, catch_failure, decode};
use crate::messages;
use crate::observability::log;
use crate::resource::trigger_event::Accepts;
use crate::source::batch::record_calls::RecordCalls;
use crate::source::batch::response::ItemFailure;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

/// The largest state that Lambda stores between two batches, in bytes. Lambda ends a window early if its state
/// is larger.
const LARGEST_STATE: usize = 1024 * 1024;

/// The payload that Lambda sends if the event source mapping has a tumbling window.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TimeWindowEvent<'a> {
    #[serde(borrow, default, rename = "Records")]
    records: Vec<&'a RawValue>,
    window: time_window::Window,
    #[serde(borrow)]
    state: Option<&'a RawValue>,
    #[serde(default)]
    shard_id: String,
    #[serde(default, rename = "eventSourceARN")]
    source_arn: String,
    #[serde(default)]
    is_final_invoke_for_window: bool,
    #[serde(default)]
    is_window_terminated_early: bool,
}

/// The response that Lambda expects to a batch of a window. Without a state in the response, the invocation
/// counts as failed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TimeWindowResponse<'a> {
    state: &'a RawValue,
    batch_item_failures: Vec<ItemFailure<'a>>,
}

impl<S: Fold<E>, E: StreamRecord> Event for Window<S, E> {
    type Source = E::Source;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        E::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { deliver_window(delivery).await })
    }
}

impl<S: Fold<E>, E: StreamRecord + TriggeredBy<X>, X> TriggeredBy<X> for Window<S, E> {}

/// Lets a window accept the resources that its records accept.
impl<K, M, S, E: Accepts<K, M>> Accepts<K, M> for Window<S, E> {}

/// Folds the records of a batch into the state of the window, and calls the handler if the window ends with
/// this batch.
async fn deliver_window<S: Fold<E>, E: StreamRecord>(
    delivery: Delivery<'_, Window<S, E>>,
) -> Result<FunctionResponse, Error> {
    let event: TimeWindowEvent<'_> = decode::decode_json(delivery.payload)
        .map_err(|error| error.with_context(messages::batch::no_window()))?;
    let calls = RecordCalls::new(&delivery);
    let (state, failed) = fold_records::<S, E>(&event, || calls.check_time()).await?;
    if let Some((index, error)) = failed {
        let number = report_failure::<E, _>(&calls, &event.records, index, error)?;
        return window_response(&state, Some(&number));
    }
    let ended_early = event.is_window_terminated_early;
    if !event.is_final_invoke_for_window && !ended_early {
        return window_response(&state, None);
    }
    let scope = end_scope::<E>(&event)?;
    let window = Window::from_info(
        state,
        WindowInfo {
            start: event.window.start.into(),
            end: event.window.end.into(),
            shard_id: event.shard_id,
            source_arn: event.source_arn,
            ended_early,
        },
    );
    let known = KeySource { json: delivery.payload, scope: &scope };
    calls.call_handler(|| Ok((window, known))).await?;
    // This state is not used again: Lambda drops it at the end of a window, and expects a new one if the
    // window continues after an early end.
    window_response(&NoState {}, None)
}

/// Returns the scope of the idempotency key for this end of a window. A window that ends early continues, and
/// ends again, and each end is different work. The last record of the batch distinguishes the early ends, and
/// is the same if Lambda sends the batch again. The scope of the normal end is empty.
fn end_scope<E: StreamRecord>(event: &TimeWindowEvent<'_>) -> Result<String, Error> {
    if !event.is_window_terminated_early {
        return Ok(String::new());
    }
    let last =
        event.records.last().map(|record| E::sequence_number(record.get())).transpose()?.flatten();
    Ok(format!("early end with record {}", last.unwrap_or_default()))
}

/// The empty state of a window that has ended.
#[derive(Serialize)]
struct NoState {}

/// Folds the records of a batch into the state, up to the first record that fails. Returns the state, and the
/// index and the error of the failed record; `None` if no record failed. `check_time` fails if there is no time
/// to fold another record.
async fn fold_records<S: Fold<E>, E: StreamRecord>(
    event: &TimeWindowEvent<'_>,
    check_time: impl Fn() -> Result<(), Error>,
) -> Result<(S, Option<(usize, Error)>), Error> {
    let mut data = Vec::new();
    let mut failed = None;
    let mut end = event.records.len();
    loop {
        let mut state: S = read_state(event.state)?;
        let mut broken = None;
        for (index, record) in event.records[..end].iter().enumerate() {
            if let Err(error) = check_time() {
                // The record was not started, so that the state is complete: it has all records before this
                // one, whether these are folded for the first time or again.
                return Ok((state, Some((index, error))));
            }
            let fold = catch_failure(async { state.fold(E::read(record.get(), &mut data)?) });
            if let Err(error) = fold.await {
                broken = Some((index, error));
                break;
            }
        }
        match broken {
            None => return Ok((state, failed)),
            Some((index, error)) => {
                end = index;
                failed = Some((index, error));
                drop_catching_panic(|| drop(state));
            }
        }
    }
}

/// Decodes the state that Lambda stored for the window. Returns the default state if Lambda sent no state, or
/// the empty object with which a window starts.
fn read_state<S: Default + DeserializeOwned>(state: Option<&RawValue>) -> Result<S, Error> {
    let Some(state) = state.map(RawValue::get) else { return Ok(S::default()) };
    let inside = state.strip_prefix('{').and_then(|state| state.strip_suffix('}'));
    if inside.is_some_and(|inside| inside.trim_ascii().is_empty()) {
        return Ok(S::default());
    }
    decode::decode_text(state).map_err(|error| error.with_context(messages::batch::window_state()))
}

/// Makes the response to a batch of a window, from the state and from the sequence number of the record that
/// failed; `None` if no record failed.
fn window_response(
    state: &impl Serialize,
    failed: Option<&str>,
) -> Result<FunctionResponse, Error> {
    let state = serde_json::value::to_raw_value(state)
        .map_err(|error| messages::batch::window_state_not_json(&error))?;
    if !state.get().starts_with('{') {
        return Err(messages::batch::window_state_not_an_object());
    }
    let size = state.get().len();
    if size > LARGEST_STATE {
        log::error(messages::batch::window_state_too_large(size, LARGEST_STATE));
    }
    let batch_item_failures =
        failed.map(|item_identifier| ItemFailure { item_identifier }).into_iter().collect();
    Ok(serde_json::to_vec(&TimeWindowResponse { state: &state, batch_item_failures })?.into())
}

#[cfg(all(test, feature = "kinesis"))]
mod tests {
    use std::cell::Cell;

    use serde_json::json;

    use super::*;
    use crate::event::KinesisEventRecord;
    use crate::testing::{block_on, fixture};

    /// The sequence numbers; `3` cannot be folded.
    #[derive(Debug, Default, Serialize, Deserialize, PartialEq)]
    struct Seen(Vec<String>);

    impl Fold<KinesisEventRecord> for Seen {
        fn fold(&mut self, record: KinesisEventRecord) -> Result<(), Error> {
            let number = record.kinesis.sequence_number;
            self.0.push(number.clone());
            if number == "3" { Err(Error::msg("three")) } else { Ok(()) }
        }
    }

    #[test]
    fn state_and_sequence_number_agree_whenever_the_time_ends() {
        let mut event: serde_json::Value =
            serde_json::from_slice(&fixture("example-kinesis-window-event.json")).unwrap();
        let record = event["Records"][0].take();
        let records = ["1", "2", "3", "4"].map(|number| {
            let mut record = record.clone();
            record["kinesis"]["sequenceNumber"] = json!(number);
            record
        });
        event["Records"] = json!(records);
        event["state"] = json!({});
        let payload = event.to_string();
        let event: TimeWindowEvent<'_> = decode::decode_text(&payload).unwrap();
        // Three records until one fails, and two of them again.
        for (times, stopped_at) in [(0, 0), (1, 1), (2, 2), (3, 0), (4, 1), (5, 2)] {
            let left = Cell::new(times);
            let check_time = || match left.get() {
                0 => Err(Error::msg("late")),
                n => {
                    left.set(n - 1);
                    Ok(())
                }
            };
            let folded = block_on(fold_records::<Seen, KinesisEventRecord>(&event, check_time));
            let (state, failed) = folded.unwrap();
            assert_eq!(failed.map(|(index, _)| index), Some(stopped_at), "after {times}");
            assert_eq!(state.0, ["1", "2"][..stopped_at], "after {times}");
        }
    }
}
