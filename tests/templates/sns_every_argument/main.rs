use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Placed {
    order: String,
}

#[resource(topic(message = Placed))]
pub struct Orders;

/// Takes what SNS could not deliver.
#[resource(queue)]
pub struct Lost;

#[function(
    trigger = sns(
        topic = Orders,
        filter = {
            "kind": ["placed", { "prefix": "re" }],
            "total": [{ "numeric": [">", 0, "<=", 1000] }],
            "test": [{ "exists": false }],
        },
        dead_letters = Lost,
    ),
    provisioned_concurrency = 1,
)]
async fn invoice(placed: Notification<Placed>) -> Result<(), Error> {
    println!("{}", placed.order);
    Ok(())
}

/// Compares the JSON of the message.
#[function(trigger = sns(
    topic = Orders,
    filter = { "customer": { "country": [{ "anything-but": ["de", "fr"] }] } },
    filter_scope = message_body,
    dead_letters = "arn:aws:sqs:eu-west-1:123456789012:lost",
))]
async fn export(event: SnsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

/// Follows a topic of another region, and a topic that a parameter names.
#[function(
    trigger = sns(topic = "arn:aws:sns:eu-central-1:123456789012:alarms"),
    trigger = sns(topic = param("Alarms")),
)]
async fn alarm(event: SnsRecord) -> Result<(), Error> {
    println!("{:?}", event.sns.subject);
    Ok(())
}

skylift::main!();
