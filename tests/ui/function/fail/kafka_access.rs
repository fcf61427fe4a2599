use skylift::prelude::*;

#[resource(queue)]
pub struct KafkaJobs;

#[function(trigger = msk(cluster = param("Cluster"), topic = "orders", start = latest, auth = scram_512))]
async fn has_no_secret(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = msk(
    cluster = param("Cluster"), topic = "orders", start = latest, auth = scram_256, secret = param("Secret"),
))]
async fn has_an_authentication_of_other_clusters(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kafka(
    servers = "a:9092", topic = "orders", start = latest, auth = plain, secret = KafkaJobs,
))]
async fn has_a_queue_as_its_secret(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kafka(servers = "a:9092", topic = "orders", start = latest))]
async fn has_no_access(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kafka(
    servers = "a:9092", topic = "orders", start = latest, subnets = ["subnet-0a1b"],
))]
async fn has_half_of_a_vpc(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
