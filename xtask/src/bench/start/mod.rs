//! `cargo xtask bench start`: what capabilities cost at the start. Takes one function with three of
//! them and with the same clients made by hand, gives how long each takes, on a loopback runtime API,
//! from its start to the first answer, and the ratio. No request to AWS is made.

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
/// How many times as late ours may answer.
const LIMIT: f64 = 1.1;
/// How long a process has to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Milliseconds from the start of a process to a request of its.
#[derive(Clone, Copy)]
struct Cost {
    cpu: f64,
    wall: f64,
}

struct Run {
    next: Cost,
    response: Cost,
}

/// Builds the programs, starts them in turn and gives the table.
pub(crate) fn measure() -> Result<String> {
    let binaries = program::build(&workspace::target()?.join("bench/start"))?;
    let mut runs: Vec<Vec<Run>> = binaries.iter().map(|_| Vec::new()).collect();
    step::step(&format!("{RUNS} starts of each"), || {
        for round in 0..WARM_UP + RUNS {
            for (binary, runs) in binaries.iter().zip(&mut runs) {
                let run = start(binary)?;
                if round >= WARM_UP {
                    runs.push(run);
                }
            }
        }
        Ok(())
    })?;
    table(&runs)
}

/// Starts a program, and ends it when it has answered its first event.
fn start(binary: &Path) -> Result<Run> {
    let listener = TcpListener::bind("127.0.0.1:0").context("cannot listen")?;
    let mut command = process::as_in_lambda(binary);
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
    thread::spawn(move || sender.send(runtime_api::serve(&listener, pid)));
    let served = served
        .recv_timeout(PATIENCE)
        .unwrap_or_else(|_| Err(anyhow!("no answer in {} s", PATIENCE.as_secs())));
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
        response: cost(response.cpu, (response.at - spawned).saturating_sub(served.kept)),
    })
}

/// Runs come in the order of [`Program::ALL`].
fn table(runs: &[Vec<Run>]) -> Result<String> {
    let mut table = format!(
        "| start of a function, medians of {RUNS} | CPU to the answer | wall to the answer \
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
        return Err(anyhow!("there are {} programs instead of three", responses.len()));
    };
    let (cpu, wall) = (ours.cpu / by_hand.cpu, ours.wall / by_hand.wall);
    let verdict = if cpu <= LIMIT && wall <= LIMIT { "met" } else { "MISSED" };
    writeln!(
        table,
        "\nRatio to clients by hand: CPU {cpu:.2}, wall {wall:.2}; limit {LIMIT:.2}, {verdict}. By \
         hand, the SDK loads the roots of TLS with every client that is made; the runtime's HTTP \
         client loads them at the first request. Ratio to clients by hand on that one: CPU {:.2}, \
         wall {:.2}.",
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
    use super::{Cost, Run, table};

    fn runs(cpu: f64, wall: f64) -> Vec<Run> {
        let next = Cost { cpu: 1.0, wall: 1.0 };
        vec![Run { next, response: Cost { cpu, wall } }]
    }

    fn verdict(ours: Vec<Run>, late: Vec<Run>) -> String {
        table(&[ours, runs(2.0, 4.0), late]).unwrap()
    }

    #[test]
    fn the_limit_holds_for_cpu_and_for_wall() {
        for (ours, verdicts) in [
            (runs(2.2, 4.4), "CPU 1.10, wall 1.10; limit 1.10, met"),
            (runs(2.3, 4.0), "CPU 1.15, wall 1.00; limit 1.10, MISSED"),
            (runs(2.0, 4.6), "CPU 1.00, wall 1.15; limit 1.10, MISSED"),
        ] {
            let table = verdict(ours, runs(2.0, 4.0));
            assert!(table.contains(verdicts), "{table}");
        }
    }

    #[test]
    fn the_third_program_is_for_information() {
        let table = verdict(runs(2.0, 4.0), runs(1.0, 1.0));
        assert!(table.contains("met") && table.contains("CPU 2.00, wall 4.00."), "{table}");
    }
}
