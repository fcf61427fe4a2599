//! How an application is written: the grammar of the attributes, read from tokens into the model.
//! The macro and the build step both stand on this, so that what rustc accepts and what the template
//! says are one. Errors are gathered, never thrown, and each knows its place.

pub mod errors;
pub mod function;
pub mod handoff;
pub mod init;
mod mapping;
pub mod place;
mod properties;
pub mod read;
pub mod resource;
pub mod signature;
pub mod source;
pub mod tree;
