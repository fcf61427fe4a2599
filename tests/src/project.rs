//! Packages to build, outside of Skylift's own workspace. Takes their files, gives a package that
//! depends on Skylift by path, as a user's would, with the dependency versions of the workspace.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::{Cargo, Run};
use crate::places;

/// The three lines that Skylift asks of a package.
const BUILD_SCRIPT: &str = "fn main() {\n    skylift_codegen::build();\n}\n";

/// A package, or a workspace of them.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// An empty one in a folder of that name under `scratch`. All projects there share a target
    /// directory, since dependencies take their time to build: so each package needs a name of its
    /// own.
    pub fn new(scratch: &Path, name: &str) -> Self {
        let root = scratch.join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(&root).unwrap();
        // The versions of the workspace, which are on this machine.
        fs::copy(places::root().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
        Self { root, target: scratch.join("shared target") }
    }

    /// Adds a manifest and a build script in a folder of the project; the folder `""` is a package
    /// of its own, any other a member of the project's workspace.
    pub fn package(self, folder: &str, name: &str, features: &[&str], more: &str) -> Self {
        self.forget(name);
        let skylift = places::root().display();
        let workspace = if folder.is_empty() { "\n[workspace]\n" } else { "" };
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nskylift = {{ path = '{skylift}/runtime', features = {features:?} }}\n\n\
             [build-dependencies]\nskylift-codegen = {{ path = '{skylift}/codegen' }}\n\
             {workspace}\n{more}"
        );
        let within = |file: &str| Path::new(folder).join(file).to_str().unwrap().to_owned();
        self.file(&within("Cargo.toml"), &manifest).file(&within("build.rs"), BUILD_SCRIPT)
    }

    /// Makes the project's folder a workspace of these members.
    pub fn workspace(self, members: &[&str]) -> Self {
        self.file("Cargo.toml", &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))
    }

    /// Adds a file.
    pub fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a file, as an editor does between two builds.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Takes the project's own `target` instead of the shared directory.
    pub fn with_default_target(mut self) -> Self {
        self.target = self.root.join("target");
        self
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The directory of the final artefacts.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Cargo in the project's folder.
    pub fn cargo(&self) -> Cargo {
        let cargo = Cargo::unconfigured(&self.root)
            .env("CARGO_NET_OFFLINE", "true")
            // Neither is what any of this is about, and both take their time.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0");
        if self.target == self.root.join("target") {
            cargo
        } else {
            cargo.env("CARGO_TARGET_DIR", &self.target)
        }
    }

    /// `cargo build` with more arguments.
    pub fn build(&self, args: &[&str]) -> Run {
        self.cargo().run(&[&["build"], args].concat())
    }

    /// Where a package's outputs are: `<target>/skylift/<package>`.
    pub fn outputs(&self, package: &str) -> PathBuf {
        self.target.join("skylift").join(package)
    }

    /// Removes what an earlier run of the tests left.
    fn forget(&self, package: &str) {
        let outputs = self.outputs(package);
        if outputs.exists() {
            fs::remove_dir_all(outputs).unwrap();
        }
    }
}
