use skylift::prelude::*;

#[derive(serde::Deserialize)]
pub struct Order {
    total: u32,
}

#[derive(Event)]
enum Anything {
    Message(MqMessage<Order>),
    Change(DocumentDbChange<Order>),
}

#[function(
    trigger = mq(broker = param("Broker"), queue = "orders", secret = param("Login")),
    trigger = documentdb(
        cluster = param("Cluster"),
        database = "shop",
        collection = "orders",
        start = latest,
        secret = param("Login"),
    ),
    idempotent(key = "$"),
    keep_warm = "rate(5 minutes)",
)]
async fn anything(event: Anything) -> Result<(), Error> {
    match event {
        Anything::Message(order) => println!("{}", order.total),
        Anything::Change(change) => println!("{:?}", change.document().map(|it| it.total)),
    }
    Ok(())
}

#[function(
    trigger = documentdb(
        cluster = param("Cluster"),
        database = "shop",
        start = latest,
        secret = param("Login"),
    ),
    idempotent(key = "$._id._data"),
)]
async fn once(change: DocumentDbEventRecord) -> Result<(), Error> {
    println!("{:?}", change.operation);
    Ok(())
}

fn main() {}
