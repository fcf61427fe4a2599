//! Checks the stack of an application across its items: ids and names with two owners, roles that IAM would
//! reject, and resources of the overlay that are missing or do not fit.

#[cfg(test)]
mod circles;
pub(crate) mod ids;
mod names;
mod policy_size;
mod role;
pub(crate) mod stand_ins;
