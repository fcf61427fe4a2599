// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::client::{ParameterClient, open};
use crate::aws::testing::{Answer, Server, resource};
use crate::resource::kinds::FromConnection as _;
use crate::testing::block_on;

resource! {
    Limit: Parameter {}
}

#[test]
fn a_parameter_is_fetched_decrypted() {
    let parameter = json!({ "Parameter": { "Name": "the-name", "Value": "50" } });
    let server = Server::script([Answer::ok(parameter.to_string())]);
    let limit = block_on(async {
        let client = aws_sdk_ssm::Client::new(&server.config());
        let limit = ParameterClient::<Limit>::from_connection(
            open::<Limit>(client, "the-name".into()).await.unwrap(),
        );
        limit.get().await.unwrap()
    });
    assert_eq!(*limit, "50");
    assert_eq!(server.bodies(), [json!({ "Name": "the-name", "WithDecryption": true })]);
}

#[test]
fn a_parameter_that_is_not_there_is_aws_own_error() {
    let server = Server::script([Answer::refusal(400, "ParameterNotFound", "")]);
    let client = aws_sdk_ssm::Client::new(&server.config());
    let error = block_on(open::<Limit>(client, "the-name".into())).err().unwrap();
    assert_eq!(error.name(), "ParameterNotFound");
    assert!(error.to_string().starts_with("`GetParameter` on the parameter `Limit`: "), "{error}");
}
