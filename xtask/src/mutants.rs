//! `cargo xtask mutants`: how much of what a change of one line breaks the tests of its own crate catch.
//! Takes the kept mutants of `tests/mutants/<crate>.txt`, has cargo-mutants make each and run these
//! tests, gives how many were caught, how many were not and which. cargo-mutants is a tool, not a
//! dependency: `cargo install cargo-mutants`.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{step, workspace};

/// What makes the choice of mutants another one.
const SEED: &str = "seed 10";

/// As many mutants are kept of a crate.
const KEPT: usize = 150;

/// Measures every crate that has a list.
pub(crate) fn run_all() -> Result<()> {
    let folder = folder();
    let entries = fs::read_dir(&folder)
        .with_context(|| format!("cannot read `{}`", folder.display()))?
        .collect::<std::io::Result<Vec<_>>>()?;
    let mut names: Vec<String> = entries
        .iter()
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".txt").map(str::to_owned))
        .collect();
    names.sort();
    names.iter().try_for_each(|name| run(name))
}

/// Measures a crate by the name of its folder.
pub(crate) fn run(name: &str) -> Result<()> {
    let path = list(name);
    let text = fs::read_to_string(&path).with_context(|| {
        format!("cannot read `{}`; `cargo xtask mutants {name} --sample` writes it", path.display())
    })?;
    let kept: BTreeSet<&str> = text.lines().collect();
    let all = all(name)?;
    let chosen: Vec<&Mutant> = all.iter().filter(|it| kept.contains(it.kept.as_str())).collect();
    if chosen.len() < kept.len() {
        eprintln!(
            "{} of {} mutants are of code that is gone",
            kept.len() - chosen.len(),
            kept.len()
        );
    }
    let output = workspace::target()?.join("mutants").join(name);
    fs::create_dir_all(&output).with_context(|| format!("cannot make `{}`", output.display()))?;
    step::step(&format!("mutants of `{name}`"), || {
        let mut command = mutants(name)?;
        command.arg("--output").arg(&output).args(["--no-times", "--colors", "never"]);
        for mutant in &chosen {
            command.args(["--re", &format!("^{}$", escape(&mutant.name))]);
        }
        // It fails where a mutant is missed, which is for the table to tell.
        let status = command.status().context("cannot start cargo-mutants")?;
        ensure!(
            status.code().is_some_and(|code| [0, 2, 3].contains(&code)),
            "cargo-mutants ended with {status}"
        );
        Ok(())
    })?;
    let outcomes = output.join("mutants.out/outcomes.json");
    let text = fs::read_to_string(&outcomes)
        .with_context(|| format!("cannot read `{}`", outcomes.display()))?;
    println!("{}", Outcome::of(&serde_json::from_str(&text)?, &chosen).table(name));
    Ok(())
}

/// Writes the list of a crate anew.
pub(crate) fn sample(name: &str) -> Result<()> {
    let all = all(name)?;
    let (path, kept) = (list(name), choose(all.into_iter().map(|mutant| mutant.kept).collect()));
    fs::create_dir_all(folder())?;
    fs::write(&path, kept.join("\n") + "\n")
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    println!("{} mutants are kept in `{}`", kept.len(), path.display());
    Ok(())
}

fn folder() -> PathBuf {
    workspace::root().join("tests/mutants")
}

fn list(name: &str) -> PathBuf {
    folder().join(format!("{name}.txt"))
}

/// cargo-mutants on a crate, whose own tests it runs.
fn mutants(name: &str) -> Result<Command> {
    let package = if name == "runtime" { "skylift".to_owned() } else { format!("skylift-{name}") };
    ensure!(
        workspace::root().join(name).join("Cargo.toml").is_file(),
        "there is no crate `{name}`"
    );
    let mut command = workspace::cargo();
    let there = workspace::cargo().args(["mutants", "--version"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        bail!("cargo-mutants is not installed: `cargo install cargo-mutants`");
    }
    command.args(["mutants", "--package", &package]);
    Ok(command)
}

/// One change of one line.
#[derive(Debug, PartialEq)]
struct Mutant {
    /// Its name, as cargo-mutants has it.
    name: String,
    /// The same without line and column, which move with every change; with a number where others of the
    /// crate before it have that name as well.
    kept: String,
}

/// The mutants of a crate, in the order of its source.
fn all(name: &str) -> Result<Vec<Mutant>> {
    let output = mutants(name)?.arg("--list").output().context("cannot start cargo-mutants")?;
    ensure!(
        output.status.success(),
        "cargo-mutants cannot list the mutants of `{name}`\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(numbered(&String::from_utf8_lossy(&output.stdout)))
}

fn numbered(names: &str) -> Vec<Mutant> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mutant = |name: &str| {
        let kept = without_place(name);
        let number = seen.entry(kept.clone()).or_default();
        *number += 1;
        let kept = if *number == 1 { kept } else { format!("{kept} ({number})") };
        Mutant { name: name.to_owned(), kept }
    };
    names.lines().map(mutant).collect()
}

/// The first in the order of a hash, in the order of their names.
fn choose(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_cached_key(|name| Sha256::digest(format!("{SEED}{name}")).to_vec());
    names.truncate(KEPT);
    names.sort();
    names
}

/// The name of a mutant without line and column: `a.rs:1:2: replace …` is `a.rs: replace …`.
fn without_place(name: &str) -> String {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = name.splitn(4, ':');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(file), Some(line), Some(column), Some(rest))
            if is_number(line) && is_number(column) =>
        {
            format!("{file}:{rest}")
        }
        _ => name.to_owned(),
    }
}

