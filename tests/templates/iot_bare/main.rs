use skylift::prelude::*;

#[derive(serde::Deserialize)]
pub struct Reading {
    celsius: f64,
}

/// Takes the messages of all sensors.
#[function(trigger = iot(sql = "SELECT * FROM 'sensors/+/temperature'"))]
async fn record(reading: Reading) -> Result<(), Error> {
    println!("{}", reading.celsius);
    Ok(())
}

skylift::main!();
