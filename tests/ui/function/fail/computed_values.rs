use skylift::prelude::*;

#[function(timeout = Duration::from_secs(30), memory = 2 * 1024, env(LEVEL = env!("LEVEL")))]
async fn computed_values() -> Result<(), Error> {
    Ok(())
}

#[function(env(LEVEL = info))]
async fn word_in_env() -> Result<(), Error> {
    Ok(())
}

#[function(env(LEVEL = LOG_LEVEL))]
async fn constant_in_env() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = rate(5 minutes))]
async fn schedule_without_quotes() -> Result<(), Error> {
    Ok(())
}

fn main() {}
