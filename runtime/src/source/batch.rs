//! One record at a time: takes a record out of a batch and calls the handler with it, unless the
//! time is up. A record's failure, or panic, is its own and not the batch's.

use std::time::Duration;

use crate::Error;
use crate::handler::caught;
use crate::source::Delivery;

/// Time kept back to report what was done: a batch that Lambda cuts off reports nothing, and every
/// record of it comes again.
const MARGIN: Duration = Duration::from_millis(500);

/// Calls the handler with one record.
pub(crate) async fn attempt<E>(delivery: &Delivery<'_, E>, record: E) -> Result<(), Error> {
    let remaining = delivery.call.context().remaining();
    if remaining < MARGIN {
        return Err(Error::new(
            "DeadlineReached",
            format!("not begun: {} ms before the timeout", remaining.as_millis()),
        ));
    }
    caught(delivery.call(record)).await?.map(drop)
}
