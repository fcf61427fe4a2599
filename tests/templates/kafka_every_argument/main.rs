use skylift::prelude::*;

#[resource(secret)]
pub struct Credentials;

#[resource(secret(existing = "kafka-root-ca"))]
pub struct RootCa;

/// Reads a topic in a VPC, in provisioned mode.
#[function(trigger = kafka(
    servers = ["broker-1.example.com:9092", "broker-2.example.com:9092"],
    topic = "orders",
    start = "2026-01-01T00:00:00Z",
    auth = scram_256,
    secret = Credentials,
    ca = RootCa,
    secret_key = param("SecretKey"),
    subnets = ["subnet-0a1b2c3d4e5f67890", param("Subnet")],
    security_groups = ["sg-0a1b2c3d4e5f67890"],
    batch_size = 500,
    batch_window = "20s",
    consumer_group = "billing",
    pollers(min = 2),
    retries = 3,
    max_record_age = "1h",
    bisect = false,
    on_failure = "kafka://orders-lost",
    schema_registry(
        address = "https://registry.example.com",
        format = json,
        validate = value,
        auth = basic,
        secret = Credentials,
        ca = RootCa,
    ),
    log_level = debug,
    metrics = kafka_metrics,
    filters = [{ "key": [{ "prefix": "eu-" }] }],
    enabled = false,
))]
async fn bill(record: KafkaRecord<Option<u32>>) -> Result<(), Error> {
    println!("{}", record.offset());
    Ok(())
}

/// Reads a topic on the internet, with a password. SAM CLI's cfn-lint does not know the authentications of OAuth and IAM.
#[function(trigger = kafka(
    servers = param("Broker"),
    topic = "payments",
    start = latest,
    auth = plain,
    secret = param("Password"),
))]
async fn pay(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

/// Reads a topic of Confluent Cloud, with a certificate.
#[function(trigger = kafka(
    servers = "pkc-1.eu-west-1.aws.confluent.cloud:9092",
    topic = "returns",
    start = trim_horizon,
    auth = mutual_tls,
    secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:certificate-AbCdEf",
))]
async fn take_back(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
