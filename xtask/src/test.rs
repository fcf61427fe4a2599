//! `cargo xtask test`: every test there is. Takes nothing, gives one status: first what needs Rust
//! only, then the same applications in front of AWS's own tools.

use anyhow::Result;

use crate::step;
use crate::{tools, workspace};

/// The features that no package of the workspace turns on, so that their tests run too.
const FEATURES: &str = "skylift/bucket-sdk,skylift/bus,skylift/invoke,skylift/metrics,skylift/otel,\
                       skylift/parameter,skylift/secret,skylift/stream,skylift/tracing";

pub(crate) fn run() -> Result<()> {
    let tools = tools::set_up()?;
    step::step("tests that need Rust only", || {
        step::run(workspace::cargo().args(["test", "--workspace", "--features", FEATURES]))
    })?;
    // Again over the workspace, so that Cargo settles on the same features and builds nothing twice.
    step::step("tests with AWS's own tools", || {
        step::run(
            workspace::cargo()
                .args(["test", "--workspace", "--features", FEATURES])
                .args(["--features", "skylift-tests/tools", "--test", "tools"])
                .env("SKYLIFT_TOOLS", &tools),
        )
    })
}
