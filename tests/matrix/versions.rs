//! A build step with another version than the macros: the macros do not read its notes, and report both versions.

use crate::tree::{HELLO, new_project};

/// A build script like that of an older version: it runs the present build step and changes the version in its files.
const OLDER: &str = r#"use std::{env, fs, path::Path};

fn main() {
    skylift_codegen::build();
    let folder = Path::new(&env::var("OUT_DIR").unwrap()).join("skylift");
    let notes = fs::read_dir(folder.join("notes")).unwrap().map(|note| note.unwrap().path());
    for file in notes.chain([folder.join("index")]) {
        let text = fs::read_to_string(&file).unwrap();
        let (_, body) = text.split_once('\n').unwrap();
        fs::write(file, format!("skylift-codegen 0.0.9\n{body}")).unwrap();
    }
}
"#;

#[test]
fn a_build_step_of_another_version_is_one_error_that_shows_the_right_dependency() {
    let second = HELLO.replace("hello", "bye").replace("use skylift::prelude::*;", "");
    let resource = "#[resource(bucket)]\npub struct Uploads;\n\
                    pub fn named() -> Result<String, Error> {\n    <Uploads as skylift::resource::Resource>::name()\n}\n";
    let project = new_project("two-versions")
        .package("", "two-versions", &[], "")
        .file("build.rs", OLDER)
        .file("src/main.rs", &format!("{HELLO}{second}{resource}skylift::main!();\n"));
    let run = project.cargo().attempt(&["build"]);
    assert!(!run.succeeded());
    let output = run.terminal();
    let here = env!("CARGO_PKG_VERSION");
    let message = format!(
        "error: `skylift` is version {here} and `skylift-codegen` is version 0.0.9: they have to be the same"
    );
    assert!(output.contains(&message), "{output}");
    assert!(output.contains(&format!("skylift-codegen = \"={here}\"")), "{output}");
    let errors = output.lines().filter(|line| line.starts_with("error")).count();
    // The second error is Cargo's: it could not compile the package.
    assert_eq!(errors, 2, "{output}");
}
