//! Checks every SAM template with `sam validate --lint` and aws-sam-translator, and every plain template with the newest
//! cfn-lint. Takes the templates of the examples and the golden cases, and gives the messages of the tools. Templates
//! with a known mistake show that the tools find mistakes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use skylift_tests::workspace;

use crate::toolbox;

/// A template with the messages and the output of the tools.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The golden case or example. For a template with a mistake, the name of its folder.
    pub(crate) case: String,
    pub(crate) template: PathBuf,
    problems: Vec<String>,
    /// The ids that SAM should create, and those that it does create, both sorted.
    ids: [Vec<String>; 2],
    translated: PathBuf,
    /// The content of the `cloudformation.yaml` in the same folder, if there is one.
    pub(crate) plain: Option<Value>,
}

impl Checked {
    fn from_json(checked: &Value) -> Self {
        let path = |key: &str| PathBuf::from(checked[key].as_str().unwrap());
        let texts = |key: &str| -> Vec<String> {
            let texts = checked[key].as_array().unwrap().iter();
            texts.map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let template = path("template");
        Self {
            case: case_name(&template),
            problems: texts("problems"),
            ids: [texts("expected"), texts("generated")],
            translated: path("translated"),
            plain: Some(checked["plain"].clone()).filter(|plain| !plain.is_null()),
            template,
        }
    }

    /// Reads the output of aws-sam-translator.
    pub(crate) fn translated(&self) -> Value {
        serde_json::from_slice(&fs::read(&self.translated).unwrap()).unwrap()
    }

    /// Returns the path of `cloudformation.yaml`, if there is one.
    fn plain_file(&self) -> Option<PathBuf> {
        let path = match nested_root(&self.template) {
            Some(root) => root.join("cloudformation").join(self.template.file_name().unwrap()),
            None => self.template.with_file_name("cloudformation.yaml"),
        };
        self.plain.is_some().then_some(path)
    }

    /// Returns whether SAM creates exactly the expected ids, each once.
    fn ids_are_unique(&self) -> bool {
        let [expected, generated] = &self.ids;
        !expected.windows(2).any(|pair| pair[0] == pair[1]) && expected == generated
    }
}

/// Returns the folder of the application that a template of a nested stack belongs to, and `None` for another template.
fn nested_root(template: &Path) -> Option<&Path> {
    let folder = template.parent()?;
    folder.parent().filter(|_| folder.ends_with("stacks"))
}

/// Returns the name of a template's case, with the number of a nested stack.
fn case_name(template: &Path) -> String {
    match nested_root(template) {
        Some(root) => {
            let number = template.file_stem().unwrap().to_str().unwrap();
            format!("{}-{number}", workspace::file_name(root))
        }
        None => workspace::file_name(template.parent().unwrap()),
    }
}

/// Returns the SAM templates of a case: that of the application, and those of its nested stacks.
fn sam_templates(folder: &Path) -> Vec<PathBuf> {
    let nested = folder.join("stacks");
    let nested = if nested.is_dir() { workspace::list_folder(&nested) } else { Vec::new() };
    std::iter::once(folder.join("template.yaml")).chain(nested).collect()
}

/// Returns the checked templates of all examples and golden cases.
pub(crate) fn valid_templates() -> &'static [Checked] {
    static CHECKED: OnceLock<Vec<Checked>> = OnceLock::new();
    CHECKED.get_or_init(|| {
        // No build is needed: other tests show that the build step writes exactly these templates.
        let examples = workspace::root().join("examples");
        let examples = workspace::example_names().into_iter().map(|name| examples.join(name));
        let folders = workspace::template_cases().into_iter().chain(examples);
        let templates: Vec<PathBuf> =
            folders.flat_map(|folder| sam_templates(&folder)).filter(|it| it.is_file()).collect();
        run_checks("sound", &templates)
    })
}

