//! `cargo xtask bench`: measures the figures that this project promises. Takes the workspace in its present
//! state. Prints a table and, on request, writes it to a section of BENCHMARKS.md.

mod application;
mod build;
mod clients;
mod loopback;
mod package;
mod process;
mod report;
mod runtime;
mod start;
mod synth;

use anyhow::{Result, bail, ensure};

/// Runs the benchmark of that name (`cargo xtask bench NAME`) and prints its table. If `write` is true, also writes
/// the table to BENCHMARKS.md.
pub(crate) fn run(name: &str, write: bool) -> Result<()> {
    let table = match name {
        "build" => build::measure()?,
        "clients" => clients::measure()?,
        "runtime" => runtime::measure()?,
        "start" => start::measure()?,
        "synth" => synth::measure()?,
        _ => bail!(
            "unknown benchmark `{name}`: the benchmarks are `build`, `clients`, `runtime`, `start` and `synth`"
        ),
    };
    report::show_table(name, &table, write)?;
    // A missed limit is a failure of the command.
    ensure!(!table.contains("MISSED"), "a limit is missed, see the table");
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_value_in_any_order() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]).total_cmp(&5.0), std::cmp::Ordering::Equal);
    }
}
