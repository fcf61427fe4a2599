use skylift::prelude::*;

#[resource(bucket)]
#[resource(queue)]
struct AttributeTwice;

#[resource(bucket)]
#[resource(bucket)]
struct SameTwice;

#[function(env(QUEUE = AttributeTwice))]
async fn uses_it(same: Reader<SameTwice>) -> Result<(), Error> {
    let _ = same;
    Ok(())
}

fn main() {}
