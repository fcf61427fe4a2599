use skylift::prelude::*;

/// The schedule alone needs no feature.
#[function(schedule = "rate(1 hour)")]
async fn tick_without_event() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(1 hour)")]
async fn tick_with_event(event: ScheduledEvent) -> Result<(), Error> {
    println!("{}", event.time);
    Ok(())
}

#[derive(Event)]
enum Work {
    Tick(ScheduledEvent),
}

#[function(schedule = "rate(2 hours)")]
async fn tick_in_enum(event: Work) -> Result<(), Error> {
    let Work::Tick(event) = event;
    println!("{}", event.time);
    Ok(())
}

fn main() {}
