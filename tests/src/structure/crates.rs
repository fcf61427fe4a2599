//! The crates and their files: which crate depends on which, the circles in each, and the length of
//! files.

use std::fs;
use std::path::Path;

use super::{circle, rust_files};
use crate::{cargo, places};

/// The crates of the framework with those of them that each may depend on.
const CRATES: [(&str, &[&str]); 5] = [
    ("model", &[]),
    ("syntax", &["model"]),
    ("macros", &["model", "syntax"]),
    ("codegen", &["model", "syntax"]),
    ("runtime", &["macros"]),
];

/// A file that is longer is two.
const LINES: usize = 500;

/// Files whose length is given: what people or programs list.
fn is_data(name: &str) -> bool {
    let endings = [".lock", ".txt", ".stderr", "template.yaml", "cloudformation.yaml"];
    name.starts_with("LICENSE") || endings.iter().any(|ending| name.ends_with(ending))
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let complaints: Vec<String> = CRATES
        .iter()
        .flat_map(|(folder, _)| {
            let files = rust_files(&format!("{folder}/src"));
            circle::complaints(&files, &format!("{folder}/src/lib.rs"))
        })
        .collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn crates_depend_on_those_below_them_alone() {
    let packages = cargo::metadata(places::root())["packages"].clone();
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
            // What tests depend on ties nobody who uses the crate.
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
fn the_tests_turn_on_every_feature_that_users_have() {
    let packages = cargo::metadata(places::root())["packages"].clone();
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
fn no_file_is_longer_than_can_be_read_at_once() {
    let mut seen = 0;
    check_lengths(places::root(), &mut seen);
    assert!(seen > 100, "only {seen} files");
}

fn check_lengths(folder: &Path, seen: &mut usize) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = places::name(&path);
        // What Cargo builds has that tag.
        let is_built = path.join("CACHEDIR.TAG").exists();
        if name.starts_with('.') || is_built || is_data(&name) {
            continue;
        }
        if path.is_dir() {
            check_lengths(&path, seen);
        } else if let Ok(text) = fs::read_to_string(&path) {
            *seen += 1;
            let lines = text.lines().count();
            assert!(lines <= LINES, "`{}` has {lines} lines, more than {LINES}", path.display());
        }
    }
}
