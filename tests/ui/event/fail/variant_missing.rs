use skylift::prelude::*;

#[derive(Event)]
pub enum Half {
    Object(S3Event),
}

#[function(trigger = s3, trigger = sqs)]
async fn takes_half(event: Half) -> Result<(), Error> {
    let Half::Object(event) = event;
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
