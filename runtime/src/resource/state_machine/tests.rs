// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::{Express, StateMachineClient};
use crate::aws::testing::{FakeAws, FakeResponse, client_for, test_resource};
use crate::resource::markers::{Standard, Typed, Untyped};
use crate::testing::block_on;

test_resource! {
    Checkout: StateMachine { type Input = Untyped; type Output = Untyped; type Workflow = Standard; }
    Prices: StateMachine { type Input = Untyped; type Output = Typed<u32>; type Workflow = Express; }
}

fn started() -> FakeResponse {
    FakeResponse::ok(json!({ "executionArn": "arn:of:it", "startDate": 1 }).to_string())
}

fn ended(status: &str, rest: &Value) -> FakeResponse {
    let mut body = json!({ "executionArn": "a", "startDate": 1, "stopDate": 2, "status": status });
    let rest = rest.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(rest);
    FakeResponse::ok(body.to_string())
}

#[test]
fn an_execution_has_the_input_as_json_and_a_name_if_one_is_given() {
    let server = FakeAws::script([started()]);
    let checkout = client_for!(StateMachineClient<Checkout>, aws_sdk_sfn, server);
    let arns = block_on(async {
        let input = json!({ "id": 7 });
        [checkout.start(&input).await.unwrap(), checkout.start_named("o-7", &input).await.unwrap()]
    });
    assert_eq!(arns, ["arn:of:it", "arn:of:it"]);
    let plain = json!({ "stateMachineArn": "the-name", "input": r#"{"id":7}"# });
    let mut named = plain.clone();
    named["name"] = json!("o-7");
    assert_eq!(server.bodies(), [plain, named]);
}

#[test]
fn the_output_of_an_express_workflow_has_its_type() {
    let server = FakeAws::script([
        ended("SUCCEEDED", &json!({ "output": "7" })),
        ended("SUCCEEDED", &json!({ "output": "\"seven\"" })),
    ]);
    let prices = client_for!(StateMachineClient<Prices>, aws_sdk_sfn, server);
    assert_eq!(block_on(prices.start_sync(&json!(1))).unwrap(), 7);
    let error = block_on(prices.start_sync(&json!(1))).unwrap_err();
    assert!(error.to_string().starts_with("the output of the state machine `Prices`"), "{error}");
    assert!(server.seen()[0].header("host").unwrap().starts_with("127.0.0.1"));
}

#[test]
fn an_execution_that_fails_is_an_error_with_its_name_and_cause() {
    let failed = json!({ "error": "CardDeclined", "cause": "no funds" });
    let server = FakeAws::script([
        ended("FAILED", &failed),
        ended("FAILED", &json!({})),
        ended("TIMED_OUT", &json!({})),
    ]);
    let prices = client_for!(StateMachineClient<Prices>, aws_sdk_sfn, server);
    let fail = || block_on(prices.start_sync(&json!(1))).unwrap_err();
    let first = fail();
    assert_eq!((first.name(), first.to_string().as_str()), ("CardDeclined", "no funds"));
    assert_eq!(fail().name(), "ExecutionFailed");
    let late = fail();
    assert_eq!(late.name(), "TimedOut");
    assert!(late.to_string().contains("`Prices`"), "{late}");
}

#[test]
fn what_aws_refuses_is_an_error_by_its_code() {
    let server = FakeAws::script([FakeResponse::refusal(400, "ExecutionAlreadyExists", "there")]);
    let checkout = client_for!(StateMachineClient<Checkout>, aws_sdk_sfn, server);
    let error = block_on(checkout.start_named("a", &json!(1))).unwrap_err();
    assert_eq!(error.name(), "ExecutionAlreadyExists");
}

#[test]
fn an_input_that_is_too_large_is_not_sent() {
    let server = FakeAws::script([started()]);
    let checkout = client_for!(StateMachineClient<Checkout>, aws_sdk_sfn, server);
    let error = block_on(checkout.start(&json!("a".repeat(262_143)))).unwrap_err();
    assert_eq!(error.name(), "MessageTooLarge");
    assert!(
        error.to_string().starts_with("the input of the state machine `Checkout` has"),
        "{error}"
    );
    assert!(server.seen().is_empty());
    assert!(block_on(checkout.start(&json!("a".repeat(262_142)))).is_ok());
}
