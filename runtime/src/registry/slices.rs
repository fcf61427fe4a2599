//! The tables that the linker fills: when `main` begins, they contain the entry of every function, of every init
//! function and of every check of types in the binary, whichever crate declares it. Only these tables need `unsafe` in the
//! runtime.

// The expansion of `distributed_slice` places the statics in a link section, which Rust calls unsafe.
#![allow(unsafe_code)]

use linkme::distributed_slice;

use super::entry::{FunctionEntry, InitEntry, StartCheck};

/// The entry of every function in the binary.
#[distributed_slice]
pub static FUNCTIONS: [FunctionEntry];

/// The entry of every init function in the binary.
#[distributed_slice]
pub static INITS: [InitEntry];

/// The checks of types in the binary. A build without debug assertions has none.
#[distributed_slice]
pub static CHECKS: [StartCheck];
