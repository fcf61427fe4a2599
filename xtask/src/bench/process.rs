//! Processes that are measured. Takes a binary and gives a command that starts the binary with the environment
//! variables of Lambda. Gives the CPU time of processes, and pins them to one core.

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

/// The paths where a system may have one file with all root certificates of TLS. Lambda has all certificates in one
/// file; reading a folder of more than a hundred files takes three times as long.
const ROOT_CERTIFICATES: [&str; 3] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
];

/// Returns a command that runs a program with only the environment variables that AWS clients read in Lambda.
pub(super) fn lambda_command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().envs([
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_SESSION_TOKEN", "test"),
    ]);
    if let Some(roots) = ROOT_CERTIFICATES.iter().find(|roots| Path::new(roots).is_file()) {
        command.env("SSL_CERT_FILE", roots);
    }
    command
}

/// Pins all present threads of a process to the first core.
pub(super) fn pin_process(pid: u32) -> Result<()> {
    for task in list_tasks(pid)? {
        let name = task.file_name();
        let id = name.to_str().and_then(|name| name.parse().ok());
        pin_task(Pid::from_raw(id.context("a task has no number")?))?;
    }
    Ok(())
}

/// Pins the calling thread to the first core.
pub(super) fn pin_this_thread() -> Result<()> {
    pin_task(Pid::from_raw(0))
}

fn pin_task(task: Pid) -> Result<()> {
    let mut first = CpuSet::new();
    first.set(0).context("there is no core")?;
    sched_setaffinity(task, &first).context("cannot pin a thread to the first core")
}

fn list_tasks(pid: u32) -> Result<Vec<fs::DirEntry>> {
    let tasks = format!("/proc/{pid}/task");
    let listed = fs::read_dir(&tasks).and_then(|listed| listed.collect());
    listed.with_context(|| format!("cannot read `{tasks}`"))
}

/// Returns the CPU seconds of all descendants of this process that have ended.
pub(super) fn cpu_of_children() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).context("cannot read CPU times")?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(Duration::from_micros(micros.unsigned_abs()).as_secs_f64())
}

/// Returns the CPU time that a process has used so far. The time is exact if the process is waiting; for a running
/// process, up to one tick is missing.
pub(super) fn cpu_of(pid: u32) -> Result<Duration> {
    let mut nanos = 0;
    for task in list_tasks(pid)? {
        let path = task.path().join("schedstat");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            // A thread can end after the tasks were listed.
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

/// Returns whether an error of reading a file of a task in `/proc` means that the task has ended.
fn has_ended(error: &std::io::Error) -> bool {
    let code = error.raw_os_error().map(Errno::from_raw);
    matches!(code, Some(Errno::ENOENT | Errno::ESRCH))
}
