use skylift::prelude::*;

#[function(trigger = kinesis(
    batch_size = 10_001,
    batch_window = "301s",
    parallelization_factor = 11,
    max_record_age = "59s",
    retries = -1,
    tumbling_window = "901s",
))]
async fn beyond_every_limit(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
