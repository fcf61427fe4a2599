//! `cargo xtask tables`: writes the tables of AWS's names in `model/src/aws/tables` from the data of the tools. A test
//! of the tools fails if they differ, so run this after a new version of the tools. Review the diff.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::step::run_step;
use crate::{tools, workspace};

pub(crate) fn run() -> Result<()> {
    let environments = tools::install()?;
    run_step("write the tables of AWS's names", || {
        let output = Command::new(environments.join("lint/bin/python"))
            .arg(workspace::root().join("tests/tools/tables.py"))
            .arg(&environments)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .context("cannot start Python")?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "`tables.py` ended with {}\n{errors}", output.status);
        let made: Value =
            serde_json::from_slice(&output.stdout).context("no JSON in the output")?;
        let tables = made["tables"].as_object().context("no tables in the output")?;
        for (name, text) in tables {
            let file = workspace::root().join("model/src/aws/tables").join(name);
            let text = text.as_str().context("a table is not text")?;
            fs::write(&file, text).with_context(|| format!("cannot write `{}`", file.display()))?;
        }
        Ok(())
    })
}
