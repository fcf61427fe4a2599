//! The examples, built as a user builds them. Takes the packages in `examples/` and builds them once. Gives the
//! folder of outputs that users pass to `sam`, and the binary.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use skylift_tests::cargo::{self, Cargo};
use skylift_tests::workspace;

use crate::toolbox;

/// A built example.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) name: String,
    /// `<target>/skylift/<package>`.
    pub(crate) folder: PathBuf,
    /// The path of the binary, according to Cargo.
    pub(crate) binary: PathBuf,
}

/// Returns all examples. The first call builds them.
pub(crate) fn all_examples() -> &'static [Example] {
    static BUILT: OnceLock<Vec<Example>> = OnceLock::new();
    BUILT.get_or_init(build_examples)
}

/// Returns the example of that name.
pub(crate) fn get_example(name: &str) -> &'static Example {
    let example = all_examples().iter().find(|example| example.name == name);
    example.unwrap_or_else(|| panic!("no example `{name}`"))
}

fn build_examples() -> Vec<Example> {
    let names = workspace::example_names();
    // With the same features as for the tests, only the examples themselves have to be compiled.
    let features = cargo::user_features();
    let mut args = vec!["build", "--workspace", "--features", &features];
    args.extend(names.iter().flat_map(|name| ["--bin", name]));
    let run = Cargo::new(workspace::root()).run(&args);
    let metadata = cargo::read_metadata(workspace::root());
    let target = Path::new(metadata["target_directory"].as_str().unwrap()).to_owned();
    let example = |name: String| Example {
        folder: target.join("skylift").join(&name),
        binary: run.executable(&name),
        name,
    };
    names.into_iter().map(example).collect()
}

/// Returns the properties of the SAM functions of a template, with their logical ids.
pub(crate) fn read_functions(template: &Path) -> Vec<(String, Value)> {
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

    /// Returns the properties of the SAM functions of the template, with their logical ids.
    pub(crate) fn functions(&self) -> Vec<(String, Value)> {
        read_functions(&self.template())
    }

    /// Returns the properties of a SAM function of the template.
    pub(crate) fn function(&self, id: &str) -> Value {
        let found = self.functions().into_iter().find(|(name, _)| name == id);
        found.unwrap_or_else(|| panic!("`{}` has no function `{id}`", self.name)).1
    }

    /// Returns the payload that the template's keep-warm rule sends to a function.
    pub(crate) fn keep_warm_ping(&self, id: &str) -> Value {
        let function = self.function(id);
        let events = function["Events"].as_object().unwrap();
        let input = events.values().find_map(|event| event["Properties"]["Input"].as_str());
        serde_json::from_str(input.expect("the rule has an input")).unwrap()
    }
}
