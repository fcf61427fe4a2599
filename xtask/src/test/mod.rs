//! `cargo xtask test`: every test there is. Takes nothing, gives one status. While Rust compiles, the
//! tools are installed; then the tests run in phases, two at a time, since much of what they do is to
//! wait for processes.

mod features;
mod phase;

use std::process::Command;
use std::thread;

use anyhow::{Result, anyhow};

use self::phase::Phase;
use crate::step::{self, step};
use crate::{tools, workspace};

/// Runs every test. `full` is what has to pass before a change lands: each feature by itself as well, and
/// the soak of the runtime at its full length.
pub(crate) fn run(full: bool) -> Result<()> {
    step("all tests", || {
        run_tests(full)?;
        if full { step("each feature by itself", features::check) } else { Ok(()) }
    })
}

fn run_tests(full: bool) -> Result<()> {
    let tools = thread::scope(|scope| {
        let installation = scope.spawn(tools::set_up);
        step("compile the tests", || step::run(test(&[]).arg("--no-run")))?;
        installation.join().map_err(|_| anyhow!("the installation of the tools panicked"))?
    })?;
    let of_crates = workspace::tests_but_those_of("skylift-tests")?;
    let of_crates = of_crates.iter().flat_map(|name| ["--test", name]);
    let of_crates: Vec<&str> = ["--lib", "--bins"].into_iter().chain(of_crates).collect();
    let mut with_tools = test(&["--test", "tools"]);
    with_tools.env("SKYLIFT_TOOLS", tools);
    let mut by_themselves = test(&of_crates);
    if full {
        by_themselves.env("SKYLIFT_SOAK", "all");
    }
    // The long ones first.
    phase::run(vec![
        Phase { title: "AWS's own tools", command: with_tools },
        Phase { title: "compiler messages", command: test(&["--test", "ui"]) },
        Phase { title: "packages of every kind", command: test(&["--test", "matrix"]) },
        Phase { title: "what compiles", command: test(&["--test", "compiles"]) },
        Phase { title: "crates by themselves", command: by_themselves },
        Phase { title: "examples in the documentation", command: test(&["--doc"]) },
    ])
}

/// `cargo test` of some targets. Over the whole workspace, whichever they are: its packages decide
/// which features there are, and Cargo so builds nothing twice.
///
/// Incremental compilation is off: its bookkeeping slows a build from an empty target down, which is what
/// a test run on a new machine waits for. The loop of editing and testing one crate is `cargo test -p`.
fn test(targets: &[&str]) -> Command {
    let mut cargo = workspace::cargo();
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo.args(["test", "--workspace", "--no-fail-fast", "--features", "skylift-tests/tools"]);
    cargo.args(targets);
    cargo
}
