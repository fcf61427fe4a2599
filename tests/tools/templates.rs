//! Every template in front of `sam validate --lint`, cfn-lint and aws-sam-translator. Takes those of
//! the examples and the golden ones, gives what the tools say of them; templates with a known
//! mistake show that the tools would have said so.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use skylift_tests::places;

use crate::{example, toolbox};

pub(crate) fn sound() -> &'static [Value] {
    static CHECKED: OnceLock<Vec<Value>> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let mut templates: Vec<PathBuf> =
            places::template_cases().iter().map(|case| case.join("template.yaml")).collect();
        templates.extend(example::all().iter().map(example::Example::template));
        check("sound", &templates)
    })
}

fn broken() -> &'static [Value] {
    static CHECKED: OnceLock<Vec<Value>> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let folder = places::root().join("tests/tools/broken");
        let mut templates: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        templates.sort();
        check("broken", &templates)
    })
}

/// One run of the tools over all of them, since each takes seconds to start.
fn check(what: &str, templates: &[PathBuf]) -> Vec<Value> {
    let results = Path::new(env!("CARGO_TARGET_TMPDIR")).join("translated").join(what);
    // What an earlier run left would be looked at as well.
    if results.exists() {
        std::fs::remove_dir_all(&results).unwrap();
    }
    std::fs::create_dir_all(&results).unwrap();
    let checked = toolbox::json(toolbox::script("check.py").arg(&results).args(templates));
    let checked = checked.as_array().unwrap().clone();
    assert_eq!(checked.len(), templates.len());
    checked
}

/// Each template with what the tools hold against it; nothing where they find it sound.
fn problems(checked: &[Value]) -> Vec<String> {
    let mut lines = Vec::new();
    for template in checked {
        for problem in template["problems"].as_array().unwrap() {
            lines.push(format!("{}: {}", template["template"], problem.as_str().unwrap()));
        }
    }
    lines
}

/// Whether SAM makes exactly the ids that it should, each once.
fn ids_are_unique(checked: &Value) -> bool {
    let expected: Vec<&Value> = checked["expected"].as_array().unwrap().iter().collect();
    let twice = expected.windows(2).any(|pair| pair[0] == pair[1]);
    !twice && checked["expected"] == checked["generated"]
}

#[test]
fn sam_and_cfn_lint_accept_every_template_before_and_after_translation() {
    let problems = problems(sound());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn in_no_template_does_one_logical_id_replace_another() {
    for checked in sound() {
        assert!(
            ids_are_unique(checked),
            "{}: SAM should make\n{:#}\nand makes\n{:#}",
            checked["template"],
            checked["expected"],
            checked["generated"]
        );
    }
}

#[test]
fn a_template_with_a_known_mistake_is_found_out() {
    let unnoticed: Vec<&Value> = broken()
        .iter()
        .filter(|checked| {
            checked["problems"] == Value::Array(Vec::new()) && ids_are_unique(checked)
        })
        .map(|checked| &checked["template"])
        .collect();
    assert!(unnoticed.is_empty(), "nothing is held against {unnoticed:?}");
}

#[test]
fn ids_that_sam_would_overwrite_without_a_word_are_found_out() {
    let overwritten = broken()
        .iter()
        .find(|checked| checked["template"].as_str().unwrap().ends_with("overwritten-id.yaml"))
        .expect("the template is there");
    assert_eq!(overwritten["problems"], Value::Array(Vec::new()), "the tools see nothing wrong");
    assert!(!ids_are_unique(overwritten));
}
