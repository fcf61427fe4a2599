//! How often each page is seen: an HTTP API puts clicks into a stream, a function counts those of each
//! minute and keeps the counts in a table, and another one adds up what a page has.

mod api;
mod count;
mod views;

use skylift::prelude::*;

use crate::views::{Click, Views};

/// Every click, in order for each visitor.
#[resource(stream(message = Click))]
pub(crate) struct Clicks;

/// How often each page was seen in each minute; kept for thirty days.
#[resource(table(key = "page", sort = "part", item = Views, ttl = "expires_at"))]
pub(crate) struct Counts;

/// Which clicks were given up: where in the stream they are, as Lambda says it.
#[resource(queue)]
pub(crate) struct Lost;

skylift::main!();
