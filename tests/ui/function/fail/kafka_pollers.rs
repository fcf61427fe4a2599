use skylift::event::KafkaEventResponse;
use skylift::prelude::*;

#[function(trigger = msk(cluster = param("Cluster"), topic = "orders", start = latest, retries = 3))]
async fn retries_without_pollers(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = msk(
    cluster = param("Cluster"), topic = "orders", start = latest, on_failure = "kafka://lost",
))]
async fn sends_to_a_topic_without_pollers(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = msk(
    cluster = param("Cluster"), topic = "orders", start = latest, pollers(min = 1), on_failure = "kafka://orders",
))]
async fn sends_to_its_own_topic(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = msk(cluster = param("Cluster"), topic = "orders", start = latest))]
async fn reports_to_nobody(event: KafkaEvent) -> Result<KafkaEventResponse, Error> {
    println!("{}", event.records.len());
    Ok(KafkaEventResponse::default())
}

#[function(trigger = msk(cluster = param("Cluster"), topic = "orders", start = latest, pollers(min = 1)))]
async fn reports_for_the_runtime(record: KafkaRecord<u32>) -> Result<KafkaEventResponse, Error> {
    println!("{}", record.offset());
    Ok(KafkaEventResponse::default())
}

fn main() {}
