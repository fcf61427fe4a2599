//! Resolves each function of a stack: its settings with all defaults, its variables, its policy and its other
//! resources. It takes the application and its stack, and returns the part `resolved` of `app.json` and the fragments
//! of each function, which can be attached to a role and to a function that another tool deploys.
// See decision 0128.

mod fragments;
mod function;
mod identifiers;
mod long_form;
mod placeholders;

pub(crate) use fragments::{Fragment, list_fragments};
pub(crate) use function::{AppFile, resolve_app};

#[cfg(test)]
mod tests;
