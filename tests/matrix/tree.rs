//! What a build leaves for `sam`. Takes the output tree of a package, gives what stands in it and
//! asserts that it belongs together.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use skylift_tests::program::Program;
use skylift_tests::project::Project;
use skylift_tests::{http, places};

/// A function whose answer tells which build it is from.
pub(crate) const HELLO: &str = r#"use skylift::prelude::*;

#[function]
async fn hello() -> Result<String, Error> {
    Ok(format!("hello from {}", if cfg!(debug_assertions) { "dev" } else { "release" }))
}
"#;

/// An empty project; its folder has a space in its name.
pub(crate) fn project(name: &str) -> Project {
    Project::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("build matrix"), name)
}

/// A package with `HELLO` in `src/main.rs`.
pub(crate) fn hello(name: &str) -> Project {
    project(name).package("", name, &[], "").file("src/main.rs", &main_with("hello"))
}

/// A `src/main.rs` with `HELLO` under another name.
pub(crate) fn main_with(function: &str) -> String {
    format!("{}\nskylift::main!();\n", HELLO.replace("hello", function))
}

/// `<target>/skylift/<package>`.
pub(crate) struct Tree(PathBuf);

impl Tree {
    /// Of the package that has the name of the project's folder.
    pub(crate) fn of(project: &Project) -> Self {
        Self::of_package(project, &places::name(project.root()))
    }

    /// Of any package of a project.
    pub(crate) fn of_package(project: &Project, package: &str) -> Self {
        Self(project.outputs(package))
    }

    /// The template, if there is one.
    pub(crate) fn template(&self) -> Option<String> {
        fs::read_to_string(self.0.join("template.yaml")).ok()
    }

    /// Where the link to the binary leads; `link` is `bootstrap` or `<bin>/bootstrap`.
    pub(crate) fn binary(&self, link: &str) -> PathBuf {
        let link = self.0.join("code").join(link);
        fs::canonicalize(&link).unwrap_or_else(|error| panic!("`{}`: {error}", link.display()))
    }

    /// Whether that link is there, wherever it leads.
    pub(crate) fn has(&self, link: &str) -> bool {
        self.0.join("code").join(link).symlink_metadata().is_ok()
    }

    /// Asserts that all outputs are there for these handlers, and that `code/bootstrap` is the binary.
    pub(crate) fn assert_right(&self, binary: &Path, handlers: &[&str]) {
        self.assert_lists(handlers);
        assert_eq!(self.binary("bootstrap"), fs::canonicalize(binary).unwrap());
    }

    /// Asserts that template and application list exactly these handlers.
    pub(crate) fn assert_lists(&self, handlers: &[&str]) {
        let template = self.template();
        let template = template.unwrap_or_else(|| panic!("no template in `{}`", self.0.display()));
        let mut listed: Vec<&str> =
            template.lines().filter_map(|line| line.trim().strip_prefix("Handler: ")).collect();
        listed.sort_unstable();
        let mut expected = handlers.to_vec();
        expected.sort_unstable();
        assert_eq!(listed, expected, "{template}");

        let application = fs::read_to_string(self.0.join("app.json")).expect("app.json is there");
        let _: Value = serde_json::from_str(&application).expect("app.json is JSON");
        for handler in handlers {
            assert!(application.contains(handler), "`{handler}` is not in app.json: {application}");
        }
    }

    /// What a function of the binary behind the link answers when the binary runs here.
    pub(crate) fn answer(&self, link: &str, function: &str) -> Value {
        let bootstrap = self.0.join("code").join(link);
        let mut server = Program::start(Command::new(bootstrap).env("SKYLIFT_PORT", "0"));
        let path = format!("/2015-03-31/functions/{function}/invocations");
        let answer = http::post(server.port(), &path, b"null");
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(server.interrupt().success());
        answer.json()
    }
}
