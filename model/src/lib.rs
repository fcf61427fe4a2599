//! What AWS accepts: the application, its functions, triggers and resources, as plain data that is
//! valid by construction. There is no input or output here and no syntax; whoever has an [`App`]
//! has one that can be written down as a template, once [`App::check`] finds nothing.

pub mod access;
mod app;
pub mod arn;
/// What is AWS's own.
pub mod aws {
    pub mod keys;
}
pub mod bounded;
mod check;
pub mod deadline;
pub mod duration;
pub mod function;
pub mod idempotency;
pub mod json_path;
pub mod keep_warm;
pub mod limits;
pub mod mapping;
pub mod name;
pub mod node;
pub mod observe;
pub mod policy;
pub mod problem;
pub mod provisioned;
pub mod resource;
pub mod resume;
pub mod schedule;
pub mod settings;
pub mod source;
pub mod suggest;
pub mod time_zone;
pub mod timestamp;
pub mod value;

pub use app::{App, Init, Package, Parameter, Parts, VERSION};
pub use check::Variable;
pub use function::{Function, Mention, Origin, Wants};
pub use keep_warm::KeepWarm;
pub use provisioned::Provisioned;
pub use settings::Settings;
