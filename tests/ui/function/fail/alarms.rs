use skylift::prelude::*;

#[resource(topic(fifo))]
pub struct FifoAlerts;

#[resource(topic)]
pub struct FailureAlerts;

#[resource(queue)]
pub struct AlarmJobs;

#[function(alarms(errors = 0, to = FailureAlerts))]
async fn alarms_never(_event: ()) -> Result<(), Error> {
    Ok(())
}

#[function(alarms(errors = 1))]
async fn alarms_unheard(_event: ()) -> Result<(), Error> {
    Ok(())
}

#[function(alarms(errors = 1, to = FifoAlerts))]
async fn alarms_in_order(_event: ()) -> Result<(), Error> {
    Ok(())
}

#[function(alarms(errors = 1, to = AlarmJobs))]
async fn alarms_to_a_queue(_event: ()) -> Result<(), Error> {
    Ok(())
}

#[function(trigger = http("GET /alarms"), alarms(age = "1m", to = FailureAlerts))]
async fn alarms_ageless() -> &'static str {
    ""
}

#[function(timeout = "10s", alarms(duration = "25s", to = FailureAlerts))]
async fn alarms_slow(_event: ()) -> Result<(), Error> {
    Ok(())
}

#[function(alarms(errors = 1, period = "30s", topic = FailureAlerts))]
async fn alarms_short(_event: ()) -> Result<(), Error> {
    Ok(())
}

#[function(version_description = "May")]
async fn alarms_described(_event: ()) -> Result<(), Error> {
    Ok(())
}

#[function(deploy = canary("5m", alarms = own))]
async fn alarms_without_alarms(_event: ()) -> Result<(), Error> {
    Ok(())
}

fn main() {}
