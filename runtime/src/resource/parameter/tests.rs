// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::client::{ParameterClient, fetch_first_value};
use crate::aws::testing::{FakeAws, FakeResponse, test_resource};
use crate::resource::kinds::FromConnection as _;
use crate::testing::block_on;

test_resource! {
    Limit: Parameter {}
}

#[test]
fn a_parameter_is_decrypted() {
    let parameter = json!({ "Parameter": { "Name": "the-name", "Value": "50" } });
    let server = FakeAws::script([FakeResponse::ok(parameter.to_string())]);
    let limit = block_on(async {
        let client = aws_sdk_ssm::Client::new(&server.config());
        let limit = ParameterClient::<Limit>::from_connection(
            fetch_first_value::<Limit>(client, "the-name".into()).await.unwrap(),
        );
        limit.get().await.unwrap()
    });
    assert_eq!(*limit, "50");
    assert_eq!(server.bodies(), [json!({ "Name": "the-name", "WithDecryption": true })]);
}

#[test]
fn a_missing_parameter_is_the_error_of_aws() {
    let server = FakeAws::script([FakeResponse::refusal(400, "ParameterNotFound", "")]);
    let client = aws_sdk_ssm::Client::new(&server.config());
    let error = block_on(fetch_first_value::<Limit>(client, "the-name".into())).err().unwrap();
    assert_eq!(error.name(), "ParameterNotFound");
    assert!(error.to_string().starts_with("`GetParameter` on the parameter `Limit`: "), "{error}");
}
