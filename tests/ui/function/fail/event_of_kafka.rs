use skylift::prelude::*;

#[derive(serde::Deserialize)]
pub struct Order {
    total: u32,
}

#[function(trigger = msk(cluster = param("Cluster"), topic = "orders", start = latest))]
async fn takes_a_plain_type(order: Order) -> Result<(), Error> {
    println!("{}", order.total);
    Ok(())
}

#[function(trigger = kafka(servers = "a:9092", topic = "orders", start = latest, auth = iam))]
async fn takes_records_of_a_stream(order: Data<Order>) -> Result<(), Error> {
    println!("{}", order.total);
    Ok(())
}

fn main() {}
