use skylift::prelude::*;

#[function(trigger = deployment_hook)]
async fn hooks_check(_hook: DeploymentHook) -> Result<(), Error> {
    Ok(())
}

#[function(trigger = deployment_hook)]
async fn hooks_unused(_hook: DeploymentHook) -> Result<(), Error> {
    Ok(())
}

#[function]
async fn hooks_plain() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = deployment_hook)]
async fn hooks_wrong_event(_hook: SqsEvent) -> Result<(), Error> {
    Ok(())
}

#[function(trigger = http("GET /hooks/a"), deploy = canary("5m", before = hooks_plain, after = hooks_check))]
async fn hooks_a() -> &'static str {
    ""
}

#[function(trigger = http("GET /hooks/b"), deploy = canary("5m", before = "hooks_check", after = hooks_wrong_event))]
async fn hooks_b() -> &'static str {
    ""
}

#[function(trigger = http("GET /hooks/c"), deploy = canary("5m", pre_traffic = hooks_check))]
async fn hooks_c() -> &'static str {
    ""
}

fn main() {}
