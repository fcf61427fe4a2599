//! The figures that this project promises. Takes the workspace as it is, gives tables on standard
//! output and, when asked, a section of BENCHMARKS.md.

mod application;
mod build;
mod report;
mod synth;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::workspace;

/// `cargo xtask bench synth`
pub(crate) fn synth(write: bool) -> Result<()> {
    finish("synth", &synth::measure()?, write)
}

/// `cargo xtask bench build`
pub(crate) fn build(write: bool) -> Result<()> {
    finish("build", &build::measure()?, write)
}

/// Shows a table; a limit that is missed fails the command.
fn finish(name: &str, table: &str, write: bool) -> Result<()> {
    report::show(name, table, write)?;
    ensure!(!table.contains("MISSED"), "a limit is missed, see the table");
    Ok(())
}

/// Writes a file of a generated package, its folder first.
fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create `{}`", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Gives a generated package the dependency versions of this workspace.
fn copy_lock(folder: &Path) -> Result<()> {
    let lock = workspace::root().join("Cargo.lock");
    let lock =
        fs::read_to_string(&lock).with_context(|| format!("cannot read `{}`", lock.display()))?;
    write(&folder.join("Cargo.lock"), &lock)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_value_whatever_the_order() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]).total_cmp(&5.0), std::cmp::Ordering::Equal);
    }
}
