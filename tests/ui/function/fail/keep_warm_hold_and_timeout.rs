use skylift::prelude::*;

#[function(keep_warm(every = "5 minutes", instances = 2, hold = "3s"))]
async fn held_until_it_times_out() -> Result<(), Error> {
    Ok(())
}

#[function(timeout = "10s", keep_warm(every = "5 minutes", hold = "9999ms"))]
async fn held_until_just_before() -> Result<(), Error> {
    Ok(())
}

fn main() {}
