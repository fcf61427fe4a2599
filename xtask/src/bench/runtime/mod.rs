//! `cargo xtask bench runtime`: the cost of an invocation. Builds the same functions on Skylift's runtime and on
//! `lambda_runtime`, and a small echo also as a bare blocking loop. Runs them in turns on a loopback Runtime
//! API, and gives their CPU time, memory and instructions with the ratios.

mod api;
mod figure;
mod payload;
mod program;
mod run;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use self::figure::{Row, format_table};
use self::program::{Binaries, Binary, Program};
use self::run::{Usage, count_instructions, measure_run};
use super::median;
use crate::{step, workspace};

/// How often `bench runtime` runs each program. The programs take turns.
const ROUNDS: usize = 15;
/// How often `bench runtime` starts each program to measure its start. The times of starts vary more than those of
/// events.
const STARTS: usize = 300;

/// Builds the programs of `bench runtime`, runs them in turns and returns the table.
pub(crate) fn measure() -> Result<String> {
    let folder = workspace::target_directory()?.join("bench/runtime");
    let binaries = program::build_all(&folder)?;
    let mut rows = vec![];
    rows.push(step::run_step("instructions of an echo", || echo_row(&binaries, &folder))?);
    let echoes = [
        binaries.get(Program::ECHO_OURS)?,
        binaries.get(Program::ECHO_OFFICIAL)?,
        binaries.get(Program::ECHO_BARE)?,
        &binaries.recommended,
    ];
    let warm = step::run_step("echoes", || run_rounds(&echoes, payload::NOTE, ROUNDS, 200, 2_000))?;
    rows.push(cpu_row(&warm));
    let starts = step::run_step("starts", || run_rounds(&echoes, payload::NOTE, STARTS, 1, 1))?;
    rows.extend(start_rows(&starts));
    rows.push(size_row(&echoes)?);
    rows.extend(memory_rows(&warm));
    rows.push(step::run_step("batches", || batch_row(&binaries))?);
    rows.push(step::run_step("instructions of a request", || request_row(&binaries, &folder))?);
    rows.push(step::run_step("streams", || stream_row(&binaries))?);
    format_table(&rows)
}

/// Runs programs in turns. Returns for each program its usage in each round. Every second round has the reverse
/// order: after a statically linked program, the caches hold no shared libraries for the next one.
fn run_rounds(
    binaries: &[&Binary],
    payload: &str,
    rounds: usize,
    warm_up: usize,
    events: usize,
) -> Result<Vec<Vec<Usage>>> {
    let mut used: Vec<Vec<Usage>> = binaries.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds {
        let mut order: Vec<_> = binaries.iter().zip(&mut used).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for (binary, used) in order {
            used.push(measure_run(binary, payload, warm_up, events)?);
        }
    }
    Ok(used)
}

fn medians(used: &[Vec<Usage>], figure: fn(&Usage) -> f64) -> Vec<f64> {
    used.iter().map(|runs| median(runs.iter().map(figure).collect())).collect()
}

fn echo_row(binaries: &Binaries, folder: &Path) -> Result<Row> {
    let count = |program| count_instructions(binaries.get(program)?, payload::NOTE, folder);
    let ours = count(Program::ECHO_OURS)?;
    Ok(Row::new("instructions of a warm echo", "", ours)
        .with_official(count(Program::ECHO_OFFICIAL)?, Some(0.15))
        .with_bare(count(Program::ECHO_BARE)?, Some(1.6)))
}

fn cpu_row(warm: &[Vec<Usage>]) -> Row {
    let cpu = medians(warm, |used| used.event);
    Row::new("CPU of a warm echo", "µs", cpu[0])
        .with_official(cpu[1], Some(0.3))
        .with_bare(cpu[2], Some(1.2))
}

fn start_rows(starts: &[Vec<Usage>]) -> [Row; 2] {
    let cpu = medians(starts, |used| used.start);
    let title = "CPU from exec to the first `/next`";
    [
        Row::new(title, "µs", cpu[0])
            .with_official(cpu[1], Some(0.75))
            .with_bare(cpu[2], Some(1.1)),
        Row::new(format!("{title}, static"), "µs", cpu[3]).with_official(cpu[1], Some(0.5)),
    ]
}

fn size_row(echoes: &[&Binary; 4]) -> Result<Row> {
    let size = |binary: &Binary| {
        let file = fs::metadata(&binary.path)
            .with_context(|| format!("no `{}`", binary.path.display()))?;
        // None of these programs has 4 GB.
        Ok::<_, anyhow::Error>(f64::from(u32::try_from(file.len())?) / 1e6)
    };
    let title = format!("stripped binary (static: {:.2} MB)", size(echoes[3])?);
    let row = Row::new(title, "MB", size(echoes[0])?);
    Ok(row.with_official(size(echoes[1])?, Some(0.6)).with_bare(size(echoes[2])?, None))
}

fn memory_rows(warm: &[Vec<Usage>]) -> [Row; 2] {
    let memory = medians(warm, |used| used.memory);
    let title = "peak memory of an echo";
    let row = |title: String, ours| {
        Row::new(title, "MB", ours).with_official(memory[1], None).with_bare(memory[2], Some(1.1))
    };
    [row(title.to_owned(), memory[0]), row(format!("{title}, static"), memory[3])]
}

fn batch_row(binaries: &Binaries) -> Result<Row> {
    let programs = [binaries.get(Program::BATCH_OURS)?, binaries.get(Program::BATCH_OFFICIAL)?];
    let used = run_rounds(&programs, &payload::sqs_event(1_000), ROUNDS, 10, 50)?;
    let cpu = medians(&used, |used| used.event);
    Ok(Row::new("CPU of 1,000 SQS messages, typed", "µs", cpu[0]).with_official(cpu[1], Some(0.7)))
}

fn request_row(binaries: &Binaries, folder: &Path) -> Result<Row> {
    let request = payload::http_request()?;
    let count = |program| count_instructions(binaries.get(program)?, &request, folder);
    let ours = count(Program::HTTP_OURS)?;
    let official = count(Program::HTTP_OFFICIAL)?;
    Ok(Row::new("instructions of an HTTP request to an axum handler", "", ours)
        .with_official(official, Some(0.4)))
}

fn stream_row(binaries: &Binaries) -> Result<Row> {
    let programs = [binaries.get(Program::STREAM_OURS)?, binaries.get(Program::STREAM_OFFICIAL)?];
    let used = run_rounds(&programs, "{}", 5, 2, 20)?;
    let took = medians(&used, |used| used.took);
    Ok(Row::new("five chunks, 5 ms apart", "ms", took[0]).with_official(took[1], Some(0.75)))
}
