use skylift::prelude::*;

#[resource(bucket)]
pub struct Reports;

#[function(env(REPORTS_BUCKET_NAME = "mine"))]
async fn read(reports: Reader<Reports>) -> Result<(), Error> {
    drop(reports);
    Ok(())
}

fn main() {}
