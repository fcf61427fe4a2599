//! The grammar of the attributes with which a user writes an application. Takes tokens, and returns values of
//! the model, or errors with their spans. The macros and the build step both use this crate, so that rustc and
//! the template accept the same source.
// See decision 0001.

mod cors;
pub mod errors;
pub mod function;
pub mod handoff;
pub mod http;
pub mod init;
mod mapping;
mod messages;
mod pattern;
mod properties;
pub mod readers;
pub mod resource;
pub mod signature;
pub mod source;
pub mod span;
pub mod subscription;
pub mod tree;
mod written;
