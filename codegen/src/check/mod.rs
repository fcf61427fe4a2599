//! What is wrong with an application as a stack, seen across its items: ids and names with two owners,
//! roles that IAM would refuse, resources of the overlay that are not what they should be.

#[cfg(test)]
mod circles;
pub(crate) mod ids;
mod names;
mod policy_size;
mod role;
pub(crate) mod stand_ins;
