use serde::Deserialize;
use skylift::prelude::*;

#[derive(Deserialize)]
pub struct Reading {
    device: String,
    celsius: f64,
}

#[resource(queue)]
pub struct Unsent;

#[resource(topic)]
pub struct News;

#[resource(bucket)]
pub struct Archive;

/// Has rules that SAM can express beside rules that it cannot.
#[function(
    trigger = iot(
        sql = "SELECT topic(2) AS device, celsius FROM 'sensors/+/temperature' WHERE celsius > 50",
        description = "Hot sensors",
        name = "hot_sensors",
    ),
    trigger = iot(sql = "SELECT * FROM 'calibration/#'", version = "2015-10-08"),
    trigger = iot(sql = "SELECT * FROM 'alarms/#'", error_action = Unsent),
    trigger = iot(sql = "SELECT * FROM 'faults/#'", error_action = News),
    trigger = iot(sql = "SELECT * FROM 'logs/#'", error_action = Archive),
    trigger = iot(sql = "SELECT * FROM '$aws/events/presence/+/+'", version = "beta", enabled = false),
    trigger = iot(sql = "SELECT 'gateway' AS device, celsius", name = "ingest"),
    retries = 0,
)]
async fn alarm(reading: Reading) -> Result<(), Error> {
    println!("{}: {}", reading.device, reading.celsius);
    Ok(())
}

/// Takes bytes that are no JSON, by an alias.
#[function(
    trigger = iot(sql = "SELECT encode(*, 'base64') AS data, traceid() AS id FROM 'pictures/#'"),
    provisioned_concurrency = 1,
)]
async fn store(picture: Picture) -> Result<(), Error> {
    println!("{} {}", picture.id, picture.data.len());
    Ok(())
}

#[derive(Deserialize)]
pub struct Picture {
    id: String,
    data: String,
}

/// Takes no event.
#[function(trigger = iot(sql = "SELECT 1 AS one FROM 'doorbell'"))]
async fn ring() -> Result<(), Error> {
    println!("somebody is at the door");
    Ok(())
}

skylift::main!();
