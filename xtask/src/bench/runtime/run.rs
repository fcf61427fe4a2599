//! One run of a program. Takes a binary, a payload and how often it comes, gives what the process used:
//! CPU up to its first event and for each one after, memory, time; or, under Callgrind, instructions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::api::Api;
use super::program::Binary;
use crate::bench::{median, process};

/// How long a process gets to come to rest, so that all its CPU time is counted.
const REST: Duration = Duration::from_millis(1);

/// What a process used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Used {
    /// Microseconds of CPU up to the first request for an event.
    pub(super) start: f64,
    /// Microseconds of CPU for an event.
    pub(super) event: f64,
    /// The most memory it had, in MB.
    pub(super) memory: f64,
    /// The median milliseconds from an event to the end of its answer.
    pub(super) took: f64,
}

/// Runs a program over so many events, the first of which warm it up.
pub(super) fn run(binary: &Binary, payload: &str, warm_up: usize, events: usize) -> Result<Used> {
    let mut api = Api::start(payload, warm_up)?;
    let process = Process::start(Command::new(&binary.path), binary, &api)?;
    let result = measure(&mut api, &process, warm_up, events);
    process.end(Signal::SIGKILL, result)
}

fn measure(api: &mut Api, process: &Process, warm_up: usize, events: usize) -> Result<Used> {
    let pid = process.child.id();
    let rested = || {
        thread::sleep(REST);
        process::cpu_of(pid)
    };
    let first = api.at_first(|| {
        let used = rested()?;
        // From now on: one that counts the cores when it starts finds all of them.
        process::onto_one_core(pid)?;
        Ok(used)
    })?;
    let before = api.at_last(warm_up, rested)?;
    api.again(events);
    let after = api.at_last(warm_up + events, rested)?;
    let micros = |cpu: Duration| cpu.as_secs_f64() * 1e6;
    let mut took: Vec<f64> = api.took().iter().map(|it| it.as_secs_f64() * 1e3).collect();
    took.drain(..warm_up);
    Ok(Used {
        start: micros(first),
        event: micros(after.saturating_sub(before)) / as_f64(events),
        memory: memory(pid)?,
        took: median(took),
    })
}

/// A number of events is small.
pub(super) fn as_f64(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The most memory that a process had, in MB.
fn memory(pid: u32) -> Result<f64> {
    let path = format!("/proc/{pid}/status");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{path}`"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    Ok(kib.context("the kernel tells no memory")? / 1024.0)
}

/// The instructions that a program spends on an event, by Callgrind: those of many events less those of
/// few, so that what start and end cost is not in it. User space alone.
pub(super) fn instructions(binary: &Binary, payload: &str, scratch: &Path) -> Result<f64> {
    const FEW: usize = 100;
    const MANY: usize = 600;
    let few = counted(binary, payload, FEW, scratch)?;
    let many = counted(binary, payload, MANY, scratch)?;
    Ok((many - few) / as_f64(MANY - FEW))
}

fn counted(binary: &Binary, payload: &str, events: usize, scratch: &Path) -> Result<f64> {
    let mut api = Api::start(payload, events)?;
    let profile = scratch.join(format!("callgrind.{}.{events}", binary.program.package));
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(&binary.path);
    let process = Process::start(command, binary, &api)?;
    let result = api.at_first(|| Ok(())).and_then(|()| api.at_last(events, || Ok(())));
    // Told to end, Valgrind writes down what it counted.
    process.end(Signal::SIGTERM, result)?;
    total(&profile)
}

/// The sum that a profile of Callgrind ends with.
fn total(profile: &PathBuf) -> Result<f64> {
    let text = fs::read_to_string(profile)
        .with_context(|| format!("cannot read `{}`", profile.display()))?;
    let line = text.lines().find_map(|line| line.strip_prefix("totals: "));
    let total = line.and_then(|line| line.trim().parse().ok());
    total.ok_or_else(|| anyhow!("`{}` has no total", profile.display()))
}

/// A running program.
struct Process {
    child: Child,
}

impl Process {
    fn start(mut command: Command, binary: &Binary, api: &Api) -> Result<Self> {
        let set_up = process::as_in_lambda(&binary.path);
        command
            .env_clear()
            .envs(set_up.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("AWS_LAMBDA_RUNTIME_API", api.address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "measured")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/measured")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "measured")
            .env("_HANDLER", binary.program.handler)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let child = command
            .spawn()
            .with_context(|| format!("cannot start `{}`", command.get_program().display()))?;
        Ok(Self { child })
    }

    /// Ends it, and says what it had to say where it failed.
    fn end<T>(self, signal: Signal, result: Result<T>) -> Result<T> {
        let pid = i32::try_from(self.child.id()).context("no process id")?;
        kill(Pid::from_raw(pid), signal).context("cannot end the process")?;
        let output = self.child.wait_with_output().context("cannot end the process")?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(!output.status.success(), "the process ended by itself\n{said}");
        result.with_context(|| format!("the program failed\n{said}"))
    }
}
