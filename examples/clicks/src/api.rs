//! The HTTP API.

use serde::Serialize;
use skylift::http::Result as HttpResult;
use skylift::prelude::*;

use crate::views::Click;
use crate::{Clicks, Counts};

/// The number of clicks of a page.
#[derive(Debug, Serialize)]
pub(crate) struct PageCount {
    page: String,
    count: u64,
}

/// Accepts a click. It is counted at the end of its minute.
#[function(trigger = http("POST /clicks"))]
async fn click(
    clicks: Putter<Clicks>,
    Json(click): Json<Click>,
) -> HttpResult<(StatusCode, &'static str)> {
    if !click.is_valid() {
        return Ok((StatusCode::BAD_REQUEST, "`visitor` and `page` have 1 to 256 bytes each"));
    }
    clicks.put(&click.visitor, &click).await?;
    Ok((StatusCode::ACCEPTED, ""))
}

/// Shows how often a page was seen.
#[function(trigger = http("GET /pages/{page}"))]
async fn show(counts: Reader<Counts>, Path(page): Path<String>) -> HttpResult<Json<PageCount>> {
    let count = counts.query(&page).all().await?.iter().map(|views| views.count).sum();
    Ok(Json(PageCount { page, count }))
}
