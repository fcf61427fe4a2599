//% [package.metadata.skylift]
//% overlay = "overlay.yaml"

use skylift::prelude::*;

#[function(trigger = http("GET /price"), deploy = canary("5m", alarms = [overlay("Errors"), param("Latency")]))]
async fn price() -> &'static str {
    "4.50"
}

#[function(schedule = "rate(1 hour)", deploy = linear("1m"), provisioned_concurrency = 1)]
async fn report(price: Invoker<quote>) -> Result<(), Error> {
    price.invoke_async(&()).await
}

#[function(deploy = all_at_once)]
async fn quote(_nothing: ()) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
