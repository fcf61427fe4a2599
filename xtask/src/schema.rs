//! `cargo xtask schema`: writes `docs/app.schema.json`, the JSON Schema of `app.json`, from the types that the build step
//! serializes. A test fails if they differ, so run this after a change of these types. Review the diff.

use anyhow::Result;

use crate::{step, workspace};

pub(crate) fn run() -> Result<()> {
    step::run_step("write the JSON Schema of `app.json`", || {
        step::run_command(
            workspace::cargo_command()
                .args(["test", "--package", "skylift-tests", "--lib", "schema"])
                .env("SKYLIFT_BLESS", "1"),
        )
    })
}
