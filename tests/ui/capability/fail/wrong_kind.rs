use skylift::prelude::*;

#[resource(bucket)]
pub struct Pictures;

#[resource(queue)]
pub struct Tasks;

#[function]
async fn sends_to_a_bucket(pictures: Sender<Pictures>) -> Result<(), Error> {
    drop(pictures);
    Ok(())
}

#[function]
async fn reads_a_queue(tasks: Reader<Tasks>) -> Result<(), Error> {
    drop(tasks);
    Ok(())
}

fn main() {}