/// A regular expression that matches a text and nothing else.
fn escape(text: &str) -> String {
    let special = |letter: &char| r"\.+*?()|[]{}^$#&-~".contains(*letter);
    text.chars()
        .flat_map(|letter| special(&letter).then_some('\\').into_iter().chain([letter]))
        .collect()
}

/// What became of the mutants.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    caught: usize,
    missed: Vec<String>,
    /// Those that do not compile, which says nothing of the tests.
    unviable: usize,
}

impl Outcome {
    /// Of the chosen ones: cargo-mutants tries a few that no expression names.
    fn of(outcomes: &Value, chosen: &[&Mutant]) -> Self {
        let mut found = Self::default();
        for outcome in outcomes["outcomes"].as_array().into_iter().flatten() {
            let Some(name) = outcome["scenario"]["Mutant"]["name"].as_str() else { continue };
            if !chosen.iter().any(|mutant| mutant.name == name) {
                continue;
            }
            match outcome["summary"].as_str() {
                // A test that never ends is noticed.
                Some("CaughtMutant" | "Timeout") => found.caught += 1,
                Some("Unviable") => found.unviable += 1,
                _ => found.missed.push(name.to_owned()),
            }
        }
        found
    }

    fn table(&self, name: &str) -> String {
        let viable = self.caught + self.missed.len();
        let missed: String = self.missed.iter().flat_map(|name| ["\nmissed: ", name]).collect();
        format!(
            "{name}: {} of {viable} caught, {} %; {} missed, {} unviable{missed}",
            self.caught,
            (self.caught * 100).checked_div(viable).unwrap_or(100),
            self.missed.len(),
            self.unviable
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_mutant_keeps_its_name_when_it_moves_and_those_of_one_name_are_told_apart() {
        let name = "a.rs: replace == with != in App::check";
        let text = "a.rs:12:5: replace == with != in App::check\n\
                    a.rs:12:9: replace == with != in App::check\n\
                    a.rs:14:9: replace f -> Vec<a::B> with vec![]";
        let kept: Vec<String> = numbered(text).into_iter().map(|mutant| mutant.kept).collect();
        let other = "a.rs: replace f -> Vec<a::B> with vec![]";
        assert_eq!(kept, [name.to_owned(), format!("{name} (2)"), other.to_owned()]);
    }

    #[test]
    fn the_same_mutants_are_chosen_in_whatever_order_they_come() {
        let all: Vec<String> = (0..1_000).map(|number| format!("mutant {number:03}")).collect();
        let chosen = choose(all.clone());
        assert_eq!(chosen.len(), KEPT);
        assert_eq!(choose(all.iter().rev().cloned().collect()), chosen);
        assert_ne!(chosen, all[..KEPT]);
        assert_eq!(choose(all[..7].to_vec()), all[..7]);
    }

    #[test]
    fn a_name_is_matched_letter_by_letter() {
        assert_eq!(escape("f -> &'a [u8] (x)"), r"f \-> \&'a \[u8\] \(x\)");
    }

    #[test]
    fn what_does_not_compile_counts_neither_way_and_others_not_at_all() {
        let outcome = |name: &str, summary: &str| json!({ "scenario": { "Mutant": { "name": name } }, "summary": summary });
        let outcomes = json!({ "outcomes": [
            { "scenario": "Baseline", "summary": "Success" },
            outcome("a.rs:1:2: one", "CaughtMutant"),
            outcome("a.rs:2:2: one", "Timeout"),
            outcome("a.rs:3:2: two", "MissedMutant"),
            outcome("a.rs:4:2: three", "Unviable"),
            outcome("a.rs:5:2: four", "MissedMutant"),
        ] });
        let all = numbered(
            "a.rs:1:2: one\na.rs:2:2: one\na.rs:3:2: two\na.rs:4:2: three\na.rs:5:2: four",
        );
        let chosen: Vec<&Mutant> = all[..4].iter().collect();
        let found = Outcome::of(&outcomes, &chosen);
        let missed = vec!["a.rs:3:2: two".to_owned()];
        assert_eq!(found, Outcome { caught: 2, missed, unviable: 1 });
        assert_eq!(
            found.table("a"),
            "a: 2 of 3 caught, 66 %; 1 missed, 1 unviable\nmissed: a.rs:3:2: two"
        );
    }
}
