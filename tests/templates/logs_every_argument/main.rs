use serde::Deserialize;
use skylift::prelude::*;

/// Writes the entries that the others follow.
#[function(log_format = json)]
async fn fetch() -> Result<(), Error> {
    Ok(())
}

/// Writes to a log group that several functions share.
#[function(properties = { "LoggingConfig": { "LogGroup": "/shop/jobs" } })]
async fn pack() -> Result<(), Error> {
    Ok(())
}

#[derive(Deserialize)]
pub struct Line {
    message: String,
}

#[function(
    trigger = logs(group = crate::fetch, filter = r#"{ $.level = "ERROR" }"#),
    provisioned_concurrency = 1,
)]
async fn alert(line: LogRecord<Line>) -> Result<(), Error> {
    println!("{}", line.message);
    Ok(())
}

#[function(
    trigger = logs(group = fetch),
    trigger = logs(group = pack, filter = "?ERROR ?WARN"),
    trigger = logs(group = param("Group"), filter = "[ip, user, status = 5*]"),
)]
async fn ship(event: LogsEvent) -> Result<(), Error> {
    println!("{}", event.aws_logs.data.log_events.len());
    Ok(())
}

skylift::main!();
