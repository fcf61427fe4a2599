use skylift::prelude::*;

#[function(trigger = s3)]
async fn takes_messages(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
