use skylift::prelude::*;

#[derive(Event)]
pub enum Pair {
    Object(S3Event, ScheduledEvent),
    Tick(ScheduledEvent),
}

fn main() {}
