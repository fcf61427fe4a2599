//! Cases: sources that are compiled without Cargo. Takes a source, gives what the build step makes of it
//! as of the binary of a package.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{build_script, places};

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

/// The cases of `tests/ui` below the folder `kind` of some attributes, as paths from the package of the tests,
/// in order.
pub fn ui(kind: &str, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let package = places::root().join("tests");
    let attributes = places::entries(&package.join("ui"));
    let mut cases = Vec::new();
    for attribute in attributes.iter().filter(|folder| wanted(&places::name(folder))) {
        let folder = attribute.join(kind);
        let files = if folder.is_dir() { places::entries(&folder) } else { Vec::new() };
        let sources = files.iter().filter(|file| file.extension().is_some_and(|it| it == "rs"));
        cases.extend(sources.map(|file| file.strip_prefix(&package).unwrap().to_path_buf()));
    }
    assert!(!cases.is_empty(), "there are no cases of `{kind}`");
    cases
}

/// Runs the build step on a package whose binary is a case of `tests/ui`, and gives the folder that is
/// `OUT_DIR`.
pub fn run_step(package: &Path, case: &Path) -> PathBuf {
    let source = fs::read_to_string(places::root().join("tests").join(case)).unwrap();
    // The lines of the case stay where they are: messages name them.
    let source = format!("{source}\nskylift::main!();\n");
    Package { name: "case", binary: case, source: &source }.run_step(package)
}
