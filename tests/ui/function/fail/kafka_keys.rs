use skylift::prelude::*;

#[function(trigger = msk)]
async fn names_nothing(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = msk(cluster = "shop", topic = "orders", start = latest))]
async fn names_a_cluster_without_its_id(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = msk(cluster = overlay("Cluster"), topics = ["orders"], start = latest))]
async fn writes_a_list_of_topics(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kafka(bootstrap_servers = ["a:9092"], topic = "orders", start = latest, auth = iam))]
async fn writes_servers_as_aws_does(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kafka(servers = ["broker-1"], topic = "orders", start = latest, auth = iam))]
async fn names_a_server_without_port(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
