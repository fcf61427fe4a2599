//! The worker that receives from the queue.

use skylift::prelude::*;

use crate::orders::{Parcel, State as OrderState};
use crate::{Orders, Packed, Packing, Seen};

/// Packs one order and publishes it. A failed order is retried alone, and goes to the dead-letter queue after five
/// attempts. If the queue delivers a message twice, the order is packed once.
#[function(
    trigger = sqs(queue = Packing, batch_size = 10),
    idempotent(key = "$.order", store = Seen),
    timeout = "20s",
)]
async fn pack(
    parcel: Message<Parcel>,
    orders: ReadWriter<Orders>,
    packed: Publisher<Packed>,
    context: Context,
) -> Result<(), Error> {
    let Some(mut order) = orders.get(&parcel.order).await? else {
        return Err(Error::new("NoOrder", format!("there is no order `{}`", parcel.order)));
    };
    order.state = OrderState::Packed;
    packed.publish(&order).await?;
    orders.update(&order.id).set("state", order.state).if_exists().apply().await?;
    println!("{} packed {} x {}", context.request_id(), order.wish.count, order.wish.item);
    Ok(())
}
