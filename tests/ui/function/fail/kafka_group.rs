use skylift::prelude::*;

#[function(trigger = msk(
    cluster = param("Cluster"), topic = "orders", start = latest, consumer_group = "billing",
))]
async fn bill(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = msk(
    cluster = param("Cluster"), topic = "returns", start = latest, consumer_group = "billing",
))]
async fn takes_the_group_of_another_function(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(
    trigger = msk(cluster = param("Cluster"), topic = "orders", start = latest),
    trigger = msk(cluster = param("Cluster"), topic = "orders", start = trim_horizon),
)]
async fn reads_a_topic_twice(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
