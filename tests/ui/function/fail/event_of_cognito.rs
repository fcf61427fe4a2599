use skylift::prelude::*;

#[function(
    trigger = cognito(pool = param("PoolArn"), on = pre_sign_up),
    timeout = "5s"
)]
async fn takes_the_event_of_another_trigger(
    event: CognitoEventUserPoolsPostConfirmation,
) -> Result<CognitoEventUserPoolsPostConfirmation, Error> {
    Ok(event)
}

#[function(
    trigger = cognito(pool = param("PoolArn"), on = post_confirmation),
    timeout = "5s"
)]
async fn does_not_answer(event: CognitoEventUserPoolsPostConfirmation) -> Result<(), Error> {
    println!("{:?}", event.request);
    Ok(())
}

#[function(
    trigger = cognito(pool = param("PoolArn"), on = post_authentication),
    timeout = "5s"
)]
async fn takes_no_event() -> Result<(), Error> {
    Ok(())
}

#[function(
    trigger = cognito(pool = param("PoolArn"), on = CustomMessage),
    timeout = "5s"
)]
async fn names_the_trigger_as_cognito_does(
    event: CognitoEventUserPoolsCustomMessage,
) -> Result<CognitoEventUserPoolsCustomMessage, Error> {
    Ok(event)
}

#[function(
    trigger = cognito(pool = param("PoolArn"), on = user_migration),
    timeout = "30s"
)]
async fn takes_longer_than_cognito_waits(
    event: CognitoEventUserPoolsMigrateUser,
) -> Result<CognitoEventUserPoolsMigrateUser, Error> {
    Ok(event)
}

fn main() {}
