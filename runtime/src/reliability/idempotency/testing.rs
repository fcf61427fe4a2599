//! A DynamoDB table on the loopback interface, with the features that records need: it evaluates their
//! conditions, and fails when a test says so.
// Clippy allows this in `#[test]` functions, but not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::idempotency_entry;
use super::record::epoch_milliseconds;
use super::store::IdempotencyStore;
use super::table::{Table, table_client};
use crate::Context;
use crate::aws::connection::SdkConnection;
use crate::aws::testing::{FakeAws, FakeResponse, ReceivedRequest};
use crate::invocation::{Call, Capabilities, States};
use crate::registry::{IdempotencyEntry, IdempotencyTable, JsonPath, JsonPathStep};

const fn store() -> IdempotencyTable {
    IdempotencyTable { id: "Seen", variable: "SKYLIFT_TEST_UNSET", key: "pk", ttl: "gone_at" }
}

const ID: JsonPath = JsonPath { text: "$.id", steps: &[JsonPathStep::Field("id")] };
const TOTAL: JsonPath = JsonPath { text: "$.total", steps: &[JsonPathStep::Field("total")] };

/// `key = "$.id"`, stored for an hour.
pub(crate) static BY_ID: IdempotencyEntry = idempotency_entry(&[ID], &[], 3_600, store());

/// `key = "$.id", check = "$.total"`.
pub(super) static CHECKED: IdempotencyEntry = idempotency_entry(&[ID], &[TOTAL], 3_600, store());

/// `key = ["$.id", "$.total"]`.
pub(super) static BY_BOTH: IdempotencyEntry = idempotency_entry(&[ID, TOTAL], &[], 60, store());

/// How a request to the table fails.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// It is rejected, and nothing is done.
    Before,
    /// It is throttled, and nothing is done.
    Throttled,
    /// It is done, and its response is lost.
    After,
    /// No response comes for longer than any test waits.
    Hangs,
}

#[derive(Default)]
struct State {
    items: BTreeMap<String, Value>,
    faults: VecDeque<(&'static str, Fault)>,
}

/// The table.
pub(crate) struct Dynamo {
    server: FakeAws,
    state: Arc<Mutex<State>>,
}

impl Dynamo {
    pub(crate) fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        Self { server: FakeAws::start(move |request| answer(&shared, request)), state }
    }

    pub(crate) fn store(&self, of: &'static IdempotencyEntry) -> IdempotencyStore {
        let client = table_client(&self.server.config());
        let named = SdkConnection { client, name: "the-table".into() };
        IdempotencyStore::new("Place", of, Table { named, store: &of.store })
    }

    /// A call of an idempotent function, with ten seconds left.
    pub(crate) fn call(&self, of: &'static IdempotencyEntry) -> Call {
        self.call_before(of, Duration::from_secs(10))
    }

    pub(crate) fn call_before(&self, of: &'static IdempotencyEntry, remaining: Duration) -> Call {
        let context = Context::new("request-1").with_remaining(remaining);
        let capabilities = Capabilities::default().with_idempotency(Some(self.store(of).shared()));
        Call::new(context, States::default()).with_capabilities(capabilities)
    }

    /// Makes the next request of this operation fail.
    pub(crate) fn fail(&self, operation: &'static str, fault: Fault) {
        self.state.lock().unwrap().faults.push_back((operation, fault));
    }

    /// Returns the operations that were requested, in order.
    pub(crate) fn operations(&self) -> Vec<String> {
        self.server.seen().iter().map(ReceivedRequest::operation).collect()
    }

    pub(crate) fn bodies(&self) -> Vec<Value> {
        self.server.bodies()
    }

    /// Returns the records.
    pub(crate) fn items(&self) -> Vec<Value> {
        self.state.lock().unwrap().items.values().cloned().collect()
    }

    /// Returns the only record.
    pub(crate) fn item(&self) -> Value {
        let items = self.items();
        assert_eq!(items.len(), 1, "{items:?}");
        items[0].clone()
    }

    /// Changes the only record.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Value)) {
        let mut state = self.state.lock().unwrap();
        assert_eq!(state.items.len(), 1);
        change(state.items.values_mut().next().unwrap());
    }

    /// Returns a change that another thread can make.
    pub(crate) fn changing(
        &self,
        change: impl Fn(&mut Value) + Send + Sync + 'static,
    ) -> impl Fn() + Send + Sync + 'static {
        let state = Arc::clone(&self.state);
        move || change(state.lock().unwrap().items.values_mut().next().unwrap())
    }
}

