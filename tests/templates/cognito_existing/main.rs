use serde::Serialize;
use skylift::prelude::*;

/// Is invoked by a pool of another template.
#[function(
    trigger = cognito(
        pool = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
        on = [pre_authentication, post_authentication],
    ),
    timeout = "5s"
)]
async fn watch(event: SignIn) -> Result<SignIn, Error> {
    if let SignIn::After(event) = &event {
        println!("new device: {}", event.request.new_device_used);
    }
    Ok(event)
}

#[derive(Event, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant)]
pub enum SignIn {
    Before(CognitoEventUserPoolsPreAuthentication),
    After(CognitoEventUserPoolsPostAuthentication),
}

/// Is invoked by the pool that the parameter names.
#[function(trigger = cognito(pool = param("PoolArn"), on = user_migration), timeout = "5s")]
async fn migrate(
    event: CognitoEventUserPoolsMigrateUser,
) -> Result<CognitoEventUserPoolsMigrateUser, Error> {
    Ok(event)
}

skylift::main!();
