//! Policy documents in the language of IAM, as a user writes them in an attribute or in an overlay. Takes a document or
//! a statement, and reports what IAM refuses, and names with which a statement would never match. Values that are
//! known only when the stack is deployed pass every check.

mod condition;
mod document;
mod owner;
mod principal;
mod report;
mod statement;
#[cfg(test)]
mod tests;

pub use condition::check_condition;
pub use document::{STATEMENT, check_document};
pub use owner::PolicyOwner;
pub use statement::check_statements;
