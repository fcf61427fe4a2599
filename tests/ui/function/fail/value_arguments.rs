use skylift::prelude::*;

#[function(env(A1 = param("Stage", default = "test"), B1 = ssm("/key", version = 3), C1 = import("")))]
async fn further_arguments() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = s3(bucket = param("Bucket", default = "photos")))]
async fn further_in_a_trigger(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(policy = "", allow(actions = [], resources = ["*"]))]
async fn empty_texts() -> Result<(), Error> {
    Ok(())
}

fn main() {}
