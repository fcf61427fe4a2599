//! Measures one run of a program. Takes a binary, a payload and the number of events. Gives the usage of the process:
//! CPU time up to the first event and for each event, memory and latency, or under Callgrind the instructions.

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

/// How long to wait until a process is idle. The CPU time of an idle process is counted completely.
const IDLE_DELAY: Duration = Duration::from_millis(1);

/// The resources that one run of a program used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usage {
    /// The CPU time from the start to the first request for an event, in microseconds.
    pub(super) start: f64,
    /// The CPU time for each event, in microseconds.
    pub(super) event: f64,
    /// The peak memory of the process, in MB.
    pub(super) memory: f64,
    /// The median time from the delivery of an event to the end of its response, in milliseconds.
    pub(super) took: f64,
}

/// Runs a program with `warm_up` events that are not measured, and then with `events` measured events. Returns what
/// it used.
pub(super) fn measure_run(
    binary: &Binary,
    payload: &str,
    warm_up: usize,
    events: usize,
) -> Result<Usage> {
    let mut api = Api::start(payload, warm_up)?;
    let process = Process::start(Command::new(&binary.path), binary, &api)?;
    let result = measure(&mut api, &process, warm_up, events);
    process.end(Signal::SIGKILL, result)
}

fn measure(api: &mut Api, process: &Process, warm_up: usize, events: usize) -> Result<Usage> {
    let pid = process.child.id();
    let cpu_when_idle = || {
        thread::sleep(IDLE_DELAY);
        process::cpu_of(pid)
    };
    let first = api.at_first_request(|| {
        let used = cpu_when_idle()?;
        // Not earlier: a program that counts the cores at its start has to find all of them.
        process::pin_process(pid)?;
        Ok(used)
    })?;
    let before = api.after_all_events(warm_up, cpu_when_idle)?;
    api.add_events(events);
    let after = api.after_all_events(warm_up + events, cpu_when_idle)?;
    let micros = |cpu: Duration| cpu.as_secs_f64() * 1e6;
    let mut took: Vec<f64> = api.latencies().iter().map(|it| it.as_secs_f64() * 1e3).collect();
    took.drain(..warm_up);
    Ok(Usage {
        start: micros(first),
        event: micros(after.saturating_sub(before)) / as_f64(events),
        memory: peak_memory(pid)?,
        took: median(took),
    })
}

/// Converts a number of events to `f64`. The number is always small, so nothing is lost.
fn as_f64(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Reads the peak memory of a process, in MB.
fn peak_memory(pid: u32) -> Result<f64> {
    let path = format!("/proc/{pid}/status");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{path}`"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    Ok(kib.context("`VmHWM` is missing in the status of the process")? / 1024.0)
}

/// Counts the instructions of a program for one event in user space, with Callgrind. It subtracts the count of a run
/// with few events from that of a run with many events, so that the start and the end of the program do not count.
pub(super) fn count_instructions(binary: &Binary, payload: &str, scratch: &Path) -> Result<f64> {
    const FEW: usize = 100;
    const MANY: usize = 600;
    let few = count_run(binary, payload, FEW, scratch)?;
    let many = count_run(binary, payload, MANY, scratch)?;
    Ok((many - few) / as_f64(MANY - FEW))
}

fn count_run(binary: &Binary, payload: &str, events: usize, scratch: &Path) -> Result<f64> {
    let mut api = Api::start(payload, events)?;
    let profile = scratch.join(format!("callgrind.{}.{events}", binary.program.package));
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(&binary.path);
    let process = Process::start(command, binary, &api)?;
    let result =
        api.at_first_request(|| Ok(())).and_then(|()| api.after_all_events(events, || Ok(())));
    // Valgrind writes its counts when it receives SIGTERM.
    process.end(Signal::SIGTERM, result)?;
    read_total(&profile)
}

/// Reads the total number of instructions at the end of a Callgrind profile.
fn read_total(profile: &PathBuf) -> Result<f64> {
    let text = fs::read_to_string(profile)
        .with_context(|| format!("cannot read `{}`", profile.display()))?;
    let line = text.lines().find_map(|line| line.strip_prefix("totals: "));
    let total = line.and_then(|line| line.trim().parse().ok());
    total.ok_or_else(|| anyhow!("`{}` has no total", profile.display()))
}

/// The running process of a measured program.
struct Process {
    child: Child,
}

impl Process {
    fn start(mut command: Command, binary: &Binary, api: &Api) -> Result<Self> {
        let lambda = process::lambda_command(&binary.path);
        command
            .env_clear()
            .envs(lambda.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("AWS_LAMBDA_RUNTIME_API", api.address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "measured")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
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

    /// Ends the process with a signal and returns `result`. If `result` is an error, adds the standard error of the
    /// process to it.
    fn end<T>(self, signal: Signal, result: Result<T>) -> Result<T> {
        let pid = i32::try_from(self.child.id()).context("no process id")?;
        kill(Pid::from_raw(pid), signal).context("cannot end the process")?;
        let output = self.child.wait_with_output().context("cannot end the process")?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        ensure!(!output.status.success(), "the process ended by itself\n{stderr}");
        result.with_context(|| format!("the program failed\n{stderr}"))
    }
}