fn broken_templates() -> &'static [Checked] {
    static CHECKED: OnceLock<Vec<Checked>> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let folder = workspace::root().join("tests/tools/broken");
        let mut templates = workspace::list_folder(&folder);
        templates.retain(|template| template.is_file());
        run_checks("broken", &templates)
    })
}

/// Checks all templates in one run of the tools, because each tool takes seconds to start.
fn run_checks(name: &str, templates: &[PathBuf]) -> Vec<Checked> {
    let results = Path::new(env!("CARGO_TARGET_TMPDIR")).join("translated").join(name);
    // Remove the files of an earlier run, which would be read as well.
    if results.exists() {
        fs::remove_dir_all(&results).unwrap();
    }
    fs::create_dir_all(&results).unwrap();
    let checked = toolbox::tool("check").arg(&results).args(templates).json();
    let checked: Vec<Checked> =
        checked.as_array().unwrap().iter().map(Checked::from_json).collect();
    assert_eq!(checked.len(), templates.len());
    checked
}

#[test]
fn sam_and_cfn_lint_accept_every_template() {
    let problems: Vec<String> = valid_templates()
        .iter()
        .flat_map(|checked| {
            checked.problems.iter().map(move |it| format!("{}: {it}", checked.case))
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn no_generated_logical_id_replaces_another() {
    for checked in valid_templates() {
        let [expected, generated] = &checked.ids;
        assert!(
            checked.ids_are_unique(),
            "{}: SAM should create\n{expected:#?}\nand creates\n{generated:#?}",
            checked.case
        );
    }
}

#[test]
fn the_tools_find_every_known_mistake() {
    let unnoticed: Vec<&PathBuf> = broken_templates()
        .iter()
        .filter(|checked| checked.problems.is_empty() && checked.ids_are_unique())
        .map(|checked| &checked.template)
        .collect();
    assert!(unnoticed.is_empty(), "the tools find no mistake in {unnoticed:?}");
}

#[test]
fn an_id_that_sam_would_silently_overwrite_is_found() {
    let overwritten = broken_templates()
        .iter()
        .find(|checked| checked.template.ends_with("overwritten-id.yaml"))
        .expect("the template exists");
    assert!(overwritten.problems.is_empty(), "the tools find nothing");
    assert!(!overwritten.ids_are_unique());
}

/// Returns the results of the newest cfn-lint for every plain template and for one with a known mistake.
pub(crate) fn lint_results() -> &'static Value {
    static LINTED: OnceLock<Value> = OnceLock::new();
    LINTED.get_or_init(|| {
        let templates: Vec<PathBuf> =
            valid_templates().iter().filter_map(Checked::plain_file).collect();
        assert!(templates.len() > 40, "only {} plain templates", templates.len());
        toolbox::run_json(
            toolbox::lint_command("lint.py").args(templates).arg(broken_plain_template()),
        )
    })
}

fn broken_plain_template() -> PathBuf {
    toolbox::script_path("broken/plain/visibility.yaml")
}

/// Returns the findings of the newest cfn-lint in the template with the mistake, or in all others.
fn lint_findings(in_broken: bool) -> Vec<&'static Value> {
    let broken = broken_plain_template();
    let is_in_broken =
        |found: &Value| found["line"].as_str().unwrap().starts_with(broken.to_str().unwrap());
    let found = lint_results()["found"].as_array().unwrap().iter();
    // The templates of nested stacks are local files, which `aws cloudformation package` uploads.
    let is_local_file = |found: &Value| found["rule"] == "W3002";
    found.filter(|found| is_in_broken(found) == in_broken && !is_local_file(found)).collect()
}

#[test]
fn the_newest_cfn_lint_accepts_every_plain_template() {
    assert_eq!(lint_findings(false), [] as [&Value; 0]);
}

#[test]
fn the_newest_cfn_lint_finds_the_mistake_in_a_plain_template() {
    let rules: Vec<&Value> = lint_findings(true).iter().map(|found| &found["rule"]).collect();
    assert_eq!(rules, ["E3034"]);
}
