//! `cargo xtask bench start`: the cost of capabilities at the start of a function. Builds a function with three
//! capabilities, and the same function with AWS clients that it creates itself. Gives the time from the start to
//! the first response on a loopback Runtime API, and the ratio. No request goes to AWS.

mod program;
mod runtime_api;

use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use self::program::Program;
use super::{median, process};
use crate::{step, workspace};

const WARM_UP: usize = 3;
const RUNS: usize = 30;
/// The limit for the program with capabilities, as a multiple of the program that creates its own clients.
const LIMIT: f64 = 1.1;
/// The time in which a measured process has to answer its event.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The time from the start of a process to one of its requests, in milliseconds.
#[derive(Clone, Copy)]
struct Cost {
    cpu: f64,
    wall: f64,
}

struct Run {
    next: Cost,
    response: Cost,
}

/// Builds the programs of `bench start`, starts them in turns and returns the table.
pub(crate) fn measure() -> Result<String> {
    let binaries = program::build_all(&workspace::target_directory()?.join("bench/start"))?;
    let mut runs: Vec<Vec<Run>> = binaries.iter().map(|_| Vec::new()).collect();
    step::run_step(&format!("{RUNS} starts of each"), || {
        for round in 0..WARM_UP + RUNS {
            for (binary, runs) in binaries.iter().zip(&mut runs) {
                let run = measure_start(binary)?;
                if round >= WARM_UP {
                    runs.push(run);
                }
            }
        }
        Ok(())
    })?;
    format_table(&runs)
}

/// Starts a program, ends it after its first response, and returns its times.
fn measure_start(binary: &Path) -> Result<Run> {
    let listener = TcpListener::bind("127.0.0.1:0").context("cannot listen")?;
    let mut command = process::lambda_command(binary);
    command
        .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr()?.to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "place")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("_HANDLER", "place")
        .env("ORDERS_TABLE_NAME", "orders")
        .env("JOBS_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs")
        .env("NEWS_TOPIC_ARN", "arn:aws:sns:eu-central-1:123456789012:news")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());

    let spawned = Instant::now();
    let mut child =
        command.spawn().with_context(|| format!("cannot start `{}`", binary.display()))?;
    let (sender, served) = channel();
    let pid = child.id();
    thread::spawn(move || sender.send(runtime_api::serve_one_event(&listener, pid)));
    let served = served
        .recv_timeout(TIMEOUT)
        .unwrap_or_else(|_| Err(anyhow!("no answer in {} s", TIMEOUT.as_secs())));
    child.kill().context("cannot end the process")?;
    let output = child.wait_with_output().context("cannot end the process")?;
    let served = served.with_context(|| {
        format!("`{}` failed\n{}", binary.display(), String::from_utf8_lossy(&output.stderr))
    })?;

    let cost = |cpu: Duration, wall: Duration| Cost {
        cpu: cpu.as_secs_f64() * 1e3,
        wall: wall.as_secs_f64() * 1e3,
    };
    let (next, response) = (served.next, served.response);
    Ok(Run {
        next: cost(next.cpu, next.at - spawned),
        response: cost(response.cpu, (response.at - spawned).saturating_sub(served.delayed)),
    })
}

/// Formats the table of `bench start` from the runs of each program. The programs have the order of [`Program::ALL`].
fn format_table(runs: &[Vec<Run>]) -> Result<String> {
    let mut table = format!(
        "| start of a function, medians of {RUNS} | CPU to the response | wall to the response \
         | CPU to the first `/next` | wall to the first `/next` |\n\
         | --- | ---: | ---: | ---: | ---: |\n"
    );
    let mut responses = Vec::new();
    for (program, runs) in Program::ALL.iter().zip(runs) {
        let (next, response) = (medians(runs, |run| run.next), medians(runs, |run| run.response));
        writeln!(
            table,
            "| {} | {:.2} ms | {:.2} ms | {:.2} ms | {:.2} ms |",
            program.title(),
            response.cpu,
            response.wall,
            next.cpu,
            next.wall
        )?;
        responses.push(response);
    }
    let [ours, by_hand, late] = responses[..] else {
        return Err(anyhow!("expected three programs, got {}", responses.len()));
    };
    let (cpu, wall) = (ours.cpu / by_hand.cpu, ours.wall / by_hand.wall);
    let verdict = if cpu <= LIMIT && wall <= LIMIT { "met" } else { "MISSED" };
    writeln!(
        table,
        "\nRatio to clients by hand: CPU {cpu:.2}, wall {wall:.2}; limit {LIMIT:.2}, {verdict}. With \
         clients by hand, the SDK loads the TLS root certificates for each client; the runtime's HTTP \
         client loads them at the first request. Ratio to clients by hand on the runtime's HTTP client: \
         CPU {:.2}, wall {:.2}.",
        ours.cpu / late.cpu,
        ours.wall / late.wall
    )?;
    Ok(table)
}

fn medians(runs: &[Run], cost: fn(&Run) -> Cost) -> Cost {
    Cost {
        cpu: median(runs.iter().map(|run| cost(run).cpu).collect()),
        wall: median(runs.iter().map(|run| cost(run).wall).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cost, Run, format_table};

    fn runs(cpu: f64, wall: f64) -> Vec<Run> {
        let next = Cost { cpu: 1.0, wall: 1.0 };
        vec![Run { next, response: Cost { cpu, wall } }]
    }

    fn table(ours: Vec<Run>, late: Vec<Run>) -> String {
        format_table(&[ours, runs(2.0, 4.0), late]).unwrap()
    }

    #[test]
    fn the_limit_applies_to_cpu_and_to_wall_time() {
        for (ours, verdicts) in [
            (runs(2.2, 4.4), "CPU 1.10, wall 1.10; limit 1.10, met"),
            (runs(2.3, 4.0), "CPU 1.15, wall 1.00; limit 1.10, MISSED"),
            (runs(2.0, 4.6), "CPU 1.00, wall 1.15; limit 1.10, MISSED"),
        ] {
            let table = table(ours, runs(2.0, 4.0));
            assert!(table.contains(verdicts), "{table}");
        }
    }

    #[test]
    fn the_third_program_has_no_limit() {
        let table = table(runs(2.0, 4.0), runs(1.0, 1.0));
        assert!(table.contains("met") && table.contains("CPU 2.00, wall 4.00."), "{table}");
    }
}
