//! Applications of any size for `bench synth`. Takes a number of functions, gives a package with as
//! many, one trigger each in turn, five to a file of some 200 lines of ordinary code. The same
//! number gives the same bytes.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

use super::package::{copy_lock, write};
use crate::workspace;

const FUNCTIONS_PER_FILE: usize = 5;

/// What stands between the functions: 40 lines of what a scan has to get past, five times a file.
const ORDINARY: &str = include_str!("ordinary.txt");

/// Times the build step of the package it stands in, whose template is larger than a stack may be.
/// The application itself is not to be compiled: that is what the failing status prevents, and it
/// makes Cargo run the script at every build.
const BUILD_SCRIPT: &str = r#"use std::{env, fs, process, time::Instant};

fn main() {
    // What the run before wrote goes aside: file systems are slow to make files right after as many
    // were deleted, which no build does.
    if let Some(out) = env::var_os("OUT_DIR").map(std::path::PathBuf::from) {
        let _ = fs::rename(out.join("skylift"), out.join(format!("before-{}", process::id())));
    }
    let start = Instant::now();
    skylift_codegen::Build::new().unlimited().run();
    let took = start.elapsed();
    if let Some(report) = env::var_os("SKYLIFT_BENCH_REPORT") {
        fs::write(report, took.as_micros().to_string()).expect("write the report");
    }
    process::exit(1);
}
"#;

/// Writes the package into a folder of its own.
pub(crate) fn generate(folder: &Path, functions: usize) -> Result<()> {
    let source = folder.join("src");
    if source.exists() {
        std::fs::remove_dir_all(&source)
            .with_context(|| format!("cannot remove `{}`", source.display()))?;
    }
    copy_lock(folder)?;
    write(&folder.join("Cargo.toml"), &manifest(functions))?;
    write(&folder.join("build.rs"), BUILD_SCRIPT)?;

    let files = functions.div_ceil(FUNCTIONS_PER_FILE);
    let mut main = String::new();
    for file in 0..files {
        writeln!(main, "mod part_{file};")?;
        let numbers = (file * FUNCTIONS_PER_FILE..functions).take(FUNCTIONS_PER_FILE);
        let mut text = "use skylift::prelude::*;\n".to_owned();
        for number in numbers {
            text.push_str(&ORDINARY.replace("{n}", &number.to_string()));
            text.push_str(&function(number));
        }
        write(&source.join(format!("part_{file}.rs")), &text)?;
    }
    main.push_str("\nskylift::main!();\n");
    write(&source.join("main.rs"), &main)
}

fn manifest(functions: usize) -> String {
    let root = workspace::root().display();
    format!(
        r#"[package]
name = "synth-{functions}"
version = "0.1.0"
edition = "2024"

[dependencies]
skylift = {{ path = "{root}/runtime", features = ["s3", "schedule", "http", "sqs"] }}

[build-dependencies]
skylift-codegen = {{ path = "{root}/codegen" }}

[workspace]
"#
    )
}

fn function(n: usize) -> String {
    let (trigger, event, answer) = match n % 4 {
        0 => ("s3".to_owned(), "event: S3Event", "()"),
        1 => (format!("schedule(\"rate({} minutes)\")", n + 2), "event: ScheduledEvent", "()"),
        2 => (format!("http(\"GET /items-{n}/{{id}}\")"), "Path(id): Path<String>", "String"),
        _ => ("sqs".to_owned(), "message: SqsMessage", "()"),
    };
    format!(
        r#"
/// Handles what comes in for part {n} of the application.
#[function(trigger = {trigger}, memory = 256)]
async fn handle_{n}({event}) -> Result<{answer}, Error> {{
    let shelf = Shelf{n}::default();
    let label = format!("part {n} has {{}} entries", shelf.len());
    println!("{{label}}");
    Ok(Default::default())
}}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::{ORDINARY, function};

    #[test]
    fn four_functions_in_a_row_have_four_triggers() {
        let functions: String = (0..4).map(function).collect();
        for trigger in ["= s3,", "= schedule(", "= http(", "= sqs,"] {
            assert_eq!(functions.matches(trigger).count(), 1, "{trigger}");
        }
    }

    #[test]
    fn a_file_has_some_two_hundred_lines_of_ordinary_code() {
        assert_eq!(ORDINARY.lines().count() * super::FUNCTIONS_PER_FILE, 200);
    }
}
