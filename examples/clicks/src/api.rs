//! The HTTP API.

use serde::Serialize;
use skylift::http::Result as HttpResult;
use skylift::prelude::*;

use crate::views::Click;
use crate::{Clicks, Counts};

/// What a page has had.
#[derive(Debug, Serialize)]
pub(crate) struct Seen {
    page: String,
    count: u64,
}

/// Takes a click. It counts when its minute is over.
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
async fn show(counts: Reader<Counts>, Path(page): Path<String>) -> HttpResult<Json<Seen>> {
    let count = counts.query(&page).all().await?.iter().map(|views| views.count).sum();
    Ok(Json(Seen { page, count }))
}
