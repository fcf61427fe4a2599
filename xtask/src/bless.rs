//! `cargo xtask bless`: takes what the code gives today for the golden templates and the expected
//! compiler messages, and writes it over the files in `tests/`, to be reviewed as a diff.

use anyhow::Result;

use crate::{step, workspace};

pub(crate) fn run() -> Result<()> {
    step::step("bless golden templates and compiler messages", || {
        step::run(
            workspace::cargo()
                .args(["test", "--workspace", "--test", "templates", "--test", "ui"])
                .env("SKYLIFT_BLESS", "1"),
        )
    })
}
