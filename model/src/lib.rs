//! The model of an application: its functions, triggers and resources, as plain data that is valid by
//! construction. This crate has no syntax, and neither reads nor writes anything. If [`check`](check::check)
//! finds no problem in an [`App`], the App can be written as a template.
//!
//! This is an internal crate of Skylift, without a stability promise: any release can change it. Use the
//! `skylift` crate instead. For the same reason its enums are not `non_exhaustive`: Skylift's own crates
//! match every source and every kind of resource without a wildcard arm, so that the compiler finds all code
//! that a new one concerns.
//!
//! # Two halves
//!
//! Concepts that every cloud has are at the root: the application, functions, triggers, resources,
//! capabilities, routes, schedules, durations, locations and problems. Concepts of AWS are in [`aws`];
//! another cloud would get a module beside it. The rules:
//!
//! - A file belongs in [`aws`] if Skylift would delete it when it dropped AWS: limits, names, ARNs, actions,
//!   values of templates, and settings that only Lambda has.
//! - The root uses [`aws`] only for types that AWS validates: a name, a bounded number, a value of a
//!   template.
//! - [`aws`] does not use applications, functions or triggers. It can use durations, schedules, time zones,
//!   and the kinds of resources.
//!
//! # Layers
//!
//! No file imports a file that imports it, directly or through others. From the bottom up: durations,
//! schedules and locations; [`aws`]; [`resource`], with one file for each kind; [`source`], with one file for
//! each source; [`settings`] and [`function`]; [`App`]; and [`check`], which compares items with each other.
//! All texts of messages are in `messages`.
//!
//! # To add a source or a kind of resource
//!
//! A source is a file of its name in `source/`, with its settings, its [`SourceFacts`](source::SourceFacts),
//! its [`TriggerSource`](source::TriggerSource) and its check, and one line in `source/mod.rs`. A kind of
//! resource is a file of its name in `resource/` with its settings and its
//! [`KindDefinition`](resource::KindDefinition), and one line in `resource/mod.rs`. The texts of its
//! messages go to `messages/`. No other file of this crate has to change.
// See decision 0003.

pub mod access;
pub mod allow_statement;
mod app;
pub mod aws;
pub mod bounded;
pub mod check;
pub mod deadline;
pub mod duration;
pub mod environment;
pub mod function;
pub mod http;
pub mod idempotency;
pub mod json_path;
pub mod keep_warm;
pub mod location;
pub mod message;
mod messages;
pub mod number_setting;
pub mod problem;
pub mod reserved;
pub mod resource;
pub mod resume;
pub mod route;
pub mod schedule;
pub mod settings;
pub mod source;
mod stack_layout;
pub mod subscription;
pub mod suggest;
#[cfg(test)]
mod tests;
pub mod time_zone;
pub mod timestamp;

pub use app::{
    App, AppParts, GuardedKeys, Init, InjectedVariable, OutputChange, Outputs, Package,
    ParameterUse, PlaceOfUse, TemplateParameter, VERSION,
};
pub use aws::provisioned_concurrency::ProvisionedConcurrency;
pub use function::{ClaimsParameter, Function, Requirement, ResourceUse};
pub use keep_warm::KeepWarm;
pub use location::SourceLocation;
pub use settings::FunctionSettings;
pub use stack_layout::StackLayout;
pub use subscription::Subscription;
