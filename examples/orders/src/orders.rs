//! What an order is, from the customer's wish to what the table holds.

use serde::{Deserialize, Serialize};

/// What a customer sends.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Wish {
    /// What is ordered.
    pub(crate) item: String,
    /// How many.
    pub(crate) count: u32,
}

/// An order, as the table holds it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Order {
    /// Its key.
    pub(crate) id: String,
    /// What is ordered.
    #[serde(flatten)]
    pub(crate) wish: Wish,
    /// The price of all of it, in cents.
    pub(crate) total: u32,
    /// How far it is.
    pub(crate) state: State,
    /// When it was placed, in seconds since 1970.
    pub(crate) placed_at: u64,
}

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// It waits to be packed.
    Placed,
    /// It is on its way.
    Packed,
}

/// What the queue carries: which order to pack.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Parcel {
    /// The order's key.
    pub(crate) order: String,
}
