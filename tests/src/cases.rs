//! Cases: a source, and beside it what must come of it. Takes a source, gives what the build step makes
//! of it as of the binary of a package; and compares what came with what is expected, or writes it down
//! where `cargo xtask bless` asks for that.

use std::fs;
use std::path::{Path, PathBuf};

use crate::build_script;

/// A package whose binary is a case.
#[derive(Debug)]
pub struct Package<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where its binary is, from its folder.
    pub binary: &'a Path,
    /// The source of that.
    pub source: &'a str,
}

impl Package<'_> {
    /// Makes it in an empty folder, runs the build step in this process, and gives the folder that is
    /// `OUT_DIR`.
    ///
    /// A line `//% text` of the source goes into the manifest as `text`.
    pub fn run_step(&self, folder: &Path) -> PathBuf {
        let Self { name, binary, source } = self;
        let more: Vec<&str> = source.lines().filter_map(|line| line.strip_prefix("//% ")).collect();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [[bin]]\nname = \"{name}\"\npath = '{}'\n\n[dependencies]\nskylift = \"*\"\n\n{}\n",
            binary.display(),
            more.join("\n")
        );
        fs::create_dir_all(folder.join(binary).parent().unwrap()).unwrap();
        fs::write(folder.join(binary), source).unwrap();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        let out = folder.join(format!("target/debug/build/{name}-0123456789abcdef/out"));
        let environment = build_script::environment(name, folder, &out);
        let errors = skylift_codegen::Build::new().run_in(&environment);
        assert!(errors.is_empty(), "{}: {errors:?}", binary.display());
        out
    }
}

/// Compares with the file that holds what is expected, and gives a complaint if it differs; where
/// blessing is asked for, the file is rewritten instead.
pub fn compare(expected: &Path, found: &str) -> Option<String> {
    let text = fs::read_to_string(expected).unwrap_or_default();
    if text == found {
        return None;
    }
    if std::env::var_os("SKYLIFT_BLESS").is_some() {
        fs::write(expected, found).unwrap();
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
