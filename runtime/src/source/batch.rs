//! One record at a time: takes a record out of a batch and calls the handler with it, for as
//! long as there is time to report it. A record's failure, or panic, is its own and not the
//! batch's.

use std::time::Duration;

use tokio::time::timeout;

use crate::Error;
use crate::handler::caught;
use crate::source::Delivery;

/// Calls the handler with one record, and drops the call where it takes longer than there is time. Some
/// time is kept back to report what was done: a batch that Lambda cuts off reports nothing, and every
/// record of it comes again. A handler that blocks its thread cannot be stopped.
pub(crate) async fn attempt<E>(delivery: &Delivery<'_, E>, record: E) -> Result<(), Error> {
    let remaining = delivery.call.context().remaining();
    let margin = delivery.call.margin();
    let Some(limit) = remaining.checked_sub(margin) else {
        return Err(late("begun", remaining));
    };
    // In the future that is caught, so that a panic in the drop of the call is the record's too.
    let done = caught(async { timeout(limit, delivery.call(record)).await }).await?;
    done.map_err(|_| late("finished", margin))?.map(drop)
}

fn late(not: &str, left: Duration) -> Error {
    let left = left.as_millis();
    Error::new("DeadlineReached", format!("not {not}: {left} ms before the timeout"))
}
