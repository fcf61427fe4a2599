use skylift::prelude::*;

#[function(trigger = s3)]
async fn answers_a_number(event: S3Event) -> usize {
    event.records.len()
}

fn main() {}
