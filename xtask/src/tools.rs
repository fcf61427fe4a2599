//! The Python environments with other people's tools. Takes the lock files of `tests/tools`, gives
//! `<target>/tools` with an environment for each, made once for each content of that file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{step, workspace};

/// Succeeds on the Pythons that the lock files are made for.
const SUITS: &str = "import sys; sys.exit(sys.version_info < (3, 10))";

/// The environments, each by the name of its lock file.
const ENVIRONMENTS: [&str; 3] = ["aws", "checkov", "lint"];

/// Makes the environments unless those there were made from the same lock files.
pub(crate) fn set_up() -> Result<PathBuf> {
    let tools = workspace::target()?.join("tools");
    for name in ENVIRONMENTS {
        environment(name, &tools.join(name))?;
    }
    Ok(tools)
}

fn environment(name: &str, venv: &Path) -> Result<()> {
    let lock_file = workspace::root().join(format!("tests/tools/{name}.txt"));
    let lock = fs::read_to_string(&lock_file)
        .with_context(|| format!("cannot read `{}`", lock_file.display()))?;
    // The tools hold the path of their Python, so that a moved environment is of no use. The stamp
    // is written last, so that an interrupted installation is made again.
    let made_from = format!("{}\n{lock}", venv.display());
    let stamp = venv.join("made-from");
    if !fs::read_to_string(&stamp).is_ok_and(|text| text == made_from) {
        step::step(&format!("install the tools of `{name}.txt`"), || install(venv, &lock_file))?;
        fs::write(&stamp, made_from)
            .with_context(|| format!("cannot write `{}`", stamp.display()))?;
    }
    Ok(())
}

fn install(venv: &Path, lock_file: &Path) -> Result<()> {
    let suits = Command::new("python3")
        .args(["-c", SUITS])
        .status()
        .context("cannot start `python3`, which AWS's tools need")?;
    ensure!(suits.success(), "`python3` is too old: AWS's tools need Python 3.10 or later");

    step::quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(venv))?;
    step::quietly(
        Command::new(venv.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            // The lock names everything; compiling what is never imported takes half of the time.
            .args(["--no-deps", "--require-hashes", "--no-compile", "--requirement"])
            .arg(lock_file),
    )
}
