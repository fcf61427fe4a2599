//! The registry: what the macros enter for every function and every `#[init]`, and the application
//! that `main!()` says they make up. Entries are data; what they have done by the rooms above, they hold as
//! pointers, so that a binary has the code that its functions use and no other.

pub(crate) mod entry;
pub(crate) mod handler;
pub(crate) mod idempotent;
pub(crate) mod need;
pub(crate) mod opener;
mod slices;
pub(crate) mod source;
pub(crate) mod warmth;

pub use entry::{App, Function, Init, Starter};
pub use handler::Handler;
pub(crate) use handler::Serve;
pub use idempotent::{Idempotent, JsonPath, Step, Store};
pub use need::{Need, Probe as NeedProbe, Stateless};
pub use opener::Opener;
pub use slices::{FUNCTIONS, INITS};
pub use source::Source;
pub(crate) use warmth::{Counted, Start};
pub use warmth::{Ticks, Warmth};
