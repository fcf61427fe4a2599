//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
struct Page {
    next: u32,
}

/// Counts to a million, a thousand in each part.
#[function(resume = queue, timeout = "15m")]
async fn count(cursor: Resume<Page>) -> Result<Progress<Page, u32>, Error> {
    let next = cursor.as_ref().map_or(0, |page| page.next) + 1_000;
    Ok(if next < 1_000_000 { Progress::Continue(Page { next }) } else { Progress::Done(next) })
}

skylift::main!();
