//! The check that the `main` which `main!()` writes is the one that the module has.

use std::process::ExitCode;

/// What the `main` of `main!()` returns.
#[diagnostic::on_unimplemented(
    message = "`main!()` is inside a function: nothing calls the `main` that it writes",
    label = "move it to the top level of the file",
    note = "help: delete the function `main`, and write `skylift::main!();` outside any function"
)]
pub trait GeneratedMain {}

impl GeneratedMain for ExitCode {}

/// Asserts at compile time that a `main` is the one that `main!()` writes.
pub const fn check_main<M: GeneratedMain>(_main: fn() -> M) {}
