//! Test cases: single source files that are compiled without Cargo. Takes the source of a case, makes it the binary
//! of a package and runs the build step on that package.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{build_script, workspace};

/// A package whose binary is a test case.
#[derive(Debug)]
pub struct Package<'a> {
    /// The name of the package and of its binary.
    pub name: &'a str,
    /// The path of the binary's source, relative to the folder of the package.
    pub binary: &'a Path,
    /// The source of the binary.
    pub source: &'a str,
}

impl Package<'_> {
    /// Writes the package into an empty folder, runs the build step in this process, and returns its `OUT_DIR`.
    ///
    /// A line `//% text` of the source becomes the line `text` of the manifest.
    pub fn run_build_step(&self, folder: &Path) -> PathBuf {
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
        let errors = skylift_codegen::Build::new().run_in_environment(&environment);
        assert!(errors.is_empty(), "{}: {errors:?}", binary.display());
        out
    }
}

/// Copies the other files of a golden case into its package: a source becomes a further binary, and an overlay is
/// beside the manifest.
pub fn copy_other_files(case: &Path, package: &Path) {
    for file in workspace::list_folder(case).into_iter().filter(|file| file.is_file()) {
        let name = workspace::file_name(&file);
        let is_golden = ["template.yaml", "cloudformation.yaml"].contains(&name.as_str());
        if name == "main.rs" || is_golden || file.is_dir() {
            continue;
        }
        let is_source = file.extension().is_some_and(|extension| extension == "rs");
        let folder = if is_source { package.join("src/bin") } else { package.to_path_buf() };
        fs::create_dir_all(&folder).unwrap();
        fs::copy(&file, folder.join(name)).unwrap();
    }
}

/// Lists the UI test cases `tests/ui/<attribute>/<outcome>/*.rs`, in order, as paths relative to the package of the
/// tests. `outcome` is `pass` or `fail`. `wanted` selects the attributes.
pub fn ui_cases(outcome: &str, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let package = workspace::root().join("tests");
    let attributes = workspace::list_folder(&package.join("ui"));
    let mut cases = Vec::new();
    for attribute in attributes.iter().filter(|folder| wanted(&workspace::file_name(folder))) {
        let folder = attribute.join(outcome);
        let files = if folder.is_dir() { workspace::list_folder(&folder) } else { Vec::new() };
        let sources = files.iter().filter(|file| file.extension().is_some_and(|it| it == "rs"));
        cases.extend(sources.map(|file| file.strip_prefix(&package).unwrap().to_path_buf()));
    }
    assert!(!cases.is_empty(), "there are no cases in `{outcome}`");
    cases
}

/// Runs the build step on a package whose binary is a case of `tests/ui`, and returns its `OUT_DIR`.
pub fn run_build_step(package: &Path, case: &Path) -> PathBuf {
    let source = fs::read_to_string(workspace::root().join("tests").join(case)).unwrap();
    copy_definitions(&workspace::root().join("tests").join(case), package);
    // The lines of the case keep their numbers, which messages show.
    let source = format!("{source}\nskylift::main!();\n");
    Package { name: "case", binary: case, source: &source }.run_build_step(package)
}

/// Copies the definitions of state machines beside a case into its package, beside the manifest.
fn copy_definitions(case: &Path, package: &Path) {
    for file in workspace::list_folder(case.parent().unwrap()) {
        if file.extension().is_some_and(|extension| extension == "json") {
            fs::copy(&file, package.join(workspace::file_name(&file))).unwrap();
        }
    }
}
