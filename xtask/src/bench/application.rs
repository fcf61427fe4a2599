//! Generates applications of any size for `bench synth`. Takes a number of functions and writes a package with that
//! many functions. Their triggers take turns, and each file has five functions and 200 lines of ordinary code. The
//! same number gives the same bytes.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

use super::package::{copy_lock_file, write_file};
use crate::workspace;

const FUNCTIONS_PER_FILE: usize = 5;

/// The ordinary code between the functions of a generated application, which the build step has to scan: 40 lines,
/// five times in each file.
const ORDINARY: &str = include_str!("ordinary.txt");

/// The build script of a generated application. It measures the build step, and removes the limit on the size of a
/// template. Its failing status keeps Cargo from compiling the application, and makes Cargo run the script again in
/// each build.
const BUILD_SCRIPT: &str = r#"use std::{env, fs, process, time::Instant};

fn main() {
    // Move the files of the previous run away. A file system is slow to create files right after as many were
    // deleted, and no real build deletes that many.
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

/// A generated application.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Application {
    pub(crate) functions: usize,
    /// Whether the functions are in nested stacks.
    pub(crate) nested: bool,
}

impl Application {
    /// Returns the name of the application's package.
    pub(crate) fn name(self) -> String {
        let layout = if self.nested { "synth-nested" } else { "synth" };
        format!("{layout}-{}", self.functions)
    }
}

/// Writes the package of an application into a folder.
pub(crate) fn write_package(folder: &Path, application: Application) -> Result<()> {
    let functions = application.functions;
    let source = folder.join("src");
    if source.exists() {
        std::fs::remove_dir_all(&source)
            .with_context(|| format!("cannot remove `{}`", source.display()))?;
    }
    copy_lock_file(folder)?;
    write_file(&folder.join("Cargo.toml"), &manifest_text(application))?;
    write_file(&folder.join("build.rs"), BUILD_SCRIPT)?;

    let files = functions.div_ceil(FUNCTIONS_PER_FILE);
    let mut main = String::new();
    for file in 0..files {
        writeln!(main, "mod part_{file};")?;
        let numbers = (file * FUNCTIONS_PER_FILE..functions).take(FUNCTIONS_PER_FILE);
        let mut text = "use skylift::prelude::*;\n".to_owned();
        for number in numbers {
            text.push_str(&ORDINARY.replace("{n}", &number.to_string()));
            text.push_str(&function_text(number));
        }
        write_file(&source.join(format!("part_{file}.rs")), &text)?;
    }
    main.push_str("\nskylift::main!();\n");
    write_file(&source.join("main.rs"), &main)
}

fn manifest_text(application: Application) -> String {
    let root = workspace::root().display();
    let (name, nested) = (application.name(), application.nested);
    let metadata = if nested { "[package.metadata.skylift]\nstacks = \"nested\"\n" } else { "" };
    format!(
        r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"

[dependencies]
skylift = {{ path = "{root}/runtime", features = ["s3", "schedule", "http", "sqs"] }}

[build-dependencies]
skylift-codegen = {{ path = "{root}/codegen" }}

[workspace]
{metadata}"#
    )
}

fn function_text(n: usize) -> String {
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
    use super::{ORDINARY, function_text};

    #[test]
    fn four_consecutive_functions_have_four_different_triggers() {
        let functions: String = (0..4).map(function_text).collect();
        for trigger in ["= s3,", "= schedule(", "= http(", "= sqs,"] {
            assert_eq!(functions.matches(trigger).count(), 1, "{trigger}");
        }
    }

    #[test]
    fn a_file_has_two_hundred_lines_of_ordinary_code() {
        assert_eq!(ORDINARY.lines().count() * super::FUNCTIONS_PER_FILE, 200);
    }
}
