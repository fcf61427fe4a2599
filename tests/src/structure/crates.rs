//! Tests of the crates and their files: which crate depends on which, cycles of imports within a crate, and the
//! length of files.

use std::fs;
use std::path::Path;

use super::{cycle, read_rust_files};
use crate::{cargo, workspace};

/// The crates of the framework, and the crates of the framework that each may depend on.
const CRATES: [(&str, &[&str]); 5] = [
    ("model", &[]),
    ("syntax", &["model"]),
    ("macros", &["model", "syntax"]),
    ("codegen", &["model", "syntax"]),
    ("runtime", &["macros"]),
];

/// The most lines that a file may have. A longer file should be split.
const MAX_LINES: usize = 500;

/// Returns whether the length of a file of that name is not limited, because the file is a list or is generated.
fn has_any_length(name: &str) -> bool {
    let endings =
        [".lock", ".txt", ".stderr", "template.yaml", "cloudformation.yaml", "schema.json"];
    name.starts_with("LICENSE") || endings.iter().any(|ending| name.ends_with(ending))
}

#[test]
fn files_do_not_import_each_other_in_a_cycle() {
    let errors: Vec<String> = CRATES
        .iter()
        .flat_map(|(folder, _)| {
            let files = read_rust_files(&format!("{folder}/src"));
            cycle::find_errors(&files, &format!("{folder}/src/lib.rs"))
        })
        .collect();
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}

#[test]
fn crates_depend_only_on_crates_below_them() {
    let packages = cargo::read_metadata(workspace::root())["packages"].clone();
    let folder_of = |name: &str| {
        let short = name.strip_prefix("skylift-").or((name == "skylift").then_some("runtime"));
        CRATES.iter().map(|(folder, _)| *folder).find(|folder| Some(*folder) == short)
    };
    let mut seen = 0;
    for package in packages.as_array().unwrap() {
        let Some(folder) = folder_of(package["name"].as_str().unwrap()) else { continue };
        seen += 1;
        let (_, may) = CRATES.iter().find(|(name, _)| *name == folder).unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            // Users of the crate do not get the dependencies of its tests.
            if dependency["kind"] == "dev" {
                continue;
            }
            let Some(other) = folder_of(dependency["name"].as_str().unwrap()) else { continue };
            assert!(may.contains(&other), "`{folder}` depends on `{other}`");
        }
    }
    assert_eq!(seen, CRATES.len());
}

#[test]
fn the_tests_enable_every_feature_for_users() {
    let packages = cargo::read_metadata(workspace::root())["packages"].clone();
    let named = |name: &str| {
        let found = packages.as_array().unwrap().iter().find(|package| package["name"] == name);
        found.unwrap().clone()
    };
    let features = named("skylift")["features"].clone();
    let mut features: Vec<&String> = features.as_object().unwrap().keys().collect();
    features.retain(|name| !name.starts_with('_') && *name != "default");
    let dependencies = named("skylift-tests")["dependencies"].clone();
    let mut dependencies = dependencies.as_array().unwrap().iter();
    let skylift = dependencies.find(|it| it["name"] == "skylift").unwrap();
    assert_eq!(skylift["features"], serde_json::json!(features));
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let mut seen = 0;
    check_lengths(workspace::root(), &mut seen);
    assert!(seen > 100, "only {seen} files");
}

fn check_lengths(folder: &Path, seen: &mut usize) {
    for path in workspace::list_folder(folder) {
        let name = workspace::file_name(&path);
        // Cargo marks its target directories with this file.
        let is_target = path.join("CACHEDIR.TAG").exists();
        if name.starts_with('.') || is_target || has_any_length(&name) {
            continue;
        }
        if path.is_dir() {
            check_lengths(&path, seen);
        } else if let Ok(text) = fs::read_to_string(&path) {
            *seen += 1;
            let lines = text.lines().count();
            assert!(
                lines <= MAX_LINES,
                "`{}` has {lines} lines, more than {MAX_LINES}",
                path.display()
            );
        }
    }
}
