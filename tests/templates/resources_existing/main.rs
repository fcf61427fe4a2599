use skylift::prelude::*;

#[resource(bucket(existing = "uploads-of-acme"))]
pub struct Uploads;

#[resource(bucket(existing = param("ArchiveName")))]
pub struct Archive;

#[resource(table(existing = "orders-of-acme", key = "id", indexes(by_customer(key = "customer"))))]
pub struct Orders;

#[resource(table(existing = param("CustomersName"), key = "id"))]
pub struct Customers;

#[resource(table(existing = "arn:aws:dynamodb:eu-west-1:123456789012:table/stock", key = "id"))]
pub struct Stock;

#[resource(queue(existing = "jobs.fifo"))]
pub struct Jobs;

#[resource(queue(existing = "arn:aws:sqs:eu-west-1:123456789012:mails"))]
pub struct Mails;

#[resource(queue(existing = param("ReturnsArn")))]
pub struct Returns;

#[resource(topic(existing = "news-of-acme"))]
pub struct News;

#[resource(topic(existing = param("AlarmsArn")))]
pub struct Alarms;

#[resource(stream(existing = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"))]
pub struct Clicks;

#[resource(bus(existing = param("BusName")))]
pub struct Events;

#[resource(secret(existing = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf"))]
pub struct Key;

#[resource(secret(existing = param("TokenArn")))]
pub struct Token;

#[resource(parameter(existing = param("LimitName")))]
pub struct Limit;

#[function(trigger = s3(bucket = Uploads, prefix = "in/"), trigger = s3(bucket = Archive), recursive_loop = allow)]
async fn stored(event: S3Event, uploads: ReadWriter<Uploads>, archive: Writer<Archive>) -> Result<(), Error> {
    let _ = (event, uploads, archive);
    Ok(())
}

#[function(trigger = sqs(queue = Jobs), trigger = sqs(queue = Returns))]
async fn work(event: SqsEvent, orders: ReadWriter<Orders>, customers: Reader<Customers>, stock: Reader<Stock>) -> Result<(), Error> {
    let _ = (event, orders, customers, stock);
    Ok(())
}

#[function]
async fn tell(
    jobs: Sender<Jobs>,
    mails: Sender<Mails>,
    returns: Sender<Returns>,
    news: Publisher<News>,
    alarms: Publisher<Alarms>,
    clicks: Putter<Clicks>,
    events: Publisher<Events>,
) -> Result<(), Error> {
    let _ = (jobs, mails, returns, news, alarms, clicks, events);
    Ok(())
}

#[function]
async fn know(key: Reader<Key>, token: Reader<Token>, limit: Reader<Limit>) -> Result<(), Error> {
    let _ = (key, token, limit);
    Ok(())
}

skylift::main!();
