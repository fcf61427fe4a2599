//! `cargo xtask bench synth`: how long the build step takes. Takes two applications, ten times apart
//! in size, gives the median of seven runs of each as Cargo compiles build scripts by default.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{application, median};
use crate::{step, workspace};

const SIZES: [usize; 2] = [500, 5_000];
const RUNS: usize = 7;
/// What the smaller application may take.
const LIMIT_MS: f64 = 200.0;

/// Measures both sizes and gives the table.
pub(crate) fn measure() -> Result<String> {
    let bench = workspace::target()?.join("bench");
    let mut medians = Vec::new();
    let mut table = "| functions | median of 7 runs | fastest | slowest |\n\
                     | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    for size in SIZES {
        let mut runs = time_runs(&bench, size)?;
        runs.sort_by(f64::total_cmp);
        let middle = median(runs.clone());
        medians.push(middle);
        writeln!(
            table,
            "| {size} | {middle:.1} ms | {:.1} ms | {:.1} ms |",
            runs[0],
            runs[RUNS - 1]
        )?;
    }
    let verdict = if medians[0] <= LIMIT_MS { "met" } else { "MISSED" };
    writeln!(
        table,
        "\nLimit at {} functions: {LIMIT_MS:.0} ms, {verdict}. \
         {} functions take {:.1} times as long as {} (linear: 10.0).",
        SIZES[0],
        SIZES[1],
        medians[1] / medians[0],
        SIZES[0]
    )?;
    Ok(table)
}

fn time_runs(bench: &Path, size: usize) -> Result<Vec<f64>> {
    let folder = bench.join(format!("synth-{size}"));
    let (report, target) = (bench.join("synth-report"), bench.join("synth-target"));
    application::generate(&folder, size)?;

    let build = |extra: &[&str]| -> Result<f64> {
        if report.exists() {
            fs::remove_file(&report)?;
        }
        let output = workspace::cargo()
            .current_dir(&folder)
            .args(["check", "--quiet"])
            .args(extra)
            .env("CARGO_TARGET_DIR", &target)
            .env("SKYLIFT_BENCH_REPORT", &report)
            .output()?;
        // The build script fails on purpose, so only its report tells that it got to the end.
        let micros = fs::read_to_string(&report).with_context(|| {
            format!("the build step did not end\n{}", String::from_utf8_lossy(&output.stderr))
        })?;
        Ok(micros.trim().parse::<f64>()? / 1000.0)
    };
    step::step(&format!("compile the build step for {size} functions"), || {
        build(&["--keep-going"])
    })?;
    ensure!(
        wrote_template(&target, size)?,
        "the build step wrote no template for {size} functions"
    );
    step::step(&format!("run it on {size} functions"), || (0..RUNS).map(|_| build(&[])).collect())
}

/// Whether the last run came to a template, since an application in error is quicker to do.
fn wrote_template(target: &Path, size: usize) -> Result<bool> {
    let builds = target.join("debug/build");
    for build in fs::read_dir(&builds).with_context(|| format!("no `{}`", builds.display()))? {
        let build = build?;
        let ours = build.file_name().to_string_lossy().starts_with(&format!("synth-{size}-"));
        if ours && build.path().join("out/skylift/template.yaml").is_file() {
            return Ok(true);
        }
    }
    Ok(false)
}