/// Returns the time in that many seconds, in milliseconds since 1970, as a number of DynamoDB.
pub(crate) fn in_milliseconds(seconds: i64) -> Value {
    let now = i64::try_from(epoch_milliseconds(SystemTime::now())).unwrap();
    json!({ "N": (now + seconds * 1000).to_string() })
}

/// Returns the same in seconds.
pub(crate) fn in_seconds(seconds: i64) -> Value {
    let now = i64::try_from(epoch_milliseconds(SystemTime::now())).unwrap();
    json!({ "N": (now / 1000 + seconds).to_string() })
}

fn answer(state: &Mutex<State>, request: &ReceivedRequest) -> FakeResponse {
    let operation = request.operation();
    let mut state = state.lock().unwrap();
    let due = state.faults.front().is_some_and(|(of, _)| *of == operation);
    let fault = if due { state.faults.pop_front() } else { None };
    match fault {
        Some((_, Fault::Before)) => {
            FakeResponse::refusal(400, "AccessDeniedException", "not allowed")
        }
        Some((_, Fault::Throttled)) => {
            FakeResponse::refusal(400, "ProvisionedThroughputExceededException", "too many")
        }
        Some((_, Fault::After)) => {
            perform(&mut state, &operation, &request.json());
            FakeResponse::refusal(500, "InternalServerError", "lost")
        }
        Some((_, Fault::Hangs)) => {
            drop(state);
            sleep(Duration::from_secs(20));
            FakeResponse::ok("{}")
        }
        None => perform(&mut state, &operation, &request.json()),
    }
}

fn perform(state: &mut State, operation: &str, body: &Value) -> FakeResponse {
    assert_eq!(body["TableName"], "the-table");
    let text = |value: &Value| value["S"].as_str().unwrap().to_owned();
    let values = &body["ExpressionAttributeValues"];
    let condition = resolved(&body["ConditionExpression"], &body["ExpressionAttributeNames"]);
    match operation {
        "PutItem" => {
            let free = "attribute_not_exists(pk) OR gone_at <= :now OR (status = :in_progress AND \
                        in_progress_until < :now_ms)";
            assert_eq!(condition, free);
            let id = text(&body["Item"]["pk"]);
            if let Some(there) = state.items.get(&id) {
                let expired =
                    number(&there["gone_at"]).is_some_and(|at| at <= number_of(values, ":now"));
                let left = there["status"] == values[":in_progress"]
                    && number(&there["in_progress_until"])
                        .is_some_and(|until| until < number_of(values, ":now_ms"));
                if !expired && !left {
                    assert_eq!(body["ReturnValuesOnConditionCheckFailure"], "ALL_OLD");
                    return refused(Some(there));
                }
            }
            state.items.insert(id, body["Item"].clone());
        }
        "UpdateItem" | "DeleteItem" => {
            assert_eq!(condition, "owner = :owner");
            let id = text(&body["Key"]["pk"]);
            let Some(there) = state.items.get_mut(&id).filter(|it| it["owner"] == values[":owner"])
            else {
                return refused(None);
            };
            if operation == "DeleteItem" {
                state.items.remove(&id);
                return FakeResponse::ok("{}");
            }
            let update = resolved(&body["UpdateExpression"], &body["ExpressionAttributeNames"]);
            let (set, removed) = update.split_once(" REMOVE ").unwrap();
            for assignment in set.strip_prefix("SET ").unwrap().split(", ") {
                let (name, value) = assignment.split_once(" = ").unwrap();
                there[name] = values[value].clone();
            }
            there.as_object_mut().unwrap().remove(removed);
        }
        other => panic!("{other}"),
    }
    FakeResponse::ok("{}")
}

/// Replaces the placeholders in an expression by names. Every name must be used.
fn resolved(expression: &Value, names: &Value) -> String {
    let mut text = expression.as_str().unwrap().to_owned();
    for (placeholder, name) in names.as_object().unwrap() {
        text = text.replace(placeholder, name.as_str().unwrap());
    }
    assert!(!text.contains('#'), "{text}");
    text
}

fn number(value: &Value) -> Option<u64> {
    value["N"].as_str().map(|number| number.parse().unwrap())
}

fn number_of(values: &Value, name: &str) -> u64 {
    number(&values[name]).unwrap()
}

fn refused(there: Option<&Value>) -> FakeResponse {
    let mut body = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
        "message": "The conditional request failed",
    });
    if let Some(there) = there {
        body["Item"] = there.clone();
    }
    FakeResponse(400, Vec::new(), body.to_string())
}
