// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::Secret;
use super::client::{SecretClient, fetch_first_value};
use crate::Error;
use crate::aws::testing::{FakeAws, FakeResponse, test_resource};
use crate::resource::kinds::FromConnection;
use crate::resource::markers::{SecretJson, SecretText};
use crate::testing::block_on;

#[derive(Deserialize)]
pub(crate) struct Login {
    user: String,
    #[serde(rename = "pin")]
    _pin: u32,
}

test_resource! {
    ApiKey: Secret { type Value = SecretText; }
    Database: Secret { type Value = SecretJson<Login>; }
}

fn value(text: &str) -> FakeResponse {
    FakeResponse::ok(json!({ "ARN": "arn", "Name": "n", "SecretString": text }).to_string())
}

async fn reader<R: Secret>(server: &FakeAws) -> Result<SecretClient<R>, Error> {
    let client = aws_sdk_secretsmanager::Client::new(&server.config());
    Ok(SecretClient::from_connection(fetch_first_value::<R>(client, "the-arn".into()).await?))
}

fn failure<R: Secret>(answer: FakeResponse) -> Error {
    block_on(reader::<R>(&FakeAws::script([answer]))).err().unwrap()
}

#[test]
fn a_secret_is_fetched_at_the_start_and_cached() {
    let server = FakeAws::script([value("first"), value("second")]);
    block_on(async {
        let key = reader::<ApiKey>(&server).await.unwrap();
        assert_eq!(server.bodies(), [json!({ "SecretId": "the-arn" })]);
        assert_eq!(*key.get().await.unwrap(), "first");
        assert_eq!(server.seen().len(), 1);
        assert_eq!(*key.get_max_age(Duration::ZERO).await.unwrap(), "second");
    });
}

#[test]
fn json_is_deserialized_as_its_type() {
    let server = FakeAws::script([value(r#"{"user":"ann","pin":1}"#)]);
    let user = block_on(async {
        reader::<Database>(&server).await.unwrap().get().await.unwrap().user.clone()
    });
    assert_eq!(user, "ann");
}

#[test]
fn the_error_for_a_value_of_another_type_shows_nothing_of_the_value() {
    let error = failure::<Database>(value(r#"{"user":"ann","pin":"hunter2"}"#));
    assert_eq!(error.name(), "InvalidSecret");
    let message = "the value of the secret `Database` is not a `Login`: look at `pin`";
    assert_eq!(format!("{error:#}"), message);
    let error = failure::<Database>(value("hunter2"));
    assert_eq!(
        format!("{error:?}"),
        "InvalidSecret: the value of the secret `Database` is not JSON"
    );
}

#[test]
fn debug_output_does_not_show_the_value() {
    let server = FakeAws::script([value("hunter2")]);
    let key = block_on(reader::<ApiKey>(&server)).unwrap();
    assert!(!format!("{key:?}").contains("hunter2"));
}

#[test]
fn the_error_for_a_secret_without_a_value_has_the_command_that_sets_it() {
    let message =
        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
    let error = failure::<ApiKey>(FakeResponse::refusal(400, "ResourceNotFoundException", message));
    assert_eq!(error.name(), "EmptySecret");
    let help = "help: `aws secretsmanager put-secret-value --secret-id the-arn --secret-string …`";
    assert!(error.to_string().ends_with(help), "{error}");
}

#[test]
fn a_missing_secret_is_the_error_of_aws() {
    let message = "Secrets Manager can't find the specified secret.";
    let error = failure::<ApiKey>(FakeResponse::refusal(400, "ResourceNotFoundException", message));
    assert_eq!(error.name(), "ResourceNotFoundException");
}
