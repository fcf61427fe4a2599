//% [package.metadata.skylift]
//% overlay = "overlay.yaml"

use serde::Serialize;
use skylift::prelude::*;

#[derive(Event, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant)]
pub enum Step {
    SignUp(CognitoEventUserPoolsPreSignup),
    Confirmed(CognitoEventUserPoolsPostConfirmation),
}

/// Is invoked by one pool for two triggers, and by another pool for one of them.
#[function(
    trigger = cognito(pool = overlay("Users"), on = [pre_sign_up, post_confirmation]),
    trigger = cognito(pool = overlay("Guests"), on = pre_sign_up),
    timeout = "5s"
)]
async fn step(mut step: Step) -> Result<Step, Error> {
    if let Step::SignUp(event) = &mut step {
        event.response.auto_confirm_user = true;
    }
    Ok(step)
}

/// Adds claims to both tokens, by an alias.
#[function(
    trigger = cognito(pool = overlay("Users"), on = pre_token_generation_v2),
    provisioned_concurrency = 1,
    timeout = "3s"
)]
async fn claims(
    event: CognitoEventUserPoolsPreTokenGenV2,
) -> Result<CognitoEventUserPoolsPreTokenGenV2, Error> {
    Ok(event)
}

skylift::main!();
