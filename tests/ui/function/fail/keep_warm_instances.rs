use skylift::prelude::*;

#[function(keep_warm(every = "5 minutes", instances = 6))]
async fn more_than_a_rule_pings() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm(every = "5 minutes", instances = 0))]
async fn no_instance() -> Result<(), Error> {
    Ok(())
}

fn main() {}
