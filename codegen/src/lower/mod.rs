//! From the application to plain CloudFormation.

pub(crate) mod function;
