//% [package.metadata.skylift]
//% overlay = "overlay.yaml"

use skylift::prelude::*;

#[derive(Event)]
#[allow(clippy::large_enum_variant)]
pub enum Message {
    Email(CognitoEventUserPoolsCustomEmailSender),
    Sms(CognitoEventUserPoolsCustomSmsSender),
}

/// Sends e-mails and text messages in the place of Cognito, which does not wait for it.
#[function(
    trigger = cognito(
        pool = overlay("Users"),
        on = [custom_email_sender, custom_sms_sender],
        kms_key = overlay("Codes", "Arn"),
    ),
    env(CODE_KEY = overlay("Codes", "Arn")),
    timeout = "30s",
    retries = 1
)]
async fn send(message: Message) -> Result<(), Error> {
    if let Message::Email(email) = message {
        println!("{:?}", email.request.user_attributes.get("email"));
    }
    Ok(())
}

/// Adds claims to the tokens of machines too.
#[function(trigger = cognito(pool = overlay("Users"), on = pre_token_generation_v3), timeout = "5s")]
async fn claims(
    event: CognitoEventUserPoolsPreTokenGenV3,
) -> Result<CognitoEventUserPoolsPreTokenGenV3, Error> {
    Ok(event)
}

/// Chooses the attributes of users of other identity providers.
#[function(trigger = cognito(pool = overlay("Users"), on = inbound_federation), timeout = "5s")]
async fn federate(
    mut event: CognitoEventUserPoolsInboundFederation,
) -> Result<CognitoEventUserPoolsInboundFederation, Error> {
    let name = event.request.provider_name.clone().unwrap_or_default();
    event.response.user_attributes_to_map.insert("custom:provider".to_owned(), name);
    Ok(event)
}

/// Sends the text messages of a pool that exists.
#[function(trigger = cognito(
    pool = param("PoolArn"),
    on = custom_sms_sender,
    kms_key = param("PoolKey"),
))]
async fn send_existing(event: CognitoEventUserPoolsCustomSmsSender) -> Result<(), Error> {
    println!("{:?}", event.request.user_attributes.get("phone_number"));
    Ok(())
}

skylift::main!();
