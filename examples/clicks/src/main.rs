//! Counts how often each page of a site is seen. An HTTP API puts clicks into a stream, a function counts the clicks
//! of each minute and stores the counts in a table, and another function adds up the counts of a page.

mod api;
mod count;
mod views;

use skylift::prelude::*;

use crate::views::{Click, Views};

/// Every click, in order for each visitor.
#[resource(stream(message = Click))]
pub(crate) struct Clicks;

/// How often each page was seen in each minute, for thirty days.
#[resource(table(key = "page", sort = "part", item = Views, ttl = "expires_at"))]
pub(crate) struct Counts;

/// The positions in the stream of clicks that could not be counted, in the format of Lambda.
#[resource(queue)]
pub(crate) struct Lost;

skylift::main!();
