//! The worker behind the queue.

use skylift::prelude::*;

use crate::Packing;
use crate::shop::{Order, Shop};

/// Packs one order. An order that fails comes again alone, and after five times goes to the
/// dead-letter queue.
#[function(trigger = sqs(queue = Packing, batch_size = 10), timeout = "20s")]
async fn pack(order: Message<Order>, shop: State<Shop>, context: Context) -> Result<(), Error> {
    let order = order.into_inner();
    let quote = shop.quote(order).ok_or_else(|| Error::msg("the shop does not have this item"))?;
    println!("{} packs {} x {}", context.request_id(), quote.order.count, quote.order.item);
    Ok(())
}
