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
    CognitoEventUserPoolsPreSignup: |shape| shape.is_of_user_pool("PreSignUp");
    CognitoEventUserPoolsPostConfirmation: |shape| shape.is_of_user_pool("PostConfirmation");
    CognitoEventUserPoolsPreAuthentication: |shape| shape.is_of_user_pool("PreAuthentication");
    CognitoEventUserPoolsPostAuthentication: |shape| shape.is_of_user_pool("PostAuthentication");
    CognitoEventUserPoolsCustomMessage: |shape| shape.is_of_user_pool("CustomMessage");
    CognitoEventUserPoolsDefineAuthChallenge: |shape| shape.is_of_user_pool("DefineAuthChallenge");
    CognitoEventUserPoolsCreateAuthChallenge: |shape| shape.is_of_user_pool("CreateAuthChallenge");
    CognitoEventUserPoolsVerifyAuthChallenge: |shape| shape.is_of_user_pool("VerifyAuthChallengeResponse");
    CognitoEventUserPoolsPreTokenGen: |shape| shape.is_of_user_pool(TOKENS) && shape.has_version(FIRST_VERSION);
    CognitoEventUserPoolsPreTokenGenV2: |shape| shape.is_of_user_pool(TOKENS) && !shape.has_version(FIRST_VERSION);
    CognitoEventUserPoolsMigrateUser: |shape| shape.is_of_user_pool("UserMigration");
}
