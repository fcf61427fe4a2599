use skylift::prelude::*;

#[resource(table(key = "id", stream = keys))]
pub struct Watched;

#[function(trigger = dynamodb(table = Watched))]
async fn takes_objects_of_a_table(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
