use skylift::prelude::*;

#[resource(queue)]
pub struct Jobs;

#[function(trigger = sqs(
    queue = Jobs,
    batch_size = 500,
    batch_window = "20s",
    max_concurrency = 5,
    batch_concurrency = 1,
    enabled = false,
    filters = [{ "body": { "kind": ["order", "refund"] } }, { "body": { "urgent": [true] } }],
    kms_key = ssm("/acme/filter-key"),
    metrics,
))]
async fn work(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

skylift::main!();
