//! The chores of this workspace, as `cargo xtask COMMAND`. Takes the command line, gives progress
//! on standard error, results on standard output and a failing exit status when anything failed.

mod bench;
mod bless;
mod mutants;
mod step;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test                    run every test, those on AWS's own tools included
  test --full             and check each feature of `skylift` by itself, and soak the runtime for long
  mutants [CRATE]         show which of the kept mutants the tests of a crate catch
  mutants CRATE --sample  choose the mutants to be kept anew, always the same of the same source
  bless                   rewrite the golden templates and the expected compiler messages
  bench synth [--write]   time the build step on 500 and 5,000 functions
  bench build [--write]   compare a clean build of quickstart with a plain lambda_runtime one
  bench runtime [--write] compare invocations on our runtime, on lambda_runtime and in a bare loop
  bench start [--write]   compare the start of a function with capabilities with clients by hand
  bench clients [--write] compare object_store with aws-sdk-s3 as the client of buckets

`--write` puts the table into BENCHMARKS.md";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<()> {
    match args {
        ["test"] => test::run(false),
        ["test", "--full"] => test::run(true),
        ["mutants"] => mutants::run_all(),
        ["mutants", name] => mutants::run(name),
        ["mutants", name, "--sample"] => mutants::sample(name),
        ["bless"] => bless::run(),
        ["bench", name] => bench::run(name, false),
        ["bench", name, "--write"] => bench::run(name, true),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        [] => bail!("no command given\n\n{USAGE}"),
        _ => bail!("unknown command `{}`\n\n{USAGE}", args.join(" ")),
    }
}
