//! The Amazon States Language, in which a file defines a state machine. [`check_definition`] checks a definition, and finds
//! what it names.

mod check;
mod found;
mod names;
mod state;
#[cfg(test)]
mod tests;
mod words;

pub use check::check_definition;
pub use found::CheckedDefinition;
pub use words::{DEFINITION_BYTES, ExecutionLogLevel};
