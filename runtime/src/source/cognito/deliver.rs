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
use super::{
    CognitoEventUserPoolsCustomEmailSender, CognitoEventUserPoolsCustomSmsSender,
    CognitoEventUserPoolsInboundFederation, CognitoEventUserPoolsPreTokenGenV3,
};
use crate::handler::Delivery;
use crate::invocation::{ResponseFuture, decode};
use crate::resource::trigger_event::Accepts;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

/// The `version` of the first two events before tokens are made. Later ones are like the third.
const FIRST_VERSION: &str = "1";
const SECOND_VERSION: &str = "2";

/// The step before tokens are made, in `triggerSource`.
const TOKENS: &str = "TokenGeneration";

/// Returns whether the payload is an event of this step of a user pool: `PreSignUp` for `PreSignUp_SignUp`.
fn is_of_step(shape: &PayloadShape<'_>, step: &str) -> bool {
    let found = shape.text("triggerSource").and_then(|trigger| trigger.split_once('_'));
    found.is_some_and(|(found, _)| found == step)
}

/// Returns whether the payload is an event before tokens are made, of a version that `is_version` accepts.
fn is_of_tokens(shape: &PayloadShape<'_>, is_version: fn(&str) -> bool) -> bool {
    is_of_step(shape, TOKENS) && is_version(shape.text("version").unwrap_or_default())
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
    CognitoEventUserPoolsPreTokenGen: |shape| is_of_tokens(shape, |it| it == FIRST_VERSION);
    CognitoEventUserPoolsPreTokenGenV2: |shape| is_of_tokens(shape, |it| it == SECOND_VERSION);
    CognitoEventUserPoolsPreTokenGenV3: |shape| is_of_tokens(shape, |it| it != FIRST_VERSION && it != SECOND_VERSION);
    CognitoEventUserPoolsMigrateUser: |shape| is_of_step(shape, "UserMigration");
    CognitoEventUserPoolsInboundFederation: |shape| is_of_step(shape, "InboundFederation");
    CognitoEventUserPoolsCustomEmailSender: |shape| is_of_step(shape, "CustomEmailSender");
    CognitoEventUserPoolsCustomSmsSender: |shape| is_of_step(shape, "CustomSMSSender");
}
