//! `cargo xtask bench synth`: the time of the build step. Generates two applications, the second ten times as
//! large as the first, and both again with their functions in nested stacks. Gives the median of seven runs on each, with
//! Cargo's default profile for build scripts.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::application::{self, Application};
use super::median;
use crate::{step, workspace};

const SIZES: [usize; 2] = [500, 5_000];
const RUNS: usize = 7;
/// The limit for the time of the build step on the smaller application, in milliseconds.
const LIMIT_MS: f64 = 160.0;
/// How many times as long the build step may take on the larger application as on the smaller. The larger application
/// is ten times as large.
const LIMIT_TIMES: f64 = 11.5;
/// The limit for the time of the build step on the larger application with nested stacks, in milliseconds.
const LIMIT_NESTED_MS: f64 = 3_000.0;
/// The templates that every run of the build step has to write.
const TEMPLATES: [&str; 2] = ["template.yaml", "cloudformation.yaml"];

/// The folders with the templates of nested stacks.
const NESTED: [&str; 2] = ["stacks", "cloudformation"];

/// Measures the build step on applications of both sizes, and returns the table.
pub(crate) fn measure() -> Result<String> {
    let bench = workspace::target_directory()?.join("bench");
    let mut medians = Vec::new();
    let mut table = "| functions | median of 7 runs | fastest | slowest |\n\
                     | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    let applications = [false, true]
        .into_iter()
        .flat_map(|nested| SIZES.map(|functions| Application { functions, nested }));
    for application in applications {
        let mut runs = time_runs(&bench, application)?;
        runs.sort_by(f64::total_cmp);
        let middle = median(runs.clone());
        medians.push(middle);
        let layout = if application.nested { " in nested stacks" } else { "" };
        writeln!(
            table,
            "| {}{layout} | {middle:.1} ms | {:.1} ms | {:.1} ms |",
            application.functions,
            runs[0],
            runs[RUNS - 1]
        )?;
    }
    let times = medians[1] / medians[0];
    let verdict = |met: bool| if met { "met" } else { "MISSED" };
    writeln!(
        table,
        "\nBoth templates are written. Limit at {} functions: {LIMIT_MS:.0} ms, {}. \
         {} functions take {times:.1} times as long as {} (linear: 10.0; limit: {LIMIT_TIMES}), {}.",
        SIZES[0],
        verdict(medians[0] <= LIMIT_MS),
        SIZES[1],
        SIZES[0],
        verdict(times <= LIMIT_TIMES)
    )?;
    let times = medians[3] / medians[2];
    writeln!(
        table,
        "In nested stacks, limit at {} functions: {LIMIT_NESTED_MS:.0} ms, {}. They take {times:.1} times as long as {} \
         (linear: 10.0; limit: {LIMIT_TIMES}), {}.",
        SIZES[1],
        verdict(medians[3] <= LIMIT_NESTED_MS),
        SIZES[0],
        verdict(times <= LIMIT_TIMES)
    )?;
    Ok(table)
}

fn time_runs(bench: &Path, application: Application) -> Result<Vec<f64>> {
    let name = application.name();
    let folder = bench.join(&name);
    let (report, target) = (bench.join("synth-report"), bench.join("synth-target"));
    application::write_package(&folder, application)?;

    let build = |extra: &[&str]| -> Result<f64> {
        if report.exists() {
            fs::remove_file(&report)?;
        }
        let output = workspace::cargo_command()
            .current_dir(&folder)
            .args(["check", "--quiet"])
            .args(extra)
            .env("CARGO_TARGET_DIR", &target)
            .env("SKYLIFT_BENCH_REPORT", &report)
            .output()?;
        // The build script always fails: only its report shows that it reached the end.
        let micros = fs::read_to_string(&report).with_context(|| {
            format!("the build step did not finish\n{}", String::from_utf8_lossy(&output.stderr))
        })?;
        Ok(micros.trim().parse::<f64>()? / 1000.0)
    };
    step::run_step(&format!("compile the build step for `{name}`"), || build(&["--keep-going"]))?;
    ensure!(
        has_both_templates(&target, application)?,
        "the build step did not write both templates for `{name}`"
    );
    step::run_step(&format!("run it on `{name}`"), || (0..RUNS).map(|_| build(&[])).collect())
}

/// Returns whether the last run of the build step wrote both templates. Without them its time says nothing: the step
/// takes less time on an application with errors.
fn has_both_templates(target: &Path, application: Application) -> Result<bool> {
    let start = format!("{}-", application.name());
    let builds = target.join("debug/build");
    for build in fs::read_dir(&builds).with_context(|| format!("no `{}`", builds.display()))? {
        let build = build?;
        let ours = build.file_name().to_string_lossy().starts_with(&start);
        let out = build.path().join("out/skylift");
        let has_nested =
            !application.nested || NESTED.iter().all(|folder| out.join(folder).is_dir());
        if ours && has_nested && TEMPLATES.iter().all(|name| out.join(name).is_file()) {
            return Ok(true);
        }
    }
    Ok(false)
}
