//! `cargo xtask bless`: takes what the code gives today for the golden templates, the expected
//! compiler messages and the properties of functions, and writes it over the files, to be reviewed as a diff.

use anyhow::Result;

use crate::{step, workspace};

pub(crate) fn run() -> Result<()> {
    step::step("bless golden templates, compiler messages and properties", || {
        step::run(
            workspace::cargo()
                .args(["test", "--workspace", "--test", "goldens", "--test", "ui"])
                .env("SKYLIFT_BLESS", "1"),
        )?;
        step::run(
            workspace::cargo()
                .args(["test", "--package", "skylift-codegen", "--lib", "properties"])
                .env("SKYLIFT_BLESS", "1"),
        )
    })
}
