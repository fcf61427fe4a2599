use skylift::prelude::*;

#[function(trigger = kinesis(tumbling_window = "1m", parallelization_factor = 2))]
async fn window_in_parallel(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
