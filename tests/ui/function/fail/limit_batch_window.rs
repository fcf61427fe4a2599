use skylift::prelude::*;

#[function(trigger = sqs(batch_window = "301s"))]
async fn too_wide_a_window(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
