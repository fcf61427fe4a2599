use skylift::prelude::*;

/// Takes the ticks that could not be delivered.
#[resource(queue)]
pub struct Lost;

/// Wakes at eight in the morning, in summer and in winter.
#[function(trigger = schedule(
    "cron(0 8 ? * MON-FRI *)",
    time_zone = "Europe/Berlin",
    window = "15m",
    start = "2099-01-01T00:00:00Z",
    end = "2099-12-31T00:00:00Z",
    group = "reports",
    name = "morning",
    description = "Every working day",
    dead_letters = Lost,
    retries = 2,
    max_event_age = "1h",
))]
async fn report(tick: ScheduledEvent) -> Result<(), Error> {
    println!("{}", tick.time);
    Ok(())
}

#[derive(serde::Deserialize)]
pub struct Celebration {
    year: u16,
}

/// Runs once.
#[function(trigger = schedule("at(2099-01-01T00:00:00)", input = { "year": 2099 }), provisioned_concurrency = 1)]
async fn celebrate(input: Celebration) -> Result<(), Error> {
    println!("{}", input.year);
    Ok(())
}

/// Scheduler's tick keeps this function warm beside its other trigger.
#[function(
    trigger = schedule("rate(5 minutes)", window = "1m", enabled = false),
    trigger = sqs(queue = Lost),
)]
async fn retry(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

skylift::main!();
