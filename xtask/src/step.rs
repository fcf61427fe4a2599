//! Steps of a task. Takes a title and the work or command of a step. Writes the title and the time that the
//! step took to standard error, and returns an error that names the command that failed.

use std::fmt::Write as _;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Runs the work of a step and returns its result. Writes the title of the step before and its time after.
pub(crate) fn run_step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("==> {title}");
    let start = Instant::now();
    let done = work().with_context(|| format!("{title} failed"))?;
    eprintln!("==> {title}: done in {:.0} s", start.elapsed().as_secs_f64());
    Ok(done)
}

/// Runs a command and passes its output through to the terminal. Fails if the command fails.
pub(crate) fn run_command(command: &mut Command) -> Result<()> {
    let status =
        command.status().with_context(|| format!("cannot start `{}`", command_line(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", command_line(command));
    }
    Ok(())
}

/// Runs a command, and shows the output of the command only if it fails.
pub(crate) fn run_command_quietly(command: &mut Command) -> Result<()> {
    let output =
        command.output().with_context(|| format!("cannot start `{}`", command_line(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` ended with {}\n{}{}",
            command_line(command),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}

fn command_line(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for arg in command.get_args() {
        // A write to a `String` cannot fail.
        let _ = write!(line, " {}", arg.to_string_lossy());
    }
    line
}
