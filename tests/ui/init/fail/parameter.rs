use skylift::prelude::*;

#[init]
async fn with_parameter(context: Context) -> Result<String, Error> {
    Ok(context.request_id().to_owned())
}

fn main() {}
