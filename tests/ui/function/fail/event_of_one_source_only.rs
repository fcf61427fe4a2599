use skylift::prelude::*;

#[function(trigger = s3, trigger = sqs)]
async fn takes_one_of_two(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
