use skylift::prelude::*;

/// Takes the messages of all sensors.
#[function(trigger = iot(sql = "SELECT * FROM 'sensors/+/temperature'"))]
async fn record(message: serde_json::Value) -> Result<(), Error> {
    println!("{message}");
    Ok(())
}

skylift::main!();
