use skylift::prelude::*;

#[derive(serde::Deserialize)]
pub struct Line {
    message: String,
}

#[function]
async fn fetch() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = logs(group = fetch))]
async fn takes_a_plain_type(line: Line) -> Result<(), Error> {
    println!("{}", line.message);
    Ok(())
}

#[function(trigger = logs)]
async fn names_no_group(event: LogsEvent) -> Result<(), Error> {
    println!("{}", event.aws_logs.data.log_events.len());
    Ok(())
}

#[function(trigger = logs(group = fetsh))]
async fn names_no_function(entry: LogEntry) -> Result<(), Error> {
    println!("{}", entry.message);
    Ok(())
}

#[function(trigger = logs(group = follows_itself))]
async fn follows_itself(entry: LogEntry) -> Result<(), Error> {
    println!("{}", entry.message);
    Ok(())
}

#[function(trigger = logs(group = fetch, filter = "{ $.level = ERROR"))]
async fn filters_with_an_open_pattern(line: LogRecord<Line>) -> Result<(), Error> {
    println!("{}", line.message);
    Ok(())
}

fn main() {}
