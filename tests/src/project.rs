//! Writes packages outside of Skylift's workspace, which tests build. Takes the files of the packages. Like packages
//! of users they depend on Skylift, but by its path, and with the dependency versions of the workspace.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::{Cargo, Run};
use crate::workspace;

/// The build script that every application has.
const BUILD_SCRIPT: &str = "fn main() {\n    skylift_codegen::build();\n}\n";

/// A package, or a workspace of packages, that a test writes and builds.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Creates an empty project in the folder `scratch/name`. All projects in `scratch` share one target directory,
    /// because it takes long to build the dependencies. Each package therefore needs a unique name.
    pub fn new(scratch: &Path, name: &str) -> Self {
        let root = scratch.join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(&root).unwrap();
        // Those versions are already downloaded.
        fs::copy(workspace::root().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
        Self { root, target: scratch.join("shared target") }
    }

    /// Adds a package to the project: a manifest with the lines `more` at its end, and a build script. If `folder` is
    /// `""`, the package is the project itself; otherwise it is a member of the project's workspace.
    pub fn package(self, folder: &str, name: &str, features: &[&str], more: &str) -> Self {
        self.remove_outputs(name);
        let skylift = workspace::root().display();
        let workspace = if folder.is_empty() { "\n[workspace]\n" } else { "" };
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nskylift = {{ path = '{skylift}/runtime', features = {features:?} }}\n\n\
             [build-dependencies]\nskylift-codegen = {{ path = '{skylift}/codegen' }}\n\
             {workspace}\n{more}"
        );
        let path = |file: &str| Path::new(folder).join(file).to_str().unwrap().to_owned();
        self.file(&path("Cargo.toml"), &manifest).file(&path("build.rs"), BUILD_SCRIPT)
    }

    /// Makes the project a workspace whose members are the packages in these folders.
    pub fn workspace(self, members: &[&str]) -> Self {
        self.file("Cargo.toml", &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))
    }

    /// Adds a file to the project, at a path relative to its folder.
    pub fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a file of the project, as an editor would between two builds.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Adds text to the end of a file of the project, as an editor would between two builds.
    pub fn append(&self, path: &str, text: &str) {
        self.write(path, &format!("{}{text}", self.read(path)));
    }

    /// Reads a text file of the project, at a path relative to its folder.
    pub fn read(&self, path: &str) -> String {
        workspace::read_file(&self.root.join(path))
    }

    /// Uses the project's own `target` instead of the shared target directory.
    pub fn with_default_target(mut self) -> Self {
        self.target = self.root.join("target");
        self
    }

    /// Returns the folder of the project.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the target directory in which the project is built.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Returns a Cargo command that runs in the folder of the project and builds into its target directory.
    pub fn cargo(&self) -> Cargo {
        let cargo = Cargo::unconfigured(&self.root)
            .env("CARGO_NET_OFFLINE", "true")
            // No test needs these, and both take time.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0");
        if self.target == self.root.join("target") {
            cargo
        } else {
            cargo.env("CARGO_TARGET_DIR", &self.target)
        }
    }

    /// Runs `cargo build` with these further arguments on the project, and returns its output. Panics if the build
    /// fails.
    pub fn build(&self, args: &[&str]) -> Run {
        self.cargo().run(&[&["build"], args].concat())
    }

    /// Returns the folder of a package's outputs: `<target>/skylift/<package>`.
    pub fn outputs(&self, package: &str) -> PathBuf {
        self.target.join("skylift").join(package)
    }

    /// Removes the outputs of a package that an earlier run of the tests wrote.
    fn remove_outputs(&self, package: &str) {
        let outputs = self.outputs(package);
        if outputs.exists() {
            fs::remove_dir_all(outputs).unwrap();
        }
    }
}
