use skylift::prelude::*;

pub struct Report;

#[function]
async fn answers_no_json() -> Result<Report, Error> {
    Ok(Report)
}

fn main() {}
