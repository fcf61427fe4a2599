//! Every template in front of `sam validate --lint` and aws-sam-translator, and what is written without SAM
//! in front of the newest cfn-lint. Takes those of the examples and the golden ones, gives what the tools
//! say of them; templates with a known mistake show that the tools would have said so.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use skylift_tests::places;

use crate::toolbox;

/// A template, what the tools say of it, and what they make of it.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The golden case or example; of a template with a mistake, the folder of those.
    pub(crate) case: String,
    pub(crate) template: PathBuf,
    problems: Vec<String>,
    /// The ids that SAM should make, sorted, and those that it makes.
    ids: [Vec<String>; 2],
    translated: PathBuf,
    /// The `cloudformation.yaml` beside it.
    pub(crate) plain: Option<Value>,
}

impl Checked {
    fn read(checked: &Value) -> Self {
        let path = |key: &str| PathBuf::from(checked[key].as_str().unwrap());
        let texts = |key: &str| -> Vec<String> {
            let texts = checked[key].as_array().unwrap().iter();
            texts.map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let template = path("template");
        Self {
            case: places::name(template.parent().unwrap()),
            problems: texts("problems"),
            ids: [texts("expected"), texts("generated")],
            translated: path("translated"),
            plain: Some(checked["plain"].clone()).filter(|plain| !plain.is_null()),
            template,
        }
    }

    /// What aws-sam-translator makes of it.
    pub(crate) fn translated(&self) -> Value {
        serde_json::from_slice(&fs::read(&self.translated).unwrap()).unwrap()
    }

    /// `cloudformation.yaml`, where it is written.
    fn plain_file(&self) -> Option<PathBuf> {
        self.plain.is_some().then(|| self.template.with_file_name("cloudformation.yaml"))
    }

    /// Whether SAM makes exactly the ids that it should, each once.
    fn ids_are_unique(&self) -> bool {
        let [expected, generated] = &self.ids;
        !expected.windows(2).any(|pair| pair[0] == pair[1]) && expected == generated
    }
}

pub(crate) fn sound() -> &'static [Checked] {
    static CHECKED: OnceLock<Vec<Checked>> = OnceLock::new();
    CHECKED.get_or_init(|| {
        // Other tests show that the build step makes just these, and no build is needed here.
        let examples = places::root().join("examples");
        let examples = places::examples().into_iter().map(|name| examples.join(name));
        let folders = places::template_cases().into_iter().chain(examples);
        let templates: Vec<PathBuf> = folders.map(|folder| folder.join("template.yaml")).collect();
        check("sound", &templates)
    })
}

fn broken() -> &'static [Checked] {
    static CHECKED: OnceLock<Vec<Checked>> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let folder = places::root().join("tests/tools/broken");
        let mut templates: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        templates.retain(|template| template.is_file());
        templates.sort();
        check("broken", &templates)
    })
}

/// One run of the tools over all of them, since each takes seconds to start.
fn check(what: &str, templates: &[PathBuf]) -> Vec<Checked> {
    let results = Path::new(env!("CARGO_TARGET_TMPDIR")).join("translated").join(what);
    // What an earlier run left would be looked at as well.
    if results.exists() {
        fs::remove_dir_all(&results).unwrap();
    }
    fs::create_dir_all(&results).unwrap();
    let checked = toolbox::tool("check").arg(&results).args(templates).json();
    let checked: Vec<Checked> = checked.as_array().unwrap().iter().map(Checked::read).collect();
    assert_eq!(checked.len(), templates.len());
    checked
}

#[test]
fn sam_and_cfn_lint_accept_every_template() {
    let problems: Vec<String> = sound()
        .iter()
        .flat_map(|checked| {
            checked.problems.iter().map(move |it| format!("{}: {it}", checked.case))
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn in_no_template_does_one_logical_id_replace_another() {
    for checked in sound() {
        let [expected, generated] = &checked.ids;
        assert!(
            checked.ids_are_unique(),
            "{}: SAM should make\n{expected:#?}\nand makes\n{generated:#?}",
            checked.case
        );
    }
}

#[test]
fn a_template_with_a_known_mistake_is_found_out() {
    let unnoticed: Vec<&PathBuf> = broken()
        .iter()
        .filter(|checked| checked.problems.is_empty() && checked.ids_are_unique())
        .map(|checked| &checked.template)
        .collect();
    assert!(unnoticed.is_empty(), "nothing is held against {unnoticed:?}");
}

#[test]
fn ids_that_sam_would_overwrite_without_a_word_are_found_out() {
    let overwritten = broken()
        .iter()
        .find(|checked| checked.template.ends_with("overwritten-id.yaml"))
        .expect("the template is there");
    assert!(overwritten.problems.is_empty(), "the tools see nothing wrong");
    assert!(!overwritten.ids_are_unique());
}

/// What the newest cfn-lint says of every template without SAM, and of one with a known mistake.
pub(crate) fn linted() -> &'static Value {
    static LINTED: OnceLock<Value> = OnceLock::new();
    LINTED.get_or_init(|| {
        let templates: Vec<PathBuf> = sound().iter().filter_map(Checked::plain_file).collect();
        assert!(templates.len() > 40, "there are templates to look at");
        toolbox::json(toolbox::lint().args(templates).arg(wrong()))
    })
}

fn wrong() -> PathBuf {
    toolbox::script("broken/without_sam/visibility.yaml")
}

/// The findings of the newest cfn-lint in the template with the mistake, or in all others.
fn found(in_wrong: bool) -> Vec<&'static Value> {
    let wrong = wrong();
    let of_wrong =
        |found: &Value| found["line"].as_str().unwrap().starts_with(wrong.to_str().unwrap());
    let found = linted()["found"].as_array().unwrap().iter();
    found.filter(|found| of_wrong(found) == in_wrong).collect()
}

#[test]
fn the_newest_cfn_lint_accepts_every_template_without_sam() {
    assert_eq!(found(false), [] as [&Value; 0]);
}

#[test]
fn the_newest_cfn_lint_finds_what_is_wrong_in_a_template_without_sam() {
    let rules: Vec<&Value> = found(true).iter().map(|found| &found["rule"]).collect();
    assert_eq!(rules, ["E3034"]);
}
