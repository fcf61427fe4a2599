use skylift::prelude::*;

#[function(
    capacity_provider(provider = param("Fleet"), concurrency = 10, memory_per_cpu = 4),
    scaling(min = 3, max = 20),
    memory = 16384,
    timeout = "1h",
)]
async fn crunch() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = http("GET /tenant"), tenants = isolated)]
async fn tenant(context: Context) -> Result<String, Error> {
    Ok(context.tenant_id().unwrap_or_default().to_owned())
}

skylift::main!();
