//% [package.metadata.skylift]
//% overlay = "overlay.yaml"

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Order {
    id: String,
    total: u32,
}

#[resource(topic(message = Order))]
pub struct Orders;

#[resource(topic(fifo, message = Order))]
pub struct Ledger;

#[resource(bus(message = Order))]
pub struct Shop;

#[resource(bucket)]
pub struct Uploads;

#[resource(bucket(existing = overlay("Archive")))]
pub struct Archive;

/// Gets what SNS and EventBridge could not deliver.
#[resource(queue)]
pub struct Lost;

/// Gets the large orders, in the envelope of SNS, and the events of two buses.
#[resource(queue(
    message = Order,
    from = [
        topic(
            Orders,
            filter = { "total": [{ "numeric": [">", 100] }] },
            filter_scope = message_body,
            dead_letters = Lost,
        ),
        bus(Shop, detail_type = "placed", name = "invoices", dead_letters = Lost, retries = 3),
        bus(default, source = "aws.partner/acme", input_path = "$.detail"),
    ],
))]
pub struct Invoices;

/// Gets the details of the events, the ones of each order in their order.
#[resource(stream(
    message = Order,
    from = bus(Shop, input_path = "$.detail", partition_key_path = "$.detail.id", dead_letters = Lost),
))]
pub struct History;

/// Gets whole events.
#[resource(stream(shards = 1, from = bus(default, source = "aws.ec2")))]
pub struct Audit;

/// Gets the messages alone.
#[resource(queue(message = Order, from = topic(Orders, raw), policy = {
    "Effect": "Allow",
    "Principal": { "AWS": "123456789012" },
    "Action": "sqs:SendMessage",
}))]
pub struct Mails;

/// Keeps the order of the topic, and of a rule in one group.
#[resource(queue(
    fifo,
    message = Order,
    from = [
        topic(Ledger, raw),
        bus(Shop, detail_type = "booked", input_path = "$.detail", message_group_id = "booked"),
    ],
))]
pub struct Bookings;

/// Gets the messages of a topic in another region, and of one that a parameter names.
#[resource(queue(from = [
    topic("arn:aws:sns:eu-central-1:123456789012:news"),
    topic(param("Alerts"), filter = { "level": ["high"] }),
]))]
pub struct Far;

/// Gets the notifications of a bucket, and the events of one that exists.
#[resource(queue(from = [
    bucket(Uploads, prefix = "in/", suffix = ".csv"),
    bucket(Uploads, events = ["ObjectRemoved:*"], through = event_bridge),
    bucket(Archive),
]))]
pub struct Files;

/// Hands on what happens, encrypted with a key that S3 and EventBridge can use.
#[resource(topic(
    from = [
        bucket(Uploads, prefix = "out/"),
        bus(Shop, detail_type = "cancelled", input = { "text": "cancelled" }),
    ],
    kms_key = overlay("TopicKey", "Arn"),
))]
pub struct Alarms;

#[function(trigger = sqs(queue = Invoices))]
async fn invoice(order: Message<Order>) -> Result<(), Error> {
    if let Some(topic) = order.topic() {
        println!("order {} of {} from {}", order.id, order.total, topic.topic_arn);
    }
    Ok(())
}

/// Is notified by the same bucket.
#[function(trigger = s3(bucket = Uploads, prefix = "thumbnails/"))]
async fn thumbnail(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
