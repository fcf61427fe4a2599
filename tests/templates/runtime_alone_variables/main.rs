//! Functions that another tool deploys: variables of their environment name the resources.
//% [package.metadata.skylift]
//% templates = false

use skylift::prelude::*;

#[resource(bucket(existing = env("BUCKET")))]
pub struct Uploads;

#[resource(bucket(of = Uploads, prefix = "in/"))]
pub struct Inbox;

#[resource(queue(existing = env("JOBS_URL")))]
pub struct Jobs;

#[resource(queue(existing = env("REPLIES_QUEUE_URL")))]
pub struct Replies;

#[resource(topic(existing = env("NEWS_ARN")))]
pub struct News;

#[resource(table(
    key = "id",
    indexes(by_day(key = "day")),
    existing = env("ORDERS"),
    kms_key = param("OrdersKey"),
))]
pub struct Orders;

#[resource(secret(existing = env("TOKEN_ARN")))]
pub struct Token;

#[resource(parameter(existing = env("LIMIT")))]
pub struct Limit;

#[function(trigger = sqs(queue = Replies), timeout = "20s")]
async fn work(
    event: SqsEvent,
    inbox: Reader<Inbox>,
    jobs: Sender<Jobs>,
    news: Publisher<News>,
    orders: Reader<Orders>,
    token: Reader<Token>,
    limit: Reader<Limit>,
) -> Result<(), Error> {
    let _ = (event, inbox, jobs, news, orders, token, limit);
    Ok(())
}

/// The stream of the table has a variable of its own.
#[function(trigger = dynamodb(table = Orders))]
async fn follow(change: DynamoDbEvent, uploads: Writer<Uploads>) -> Result<(), Error> {
    let _ = (change, uploads);
    Ok(())
}

skylift::main!();
