use skylift::prelude::*;

#[resource(bucket(existing = param("Archive")))]
pub struct Archive;

#[resource(queue(existing = param("Archive")))]
pub struct Jobs;

#[function]
async fn run(_archive: Reader<Archive>, _jobs: Sender<Jobs>) -> Result<(), Error> {
    Ok(())
}

fn main() {}
