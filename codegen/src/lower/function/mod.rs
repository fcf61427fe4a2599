//! A function as plain CloudFormation.

pub(crate) mod properties;
