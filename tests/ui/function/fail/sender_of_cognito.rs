use skylift::prelude::*;

#[function(trigger = cognito(pool = param("PoolArn"), on = custom_email_sender))]
async fn has_no_key(event: CognitoEventUserPoolsCustomEmailSender) -> Result<(), Error> {
    println!("{:?}", event.request);
    Ok(())
}

#[function(
    trigger = cognito(
        pool = param("PoolArn"),
        on = [custom_message, custom_sms_sender],
        kms_key = param("Key"),
    ),
    timeout = "5s"
)]
async fn mixes_two_kinds(event: CognitoEventUserPoolsCustomMessage) -> Result<(), Error> {
    println!("{:?}", event.request);
    Ok(())
}

#[function(
    trigger = cognito(pool = param("PoolArn"), on = pre_sign_up, kms_key = param("Key")),
    timeout = "5s"
)]
async fn needs_no_key(
    event: CognitoEventUserPoolsPreSignup,
) -> Result<CognitoEventUserPoolsPreSignup, Error> {
    Ok(event)
}

#[function(trigger = cognito(
    pool = param("PoolArn"),
    on = custom_sms_sender,
    kms_key = "alias/codes",
))]
async fn names_an_alias(event: CognitoEventUserPoolsCustomSmsSender) -> Result<(), Error> {
    println!("{:?}", event.request);
    Ok(())
}

#[function(
    trigger = cognito(pool = param("PoolArn"), on = pre_token_generation_v3),
    timeout = "5s"
)]
async fn takes_the_event_of_another_version(
    event: CognitoEventUserPoolsPreTokenGenV2,
) -> Result<CognitoEventUserPoolsPreTokenGenV2, Error> {
    Ok(event)
}

fn main() {}
