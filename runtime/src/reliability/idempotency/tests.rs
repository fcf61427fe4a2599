//! Every row of the table in the module's documentation, and every failure on the way.
// Clippy allows this in `#[test]` functions, but not in the functions that they call.
#![allow(clippy::unwrap_used)]

#[cfg(feature = "sqs")]
mod batch;
mod keys;
#[cfg(feature = "kinesis")]
mod window;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::store::IdempotencyStore;
use super::testing::{BY_BOTH, BY_ID, CHECKED, Dynamo, Fault, in_milliseconds, in_seconds};
use crate::handler::{direct_handler, eventless_handler};
use crate::host::ready_function::ReadyFunction;
use crate::invocation::Call;
use crate::invocation::future::join_all;
use crate::registry::{
    ColdStartSettings, FunctionEntry, Handler, IdempotencyEntry, ProcessStart, TickHandling,
};
use crate::testing::{FUNCTION, block_on};
use crate::{Context, Error};

type Runs = Arc<AtomicU32>;

/// A function that counts its runs and responds with the number; `fail` and `panic` do as they say, `large`
/// is more than an item holds.
fn counting() -> (Handler, Runs) {
    during(|| ())
}

/// The same, with an action while it runs.
fn during(act: impl Fn() + Send + Sync + 'static) -> (Handler, Runs) {
    let runs = Runs::default();
    let (count, act) = (Arc::clone(&runs), Arc::new(act));
    let handler = direct_handler(move |event: Value, _| {
        let (run, act) = (count.fetch_add(1, Ordering::SeqCst) + 1, Arc::clone(&act));
        async move {
            act();
            tokio::time::sleep(Duration::from_millis(20)).await;
            assert_ne!(event["do"], "panic");
            Ok(match event["do"].as_str() {
                Some("fail") => Err(Error::new("SoldOut", "none left")),
                Some("large") => Ok(json!("x".repeat(410_000))),
                _ => Ok(json!({ "run": run })),
            })
        }
    });
    (handler, runs)
}

fn run(
    dynamo: &Dynamo,
    of: &'static IdempotencyEntry,
    handler: &Handler,
    event: &Value,
) -> Result<Vec<u8>, Error> {
    serve(handler, event.to_string().as_bytes(), &dynamo.call(of))
}

fn serve(handler: &Handler, payload: &[u8], call: &Call) -> Result<Vec<u8>, Error> {
    block_on(async { handler.serve(payload, call).await?.collect_bytes().await })
}

fn error<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    answer.unwrap_err().name().to_owned()
}

fn runs(runs: &Runs) -> u32 {
    runs.load(Ordering::SeqCst)
}

/// Returns an event after it was handled, with a completed record.
fn done(dynamo: &Dynamo) -> Value {
    let event = json!({ "id": 7 });
    run(dynamo, &BY_ID, &counting().0, &event).unwrap();
    event
}

/// Returns an event whose record says that a run is in progress.
fn in_progress(dynamo: &Dynamo, until: i64) -> Value {
    let event = done(dynamo);
    dynamo.change(|record| {
        record["status"] = json!({ "S": "in_progress" });
        record["in_progress_until"] = in_milliseconds(until);
        record["owner"] = json!({ "S": "somebody else" });
        record.as_object_mut().unwrap().remove("answer");
    });
    event
}

