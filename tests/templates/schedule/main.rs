use serde::Deserialize;
use skylift::prelude::*;

#[derive(Deserialize)]
struct Report {
    report: String,
    pages: Vec<u32>,
    draft: bool,
}

#[function(schedule = "rate(1 day)")]
async fn clean() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = schedule(
    "cron(0 12 ? * MON-FRI *)",
    name = "workdays-at-noon",
    description = "Every working day, at noon UTC",
    enabled = false,
    input = { "report": "daily", "pages": [1, 2], "draft": false },
))]
async fn report(event: Report) -> Result<(), Error> {
    println!("{}: {:?}, {}", event.report, event.pages, event.draft);
    Ok(())
}

skylift::main!();
