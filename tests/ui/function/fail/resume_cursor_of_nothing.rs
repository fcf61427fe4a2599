use skylift::prelude::*;

#[function]
async fn never_resumes(count: u32, cursor: Resume<u32>) -> Result<u32, Error> {
    Ok(cursor.unwrap_or(count))
}

fn main() {}
