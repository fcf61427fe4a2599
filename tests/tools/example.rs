//! The examples as their users have them. Takes the packages under `examples/`, builds them once,
//! and gives the folder that `sam` is pointed at and the binary that Cargo built.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use skylift_tests::cargo::{self, Cargo};
use skylift_tests::places;

use crate::toolbox;

/// A built example.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) name: String,
    /// `<target>/skylift/<package>`.
    pub(crate) folder: PathBuf,
    /// Where Cargo says that the binary is.
    pub(crate) binary: PathBuf,
}

/// All of them.
pub(crate) fn all() -> &'static [Example] {
    static BUILT: OnceLock<Vec<Example>> = OnceLock::new();
    BUILT.get_or_init(build)
}

/// The one of that name.
pub(crate) fn named(name: &str) -> &'static Example {
    let example = all().iter().find(|example| example.name == name);
    example.unwrap_or_else(|| panic!("no example `{name}`"))
}

fn build() -> Vec<Example> {
    let names = places::examples();
    // With the features of the tests themselves, Cargo finds all but the examples built.
    let features = cargo::every_feature();
    let mut args = vec!["build", "--workspace", "--features", &features];
    args.extend(names.iter().flat_map(|name| ["--bin", name]));
    let run = Cargo::new(places::root()).run(&args);
    let metadata = cargo::metadata(places::root());
    let target = Path::new(metadata["target_directory"].as_str().unwrap()).to_owned();
    let example = |name: String| Example {
        folder: target.join("skylift").join(&name),
        binary: run.executable(&name),
        name,
    };
    names.into_iter().map(example).collect()
}

/// The SAM functions of a template, by logical id.
pub(crate) fn functions(template: &Path) -> Vec<(String, Value)> {
    let resources = toolbox::tool("as_json").arg(template).json()["Resources"].take();
    let Value::Object(resources) = resources else { panic!("no resources: {resources}") };
    let functions: Vec<_> = resources
        .into_iter()
        .filter(|(_, resource)| resource["Type"] == "AWS::Serverless::Function")
        .map(|(id, mut resource)| (id, resource["Properties"].take()))
        .collect();
    assert!(!functions.is_empty(), "`{}` has no functions", template.display());
    functions
}

impl Example {
    pub(crate) fn template(&self) -> PathBuf {
        self.folder.join("template.yaml")
    }

    /// The SAM functions of the template, by logical id.
    pub(crate) fn functions(&self) -> Vec<(String, Value)> {
        functions(&self.template())
    }

    /// The properties of a SAM function of the template.
    pub(crate) fn function(&self, id: &str) -> Value {
        let found = self.functions().into_iter().find(|(name, _)| name == id);
        found.unwrap_or_else(|| panic!("`{}` has no function `{id}`", self.name)).1
    }

    /// What the rule that keeps a function warm sends to it, as the template says.
    pub(crate) fn keep_warm_tick(&self, id: &str) -> Value {
        let function = self.function(id);
        let events = function["Events"].as_object().unwrap();
        let input = events.values().find_map(|event| event["Properties"]["Input"].as_str());
        serde_json::from_str(input.expect("the rule has an input")).unwrap()
    }
}
