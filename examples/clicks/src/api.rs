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
async fn click(clicks: Putter<Clicks>, Json(click): Json<Click>) -> HttpResult<StatusCode> {
    if click.visitor.is_empty() || click.page.is_empty() {
        return Ok(StatusCode::UNPROCESSABLE_ENTITY);
    }
    clicks.put(&click.visitor, &click).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Shows how often a page was seen.
#[function(trigger = http("GET /pages/{page}"))]
async fn show(counts: Reader<Counts>, Path(page): Path<String>) -> HttpResult<Json<Seen>> {
    let count = counts.query(&page).all().await?.iter().map(|views| views.count).sum();
    Ok(Json(Seen { page, count }))
}
