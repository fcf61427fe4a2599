//! Delivers the events of user pools. Each trigger of a pool has an event type of its own, which an enum of events
//! recognises by its `triggerSource`.

use aws_lambda_events::cognito::{
    CognitoEventUserPoolsCreateAuthChallenge, CognitoEventUserPoolsCustomMessage,
    CognitoEventUserPoolsDefineAuthChallenge, CognitoEventUserPoolsMigrateUser,
    CognitoEventUserPoolsPostAuthentication, CognitoEventUserPoolsPostConfirmation,
    CognitoEventUserPoolsPreAuthentication, CognitoEventUserPoolsPreSignup,
    CognitoEventUserPoolsPreTokenGen, CognitoEventUserPoolsPreTokenGenV2,
    CognitoEventUserPoolsVerifyAuthChallenge,
};

use super::registration::Cognito;
use crate::handler::Delivery;
use crate::invocation::{ResponseFuture, decode};
use crate::resource::trigger_event::Accepts;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

/// The `version` of the first events before tokens are made. Later versions have further fields.
const FIRST_VERSION: &str = "1";

/// The step before tokens are made, in `triggerSource`.
const TOKENS: &str = "TokenGeneration";

/// Returns whether the payload is an event of this step of a user pool: `PreSignUp` for `PreSignUp_SignUp`.
fn is_of_step(shape: &PayloadShape<'_>, step: &str) -> bool {
    let found = shape.text("triggerSource").and_then(|trigger| trigger.split_once('_'));
    found.is_some_and(|(found, _)| found == step)
}

fn is_first_version(shape: &PayloadShape<'_>) -> bool {
    shape.text("version") == Some(FIRST_VERSION)
}

macro_rules! events {
    ($($Type:ident: $recognises:expr;)*) => {$(
        impl Event for $Type {
            type Source = Cognito<Self>;

            fn recognises(shape: &PayloadShape<'_>) -> bool {
                let recognises: fn(&PayloadShape<'_>) -> bool = $recognises;
                recognises(shape)
            }

            fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
                Box::pin(async move { delivery.call(decode::decode_json(delivery.payload)?).await })
            }
        }

        impl TriggeredBy<Cognito<Self>> for $Type {}

        impl<K, M> Accepts<K, M> for $Type {}
    )*};
}

events! {
    CognitoEventUserPoolsPreSignup: |shape| is_of_step(shape, "PreSignUp");
    CognitoEventUserPoolsPostConfirmation: |shape| is_of_step(shape, "PostConfirmation");
    CognitoEventUserPoolsPreAuthentication: |shape| is_of_step(shape, "PreAuthentication");
    CognitoEventUserPoolsPostAuthentication: |shape| is_of_step(shape, "PostAuthentication");
    CognitoEventUserPoolsCustomMessage: |shape| is_of_step(shape, "CustomMessage");
    CognitoEventUserPoolsDefineAuthChallenge: |shape| is_of_step(shape, "DefineAuthChallenge");
    CognitoEventUserPoolsCreateAuthChallenge: |shape| is_of_step(shape, "CreateAuthChallenge");
    CognitoEventUserPoolsVerifyAuthChallenge: |shape| is_of_step(shape, "VerifyAuthChallengeResponse");
    CognitoEventUserPoolsPreTokenGen: |shape| is_of_step(shape, TOKENS) && is_first_version(shape);
    CognitoEventUserPoolsPreTokenGenV2: |shape| is_of_step(shape, TOKENS) && !is_first_version(shape);
    CognitoEventUserPoolsMigrateUser: |shape| is_of_step(shape, "UserMigration");
}
