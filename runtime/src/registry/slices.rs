//! The two tables that the linker fills: when `main` begins, they contain the entry of every function and of
//! every init function in the binary, whichever crate declares it. Only these tables need `unsafe` in the
//! runtime.

// The expansion of `distributed_slice` places the statics in a link section, which Rust calls unsafe.
#![allow(unsafe_code)]

use linkme::distributed_slice;

use super::entry::{FunctionEntry, InitEntry};

/// The entry of every function in the binary.
#[distributed_slice]
pub static FUNCTIONS: [FunctionEntry];

/// The entry of every init function in the binary.
#[distributed_slice]
pub static INITS: [InitEntry];
