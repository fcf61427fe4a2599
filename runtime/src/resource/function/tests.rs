// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::FunctionClient;
use crate::aws::testing::{FakeAws, FakeResponse, client_for, test_resource};
use crate::testing::block_on;

test_resource! {
    Price: Function { type Event = Value; type Answer = u64; }
}

#[test]
fn invoke_waits_for_the_answer_and_invoke_async_does_not() {
    let server =
        FakeAws::script([FakeResponse::ok("12"), FakeResponse(202, Vec::new(), String::new())]);
    let price = client_for!(FunctionClient<Price>, aws_sdk_lambda, server);
    let answer = block_on(async {
        let answer = price.invoke(&json!({ "count": 3 })).await.unwrap();
        price.invoke_async(&json!({ "count": 4 })).await.unwrap();
        answer
    });
    assert_eq!(answer, 12);
    assert_eq!(server.bodies(), [json!({ "count": 3 }), json!({ "count": 4 })]);
    let seen = server.seen();
    assert_eq!(seen[0].path, "/2015-03-31/functions/the-name/invocations");
    let kinds: Vec<_> = seen.iter().map(|it| it.header("x-amz-invocation-type")).collect();
    assert_eq!(kinds, [Some("RequestResponse"), Some("Event")]);
}

#[test]
fn the_error_of_the_function_keeps_its_name_and_message() {
    let failure = json!({ "errorType": "SoldOut", "errorMessage": "none left", "stackTrace": [] });
    let headers = vec![("x-amz-function-error", "Unhandled".to_owned())];
    let server = FakeAws::script([FakeResponse(200, headers, failure.to_string())]);
    let price = client_for!(FunctionClient<Price>, aws_sdk_lambda, server);
    let error = block_on(price.invoke(&json!({}))).unwrap_err();
    assert_eq!((error.name(), error.to_string().as_str()), ("SoldOut", "none left"));
}

#[test]
fn an_answer_of_another_type_is_an_error_that_names_the_function() {
    let server = FakeAws::script([FakeResponse::ok("\"much\"")]);
    let price = client_for!(FunctionClient<Price>, aws_sdk_lambda, server);
    let error = block_on(price.invoke(&json!({}))).unwrap_err().to_string();
    assert!(error.starts_with("the answer of the function `Price`: "), "{error}");
}

#[test]
fn an_event_that_is_too_large_is_an_error_before_it_is_sent() {
    let server = FakeAws::script([FakeResponse::ok("1")]);
    let price = client_for!(FunctionClient<Price>, aws_sdk_lambda, server);
    let event = Value::from("x".repeat(1_048_576));
    assert_eq!(block_on(price.invoke_async(&event)).unwrap_err().name(), "MessageTooLarge");
    assert_eq!(block_on(price.invoke(&event)).unwrap(), 1);
    assert_eq!(server.seen().len(), 1);
}
