//! `cargo xtask bench clients`: the two possible clients for buckets. Generates a program with `object_store` and
//! one with `aws-sdk-s3`, both on the HTTP client that the runtime uses. Gives the CPU time of a build, a start
//! and a call on a loopback bucket, and the size of the binaries.

mod program;
mod server;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use self::program::{AWS_SDK_S3, BESIDE, EMPTY, OBJECT_STORE};
use super::package::{build_release, clean_build};
use super::{median, process};
use crate::{step, workspace};

const BUILDS: usize = 2;
const STARTS: usize = 20;
const ROUNDS: usize = 9;
const CALLS: u32 = 2_000;
/// An HTTPS endpoint where no server listens. A request to it is refused after the client has loaded everything for
/// TLS.
const CLOSED_ENDPOINT: &str = "https://127.0.0.1:1";

/// A line of the table of `bench clients`, with the figures of `object_store` and of `aws-sdk-s3`, in this order.
struct Row {
    title: String,
    decimals: usize,
    figures: [f64; 2],
}

impl Row {
    fn new(title: impl Into<String>, decimals: usize, figures: [f64; 2]) -> Self {
        Self { title: title.into(), decimals, figures }
    }
}

/// Builds and measures the programs with both clients for buckets, and returns the table.
pub(crate) fn measure() -> Result<String> {
    let folder = workspace::target_directory()?.join("bench/clients");
    program::write_packages(&folder)?;
    let binaries = step::run_step("release builds", || {
        Ok([build_release(&folder, OBJECT_STORE)?, build_release(&folder, AWS_SDK_S3)?])
    })?;
    let mut rows = measure_builds(&folder)?;
    rows.extend(measure_starts(&binaries, &build_release(&folder, EMPTY)?)?);
    rows.extend(measure_calls(&binaries)?);
    rows.push(Row::new("stripped release binary, MB", 1, binary_sizes(&binaries)?));
    format_table(&rows)
}

fn measure_builds(folder: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (title, features) in [
        (format!("clean dev build, CPU s, the lower of {BUILDS}"), ""),
        ("the same with `aws-sdk-dynamodb`".to_owned(), BESIDE),
    ] {
        let mut least = [f64::INFINITY; 2];
        for build in 1..=BUILDS {
            step::run_step(&format!("{title}: builds {build} of {BUILDS}"), || {
                for (package, least) in [OBJECT_STORE, AWS_SDK_S3].into_iter().zip(&mut least) {
                    let args = ["--package", package, "--features", features];
                    *least = least.min(clean_build(folder, &args)?);
                }
                Ok(())
            })?;
        }
        rows.push(Row::new(title, 0, least));
    }
    Ok(rows)
}

fn measure_starts(binaries: &[PathBuf; 2], empty: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (title, mode) in [
        ("start until the client exists, CPU ms more than an empty program", "start"),
        ("start until the first https request, the same", "first"),
    ] {
        let mut millis = [Vec::new(), Vec::new()];
        step::run_step(&format!("{STARTS} starts of each, mode `{mode}`"), || {
            for _ in 0..STARTS {
                let baseline = cpu_of_run(empty, &[], CLOSED_ENDPOINT)?;
                for (binary, millis) in binaries.iter().zip(&mut millis) {
                    millis.push((cpu_of_run(binary, &[mode], CLOSED_ENDPOINT)? - baseline) * 1e3);
                }
            }
            Ok(())
        })?;
        rows.push(Row::new(title, 2, millis.map(median)));
    }
    Ok(rows)
}

fn measure_calls(binaries: &[PathBuf; 2]) -> Result<Vec<Row>> {
    let bucket = server::start_server().context("cannot start the loopback bucket")?;
    let many = CALLS.to_string();
    let mut rows = Vec::new();
    for mode in ["put", "get"] {
        let mut micros = [Vec::new(), Vec::new()];
        step::run_step(&format!("{ROUNDS} rounds of {CALLS} calls each, mode `{mode}`"), || {
            for _ in 0..ROUNDS {
                for (binary, micros) in binaries.iter().zip(&mut micros) {
                    let none = cpu_of_run(binary, &[mode, "0"], &bucket)?;
                    let all = cpu_of_run(binary, &[mode, &many], &bucket)?;
                    micros.push((all - none) * 1e6 / f64::from(CALLS));
                }
            }
            Ok(())
        })?;
        rows.push(Row::new(format!("{mode} of 10 kB, CPU µs"), 0, micros.map(median)));
    }
    Ok(rows)
}

/// Runs a program to its end, and returns the CPU seconds that it used.
fn cpu_of_run(binary: &Path, args: &[&str], endpoint: &str) -> Result<f64> {
    let before = process::cpu_of_children()?;
    step::run_command_quietly(
        process::lambda_command(binary).args(args).env("AWS_ENDPOINT_URL", endpoint),
    )?;
    Ok(process::cpu_of_children()? - before)
}

fn binary_sizes(binaries: &[PathBuf; 2]) -> Result<[f64; 2]> {
    let mut sizes = [0.0; 2];
    for (binary, size) in binaries.iter().zip(&mut sizes) {
        let kilobytes = fs::metadata(binary).context("cannot read a binary's size")?.len() / 1000;
        *size = f64::from(u32::try_from(kilobytes)?) / 1e3;
    }
    Ok(sizes)
}

fn format_table(rows: &[Row]) -> Result<String> {
    let mut table = "| client for buckets | `object_store` | `aws-sdk-s3` | ratio |\n\
                     | --- | ---: | ---: | ---: |\n"
        .to_owned();
    for Row { title, decimals, figures: [ours, other] } in rows {
        let ratio = other / ours;
        writeln!(table, "| {title} | {ours:.decimals$} | {other:.decimals$} | {ratio:.2} |")?;
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::{Row, format_table};

    #[test]
    fn the_ratio_is_the_figure_of_the_sdk_over_that_of_object_store() {
        let table = format_table(&[Row::new("start, ms", 1, [2.0, 3.0])]).unwrap();
        assert!(table.ends_with("\n| start, ms | 2.0 | 3.0 | 1.50 |\n"), "{table}");
    }
}
