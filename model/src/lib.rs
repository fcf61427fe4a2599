//! What the clouds accept: the application, its functions, triggers and resources, as plain data that
//! is valid by construction. There is no input or output here and no syntax. An [`App`] in which
//! [`check`](check::check) finds nothing can be written as a template.
//!
//! # Two halves
//!
//! What any cloud has is at the root: the application, functions, triggers, resources, capabilities,
//! routes, schedules, durations, places and problems. What is AWS's own is in [`aws`]; another cloud would
//! be its neighbour. The rules between them:
//!
//! - A file belongs in [`aws`] if it would be deleted with AWS: its limits, names, ARNs, actions, values of
//!   its templates, and settings that Lambda alone has.
//! - The first half uses [`aws`] for the types that AWS checks (a name, a bounded number, a value of a
//!   template), and for nothing else.
//! - [`aws`] knows no application, function or trigger. It may use what lies at the ground: durations,
//!   schedules, time zones, and the kinds of resources.
//!
//! # Floors
//!
//! No file uses a file that uses it, directly or through others. From the ground up: durations, schedules,
//! places; [`aws`]; [`resource`], a room a kind; [`source`], a room a source; [`settings`] and [`function`];
//! [`App`]; and [`check`], which looks at items beside each other.
//!
//! # To add a source or a kind of resource
//!
//! A source is a file of its name in `source/`, with its data, its [`SourceFacts`](source::SourceFacts), its
//! [`TriggerSource`](source::TriggerSource) and its check, and one line in `source/mod.rs`. A kind of resource is a file
//! of its name in `resource/` with its [`ResourceDefinition`](resource::ResourceDefinition), and one line in
//! `resource/mod.rs`. No other file of this crate has to change, and no wildcard arm takes it in silence.

pub mod access;
mod app;
pub mod aws;
pub mod bounded;
pub mod check;
pub mod deadline;
pub mod duration;
pub mod function;
pub mod idempotency;
pub mod json_path;
pub mod keep_warm;
pub mod location;
pub mod message;
mod messages;
pub mod problem;
pub mod resource;
pub mod resume;
pub mod route;
pub mod schedule;
pub mod settings;
pub mod source;
pub mod suggest;
#[cfg(test)]
mod tests;
pub mod time_zone;
pub mod timestamp;

pub use app::{App, AppParts, Init, InjectedVariable, Package, TemplateParameter, VERSION};
pub use aws::provisioned_concurrency::ProvisionedConcurrency;
pub use function::{Function, Requirement, ResourceUse};
pub use keep_warm::KeepWarm;
pub use location::SourceLocation;
pub use settings::FunctionSettings;
