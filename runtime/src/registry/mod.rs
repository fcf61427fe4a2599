//! The registry: the entries that the macros write for every function and every `#[init]`, and for the
//! application that `main!()` runs. Entries are data. The code that an entry needs is a function pointer in the
//! entry. Other modules fill in the pointer, so that a binary contains only the code that its functions use.
// See decision 0004 and decision 0069.

pub(crate) mod cold_start;
mod cors;
pub(crate) mod entry;
pub(crate) mod guarded_keys;
pub(crate) mod handler;
pub(crate) mod idempotency;
pub(crate) mod opener;
mod slices;
pub(crate) mod source;
pub(crate) mod state;

pub use cold_start::{ColdStartSettings, TickHandling};
pub(crate) use cold_start::{CountedStart, ProcessStart};
pub use cors::CorsEntry;
pub use entry::{AppEntry, FunctionEntry, InitEntry, StartCheck, StateBuilder};
pub use guarded_keys::GuardedKeys;
pub use handler::Handler;
pub(crate) use handler::Serve;
pub use idempotency::{IdempotencyEntry, IdempotencyTable, JsonPath, JsonPathStep};
pub use opener::Opener;
pub use slices::{CHECKS, FUNCTIONS, INITS};
pub use source::SourceEntry;
pub use state::{NoState, RequiredState, StateProbe};
