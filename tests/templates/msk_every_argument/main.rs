//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]

use serde::Deserialize;
use skylift::prelude::*;

#[resource(queue)]
pub struct Lost;

#[resource(secret)]
pub struct Registry;

#[derive(Deserialize)]
pub struct Order {
    total: u32,
}

/// Reads a topic with IAM, in provisioned mode.
#[function(trigger = msk(
    cluster = "arn:aws:kafka:eu-west-1:123456789012:cluster/shop/01234567-89ab-cdef-0123-456789abcdef-1",
    topic = "orders",
    start = "2026-01-01T00:00:00Z",
    auth = iam,
    batch_size = 500,
    batch_window = "20s",
    batch_concurrency = 4,
    consumer_group = "billing",
    pollers(min = 1, max = 4, group = "shop"),
    retries = 3,
    max_record_age = "1h",
    bisect,
    on_failure = "kafka://orders-lost",
    schema_registry(
        address = "arn:aws:glue:eu-west-1:123456789012:registry/shop",
        format = json,
        validate = [key, value],
    ),
    log_level = info,
    metrics = [event_count, error_count, kafka_metrics],
    filters = [{ "value": { "total": [{ "numeric": [">", 0] }] } }],
    kms_key = param("FilterKey"),
    enabled = false,
))]
async fn bill(order: KafkaRecord<Order>) -> Result<(), Error> {
    println!("{}", order.total);
    Ok(())
}

/// Reads a topic with SCRAM, and gives records up to a queue.
#[function(trigger = msk(
    cluster = param("ClusterArn"),
    topic = "payments",
    start = trim_horizon,
    auth = scram_512,
    secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:AmazonMSK_shop-AbCdEf",
    secret_key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
    pollers(max = 2),
    on_failure = Lost,
    schema_registry(
        address = "https://registry.example.com",
        format = source,
        validate = value,
        auth = basic,
        secret = Registry,
    ),
    metrics,
))]
async fn pay(event: KafkaEvent) -> Result<skylift::event::KafkaEventResponse, Error> {
    println!("{}", event.records.len());
    Ok(skylift::event::KafkaEventResponse::default())
}

/// Reads a topic of another account's cluster, with a certificate and without pollers.
#[function(trigger = msk(
    cluster = "arn:aws:kafka:eu-west-1:123456789012:vpc-connection/210987654321/shop/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f-1",
    topic = "returns",
    start = latest,
    auth = mutual_tls,
    secret = param("Certificate"),
))]
async fn take_back(record: skylift::event::KafkaEventRecord) -> Result<(), Error> {
    println!("{}", record.offset);
    Ok(())
}

skylift::main!();
