//! The Python environments of the third-party tools. Takes the lock files in `tests/tools`. Creates one environment
//! for each lock file in `<target>/tools`, and creates it again only when the lock file has changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow, ensure};

use crate::{step, workspace};

/// A Python program that succeeds on the versions of Python that the lock files support.
const CHECK_VERSION: &str = "import sys; sys.exit(sys.version_info < (3, 10))";

/// The names of the Python environments, which are those of their lock files.
const ENVIRONMENTS: [&str; 4] = ["aws", "cdk", "checkov", "lint"];

/// Creates the Python environments that do not exist or are older than their lock files. Returns the folder of all
/// environments.
pub(crate) fn install() -> Result<PathBuf> {
    let tools = workspace::target_directory()?.join("tools");
    // An installation mostly waits for downloads.
    thread::scope(|scope| {
        let start = |name: &'static str| {
            let venv = tools.join(name);
            scope.spawn(move || update_environment(name, &venv))
        };
        let installations = ENVIRONMENTS.map(start);
        installations.into_iter().try_for_each(|installation| {
            installation.join().map_err(|_| anyhow!("the installation of a tool panicked"))?
        })
    })?;
    Ok(tools)
}

fn update_environment(name: &str, venv: &Path) -> Result<()> {
    let lock_file = workspace::root().join(format!("tests/tools/{name}.txt"));
    let lock = fs::read_to_string(&lock_file)
        .with_context(|| format!("cannot read `{}`", lock_file.display()))?;
    // The scripts of the tools contain the path of their Python: a moved environment does not work. The stamp
    // is written last, so that an interrupted installation is repeated.
    let made_from = format!("{}\n{lock}", venv.display());
    let stamp = venv.join("made-from");
    if !fs::read_to_string(&stamp).is_ok_and(|text| text == made_from) {
        step::run_step(&format!("install the tools of `{name}.txt`"), || {
            install_environment(venv, &lock_file)
        })?;
        fs::write(&stamp, made_from)
            .with_context(|| format!("cannot write `{}`", stamp.display()))?;
    }
    Ok(())
}

fn install_environment(venv: &Path, lock_file: &Path) -> Result<()> {
    let version = Command::new("python3")
        .args(["-c", CHECK_VERSION])
        .status()
        .context("cannot start `python3`, which the tools need")?;
    ensure!(version.success(), "`python3` is too old: the tools need Python 3.10 or later");

    step::run_command_quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(venv))?;
    step::run_command_quietly(
        Command::new(venv.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            // The lock file lists every dependency. Compiling modules that are never imported would take half of
            // the time.
            .args(["--no-deps", "--require-hashes", "--no-compile", "--requirement"])
            .arg(lock_file),
    )
}
