//! Cargo as a user runs it. Takes a package's folder and arguments, gives what Cargo printed and what
//! it built or found fresh.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

use crate::places;

/// A Cargo command in a folder: the Cargo that runs the tests, so that the toolchain is the same
/// outside the workspace.
#[derive(Debug)]
pub struct Cargo(Command);

impl Cargo {
    /// With everything that configures Cargo in the environment of the tests.
    pub fn new(folder: &Path) -> Self {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(folder);
        // These describe the package of the tests. Some build scripts run again, and all that depends
        // on them is compiled again, wherever one of them has changed.
        let described = ["CARGO_MANIFEST_", "CARGO_PKG_"];
        for (name, _) in std::env::vars_os() {
            if described.iter().any(|start| name.to_string_lossy().starts_with(start)) {
                command.env_remove(name);
            }
        }
        Self(command)
    }

    /// With nothing that configures Cargo in the environment, save where the registry lies.
    pub fn unconfigured(folder: &Path) -> Self {
        let Self(mut command) = Self::new(folder);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            let configures =
                ["CARGO_", "SKYLIFT_", "RUSTFLAGS"].iter().any(|start| text.starts_with(start));
            if configures && !["CARGO_HOME", "CARGO_NET_OFFLINE"].contains(&text.as_ref()) {
                command.env_remove(&name);
            }
        }
        Self(command)
    }

    /// Sets a variable for this run.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// The command itself, for a program that runs beside the test.
    pub fn command(mut self, args: &[&str]) -> Command {
        self.0.args(args);
        self.0
    }

    /// Runs it and gives what it did; fails unless Cargo succeeds.
    pub fn run(self, args: &[&str]) -> Run {
        let run = self.attempt(args);
        assert!(run.succeeded(), "`cargo {}` failed\n{}", args.join(" "), run.terminal());
        run
    }

    /// Runs it and gives what it did, whether or not it went well.
    pub fn attempt(mut self, args: &[&str]) -> Run {
        self.0.args(args);
        if matches!(args.first(), Some(&("build" | "check" | "clippy" | "test"))) {
            self.0.arg("--message-format=json");
        }
        Run { output: self.0.output().expect("cargo starts") }
    }
}

/// What one run of Cargo did.
#[derive(Debug)]
pub struct Run {
    output: Output,
}

impl Run {
    /// Whether Cargo gave no error.
    pub fn succeeded(&self) -> bool {
        self.output.status.success()
    }

    /// What a user reads in the terminal: what Cargo says, then what rustc says.
    pub fn terminal(&self) -> String {
        let mut text = String::from_utf8_lossy(&self.output.stderr).into_owned();
        for message in self.messages("compiler-message") {
            text.push_str(message["message"]["rendered"].as_str().unwrap_or_default());
        }
        text
    }

    /// The names of the targets that were compiled rather than found fresh, `build-script-build`
    /// among them.
    pub fn compiled(&self) -> Vec<String> {
        self.messages("compiler-artifact")
            .filter(|message| message["fresh"] == false)
            .map(|message| message["target"]["name"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The libraries of that name: how many features each has, and where Cargo put its metadata.
    pub fn libraries(&self, name: &str) -> Vec<(usize, PathBuf)> {
        let metadata = |message: &Value| {
            let files = message["filenames"].as_array()?.iter().filter_map(Value::as_str);
            let file = files
                .map(PathBuf::from)
                .find(|file| file.extension().is_some_and(|it| it == "rmeta"));
            Some((message["features"].as_array()?.len(), file?))
        };
        self.messages("compiler-artifact")
            .filter(|message| message["target"]["name"] == name)
            .filter_map(|message| metadata(&message))
            .collect()
    }

    /// The binary of that name, where Cargo says that it put it.
    pub fn executable(&self, name: &str) -> PathBuf {
        self.messages("compiler-artifact")
            .filter(|message| message["target"]["name"] == name)
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .unwrap_or_else(|| panic!("cargo built no binary `{name}`"))
    }

    fn messages(&self, reason: &'static str) -> impl Iterator<Item = Value> {
        let text = String::from_utf8_lossy(&self.output.stdout).into_owned();
        let lines: Vec<Value> =
            text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        lines.into_iter().filter(move |message: &Value| message["reason"] == reason)
    }
}

/// What `cargo metadata` says of the workspace in a folder, as far as this machine builds it.
pub fn metadata(folder: &Path) -> Value {
    let platform = format!("--filter-platform={}", host());
    let run = Cargo::new(folder).run(&["metadata", "--format-version=1", "--offline", &platform]);
    serde_json::from_slice(&run.output.stdout).expect("cargo metadata prints JSON")
}

/// The features of `skylift` that users have, as Cargo takes them: the tests have them all.
pub fn every_feature() -> String {
    let metadata = metadata(places::root());
    let packages = metadata["packages"].as_array().unwrap();
    let skylift = packages.iter().find(|package| package["name"] == "skylift").unwrap();
    let names = skylift["features"].as_object().unwrap().keys();
    let of_users = names.filter(|name| !name.starts_with('_') && *name != "default");
    of_users.map(|name| format!("skylift/{name}")).collect::<Vec<_>>().join(",")
}

/// The target triple of this machine.
pub fn host() -> &'static str {
    static HOST: OnceLock<String> = OnceLock::new();
    HOST.get_or_init(|| {
        let rustc = Command::new("rustc").arg("-vV").output().expect("rustc starts");
        let text = String::from_utf8_lossy(&rustc.stdout);
        let host = text.lines().find_map(|line| line.strip_prefix("host: "));
        host.expect("rustc names its host").to_owned()
    })
}
