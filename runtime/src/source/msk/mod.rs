//! The source `msk`: the records of a topic of a cluster of Amazon MSK. Their types, and how they are delivered, are in
//! [`partition`](super::partition).

pub(crate) mod registration;

pub use registration::{DeliveredByMsk, Msk, SOURCE, msk};
