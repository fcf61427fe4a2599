//! `cargo xtask test`: runs all tests of the workspace and gives one status. The third-party tools are
//! installed while the tests compile. The tests then run in phases, two at a time, because they mostly wait
//! for processes.

mod features;
mod phase;

use std::process::Command;
use std::thread;

use anyhow::{Result, anyhow};

use self::phase::Phase;
use crate::step::{self, run_step};
use crate::{package, tools, workspace};

/// Runs all tests of the workspace. `full` is required before a change lands: it makes the command also check each
/// Cargo feature alone and build each crate from its package.
pub(crate) fn run(full: bool) -> Result<()> {
    run_step("all tests", || {
        run_tests()?;
        if full {
            package::run()?;
            run_step("each feature alone", features::check_each_feature)?;
        }
        Ok(())
    })
}

/// Runs the soaks of the runtime at full length. [`run`] runs only a small part of each. Prints what each counted.
pub(crate) fn soak() -> Result<()> {
    run_step("soaks of the runtime", || {
        let mut cargo = test_command(&["--test", "processes", "soak"]);
        cargo.env("SKYLIFT_SOAK", "all").env("RUST_BACKTRACE", "0");
        step::run_command(cargo.args(["--", "--nocapture", "--test-threads", "1"]))
    })
}

fn run_tests() -> Result<()> {
    let tools = thread::scope(|scope| {
        let installation = scope.spawn(tools::install);
        run_step("compile the tests", || step::run_command(test_command(&[]).arg("--no-run")))?;
        installation.join().map_err(|_| anyhow!("the installation of the tools panicked"))?
    })?;
    let names = workspace::integration_tests_except("skylift-tests")?;
    let integration_tests = names.iter().flat_map(|name| ["--test", name]);
    let tests_of_crates: Vec<&str> =
        ["--lib", "--bins"].into_iter().chain(integration_tests).collect();
    let mut third_party_tools = test_command(&["--test", "tools"]);
    third_party_tools.env("SKYLIFT_TOOLS", tools);
    // The longest first.
    phase::run_phases(vec![
        Phase { title: "third-party tools", command: third_party_tools },
        Phase { title: "compiler messages", command: test_command(&["--test", "ui"]) },
        Phase { title: "builds of packages", command: test_command(&["--test", "matrix"]) },
        Phase { title: "sources that compile", command: test_command(&["--test", "compiles"]) },
        Phase { title: "tests of each crate", command: test_command(&tests_of_crates) },
        Phase { title: "examples in the documentation", command: test_command(&["--doc"]) },
    ])
}

/// Returns a `cargo test` command for these targets. The command always selects the whole workspace, because the
/// selected packages decide the features of the dependencies: this way nothing is compiled twice.
///
/// Incremental compilation is off: it slows down a build from an empty target directory, which a test run on a
/// new machine has to wait for. While you edit and test one crate, use `cargo test -p`.
fn test_command(targets: &[&str]) -> Command {
    let mut cargo = workspace::cargo_command();
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo.args(["test", "--workspace", "--no-fail-fast", "--features", "skylift-tests/tools"]);
    cargo.args(targets);
    cargo
}
