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

#[function(deploy = linear("2m", alarms = own, before = check, after = verify), alarms(errors = 1))]
async fn stock(_nothing: ()) -> Result<(), Error> {
    Ok(())
}

#[function(trigger = deployment_hook)]
async fn check(_hook: DeploymentHook, stock: Invoker<stock>) -> Result<(), Error> {
    stock.invoke(&()).await
}

#[function(trigger = deployment_hook)]
async fn verify(_hook: DeploymentHook) -> Result<(), Error> {
    Ok(())
}

#[function(deploy = all_at_once)]
async fn quote(_nothing: ()) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
