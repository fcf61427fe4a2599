//! `cargo xtask bench build`: what a first build costs. Takes `examples/quickstart`, copied out of
//! the workspace, and a hello world on plain `lambda_runtime` with the same event type, gives the
//! CPU seconds of clean builds of both, in turn, and their ratio.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::median;
use super::package::{clean_build, copy_lock, fetch, surround, write};
use crate::{step, workspace};

const PAIRS: usize = 3;
/// How many times the plain build ours may take.
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

/// Builds both three times from nothing and gives the table.
pub(crate) fn measure() -> Result<String> {
    let bench = workspace::target()?.join("bench/build");
    let (ours, plain) = (bench.join("quickstart"), bench.join("plain"));
    copy_example(&ours)?;
    write(&plain.join("Cargo.toml"), PLAIN_MANIFEST)?;
    write(&plain.join("src/main.rs"), PLAIN_SOURCE)?;
    copy_lock(&plain)?;
    fetch(&ours)?;
    fetch(&plain)?;

    let mut seconds = (Vec::new(), Vec::new());
    for pair in 1..=PAIRS {
        step::step(&format!("clean builds, pair {pair} of {PAIRS}"), || {
            seconds.0.push(clean_build(&ours, &[])?);
            seconds.1.push(clean_build(&plain, &[])?);
            Ok(())
        })?;
    }
    table(&seconds.0, &seconds.1)
}

fn table(ours: &[f64], plain: &[f64]) -> Result<String> {
    let mut table = "| clean dev build | CPU s, median of 3 | each run |\n\
                     | --- | ---: | --- |\n"
        .to_owned();
    for (name, runs) in [("quickstart", ours), ("plain `lambda_runtime`", plain)] {
        let each: Vec<String> = runs.iter().map(|run| format!("{run:.1}")).collect();
        writeln!(table, "| {name} | {:.1} | {} |", median(runs.to_vec()), each.join(", "))?;
    }
    let ratio = median(ours.to_vec()) / median(plain.to_vec());
    let verdict = if ratio <= LIMIT { "met" } else { "MISSED" };
    writeln!(table, "\nRatio: {ratio:.2}; limit {LIMIT}, {verdict}.")?;
    Ok(table)
}

/// Copies the example with a workspace of its own around it, so that its manifest can stay as it is.
fn copy_example(folder: &Path) -> Result<()> {
    surround(folder, &["quickstart"])?;
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
