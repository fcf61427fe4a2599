use skylift::prelude::*;

#[resource(table(key = "id", stream = keys))]
pub struct KeyedOrders;

#[function(keep_warm = "rate(5 minutes)", reserved_concurrency = 0)]
async fn stopped_and_warm() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = http("GET /retried"), retries = 1)]
async fn retried_request() -> &'static str {
    "no"
}

#[function(trigger = sqs(batch_size = 1, batch_window = "5s"))]
async fn wait_for_none(event: SqsEvent) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

#[function(trigger = sqs(max_concurrency = 20), reserved_concurrency = 10)]
async fn poll_too_much(event: SqsEvent) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

#[function(trigger = s3(events = "ObjectRemoved:DeleteMarkerCreated"))]
async fn follow_no_markers(event: S3Event) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

#[function(trigger = dynamodb(table = KeyedOrders, filters = { "dynamodb": { "NewImage": { "a": { "S": ["b"] } } } }))]
async fn filter_no_image(event: DynamoDbEvent) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

fn main() {}
