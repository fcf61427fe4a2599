//! `cargo xtask bench build`: the cost of a first build. Takes a copy of the example `examples/quickstart` outside of
//! the workspace, and a minimal `lambda_runtime` program with the same event type. Builds both from nothing, in
//! turns, and gives the CPU seconds and the median of the pairs' ratios.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::median;
use super::package::{
    clean_build, copy_lock_file, fetch_dependencies, write_file, write_workspace,
};
use crate::{step, workspace};

/// How many pairs of builds are measured. The ratio of a single pair varies by some 8 %.
const PAIRS: usize = 9;
/// The limit for the build of the example with Skylift, as a multiple of the build of the `lambda_runtime` program.
const LIMIT: f64 = 0.9;

const PLAIN_MANIFEST: &str = r#"[package]
name = "plain"
version = "0.1.0"
edition = "2024"

[dependencies]
aws_lambda_events = { version = "1.2", default-features = false, features = ["s3"] }
lambda_runtime = "1.5"
tokio = { version = "1", features = ["macros"] }

[workspace]
"#;

const PLAIN_SOURCE: &str = r#"use aws_lambda_events::event::s3::S3Event;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

async fn thumbnail(event: LambdaEvent<S3Event>) -> Result<(), Error> {
    for record in event.payload.records {
        println!("thumbnail of {:?}", record.s3.object.key);
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    run(service_fn(thumbnail)).await
}
"#;

/// Builds the example and the `lambda_runtime` program from nothing, in [`PAIRS`] pairs, and returns the table of
/// CPU seconds.
pub(crate) fn measure() -> Result<String> {
    let bench = workspace::target_directory()?.join("bench/build");
    let (ours, plain) = (bench.join("quickstart"), bench.join("plain"));
    copy_example(&ours)?;
    write_file(&plain.join("Cargo.toml"), PLAIN_MANIFEST)?;
    write_file(&plain.join("src/main.rs"), PLAIN_SOURCE)?;
    copy_lock_file(&plain)?;
    fetch_dependencies(&ours)?;
    fetch_dependencies(&plain)?;

    let mut seconds = (Vec::new(), Vec::new());
    for pair in 1..=PAIRS {
        step::run_step(&format!("clean builds, pair {pair} of {PAIRS}"), || {
            seconds.0.push(clean_build(&ours, &[])?);
            seconds.1.push(clean_build(&plain, &[])?);
            Ok(())
        })?;
    }
    format_table(&seconds.0, &seconds.1)
}

fn format_table(ours: &[f64], plain: &[f64]) -> Result<String> {
    let mut table = format!(
        "| clean dev build | CPU s, median of {PAIRS} | each run |\n| --- | ---: | --- |\n"
    );
    for (name, runs) in [("quickstart", ours), ("plain `lambda_runtime`", plain)] {
        let each: Vec<String> = runs.iter().map(|run| format!("{run:.1}")).collect();
        writeln!(table, "| {name} | {:.1} | {} |", median(runs.to_vec()), each.join(", "))?;
    }
    let ratios: Vec<f64> = ours.iter().zip(plain).map(|(ours, plain)| ours / plain).collect();
    let each: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
    let ratio = median(ratios);
    let verdict = if ratio <= LIMIT { "met" } else { "MISSED" };
    writeln!(
        table,
        "\nRatio, median of the pairs: {ratio:.2}; limit {LIMIT}, {verdict}. Each pair: {}.",
        each.join(", ")
    )?;
    Ok(table)
}

/// Copies the example `quickstart` into a generated workspace, so that the manifest of the example works unchanged.
fn copy_example(folder: &Path) -> Result<()> {
    write_workspace(folder, &["quickstart"])?;
    let example = folder.join("quickstart");
    if example.exists() {
        fs::remove_dir_all(&example)
            .with_context(|| format!("cannot remove `{}`", example.display()))?;
    }
    copy_tree(&workspace::root().join("examples/quickstart"), &example)
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create `{}`", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read `{}`", from.display()))? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy_tree(&source, &target)?;
        } else {
            fs::copy(&source, &target)
                .with_context(|| format!("cannot copy `{}`", source.display()))?;
        }
    }
    Ok(())
}
