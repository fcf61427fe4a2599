use skylift::prelude::*;

#[resource(secret)]
pub struct BrokerLogin;

#[function(trigger = mq)]
async fn names_no_broker(event: MqEvent) -> Result<(), Error> {
    println!("{}", event.messages.len());
    Ok(())
}

#[function(trigger = mq(broker = "shop", queue = "orders", secret = BrokerLogin))]
async fn names_a_broker_by_its_name(event: MqEvent) -> Result<(), Error> {
    println!("{}", event.messages.len());
    Ok(())
}

#[function(trigger = mq(broker = param("Broker"), queues = ["orders"], secret = BrokerLogin))]
async fn writes_queues_as_aws_does(event: MqEvent) -> Result<(), Error> {
    println!("{}", event.messages.len());
    Ok(())
}

#[function(trigger = mq(broker = param("Broker"), queue = "orders", secret = BrokerLogin, filters = { "body": ["a"] }))]
async fn filters_what_no_message_has(event: MqEvent) -> Result<(), Error> {
    println!("{}", event.messages.len());
    Ok(())
}

#[function(trigger = rabbitmq(queue = "orders"))]
async fn writes_the_kind_of_broker(event: MqEvent) -> Result<(), Error> {
    println!("{}", event.messages.len());
    Ok(())
}

fn main() {}
