//! Validates the `app.json` of every example and golden case with the JSON Schema in `docs`, and compares the resolved
//! functions with the templates. A changed file shows that the schema refuses what it does not know.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};
use skylift_tests::cases::{Package, copy_other_files};
use skylift_tests::{build_script, workspace};

use crate::templates;
use crate::toolbox;

/// The schema of `app.json`.
const SCHEMA: &str = "docs/app.schema.json";

/// A golden case or an example, with its `app.json`.
struct Application {
    name: String,
    file: PathBuf,
}

impl Application {
    fn content(&self) -> Value {
        serde_json::from_str(&workspace::read_file(&self.file)).unwrap()
    }
}

/// Runs the build step of every golden case and of every example.
fn applications() -> &'static [Application] {
    static ALL: OnceLock<Vec<Application>> = OnceLock::new();
    ALL.get_or_init(|| {
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("app_json");
        if scratch.exists() {
            fs::remove_dir_all(&scratch).unwrap();
        }
        let cases = workspace::template_cases().into_iter().map(|case| {
            let name = workspace::file_name(&case);
            let folder = scratch.join(&name);
            fs::create_dir_all(&folder).unwrap();
            copy_other_files(&case, &folder);
            let source = workspace::read_file(&case.join("main.rs"));
            let binary = Path::new("src/main.rs");
            let out = Package { name: &name, binary, source: &source }.run_build_step(&folder);
            Application { file: out.join("skylift/app.json"), name }
        });
        let examples = workspace::example_names().into_iter().map(|name| {
            let folder = workspace::root().join("examples").join(&name);
            let out = scratch
                .join(format!("examples/{name}/target/debug/build/{name}-0123456789abcdef/out"));
            let environment = build_script::environment(&name, &folder, &out);
            let errors = skylift_codegen::Build::new().run_in_environment(&environment);
            assert_eq!(errors, Vec::<String>::new(), "{name}");
            Application { file: out.join("skylift/app.json"), name }
        });
        cases.chain(examples).collect()
    })
}

/// Returns the errors in these files.
fn validate(files: &[PathBuf]) -> Vec<String> {
    let schema = workspace::root().join(SCHEMA);
    let errors = toolbox::tool("app_json").arg(schema).args(files).json();
    errors.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_app_json_is_valid() {
    let files: Vec<PathBuf> = applications().iter().map(|it| it.file.clone()).collect();
    assert_eq!(validate(&files), Vec::<String>::new());
}

#[test]
fn the_schema_refuses_unknown_keys_and_other_values() {
    let valid = applications().iter().find(|it| it.name == "capabilities").unwrap().content();
    let changes: [(&str, &str, Value); 6] = [
        ("", "further", json!(1)),
        ("", "version", json!(0)),
        ("/functions/0", "further", json!("x")),
        ("/functions/0/settings", "memory", json!("512")),
        ("/resources/0", "further", json!(null)),
        ("/resolved/functions/Work", "further", json!({})),
    ];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("app_json_changed");
    fs::create_dir_all(&folder).unwrap();
    for (number, (at, key, value)) in changes.into_iter().enumerate() {
        let mut wrong = valid.clone();
        wrong.pointer_mut(at).unwrap()[key] = value;
        let file = folder.join(format!("{number}.json"));
        fs::write(&file, wrong.to_string()).unwrap();
        assert!(!validate(&[file]).is_empty(), "{at}/{key}");
    }
}

#[test]
fn resolved_functions_are_those_of_the_templates() {
    let mut compared = 0;
    for checked in templates::valid_templates() {
        let Some(plain) = &checked.plain else { continue };
        // The functions of nested stacks are in templates of their own, with parameters for what is elsewhere.
        if checked.case.starts_with("nested") {
            continue;
        }
        let application = applications().iter().find(|it| it.name == checked.case).unwrap();
        let content = application.content();
        for (id, function) in content["resolved"]["functions"].as_object().unwrap() {
            let resource = |id: &str| &plain["Resources"][id];
            let properties = resource(id)["Properties"].as_object().unwrap();
            for (key, value) in properties {
                let resolved = match key.as_str() {
                    "Environment" => &json!({ "Variables": function["environment"] }),
                    "Role" => &function["role"],
                    _ => &function["settings"][key],
                };
                let place = format!("{} {id}.{key}", checked.case);
                assert_eq!(*resolved, *value, "{place}");
                compared += 1;
            }
            for part in ["permissions", "mappings", "resources"] {
                for (id, resolved) in function[part].as_object().unwrap() {
                    let place = format!("{} {id}", checked.case);
                    assert_eq!(resolved["Type"], resource(id)["Type"], "{place}");
                    let written = resource(id).get("Properties").unwrap_or(&json!({})).clone();
                    assert_eq!(resolved["Properties"], written, "{place}");
                }
            }
        }
    }
    assert!(compared > 500, "{compared}");
}
