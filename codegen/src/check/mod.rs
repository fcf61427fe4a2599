//! Checks the stack of an application across its items: ids and names with two owners, roles that IAM would
//! reject, and resources of the overlay that are missing or do not fit.

#[cfg(test)]
mod cycles;
pub(crate) mod ids;
mod names;
pub(crate) mod overlay_references;
mod policy_size;
mod role;
