use skylift::prelude::*;

#[function(trigger = http("POST /jobs"), trigger = sqs)]
async fn serves_and_works(job: String) -> Result<(), Error> {
    println!("{job}");
    Ok(())
}

fn main() {}