#[test]
fn the_first_run_acquires_the_key_and_stores_its_response() {
    let dynamo = Dynamo::start();
    let (handler, _) = counting();
    assert_eq!(run(&dynamo, &BY_ID, &handler, &json!({ "id": 7 })).unwrap(), br#"{"run":1}"#);
    assert_eq!(dynamo.operations(), ["PutItem", "UpdateItem"]);
    let begun = dynamo.bodies()[0]["Item"].clone();
    assert_eq!(begun["status"]["S"], "in_progress");
    let id = begun["pk"]["S"].as_str().unwrap();
    let (function, hash) = id.split_once('#').unwrap();
    assert_eq!((function, hash.len()), ("test/Place", 64));
    let number = |value: &Value| value["N"].as_str().unwrap().parse::<u64>().unwrap();
    let until = number(&begun["in_progress_until"]) / 1000;
    assert!(until.abs_diff(number(&in_seconds(10))) <= 2, "the deadline, in milliseconds");
    assert_eq!(number(&begun["gone_at"]), until + 3_600);
    let record = dynamo.item();
    assert_eq!(record["status"]["S"], "completed");
    assert_eq!(record["answer"]["S"], r#"{"run":1}"#);
    assert!(number(&record["gone_at"]).abs_diff(number(&in_seconds(3_600))) <= 2);
    let names: Vec<_> = record.as_object().unwrap().keys().collect();
    assert_eq!(names, ["answer", "gone_at", "owner", "pk", "status"]);
}

#[test]
fn the_second_run_returns_the_response_of_the_first_byte_for_byte() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let first = run(&dynamo, &BY_ID, &handler, &json!({ "id": 7, "b": 1 })).unwrap();
    let second = run(&dynamo, &BY_ID, &handler, &json!({ "b": 2, "id": 7 })).unwrap();
    assert_eq!((first, runs(&count)), (second, 1));
    assert_eq!(dynamo.operations(), ["PutItem", "UpdateItem", "PutItem"]);
    run(&dynamo, &BY_ID, &handler, &json!({ "id": "7" })).unwrap();
    assert_eq!(runs(&count), 2, "another key is other work");
}

#[test]
fn a_second_run_is_refused_while_the_first_is_in_progress() {
    let dynamo = Dynamo::start();
    let event = in_progress(&dynamo, 5);
    let (handler, count) = counting();
    assert_eq!(error(run(&dynamo, &BY_ID, &handler, &event)), "IdempotencyInProgress");
    assert_eq!((runs(&count), &dynamo.item()["owner"]["S"]), (0, &json!("somebody else")));
}

#[test]
fn only_one_of_two_concurrent_runs_does_the_work() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let call = dynamo.call(&BY_ID);
    let event = br#"{"id":7}"#;
    let both = [handler.serve(event, &call), handler.serve(event, &call)];
    let mut both = block_on(join_all(both.into()));
    both.sort_by_key(Result::is_err);
    let (refused, ran) = (both.pop().unwrap(), both.pop().unwrap());
    assert_eq!(block_on(ran.unwrap().collect_bytes()).unwrap(), br#"{"run":1}"#);
    assert_eq!((error(refused).as_str(), runs(&count)), ("IdempotencyInProgress", 1));
}

#[test]
fn expired_work_is_done_again_even_before_dynamodb_deletes_the_record() {
    let dynamo = Dynamo::start();
    let event = done(&dynamo);
    dynamo.change(|record| record["gone_at"] = in_seconds(-1));
    let (handler, count) = counting();
    run(&dynamo, &BY_ID, &handler, &event).unwrap();
    assert_eq!((runs(&count), &dynamo.item()["status"]["S"]), (1, &json!("completed")));
}

#[test]
fn a_crashed_run_holds_the_key_only_until_its_deadline() {
    let dynamo = Dynamo::start();
    let event = in_progress(&dynamo, -1);
    let (handler, count) = counting();
    run(&dynamo, &BY_ID, &handler, &event).unwrap();
    assert_eq!(runs(&count), 1);
    assert_ne!(dynamo.item()["owner"]["S"], "somebody else");
}

#[test]
fn a_run_that_lost_its_record_responds_and_does_not_change_the_record() {
    for what in ["run", "fail"] {
        let dynamo = Dynamo::start();
        let (handler, _) = during(dynamo.changing(|it| it["owner"] = json!({ "S": "the next" })));
        let answer = run(&dynamo, &BY_ID, &handler, &json!({ "id": 7, "do": what }));
        match answer {
            Ok(answer) => assert_eq!(answer, br#"{"run":1}"#),
            Err(error) => assert_eq!((what, error.name()), ("fail", "SoldOut")),
        }
        let record = dynamo.item();
        let seen = (&record["status"]["S"], &record["owner"]["S"], record.get("answer"));
        assert_eq!(seen, (&json!("in_progress"), &json!("the next"), None));
    }
}

#[test]
fn a_run_that_fails_or_panics_releases_its_record() {
    for (what, name) in [("fail", "SoldOut"), ("panic", "Panic")] {
        let dynamo = Dynamo::start();
        let (handler, count) = counting();
        let failed = run(&dynamo, &BY_ID, &handler, &json!({ "id": 7, "do": what }));
        assert_eq!((error(failed).as_str(), dynamo.items().len()), (name, 0));
        assert_eq!(run(&dynamo, &BY_ID, &handler, &json!({ "id": 7 })).unwrap(), br#"{"run":2}"#);
        assert_eq!(runs(&count), 2);
        assert_eq!(dynamo.operations(), ["PutItem", "DeleteItem", "PutItem", "UpdateItem"]);
    }
}

#[test]
fn no_work_is_done_if_the_table_fails_before_it() {
    let dynamo = Dynamo::start();
    dynamo.fail("PutItem", Fault::Before);
    let (handler, count) = counting();
    let error = run(&dynamo, &BY_ID, &handler, &json!({ "id": 7 })).unwrap_err();
    assert_eq!((error.name(), runs(&count)), ("AccessDeniedException", 0));
    assert_eq!(error.to_string(), "`PutItem` on the table `Seen`: not allowed");
}

#[test]
fn if_the_table_fails_after_the_work_the_response_is_returned_and_the_key_held_until_the_deadline()
{
    let dynamo = Dynamo::start();
    dynamo.fail("UpdateItem", Fault::Before);
    let (handler, count) = counting();
    let event = json!({ "id": 7 });
    assert_eq!(run(&dynamo, &BY_ID, &handler, &event).unwrap(), br#"{"run":1}"#);
    assert_eq!(error(run(&dynamo, &BY_ID, &handler, &event)), "IdempotencyInProgress");
    dynamo.change(|record| record["in_progress_until"] = in_milliseconds(-1));
    run(&dynamo, &BY_ID, &handler, &event).unwrap();
    assert_eq!(runs(&count), 2);
}

#[test]
fn the_failure_of_the_work_is_reported_even_if_its_record_cannot_be_removed() {
    let dynamo = Dynamo::start();
    dynamo.fail("DeleteItem", Fault::Before);
    let (handler, _) = counting();
    let failed = run(&dynamo, &BY_ID, &handler, &json!({ "id": 7, "do": "fail" }));
    assert_eq!((error(failed).as_str(), dynamo.items().len()), ("SoldOut", 1));
}

#[test]
fn a_lost_response_of_the_table_changes_nothing() {
    for (operation, runs_left) in [("PutItem", 1), ("UpdateItem", 1)] {
        let dynamo = Dynamo::start();
        dynamo.fail(operation, Fault::After);
        let (handler, count) = counting();
        let event = json!({ "id": 7 });
        let first = run(&dynamo, &BY_ID, &handler, &event).unwrap();
        assert_eq!(run(&dynamo, &BY_ID, &handler, &event).unwrap(), first, "{operation}");
        assert_eq!(runs(&count), runs_left, "{operation}");
    }
    let dynamo = Dynamo::start();
    dynamo.fail("DeleteItem", Fault::After);
    let failed = run(&dynamo, &BY_ID, &counting().0, &json!({ "id": 7, "do": "fail" }));
    assert_eq!((error(failed).as_str(), dynamo.items().len()), ("SoldOut", 0));
}

#[test]
fn a_response_is_stored_although_the_table_fails_at_first() {
    for fault in [Fault::Throttled, Fault::After, Fault::Hangs] {
        let dynamo = Dynamo::start();
        let failures = if let Fault::Hangs = fault { 1 } else { 5 };
        for _ in 0..failures {
            dynamo.fail("UpdateItem", fault);
        }
        let (handler, count) = counting();
        let event = json!({ "id": 7 });
        let first = run(&dynamo, &BY_ID, &handler, &event).unwrap();
        assert_eq!(dynamo.item()["status"]["S"], "completed", "{fault:?}");
        assert_eq!(run(&dynamo, &BY_ID, &handler, &event).unwrap(), first);
        assert_eq!(runs(&count), 1);
    }
}

#[test]
fn a_record_is_acquired_and_released_although_the_table_fails_at_first() {
    for fault in [Fault::Throttled, Fault::After] {
        let dynamo = Dynamo::start();
        for operation in ["PutItem", "PutItem", "PutItem", "DeleteItem", "DeleteItem", "DeleteItem"]
        {
            dynamo.fail(operation, fault);
        }
        let failed = run(&dynamo, &BY_ID, &counting().0, &json!({ "id": 7, "do": "fail" }));
        assert_eq!((error(failed).as_str(), dynamo.items().len()), ("SoldOut", 0), "{fault:?}");
    }
}

#[test]
fn a_table_that_never_responds_costs_no_response() {
    let dynamo = Dynamo::start();
    for _ in 0..50 {
        dynamo.fail("UpdateItem", Fault::Hangs);
    }
    let call = dynamo.call_before(&BY_ID, Duration::from_millis(900));
    assert_eq!(serve(&counting().0, br#"{"id":7}"#, &call).unwrap(), br#"{"run":1}"#);
    assert_eq!(dynamo.item()["status"]["S"], "in_progress");
}

#[test]
fn a_record_that_may_have_been_written_is_released() {
    let dynamo = Dynamo::start();
    for _ in 0..50 {
        dynamo.fail("PutItem", Fault::After);
    }
    let (handler, count) = counting();
    let call = dynamo.call_before(&BY_ID, Duration::from_secs(1));
    assert!(serve(&handler, br#"{"id":7}"#, &call).is_err());
    assert_eq!((runs(&count), dynamo.items().len()), (0, 0));
}

#[test]
fn another_payload_with_the_same_key_is_refused_if_it_is_checked() {
    let event = |total: Value| json!({ "id": 7, "total": total, "at": 1 });
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    run(&dynamo, &CHECKED, &handler, &event(json!(1))).unwrap();
    let mut same = event(json!(1));
    same["at"] = json!(2);
    run(&dynamo, &CHECKED, &handler, &same).unwrap();
    for other in [json!(2), json!("1"), json!(null)] {
        let refused = run(&dynamo, &CHECKED, &handler, &event(other)).unwrap_err();
        assert_eq!(refused.name(), "IdempotencyPayloadMismatch");
        assert!(refused.to_string().ends_with("before: `$.total` differs"), "{refused}");
    }
    // Also while the first run is in progress: to retry would not help.
    dynamo.change(|record| {
        record["status"] = json!({ "S": "in_progress" });
        record["in_progress_until"] = in_milliseconds(5);
    });
    let refused = error(run(&dynamo, &CHECKED, &handler, &event(json!(2))));
    assert_eq!((refused.as_str(), runs(&count)), ("IdempotencyPayloadMismatch", 1));
    assert_eq!(error(run(&dynamo, &CHECKED, &handler, &same)), "IdempotencyInProgress");
}

#[test]
fn a_missing_checked_value_counts_as_null() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    run(&dynamo, &CHECKED, &handler, &json!({ "id": 7 })).unwrap();
    run(&dynamo, &CHECKED, &handler, &json!({ "id": 7, "total": null })).unwrap();
    let refused = error(run(&dynamo, &CHECKED, &handler, &json!({ "id": 7, "total": 0 })));
    assert_eq!((refused.as_str(), runs(&count)), ("IdempotencyPayloadMismatch", 1));
}

#[test]
fn a_record_without_a_payload_hash_matches_any_payload() {
    let dynamo = Dynamo::start();
    let event = done(&dynamo);
    let answer = run(&dynamo, &CHECKED, &counting().0, &event).unwrap();
    assert_eq!(answer, br#"{"run":1}"#);
}

#[test]
fn a_response_too_large_to_store_is_returned_once_and_the_work_is_not_repeated() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let event = json!({ "id": 7, "do": "large" });
    assert_eq!(run(&dynamo, &BY_ID, &handler, &event).unwrap().len(), 410_002);
    let record = dynamo.item();
    assert_eq!((&record["status"]["S"], record.get("answer")), (&json!("completed"), None));
    assert_eq!(error(run(&dynamo, &BY_ID, &handler, &event)), "IdempotentAnswerNotKept");
    assert_eq!(runs(&count), 1);
}

#[test]
fn an_item_that_is_not_a_record_is_an_error_and_is_not_changed() {
    let dynamo = Dynamo::start();
    let event = done(&dynamo);
    dynamo.change(|item| item["status"] = json!({ "S": "shipped" }));
    let (handler, count) = counting();
    let error = run(&dynamo, &BY_ID, &handler, &event).unwrap_err();
    assert_eq!((error.name(), runs(&count)), ("InvalidIdempotencyRecord", 0));
    assert!(error.to_string().starts_with("the table `Seen` has an item"), "{error}");
    assert_eq!(dynamo.item()["status"]["S"], "shipped");
}

#[test]
fn the_operations_on_the_table_are_the_granted_ones() {
    let dynamo = Dynamo::start();
    let (handler, _) = counting();
    for what in ["run", "fail"] {
        let _ = run(&dynamo, &BY_ID, &handler, &json!({ "id": what, "do": what }));
    }
    let asked: BTreeSet<_> = dynamo.operations().into_iter().collect();
    let granted =
        skylift_model::idempotency::STORE_CALLS.iter().map(|call| call.operation.to_owned());
    assert_eq!(asked, granted.collect());
}

const fn function(idempotent: Option<IdempotencyEntry>) -> FunctionEntry {
    FunctionEntry {
        id: "Place",
        handler: "place",
        cold_start: Some(ColdStartSettings::new(
            Some(Duration::ZERO),
            TickHandling::ByRuntime,
            false,
        )),
        idempotent,
        make_handler: || eventless_handler(|_| async { Ok(Ok::<_, Error>(1)) }),
        ..FUNCTION
    }
}

static PLACE: FunctionEntry = function(Some(super::idempotency_entry(
    &[],
    &[],
    60,
    super::own_table("PlaceIdempotency", "SKYLIFT_TEST_UNSET", "id", "expires_at"),
)));
static PLAIN: FunctionEntry = function(None);

#[test]
fn a_function_without_its_table_does_not_start_and_others_do() {
    let error = IdempotencyStore::open(&PLACE).err().unwrap();
    assert_eq!(error.name(), "MissingVariable");
    let message = error.to_string();
    let start = "`place` cannot open the table `PlaceIdempotency`: `SKYLIFT_TEST_UNSET` is not set";
    assert!(message.starts_with(start), "{message}");
    assert!(IdempotencyStore::open(&PLAIN).unwrap().is_none());
    let ready = block_on(ReadyFunction::start("shop", &[&PLACE, &PLAIN], &[])).unwrap();
    assert!(ready[0].capabilities.is_err() && ready[1].capabilities.is_ok());
}

#[test]
fn a_tick_is_handled_without_a_request_to_the_table() {
    let dynamo = Dynamo::start();
    let call = dynamo.call(&BY_ID);
    let ready = ReadyFunction {
        function: &PLACE,
        handler: (PLACE.make_handler)(),
        states: crate::invocation::States::default(),
        capabilities: Ok(call.capabilities().clone()),
        start: ProcessStart::for_function(&PLACE),
    };
    let answer = |payload: &[u8]| -> Result<Vec<u8>, Error> {
        block_on(async {
            ready.respond(payload, call.context().clone()).await?.collect_bytes().await
        })
    };
    let keep_warm = json!({
        "version": "0", "detail-type": "Scheduled Event", "source": "aws.events",
        "resources": [], "detail": { "keep-warm": "Place" },
    });
    for tick in [
        keep_warm.to_string().into_bytes(),
        crate::testing::fixture("example-eventbridge-schedule.json"),
    ] {
        assert_eq!(answer(&tick).unwrap(), b"null");
    }
    assert!(dynamo.operations().is_empty());
    assert_eq!(answer(br#"{"id":1}"#).unwrap(), b"1");
    assert_eq!(dynamo.operations(), ["PutItem", "UpdateItem"]);
}
