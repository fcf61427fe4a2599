//! The development tasks of this workspace: `cargo xtask COMMAND`. Takes the command line. Writes progress to
//! standard error and results to standard output; the exit status is a failure if anything failed.

mod bench;
mod bless;
mod coverage;
mod mutants;
mod package;
mod schema;
mod step;
mod tables;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test                    run all tests, also those that need third-party tools
  test --full             run all tests, check each Cargo feature of `skylift` alone, and build each
                          crate from its package
  soak                    run the whole soaks of the runtime, and print what they counted
  package                 build each crate that can be published from its package
  mutants [CRATE]         show which of the listed mutants the crate's own tests catch
  mutants CRATE --sample  choose the mutants to list; the same source gives the same list
  schema                  rewrite the JSON Schema of `app.json` from the types that are written to it
  tables                  rewrite the tables of AWS's names from the data of the third-party tools
  coverage                print how much of SAM's functions and events the grammar has
  bless                   rewrite the golden templates and the expected compiler messages
  bench synth [--write]   time the build step on 500 and 5,000 functions, in one stack and in nested stacks
  bench build [--write]   compare a clean build of quickstart with one of a plain lambda_runtime program
  bench runtime [--write] compare an invocation on Skylift's runtime, on lambda_runtime and in a bare loop
  bench start [--write]   compare the start of a function that uses capabilities with one that creates
                          its AWS clients itself
  bench clients [--write] compare object_store with aws-sdk-s3 as the client for buckets

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
        ["soak"] => test::soak(),
        ["package"] => package::run(),
        ["mutants"] => mutants::test_every_list(),
        ["mutants", name] => mutants::test_list(name),
        ["mutants", name, "--sample"] => mutants::write_list(name),
        ["tables"] => tables::run(),
        ["coverage"] => coverage::run(),
        ["schema"] => schema::run(),
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
