//! `cargo xtask bench runtime`: what an invocation costs. Takes the same functions on our runtime, on
//! `lambda_runtime`, and, of a tiny echo, in a bare blocking loop; gives what they use, on a loopback
//! runtime API, in turn, and the ratios.

mod api;
mod figure;
mod payload;
mod program;
mod run;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use self::figure::{Row, table};
use self::program::{Binaries, Binary, Program};
use self::run::{Used, instructions, run};
use super::median;
use crate::{step, workspace};

/// How often each program runs; every one runs once before any runs again.
const ROUNDS: usize = 15;
/// The starts of a program scatter more than its events.
const STARTS: usize = 300;

/// Builds the programs, runs them in turn and gives the table.
pub(crate) fn measure() -> Result<String> {
    let folder = workspace::target()?.join("bench/runtime");
    let binaries = program::build(&folder)?;
    let mut rows = vec![];
    rows.push(step::step("instructions of an echo", || echo_instructions(&binaries, &folder))?);
    let echoes = [
        binaries.of(Program::ECHO_OURS)?,
        binaries.of(Program::ECHO_OFFICIAL)?,
        binaries.of(Program::ECHO_BARE)?,
        &binaries.recommended,
    ];
    let warm = step::step("echoes", || rounds(&echoes, payload::NOTE, ROUNDS, 200, 2_000))?;
    rows.push(cpu(&warm));
    let starts = step::step("starts", || rounds(&echoes, payload::NOTE, STARTS, 1, 1))?;
    rows.extend(starts_of(&starts));
    rows.push(sizes(&echoes)?);
    rows.extend(memory(&warm));
    rows.push(step::step("batches", || batches(&binaries))?);
    rows.push(step::step("instructions of a request", || requests(&binaries, &folder))?);
    rows.push(step::step("streams", || streams(&binaries))?);
    table(&rows)
}

/// Runs programs in turn, and gives what each used in each round. Every other round is in the other order: one
/// that runs after a program without libraries finds those out of the caches.
fn rounds(
    binaries: &[&Binary],
    payload: &str,
    rounds: usize,
    warm_up: usize,
    events: usize,
) -> Result<Vec<Vec<Used>>> {
    let mut used: Vec<Vec<Used>> = binaries.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds {
        let mut order: Vec<_> = binaries.iter().zip(&mut used).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for (binary, used) in order {
            used.push(run(binary, payload, warm_up, events)?);
        }
    }
    Ok(used)
}

fn medians(used: &[Vec<Used>], figure: fn(&Used) -> f64) -> Vec<f64> {
    used.iter().map(|runs| median(runs.iter().map(figure).collect())).collect()
}

fn echo_instructions(binaries: &Binaries, folder: &Path) -> Result<Row> {
    let count = |program| instructions(binaries.of(program)?, payload::NOTE, folder);
    let ours = count(Program::ECHO_OURS)?;
    Ok(Row::new("instructions of a warm echo", "", ours)
        .official(count(Program::ECHO_OFFICIAL)?, Some(0.15))
        .bare(count(Program::ECHO_BARE)?, Some(1.6)))
}

fn cpu(warm: &[Vec<Used>]) -> Row {
    let cpu = medians(warm, |used| used.event);
    Row::new("CPU of a warm echo", "µs", cpu[0]).official(cpu[1], Some(0.3)).bare(cpu[2], Some(1.2))
}

fn starts_of(starts: &[Vec<Used>]) -> [Row; 2] {
    let cpu = medians(starts, |used| used.start);
    let what = "CPU from exec to the first `/next`";
    [
        Row::new(what, "µs", cpu[0]).official(cpu[1], Some(0.75)).bare(cpu[2], Some(1.1)),
        Row::new(format!("{what}, static"), "µs", cpu[3]).official(cpu[1], Some(0.5)),
    ]
}

fn sizes(echoes: &[&Binary; 4]) -> Result<Row> {
    let size = |binary: &Binary| {
        let file = fs::metadata(&binary.path)
            .with_context(|| format!("no `{}`", binary.path.display()))?;
        // No program of these has 4 GB.
        Ok::<_, anyhow::Error>(f64::from(u32::try_from(file.len())?) / 1e6)
    };
    let title = format!("stripped binary (static: {:.2} MB)", size(echoes[3])?);
    let row = Row::new(title, "MB", size(echoes[0])?);
    Ok(row.official(size(echoes[1])?, Some(0.6)).bare(size(echoes[2])?, None))
}

fn memory(warm: &[Vec<Used>]) -> [Row; 2] {
    let memory = medians(warm, |used| used.memory);
    let what = "peak memory of an echo";
    let row = |what: String, ours| {
        Row::new(what, "MB", ours).official(memory[1], None).bare(memory[2], Some(1.1))
    };
    [row(what.to_owned(), memory[0]), row(format!("{what}, static"), memory[3])]
}

fn batches(binaries: &Binaries) -> Result<Row> {
    let programs = [binaries.of(Program::BATCH_OURS)?, binaries.of(Program::BATCH_OFFICIAL)?];
    let used = rounds(&programs, &payload::clicks(1_000), ROUNDS, 10, 50)?;
    let cpu = medians(&used, |used| used.event);
    Ok(Row::new("CPU of 1,000 SQS messages, typed", "µs", cpu[0]).official(cpu[1], Some(0.7)))
}

fn requests(binaries: &Binaries, folder: &Path) -> Result<Row> {
    let request = payload::request()?;
    let count = |program| instructions(binaries.of(program)?, &request, folder);
    let ours = count(Program::HTTP_OURS)?;
    let official = count(Program::HTTP_OFFICIAL)?;
    Ok(Row::new("instructions of an HTTP request to an axum handler", "", ours)
        .official(official, Some(0.4)))
}

fn streams(binaries: &Binaries) -> Result<Row> {
    let programs = [binaries.of(Program::STREAM_OURS)?, binaries.of(Program::STREAM_OFFICIAL)?];
    let used = rounds(&programs, "{}", 5, 2, 20)?;
    let took = medians(&used, |used| used.took);
    Ok(Row::new("five chunks, 5 ms apart", "ms", took[0]).official(took[1], Some(0.75)))
}
