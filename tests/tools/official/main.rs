//! A function for each source that no example has. Each takes the official payloads of its source.

use skylift::event::{KafkaEventRecord, SnsRecord};
use skylift::http::{RequestContext, Uri};
use skylift::prelude::*;

#[resource(topic)]
pub struct News;

#[function(trigger = sns(topic = News))]
async fn sns(record: SnsRecord) -> Result<(), Error> {
    println!("{}", record.sns.message);
    Ok(())
}

#[function(trigger = event(source = "shop"))]
async fn event(event: EventEnvelope) -> Result<(), Error> {
    println!("{:?}", event.source);
    Ok(())
}

#[function(schedule = "rate(1 day)")]
async fn schedule(event: ScheduledEvent) -> Result<(), Error> {
    println!("{}", event.time);
    Ok(())
}

#[function(trigger = logs(group = sns))]
async fn logs(event: LogsEvent) -> Result<(), Error> {
    println!("{:?}", event.aws_logs);
    Ok(())
}

#[function(
    trigger = cognito(
        pool = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
        on = pre_sign_up,
    ),
    timeout = "5s",
)]
async fn cognito(
    mut event: CognitoEventUserPoolsPreSignup,
) -> Result<CognitoEventUserPoolsPreSignup, Error> {
    event.response.auto_confirm_user = true;
    Ok(event)
}

#[function(
    trigger = cognito(pool = param("Pool"), on = pre_token_generation_v3),
    timeout = "5s",
)]
async fn cognito_tokens(
    event: CognitoEventUserPoolsPreTokenGenV3,
) -> Result<CognitoEventUserPoolsPreTokenGenV3, Error> {
    Ok(event)
}

#[function(trigger = cognito(pool = param("Pool"), on = inbound_federation), timeout = "5s")]
async fn cognito_federation(
    event: CognitoEventUserPoolsInboundFederation,
) -> Result<CognitoEventUserPoolsInboundFederation, Error> {
    Ok(event)
}

#[function(trigger = cognito(
    pool = param("Pool"),
    on = custom_email_sender,
    kms_key = param("Codes"),
))]
async fn cognito_email(event: CognitoEventUserPoolsCustomEmailSender) -> Result<(), Error> {
    println!("{:?}", event.request.user_attributes);
    Ok(())
}

#[function(trigger = cognito(
    pool = param("Pool"),
    on = custom_sms_sender,
    kms_key = param("Codes"),
))]
async fn cognito_sms(event: CognitoEventUserPoolsCustomSmsSender) -> Result<(), Error> {
    println!("{:?}", event.request.user_attributes);
    Ok(())
}

#[function(trigger = iot(sql = "SELECT * FROM 'buttons'"))]
async fn iot(event: std::collections::HashMap<String, String>) -> Result<(), Error> {
    println!("{event:?}");
    Ok(())
}

#[function(
    trigger = alexa(skill = "amzn1.ask.skill.5bd3d8b1-0f7e-4e6a-9d3c-1a2b3c4d5e6f"),
    timeout = "8s",
)]
async fn alexa(request: AlexaRequest) -> Result<AlexaResponse, Error> {
    println!("{:?}", request.kind);
    Ok(AlexaResponse::say("hello"))
}

#[function(trigger = msk(cluster = param("Cluster"), topic = "orders", start = latest))]
async fn msk(record: KafkaEventRecord) -> Result<(), Error> {
    println!("{}", record.offset);
    Ok(())
}

#[function(trigger = kafka(servers = "a:9092", topic = "orders", start = latest, auth = iam))]
async fn kafka(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = mq(broker = param("Broker"), queue = "orders", secret = param("Login")))]
async fn mq(message: MqEventMessage) -> Result<(), Error> {
    println!("{}", message.queue);
    Ok(())
}

#[function(trigger = documentdb(
    cluster = param("Database"),
    database = "shop",
    start = latest,
    secret = param("Login"),
))]
async fn documentdb(change: DocumentDbEventRecord) -> Result<(), Error> {
    println!("{:?}", change.operation);
    Ok(())
}

#[function(trigger = url(auth = iam))]
async fn url(caller: RequestContext, uri: Uri, body: String) -> String {
    format!("{} {uri} {body}", caller["authorizer"]["iam"]["userArn"])
}

#[function(trigger = url(auth = iam, stream))]
async fn url_stream(cookies: HeaderMap) -> (StatusCode, HeaderMap, &'static str) {
    let mut headers = HeaderMap::new();
    headers.insert("x-cookie", cookies["cookie"].clone());
    (StatusCode::ACCEPTED, headers, "streamed")
}

skylift::main!();
