use skylift::prelude::*;

#[function(keep_warm(instances = 2))]
async fn never_says_how_often() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm(every = "5 minute"))]
async fn a_singular() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm(every = "90 seconds"))]
async fn no_whole_minutes() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm(every = "cron(0/5 * * * * *)"))]
async fn both_days() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm(every = 5))]
async fn a_bare_number() -> Result<(), Error> {
    Ok(())
}

fn main() {}
