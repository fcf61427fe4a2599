//! The two tables that the linker fills: when `main` begins, they contain every entry of every crate in the
//! binary. Nothing else in the runtime needs `unsafe`.

// The expansion of `distributed_slice` places the statics in a link section, which Rust calls unsafe.
#![allow(unsafe_code)]

use linkme::distributed_slice;

use super::entry::{FunctionEntry, InitEntry};

/// Every function in the binary.
#[distributed_slice]
pub static FUNCTIONS: [FunctionEntry];

/// Every init function in the binary.
#[distributed_slice]
pub static INITS: [InitEntry];
