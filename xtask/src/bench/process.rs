//! Programs that are measured. Takes a binary, gives a command that starts it in the environment that
//! Lambda makes, and the CPU time of processes.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use nix::errno::Errno;
use nix::sched::{CpuSet, sched_setaffinity};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use nix::unistd::Pid;

/// Where the roots of TLS are in one file, as they are in Lambda: reading a folder of some hundred
/// takes three times as long.
const ROOTS: [&str; 3] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
];

/// A program with nothing in its environment but what the AWS clients find there in Lambda.
pub(super) fn as_in_lambda(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().envs([
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_SESSION_TOKEN", "test"),
    ]);
    if let Some(roots) = ROOTS.iter().find(|roots| Path::new(roots).is_file()) {
        command.env("SSL_CERT_FILE", roots);
    }
    command
}

/// Puts a process as it is, with all its threads, on the first core.
pub(super) fn onto_one_core(pid: u32) -> Result<()> {
    for task in tasks(pid)? {
        let name = task.file_name();
        let id = name.to_str().and_then(|name| name.parse().ok());
        on_first_core(Pid::from_raw(id.context("a task without a number")?))?;
    }
    Ok(())
}

/// Puts the thread that asks there.
pub(super) fn stay_on_one_core() -> Result<()> {
    on_first_core(Pid::from_raw(0))
}

fn on_first_core(task: Pid) -> Result<()> {
    let mut first = CpuSet::new();
    first.set(0).context("there is no core")?;
    sched_setaffinity(task, &first).context("cannot stay on one core")
}

fn tasks(pid: u32) -> Result<Vec<fs::DirEntry>> {
    let tasks = format!("/proc/{pid}/task");
    let listed = fs::read_dir(&tasks).and_then(|listed| listed.collect());
    listed.with_context(|| format!("cannot read `{tasks}`"))
}

/// The CPU seconds of all descendants that have ended so far.
pub(super) fn cpu_of_children() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).context("cannot read CPU times")?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(Duration::from_micros(micros.unsigned_abs()).as_secs_f64())
}

/// The CPU time of a process that waits for something. Of one that runs, up to a tick is missing.
pub(super) fn cpu_of(pid: u32) -> Result<Duration> {
    let mut nanos = 0;
    for task in tasks(pid)? {
        let path = task.path().join("schedstat");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            // Of a process whose threads come and go, one may do so between two lines of this.
            Err(error) if has_ended(&error) => continue,
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
            }
        };
        let on_cpu = text.split(' ').next().unwrap_or_default();
        nanos += on_cpu.parse::<u64>().with_context(|| format!("unexpected `{text}`"))?;
    }
    Ok(Duration::from_nanos(nanos))
}

/// Whether a task is gone, which its files say by these errors.
fn has_ended(error: &std::io::Error) -> bool {
    let code = error.raw_os_error().map(Errno::from_raw);
    matches!(code, Some(Errno::ENOENT | Errno::ESRCH))
}
