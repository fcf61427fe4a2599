use skylift::prelude::*;

#[resource(bucket(properties = { "LifecycleConfiguration": { "Rules": [{ "Status": "Enabled", "ExpirationInDays": 30 }] } }))]
pub struct Uploads;

#[resource(table(key = "id", properties = { "DeletionProtectionEnabled": true, "Tags": [{ "Key": "team", "Value": "media" }] }))]
pub struct Orders;

#[function]
async fn store(uploads: Writer<Uploads>, orders: Writer<Orders>) -> Result<(), Error> {
    let _ = (uploads, orders);
    Ok(())
}

skylift::main!();
