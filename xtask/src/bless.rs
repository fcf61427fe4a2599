//! `cargo xtask bless`: runs the tests that compare golden templates, compiler messages and properties of
//! functions with files, and lets them overwrite the files with their present output. Review the diff.

use anyhow::Result;

use crate::{step, workspace};

pub(crate) fn run() -> Result<()> {
    step::run_step("bless golden templates, compiler messages and properties", || {
        step::run_command(
            workspace::cargo_command()
                .args(["test", "--workspace", "--test", "goldens", "--test", "ui"])
                .env("SKYLIFT_BLESS", "1"),
        )?;
        step::run_command(
            workspace::cargo_command()
                .args(["test", "--package", "skylift-codegen", "--lib", "properties"])
                .env("SKYLIFT_BLESS", "1"),
        )
    })
}
