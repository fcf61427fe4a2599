use skylift::prelude::*;

#[function(memmory = 256)]
async fn misspelt_key() -> Result<(), Error> {
    Ok(())
}

#[function(colour = "red")]
async fn key_of_nothing() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = sqs(batchsize = 5))]
async fn misspelt_key_of_sqs(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = http(route = "GET /"))]
async fn unknown_key_of_http() -> &'static str {
    "no"
}

fn main() {}
