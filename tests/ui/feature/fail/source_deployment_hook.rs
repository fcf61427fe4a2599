use skylift::prelude::*;

#[function(trigger = deployment_hook)]
async fn check(hook: DeploymentHook) -> Result<(), Error> {
    println!("{}", hook.deployment_id);
    Ok(())
}

#[function(deploy = all_at_once(before = check))]
async fn checked() -> Result<(), Error> {
    Ok(())
}

fn main() {}
