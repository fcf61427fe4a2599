//% [package.metadata.skylift]
//% overlay = "overlay.yaml"

use skylift::prelude::*;

/// Reads a topic of a cluster of the stack, and one of a serverless cluster.
#[function(
    trigger = msk(cluster = overlay("Cluster"), topic = "orders", start = latest),
    trigger = msk(cluster = overlay("Small"), topic = "orders", start = latest),
    trigger = msk(cluster = overlay("Cluster"), topic = "open", start = latest, auth = none),
)]
async fn take(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
