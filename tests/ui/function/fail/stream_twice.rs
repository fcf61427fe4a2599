use skylift::prelude::*;

#[resource(stream)]
pub struct Taps;

#[resource(table(key = "id", stream = new))]
pub struct Followed;

#[function(
    trigger = kinesis(stream = Taps),
    trigger = kinesis(stream = Taps, batch_size = 10),
    trigger = dynamodb(table = Followed),
    trigger = dynamodb(table = Followed, bisect),
)]
async fn taps_twice(event: AnyTwice) -> Result<(), Error> {
    match event {
        AnyTwice::Taps(event) => println!("{}", event.records.len()),
        AnyTwice::Followed(event) => println!("{}", event.records.len()),
    }
    Ok(())
}

#[derive(Event)]
enum AnyTwice {
    Taps(KinesisEvent),
    Followed(DynamoDbEvent),
}

fn main() {}
