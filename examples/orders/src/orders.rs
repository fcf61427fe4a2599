//! The types of an order, from the customer's request to the item in the table.

use serde::{Deserialize, Serialize};

/// The request of a customer.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Wish {
    /// The ordered item.
    pub(crate) item: String,
    /// The quantity.
    pub(crate) count: u32,
}

/// An order, as it is stored in the table.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Order {
    /// The key of the order.
    pub(crate) id: String,
    /// The item and the quantity.
    #[serde(flatten)]
    pub(crate) wish: Wish,
    /// The total price, in cents.
    pub(crate) total: u32,
    /// The progress of the order.
    pub(crate) state: State,
    /// The time of the order, in seconds since 1970.
    pub(crate) placed_at: u64,
}

/// The progress of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The order waits to be packed.
    Placed,
    /// The order is packed.
    Packed,
}

/// The message of the queue: an order to pack.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Parcel {
    /// The key of the order.
    pub(crate) order: String,
}
