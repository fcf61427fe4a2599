//! Compares the output of the build step with the golden templates: for every case in `tests/templates` and every
//! example, in this process. The tests of the workspace cover what the macros and Cargo add.

#![allow(clippy::unwrap_used, reason = "all of this is tests")]

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// The templates that the build step writes.
const TEMPLATES: [&str; 2] = ["template.yaml", "cloudformation.yaml"];

/// The folders of the templates of nested stacks.
const NESTED: [&str; 2] = ["stacks", "cloudformation"];

/// Returns the paths of all templates that the folder `kept` or `written` has, relative to the folder.
fn template_paths(kept: &Path, written: &Path) -> Vec<String> {
    let mut paths: BTreeSet<String> = TEMPLATES.map(str::to_owned).into();
    for (folder, root) in NESTED.iter().flat_map(|folder| [(folder, kept), (folder, written)]) {
        for file in fs::read_dir(root.join(folder)).into_iter().flatten() {
            paths.insert(format!("{folder}/{}", file.unwrap().file_name().to_str().unwrap()));
        }
    }
    paths.into_iter().collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Runs the build step on a package, and returns the folder that it wrote to.
fn run(name: &str, folder: &Path, description: &str, scratch: &Path) -> PathBuf {
    let out = scratch.join(format!("target/debug/build/{name}-0123456789abcdef/out"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let environment: HashMap<String, String> = [
        ("CARGO_MANIFEST_DIR", text(folder)),
        ("CARGO_PKG_NAME", name.to_owned()),
        ("CARGO_PKG_VERSION", "0.1.0".to_owned()),
        ("CARGO_PKG_DESCRIPTION", description.to_owned()),
        ("CARGO_TARGET_DIR", text(&scratch.join("target"))),
        ("OUT_DIR", text(&out)),
        ("TARGET", "x86_64-unknown-linux-gnu".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let errors = skylift_codegen::Build::new().run_in_environment(&environment);
    assert_eq!(errors, Vec::<String>::new(), "{name}");
    out.join("skylift")
}

/// Returns the paths of all files that are compared: the templates and, if the application has none, the files of its
/// functions, in the goldens or as they are written.
fn compared_files(kept: &Path, written: &Path) -> BTreeSet<String> {
    let mut files: BTreeSet<String> = TEMPLATES.map(str::to_owned).into();
    if written.join(TEMPLATES[0]).is_file() {
        return files;
    }
    for functions in [kept.join("functions"), written.join("functions")] {
        for function in fs::read_dir(functions).into_iter().flatten() {
            let function = function.unwrap();
            let id = function.file_name().into_string().unwrap();
            for file in fs::read_dir(function.path()).unwrap() {
                let name = file.unwrap().file_name().into_string().unwrap();
                files.insert(format!("functions/{id}/{name}"));
            }
        }
    }
    files
}

/// Returns the first difference of each written file from its golden. A file without a golden must not be written. With
/// `SKYLIFT_BLESS=1`, the written files become the goldens first.
fn differences(kept: &Path, written: &Path) -> Vec<String> {
    let mut files = compared_files(kept, written);
    files.extend(template_paths(kept, written));
    if std::env::var_os("SKYLIFT_BLESS").is_some() {
        for file in &files {
            let kept = kept.join(file);
            match fs::read(written.join(file)) {
                Ok(text) => {
                    fs::create_dir_all(kept.parent().unwrap()).unwrap();
                    fs::write(kept, text).unwrap();
                }
                Err(_) if kept.is_file() => fs::remove_file(kept).unwrap(),
                Err(_) => {}
            }
        }
    }
    let read =
        |folder: &Path, file: &str| fs::read_to_string(folder.join(file)).unwrap_or_default();
    let differs = |file: &&String| read(kept, file) != read(written, file);
    files
        .iter()
        .filter(differs)
        .map(|file| {
            let (kept_text, text) = (read(kept, file), read(written, file));
            let line = kept_text.lines().zip(text.lines()).position(|(one, other)| one != other);
            let line = line.unwrap_or_else(|| kept_text.lines().count().min(text.lines().count()));
            let at = |text: &str| text.lines().nth(line).unwrap_or_default().to_owned();
            let (file, line) = (kept.join(file), line + 1);
            let (is, was) = (at(&text), at(&kept_text));
            format!("{}:{line}: found `{is}`, expected `{was}`", file.display())
        })
        .collect()
}

/// Copies the other files of a case into its package: a source becomes a further binary, and an overlay is beside the
/// manifest.
fn copy_other_files(case: &Path, package: &Path) {
    for file in fs::read_dir(case).unwrap() {
        let file = file.unwrap();
        if file.path().is_dir() {
            continue;
        }
        let name = file.file_name().into_string().unwrap();
        let is_source = Path::new(&name).extension().is_some_and(|it| it == "rs");
        if name != "main.rs" && !TEMPLATES.contains(&name.as_str()) {
            let folder = if is_source { package.join("src/bin") } else { package.to_path_buf() };
            fs::copy(case.join(&name), folder.join(&name)).unwrap();
        }
    }
}

#[test]
fn every_case_matches_its_golden_templates() {
    let cases = fs::read_dir(root().join("tests/templates")).unwrap();
    let mut all: Vec<PathBuf> = cases.map(|case| case.unwrap().path()).collect();
    all.sort();
    assert!(all.len() > 40, "{all:?}");
    let mut found = Vec::new();
    for case in all {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let source = fs::read_to_string(case.join("main.rs")).unwrap();
        let scratch = tempfile::tempdir().unwrap();
        let more: Vec<&str> = source.lines().filter_map(|it| it.strip_prefix("//% ")).collect();
        let manifest = format!(
            "[package]\nname = \"{name}\"\n[dependencies]\nskylift = \"0.1\"\n{}\n",
            more.join("\n")
        );
        fs::create_dir_all(scratch.path().join("src/bin")).unwrap();
        fs::write(scratch.path().join("Cargo.toml"), manifest).unwrap();
        fs::write(scratch.path().join("src/main.rs"), source).unwrap();
        copy_other_files(&case, scratch.path());
        let written = run(&name, scratch.path(), "", scratch.path());
        found.extend(differences(&case, &written));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_example_matches_its_golden_templates() {
    let mut found = Vec::new();
    for example in fs::read_dir(root().join("examples")).unwrap() {
        let folder = example.unwrap().path();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let field = |key: &str| {
            let mut lines = manifest.lines().filter_map(|line| line.strip_prefix(key));
            lines.next().and_then(|it| Some(it.split('"').nth(1)?.to_owned())).unwrap_or_default()
        };
        let scratch = tempfile::tempdir().unwrap();
        let written = run(&field("name = "), &folder, &field("description = "), scratch.path());
        found.extend(differences(&folder, &written));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
