//! The JSON Schema of `app.json`. It is made from the types that the build step serializes: the sources of the model,
//! and of the part `resolved`, are read as text. So the model needs no further dependency, and a new field without a
//! schema cannot be. The schema refuses unknown keys.
// See decision 0129.

mod attributes;
mod definitions;
mod items;

use std::fs;

use serde_json::{Value, json};

use crate::workspace;
use definitions::Definitions;
use items::TypeItems;

/// The file with the schema, relative to the workspace's root.
pub(crate) const FILE: &str = "docs/app.schema.json";

/// The type whose JSON is `app.json`.
const ROOT: &str = "AppFile";

/// The folders and files whose types are in `app.json`.
const SOURCES: [&str; 2] = ["model/src", "codegen/src/resolve"];

/// Returns the schema of `app.json`.
fn make_schema() -> Value {
    let mut items = TypeItems::default();
    for folder in SOURCES {
        for (path, text) in workspace::read_rust_files(folder) {
            if !path.contains("/tests/") && !path.ends_with("/tests.rs") {
                items.read_file(&path, &text);
            }
        }
    }
    let mut definitions = Definitions::new(&items);
    let mut root = definitions.define_type(ROOT);
    let version = read_version();
    root["properties"]["version"] = json!({ "const": version });
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:skylift:app:{version}"),
        "title": "The file app.json of a Skylift application",
    });
    let schema_map = schema.as_object_mut().unwrap();
    schema_map.extend(root.as_object().unwrap().clone());
    schema_map.insert("$defs".to_owned(), definitions.into_value());
    schema
}

/// Returns the version of `app.json`, which the model defines.
fn read_version() -> u64 {
    let text = workspace::read_repository_file("model/src/app/mod.rs");
    let (_, rest) = text.split_once("pub const VERSION: u32 = ").expect("the model has a version");
    rest.split_once(';').and_then(|(number, _)| number.parse().ok()).expect("it is a number")
}

#[test]
fn the_schema_in_the_repository_is_that_of_the_types() {
    let made = make_schema();
    if std::env::var_os("SKYLIFT_BLESS").is_some() {
        let text = serde_json::to_string_pretty(&made).unwrap();
        fs::write(workspace::root().join(FILE), format!("{text}\n")).unwrap();
    }
    let kept: Value = serde_json::from_str(&workspace::read_repository_file(FILE)).unwrap();
    assert!(kept == made, "`{FILE}` is not that of the types: run `cargo xtask schema`");
}

#[test]
fn the_schema_refuses_unknown_keys_of_every_object() {
    fn open_objects(value: &Value, path: &str, found: &mut Vec<String>) {
        if let Value::Object(map) = value {
            let is_object = map.get("type") == Some(&json!("object"));
            let is_open = map.get("additionalProperties") != Some(&json!(false));
            if is_object && is_open && map.contains_key("properties") {
                found.push(path.to_owned());
            }
            for (key, value) in map {
                open_objects(value, &format!("{path}/{key}"), found);
            }
        }
    }
    let mut found = Vec::new();
    open_objects(&make_schema(), "", &mut found);
    assert_eq!(found, Vec::<String>::new());
}
