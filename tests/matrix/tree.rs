//! The output tree of a package, which users pass to `sam`. Gives its files and programs, and asserts that they belong
//! together.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use skylift_tests::program::Program;
use skylift_tests::project::Project;
use skylift_tests::{http, workspace};

/// A function whose response has the profile of its build.
pub(crate) const HELLO: &str = r#"use skylift::prelude::*;

#[function]
async fn hello() -> Result<String, Error> {
    Ok(format!("hello from {}", if cfg!(debug_assertions) { "dev" } else { "release" }))
}
"#;

/// Creates an empty project. The path of its folder has a space.
pub(crate) fn new_project(name: &str) -> Project {
    Project::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("build matrix"), name)
}

/// Creates a package with `HELLO` in `src/main.rs`.
pub(crate) fn hello_project(name: &str) -> Project {
    new_project(name).package("", name, &[], "").file("src/main.rs", &main_source("hello"))
}

/// Returns a `src/main.rs` with `HELLO` under another name.
pub(crate) fn main_source(function: &str) -> String {
    format!("{}\nskylift::main!();\n", HELLO.replace("hello", function))
}

/// `<target>/skylift/<package>`.
pub(crate) struct Tree(PathBuf);

impl Tree {
    /// Returns the tree of the package with the name of the project's folder.
    pub(crate) fn for_project(project: &Project) -> Self {
        Self::for_package(project, &workspace::file_name(project.root()))
    }

    /// Returns the tree of any package of a project.
    pub(crate) fn for_package(project: &Project, package: &str) -> Self {
        Self(project.outputs(package))
    }

    /// Reads the template, if it exists.
    pub(crate) fn template(&self) -> Option<String> {
        fs::read_to_string(self.0.join("template.yaml")).ok()
    }

    /// Returns whether a program is a copy of the binary. `program` is `bootstrap` or `<bin>/bootstrap`.
    pub(crate) fn has_copy(&self, program: &str, binary: &Path) -> bool {
        let program = self.0.join("code").join(program);
        let is_file = program.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        is_file && fs::read(program).unwrap() == fs::read(binary).unwrap()
    }

    /// Returns whether that program exists.
    pub(crate) fn has_program(&self, program: &str) -> bool {
        self.0.join("code").join(program).symlink_metadata().is_ok()
    }

    /// Returns whether nothing of a build is published: neither a template nor a program.
    pub(crate) fn is_empty(&self) -> bool {
        let files = ["template.yaml", "cloudformation.yaml", "app.json", ".new", "code/bootstrap"];
        !files.iter().any(|file| self.0.join(file).exists())
    }

    /// Asserts that all outputs exist for these handlers, and that `code/bootstrap` is a copy of the binary.
    pub(crate) fn assert_complete(&self, binary: &Path, handlers: &[&str]) {
        self.assert_handlers(handlers);
        assert!(self.has_copy("bootstrap", binary), "{}", binary.display());
    }

    /// Asserts that the template has exactly these handlers, and that `app.json` has them.
    pub(crate) fn assert_handlers(&self, handlers: &[&str]) {
        let template = self.template();
        let template = template.unwrap_or_else(|| panic!("no template in `{}`", self.0.display()));
        let mut listed: Vec<&str> =
            template.lines().filter_map(|line| line.trim().strip_prefix("Handler: ")).collect();
        listed.sort_unstable();
        let mut expected = handlers.to_vec();
        expected.sort_unstable();
        assert_eq!(listed, expected, "{template}");

        let application = fs::read_to_string(self.0.join("app.json")).expect("app.json exists");
        let _: Value = serde_json::from_str(&application).expect("app.json is JSON");
        for handler in handlers {
            assert!(application.contains(handler), "`{handler}` is not in app.json: {application}");
        }
    }

    /// Runs a program on this machine, invokes a function and returns the response.
    pub(crate) fn invoke(&self, program: &str, function: &str) -> Value {
        self.invoke_with(program, function, &[])
    }

    /// Runs a program with these environment variables, as [`invoke`](Self::invoke) does.
    pub(crate) fn invoke_with(
        &self,
        program: &str,
        function: &str,
        variables: &[(&str, &str)],
    ) -> Value {
        let mut command = Command::new(self.0.join("code").join(program));
        command.env("SKYLIFT_PORT", "0").envs(variables.iter().copied());
        let mut server = Program::start(&mut command);
        let path = format!("/2015-03-31/functions/{function}/invocations");
        let response = http::post(server.wait_for_port(), &path, b"null");
        assert_eq!(response.status, 200, "{}", response.text());
        assert!(server.interrupt().success());
        response.json()
    }
}
