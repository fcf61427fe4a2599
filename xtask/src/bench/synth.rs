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
const LIMIT_MS: f64 = 160.0;
/// How many times as long the larger one may take, which is ten times as large.
const LIMIT_TIMES: f64 = 11.5;
/// Both templates are made in every run.
const TEMPLATES: [&str; 2] = ["template.yaml", "cloudformation.yaml"];

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
    let times = medians[1] / medians[0];
    let verdict = |met: bool| if met { "met" } else { "MISSED" };
    writeln!(
        table,
        "\nBoth templates are made. Limit at {} functions: {LIMIT_MS:.0} ms, {}. \
         {} functions take {times:.1} times as long as {} (linear: 10.0; limit: {LIMIT_TIMES}), {}.",
        SIZES[0],
        verdict(medians[0] <= LIMIT_MS),
        SIZES[1],
        SIZES[0],
        verdict(times <= LIMIT_TIMES)
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
        wrote_templates(&target, size)?,
        "the build step did not write both templates for {size} functions"
    );
    step::step(&format!("run it on {size} functions"), || (0..RUNS).map(|_| build(&[])).collect())
}

/// Whether the last run came to both templates, since an application in error is quicker to do.
fn wrote_templates(target: &Path, size: usize) -> Result<bool> {
    let builds = target.join("debug/build");
    for build in fs::read_dir(&builds).with_context(|| format!("no `{}`", builds.display()))? {
        let build = build?;
        let ours = build.file_name().to_string_lossy().starts_with(&format!("synth-{size}-"));
        let out = build.path().join("out/skylift");
        if ours && TEMPLATES.iter().all(|name| out.join(name).is_file()) {
            return Ok(true);
        }
    }
    Ok(false)
}
