//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]

use serde::Deserialize;
use skylift::prelude::*;

#[resource(secret)]
pub struct Login;

#[derive(Deserialize)]
pub struct Order {
    total: u32,
}

/// Reads a queue of a virtual host of RabbitMQ.
#[function(trigger = mq(
    broker = "arn:aws:mq:eu-west-1:123456789012:broker:shop:b-01234567-89ab-cdef-0123-456789abcdef",
    queue = "orders",
    virtual_host = "tenant",
    secret = Login,
    secret_key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
    batch_size = 50,
    batch_window = "20s",
    filters = [{ "data": { "total": [{ "numeric": [">", 0] }] } }],
    kms_key = param("FilterKey"),
    enabled = false,
))]
async fn bill(order: MqMessage<Order>) -> Result<(), Error> {
    println!("{}", order.total);
    Ok(())
}

/// Reads two queues of brokers that other stacks made.
#[function(
    trigger = mq(broker = param("BrokerArn"), queue = "payments", secret = param("LoginArn")),
    trigger = mq(
        broker = import("shop-broker"),
        queue = "returns",
        secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:returns-AbCdEf",
    ),
)]
async fn pay(event: MqEvent) -> Result<(), Error> {
    println!("{}", event.messages.len());
    Ok(())
}

skylift::main!();
