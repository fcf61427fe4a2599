//! The registry: what the macros enter for every function and every `#[init]`, and the application
//! that `main!()` says they make up. Entries are data; what they have done by the rooms above, they hold as
//! pointers, so that a binary has the code that its functions use and no other.

pub(crate) mod cold_start;
pub(crate) mod entry;
pub(crate) mod handler;
pub(crate) mod idempotency;
pub(crate) mod opener;
mod slices;
pub(crate) mod source;
pub(crate) mod state;

pub use cold_start::{ColdStartSettings, TickHandling};
pub(crate) use cold_start::{CountedStart, ProcessStart};
pub use entry::{AppEntry, FunctionEntry, InitEntry, StateBuilder};
pub use handler::Handler;
pub(crate) use handler::Serve;
pub use idempotency::{IdempotencyEntry, IdempotencyTable, JsonPath, JsonPathStep};
pub use opener::Opener;
pub use slices::{FUNCTIONS, INITS};
pub use source::SourceEntry;
pub use state::{NoState, RequiredState, StateProbe};
