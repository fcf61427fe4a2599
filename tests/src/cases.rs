//! Folders of cases: a source, and beside it what must come of it. Takes the sources, gives one
//! package for each in one workspace, since a real build step is part of what they show; and compares
//! what came with what is expected, or writes it down where `cargo xtask bless` asks for that.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;

/// Every source of events and every client, so that a case can use any.
const FEATURES: [&str; 17] = [
    "bucket",
    "bus",
    "dynamodb",
    "http",
    "idempotency",
    "invoke",
    "kinesis",
    "parameter",
    "queue",
    "resume",
    "s3",
    "schedule",
    "secret",
    "sqs",
    "stream",
    "table",
    "topic",
];

/// One case.
#[derive(Debug)]
pub struct Case {
    /// Its package, and its folder in the workspace of cases.
    pub name: String,
    /// Its source in the repository, a `main.rs` with all that belongs to it.
    pub source: PathBuf,
}

/// A workspace of all cases, to be given to Cargo.
///
/// A line `//% text` of a source goes into its manifest as `text`.
pub fn workspace(scratch: &Path, name: &str, cases: &[Case]) -> Project {
    assert!(!cases.is_empty(), "there are no cases");
    let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    let empty = Project::new(scratch, name).workspace(&names);
    cases.iter().fold(empty, |project, case| {
        let text = fs::read_to_string(&case.source).unwrap();
        let more: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("//% ")).collect();
        project
            .package(&case.name, &case.name, &FEATURES, &more.join("\n"))
            .file(&format!("{}/src/main.rs", case.name), &text)
    })
}

/// Compares with the file that holds what is expected, or is not there where nothing is, and gives a
/// complaint if it differs; where blessing is asked for, the file is rewritten instead.
pub fn compare(expected: &Path, found: &str) -> Option<String> {
    let text = fs::read_to_string(expected).unwrap_or_default();
    if text == found {
        return None;
    }
    if std::env::var_os("SKYLIFT_BLESS").is_some() {
        if found.is_empty() {
            fs::remove_file(expected).unwrap();
        } else {
            fs::write(expected, found).unwrap();
        }
        return None;
    }
    Some(format!(
        "`{}` is not what comes out today; `cargo xtask bless` would make it\n{}",
        expected.display(),
        differences(&text, found)
    ))
}

/// The lines from the first difference to the last, as a diff shows them.
fn differences(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), found.lines().collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let before = expected.iter().zip(&found).take_while(same).count();
    let (expected, found) = (&expected[before..], &found[before..]);
    let after = expected.iter().rev().zip(found.iter().rev()).take_while(same).count();
    let lines = |sign: &str, lines: &[&str]| -> String {
        lines[..lines.len() - after].iter().flat_map(|line| [sign, " ", line, "\n"]).collect()
    };
    format!("from line {}:\n{}{}", before + 1, lines("-", expected), lines("+", found))
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn a_difference_is_shown_without_what_is_equal_around_it() {
        assert_eq!(differences("a\nb\nc\n", "a\nx\ny\nc\n"), "from line 2:\n- b\n+ x\n+ y\n");
        assert_eq!(differences("", "a\n"), "from line 1:\n+ a\n");
    }
}
