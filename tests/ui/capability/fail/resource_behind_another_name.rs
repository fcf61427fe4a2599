use skylift::prelude::*;

mod left {
    #[skylift::resource(bucket(id = "LeftSheets"))]
    pub struct Sheets;
}

mod right {
    #[skylift::resource(bucket(id = "RightPages"))]
    pub struct Pages;
}

/// The build step knows only the last segment of the path, and another resource has that name.
use right::Pages as Sheets;

#[function]
async fn read_sheets(sheets: Reader<Sheets>) -> Result<(), Error> {
    drop(sheets);
    Ok(())
}

fn main() {
    let _ = left::Sheets;
}
