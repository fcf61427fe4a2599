//! `cargo xtask coverage`: prints how many event sources and how many properties of functions and of events the grammar
//! has, of those that the installed translator knows. The tests of `tests/tools/coverage.rs` count them, and fail where one
//! is neither typed nor listed with a reason.

use anyhow::Result;

use crate::step::{self, run_step};
use crate::{tools, workspace};

pub(crate) fn run() -> Result<()> {
    let environments = tools::install()?;
    run_step("coverage of SAM's functions and events", || {
        let mut cargo = workspace::cargo_command();
        cargo.env("SKYLIFT_TOOLS", environments).env("CARGO_INCREMENTAL", "0");
        cargo.args(["test", "--workspace", "--features", "skylift-tests/tools", "--test", "tools"]);
        step::run_command(cargo.args(["--", "coverage::", "--nocapture", "--test-threads", "1"]))
    })
}
