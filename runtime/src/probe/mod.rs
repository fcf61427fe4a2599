//! Probes of types that the build step cannot read: it does not see the fields of a type of another crate, and not
//! what a hand-written `Deserialize` does. A build with debug assertions invents a value of such a type when the
//! process starts, before the first event, and compares what serde makes of it with the keys of a table, with the
//! parameters of a route, or with a constant input.
// See decision 0101.

#[cfg(any(feature = "http", feature = "table"))]
mod attempt;
#[cfg(any(feature = "http", feature = "table"))]
mod deserializer;
#[cfg(any(feature = "http", feature = "table"))]
mod error;
pub(crate) mod input;
#[cfg(feature = "table")]
mod invent;
#[cfg(feature = "table")]
pub(crate) mod item;
#[cfg(feature = "http")]
pub(crate) mod path;
