use skylift::prelude::*;

#[function(log_format = text, log_level = debug, system_log_level = warn)]
async fn has_levels_of_text() -> Result<(), Error> {
    Ok(())
}

fn main() {}
