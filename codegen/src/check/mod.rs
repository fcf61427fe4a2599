//! Checks the stack of an application across its items: ids and names with two owners, and roles that IAM would
//! reject. Also checks references to the overlay: resources of the overlay that are missing, of another kind, or
//! unfit for their triggers. References to names that the templates do not have are reported too, and settings of
//! asynchronous invocations that a function does not have.

mod allowed_arns;
pub(crate) mod asynchronous;
#[cfg(test)]
mod cycles;
pub(crate) mod deliveries;
mod function_policy;
pub(crate) mod ids;
pub(crate) mod input_templates;
mod names;
pub(crate) mod overlay_parameters;
pub(crate) mod overlay_references;
mod overlay_tables;
mod policy_size;
pub(crate) mod references;
pub(crate) mod resource_policies;
mod role;
mod setting_targets;
pub(crate) mod subscription_cycles;
pub(crate) mod text_references;
pub(crate) mod types;
pub(crate) mod unused_parameters;
