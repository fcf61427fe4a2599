use skylift::prelude::*;

#[derive(serde::Deserialize)]
pub struct Order {
    total: u32,
}

#[function(trigger = mq(broker = param("Broker"), queue = "orders", secret = param("Login")))]
async fn takes_no_message_of_a_broker(order: Order) -> Result<(), Error> {
    println!("{}", order.total);
    Ok(())
}

#[function(trigger = documentdb(
    cluster = param("Cluster"),
    database = "shop",
    start = latest,
    secret = param("Login"),
))]
async fn takes_changes_of_another_database(order: Change<Order>) -> Result<(), Error> {
    println!("{:?}", order.after().map(|it| it.total));
    Ok(())
}

fn main() {}
