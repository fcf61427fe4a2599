//! `cargo xtask bench clients`: the two clients that buckets could have. Takes a program on
//! `object_store` and one on `aws-sdk-s3`, each on HTTP as the runtime has it, gives what they cost to
//! build, to start and for each call, on a loopback bucket, and how large they are.

mod program;
mod server;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use self::program::{AWS_SDK_S3, BESIDE, EMPTY, OBJECT_STORE};
use super::package::{clean_build, release};
use super::{median, process};
use crate::{step, workspace};

const BUILDS: usize = 2;
const STARTS: usize = 20;
const ROUNDS: usize = 9;
const CALLS: u32 = 2_000;
/// Where nobody listens: everything that a first request needs is there when it is refused.
const NOBODY: &str = "https://127.0.0.1:1";

/// A line of the table, `object_store` first.
struct Row {
    what: String,
    decimals: usize,
    figures: [f64; 2],
}

impl Row {
    fn new(what: impl Into<String>, decimals: usize, figures: [f64; 2]) -> Self {
        Self { what: what.into(), decimals, figures }
    }
}

/// Measures everything and gives the table.
pub(crate) fn measure() -> Result<String> {
    let folder = workspace::target()?.join("bench/clients");
    program::generate(&folder)?;
    let binaries = step::step("release builds", || {
        Ok([release(&folder, OBJECT_STORE)?, release(&folder, AWS_SDK_S3)?])
    })?;
    let mut rows = builds(&folder)?;
    rows.extend(starts(&binaries, &release(&folder, EMPTY)?)?);
    rows.extend(calls(&binaries)?);
    rows.push(Row::new("stripped release binary, MB", 1, sizes(&binaries)?));
    table(&rows)
}

fn builds(folder: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (what, features) in [
        (format!("clean dev build, CPU s, the better of {BUILDS}"), ""),
        ("the same beside `aws-sdk-dynamodb`".to_owned(), BESIDE),
    ] {
        let mut least = [f64::INFINITY; 2];
        for build in 1..=BUILDS {
            step::step(&format!("{what}: builds {build} of {BUILDS}"), || {
                for (package, least) in [OBJECT_STORE, AWS_SDK_S3].into_iter().zip(&mut least) {
                    let args = ["--package", package, "--features", features];
                    *least = least.min(clean_build(folder, &args)?);
                }
                Ok(())
            })?;
        }
        rows.push(Row::new(what, 0, least));
    }
    Ok(rows)
}

fn starts(binaries: &[PathBuf; 2], empty: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (what, mode) in [
        ("start to the client made, CPU ms over an empty program", "start"),
        ("start to the first https request, likewise", "first"),
    ] {
        let mut millis = [Vec::new(), Vec::new()];
        step::step(&format!("{STARTS} starts of each, mode `{mode}`"), || {
            for _ in 0..STARTS {
                let nothing = run(empty, &[], NOBODY)?;
                for (binary, millis) in binaries.iter().zip(&mut millis) {
                    millis.push((run(binary, &[mode], NOBODY)? - nothing) * 1e3);
                }
            }
            Ok(())
        })?;
        rows.push(Row::new(what, 2, millis.map(median)));
    }
    Ok(rows)
}

fn calls(binaries: &[PathBuf; 2]) -> Result<Vec<Row>> {
    let bucket = server::start().context("cannot start the loopback bucket")?;
    let many = CALLS.to_string();
    let mut rows = Vec::new();
    for mode in ["put", "get"] {
        let mut micros = [Vec::new(), Vec::new()];
        step::step(&format!("{ROUNDS} rounds of {CALLS} calls each, mode `{mode}`"), || {
            for _ in 0..ROUNDS {
                for (binary, micros) in binaries.iter().zip(&mut micros) {
                    let none = run(binary, &[mode, "0"], &bucket)?;
                    let all = run(binary, &[mode, &many], &bucket)?;
                    micros.push((all - none) * 1e6 / f64::from(CALLS));
                }
            }
            Ok(())
        })?;
        rows.push(Row::new(format!("{mode} of 10 kB, CPU µs"), 0, micros.map(median)));
    }
    Ok(rows)
}

/// The CPU seconds of a program from start to end.
fn run(binary: &Path, args: &[&str], endpoint: &str) -> Result<f64> {
    let before = process::cpu_of_children()?;
    step::quietly(process::as_in_lambda(binary).args(args).env("AWS_ENDPOINT_URL", endpoint))?;
    Ok(process::cpu_of_children()? - before)
}

fn sizes(binaries: &[PathBuf; 2]) -> Result<[f64; 2]> {
    let mut sizes = [0.0; 2];
    for (binary, size) in binaries.iter().zip(&mut sizes) {
        let kilobytes = fs::metadata(binary).context("cannot read a binary's size")?.len() / 1000;
        *size = f64::from(u32::try_from(kilobytes)?) / 1e3;
    }
    Ok(sizes)
}

fn table(rows: &[Row]) -> Result<String> {
    let mut table = "| a client of buckets | `object_store` | `aws-sdk-s3` | ratio |\n\
                     | --- | ---: | ---: | ---: |\n"
        .to_owned();
    for Row { what, decimals, figures: [ours, other] } in rows {
        let ratio = other / ours;
        writeln!(table, "| {what} | {ours:.decimals$} | {other:.decimals$} | {ratio:.2} |")?;
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::{Row, table};

    #[test]
    fn the_ratio_says_how_many_times_as_much_the_sdk_takes() {
        let table = table(&[Row::new("start, ms", 1, [2.0, 3.0])]).unwrap();
        assert!(table.ends_with("\n| start, ms | 2.0 | 3.0 | 1.50 |\n"), "{table}");
    }
}
