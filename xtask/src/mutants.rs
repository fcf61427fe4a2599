//! `cargo xtask mutants`: measures how many mutants, which are one-line changes of the source, the tests of a
//! crate catch. Takes the list of mutants in `tests/mutants/<crate>.txt` and runs cargo-mutants on each. Gives
//! the number of caught mutants and the names of the missed ones. cargo-mutants is a tool, not a dependency:
//! `cargo install cargo-mutants`.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{step, workspace};

/// The seed by which the sample of mutants is chosen. Another seed chooses other mutants.
const SEED: &str = "seed 10";

/// How many mutants the list of a crate has.
const LIST_LENGTH: usize = 150;

/// Measures how many mutants the tests catch, for every crate that has a list of mutants.
pub(crate) fn test_every_list() -> Result<()> {
    let folder = lists_folder();
    let entries = fs::read_dir(&folder)
        .with_context(|| format!("cannot read `{}`", folder.display()))?
        .collect::<std::io::Result<Vec<_>>>()?;
    let mut names: Vec<String> = entries
        .iter()
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".txt").map(str::to_owned))
        .collect();
    names.sort();
    names.iter().try_for_each(|name| test_list(name))
}

/// Measures how many of the listed mutants the tests of the crate in the folder `name` catch.
pub(crate) fn test_list(name: &str) -> Result<()> {
    let path = list_path(name);
    let text = fs::read_to_string(&path).with_context(|| {
        format!("cannot read `{}`; `cargo xtask mutants {name} --sample` writes it", path.display())
    })?;
    let listed: BTreeSet<&str> = text.lines().collect();
    let all = find_mutants(name)?;
    let chosen: Vec<&Mutant> =
        all.iter().filter(|it| listed.contains(it.stable_name.as_str())).collect();
    if chosen.len() < listed.len() {
        eprintln!(
            "the code of {} of {} mutants no longer exists",
            listed.len() - chosen.len(),
            listed.len()
        );
    }
    let output = workspace::target_directory()?.join("mutants").join(name);
    fs::create_dir_all(&output).with_context(|| format!("cannot create `{}`", output.display()))?;
    step::run_step(&format!("mutants of `{name}`"), || {
        let mut command = mutants_command(name)?;
        command.arg("--output").arg(&output).args(["--no-times", "--colors", "never"]);
        for mutant in &chosen {
            command.args(["--re", &format!("^{}$", escape_regex(&mutant.name))]);
        }
        // Its status is a failure also where a mutant was missed (2) or timed out (3): the summary shows these.
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
    println!("{}", Outcome::from_json(&serde_json::from_str(&text)?, &chosen).summary(name));
    Ok(())
}

/// Chooses a sample of the present mutants of a crate, and writes it as the list of the crate.
pub(crate) fn write_list(name: &str) -> Result<()> {
    let names = find_mutants(name)?.into_iter().map(|mutant| mutant.stable_name).collect();
    let (path, chosen) = (list_path(name), choose_sample(names));
    fs::create_dir_all(lists_folder())?;
    fs::write(&path, chosen.join("\n") + "\n")
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    println!("`{}` lists {} mutants", path.display(), chosen.len());
    Ok(())
}

fn lists_folder() -> PathBuf {
    workspace::root().join("tests/mutants")
}

fn list_path(name: &str) -> PathBuf {
    lists_folder().join(format!("{name}.txt"))
}

/// Returns a cargo-mutants command for a crate. The command runs the tests of that crate only.
fn mutants_command(name: &str) -> Result<Command> {
    let package = if name == "runtime" { "skylift".to_owned() } else { format!("skylift-{name}") };
    ensure!(
        workspace::root().join(name).join("Cargo.toml").is_file(),
        "there is no crate `{name}`"
    );
    let version = workspace::cargo_command().args(["mutants", "--version"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        bail!("cargo-mutants is not installed: `cargo install cargo-mutants`");
    }
    let mut command = workspace::cargo_command();
    command.args(["mutants", "--package", &package]);
    Ok(command)
}

/// A mutant: a change of one line of the source.
#[derive(Debug, PartialEq)]
struct Mutant {
    /// The name of the mutant in cargo-mutants.
    name: String,
    /// The name of the mutant without line and column, which change with every edit of the file. A number follows
    /// where an earlier mutant of the crate has the same name.
    stable_name: String,
}

/// Asks cargo-mutants for all mutants of a crate, in the order of its source.
fn find_mutants(name: &str) -> Result<Vec<Mutant>> {
    let output =
        mutants_command(name)?.arg("--list").output().context("cannot start cargo-mutants")?;
    ensure!(
        output.status.success(),
        "cargo-mutants cannot list the mutants of `{name}`\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(parse_mutants(&String::from_utf8_lossy(&output.stdout)))
}

fn parse_mutants(names: &str) -> Vec<Mutant> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let parse_mutant = |name: &str| {
        let base = strip_position(name);
        let number = seen.entry(base.clone()).or_default();
        *number += 1;
        let stable_name = if *number == 1 { base } else { format!("{base} ({number})") };
        Mutant { name: name.to_owned(), stable_name }
    };
    names.lines().map(parse_mutant).collect()
}

/// Chooses a sample of mutants, given by their stable names: those with the lowest hashes. Returns the sample in the
/// order of the names.
fn choose_sample(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_cached_key(|name| Sha256::digest(format!("{SEED}{name}")).to_vec());
    names.truncate(LIST_LENGTH);
    names.sort();
    names
}

/// Removes line and column from the name of a mutant: `a.rs:1:2: replace …` becomes `a.rs: replace …`.
fn strip_position(name: &str) -> String {
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

/// Returns a regular expression that matches only the text `text`.
fn escape_regex(text: &str) -> String {
    let special = |letter: &char| r"\.+*?()|[]{}^$#&-~".contains(*letter);
    text.chars()
        .flat_map(|letter| special(&letter).then_some('\\').into_iter().chain([letter]))
        .collect()
}

/// The results of the mutants of one crate.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    caught: usize,
    missed: Vec<String>,
    /// The number of mutants that do not compile. They say nothing about the tests.
    unviable: usize,
}

impl Outcome {
    /// Reads the outcomes of the chosen mutants from the JSON output of cargo-mutants, which also tests a few that no
    /// `--re` matches.
    fn from_json(outcomes: &Value, chosen: &[&Mutant]) -> Self {
        let mut found = Self::default();
        for outcome in outcomes["outcomes"].as_array().into_iter().flatten() {
            let Some(name) = outcome["scenario"]["Mutant"]["name"].as_str() else { continue };
            if !chosen.iter().any(|mutant| mutant.name == name) {
                continue;
            }
            match outcome["summary"].as_str() {
                // A test that does not end shows the mutant, as a failing one does.
                Some("CaughtMutant" | "Timeout") => found.caught += 1,
                Some("Unviable") => found.unviable += 1,
                _ => found.missed.push(name.to_owned()),
            }
        }
        found
    }

    fn summary(&self, name: &str) -> String {
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
    fn a_mutant_keeps_its_stable_name_when_it_moves_and_equal_names_get_numbers() {
        let name = "a.rs: replace == with != in App::check";
        let text = "a.rs:12:5: replace == with != in App::check\n\
                    a.rs:12:9: replace == with != in App::check\n\
                    a.rs:14:9: replace f -> Vec<a::B> with vec![]";
        let stable: Vec<String> =
            parse_mutants(text).into_iter().map(|mutant| mutant.stable_name).collect();
        let other = "a.rs: replace f -> Vec<a::B> with vec![]";
        assert_eq!(stable, [name.to_owned(), format!("{name} (2)"), other.to_owned()]);
    }

    #[test]
    fn the_order_of_the_mutants_does_not_change_the_sample() {
        let all: Vec<String> = (0..1_000).map(|number| format!("mutant {number:03}")).collect();
        let chosen = choose_sample(all.clone());
        assert_eq!(chosen.len(), LIST_LENGTH);
        assert_eq!(choose_sample(all.iter().rev().cloned().collect()), chosen);
        assert_ne!(chosen, all[..LIST_LENGTH]);
        assert_eq!(choose_sample(all[..7].to_vec()), all[..7]);
    }

    #[test]
    fn every_special_character_of_a_name_is_escaped() {
        assert_eq!(escape_regex("f -> &'a [u8] (x)"), r"f \-> \&'a \[u8\] \(x\)");
    }

    #[test]
    fn mutants_that_do_not_compile_or_are_not_chosen_count_as_neither_caught_nor_missed() {
        let outcome = |name: &str, summary: &str| json!({ "scenario": { "Mutant": { "name": name } }, "summary": summary });
        let outcomes = json!({ "outcomes": [
            { "scenario": "Baseline", "summary": "Success" },
            outcome("a.rs:1:2: one", "CaughtMutant"),
            outcome("a.rs:2:2: one", "Timeout"),
            outcome("a.rs:3:2: two", "MissedMutant"),
            outcome("a.rs:4:2: three", "Unviable"),
            outcome("a.rs:5:2: four", "MissedMutant"),
        ] });
        let all = parse_mutants(
            "a.rs:1:2: one\na.rs:2:2: one\na.rs:3:2: two\na.rs:4:2: three\na.rs:5:2: four",
        );
        let chosen: Vec<&Mutant> = all[..4].iter().collect();
        let found = Outcome::from_json(&outcomes, &chosen);
        let missed = vec!["a.rs:3:2: two".to_owned()];
        assert_eq!(found, Outcome { caught: 2, missed, unviable: 1 });
        assert_eq!(
            found.summary("a"),
            "a: 2 of 3 caught, 66 %; 1 missed, 1 unviable\nmissed: a.rs:3:2: two"
        );
    }
}
