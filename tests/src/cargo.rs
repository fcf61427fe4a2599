//! Runs Cargo as a user does. Takes the folder of a package and arguments. Gives the messages of Cargo, and the
//! targets that Cargo compiled or found unchanged.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

use crate::workspace;

/// A command that runs Cargo in a folder. It uses the Cargo that runs the tests, so that packages outside of the
/// workspace use the same toolchain.
#[derive(Debug)]
pub struct Cargo(Command);

impl Cargo {
    /// Creates a Cargo command for a folder. It inherits the configuration of Cargo from the environment of the
    /// tests.
    pub fn new(folder: &Path) -> Self {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(folder);
        // These describe the package of the tests. Some build scripts run again where one of them changes, and
        // every crate that depends on them is then compiled again.
        let described = ["CARGO_MANIFEST_", "CARGO_PKG_"];
        for (name, _) in std::env::vars_os() {
            if described.iter().any(|start| name.to_string_lossy().starts_with(start)) {
                command.env_remove(name);
            }
        }
        Self(command)
    }

    /// Creates a Cargo command for a folder, without any configuration of Cargo in its environment, except for the
    /// location of the registry.
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

    /// Sets an environment variable for this Cargo command.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Returns the Cargo command with these arguments and does not run it. A test that needs Cargo to run beside it
    /// starts the command itself.
    pub fn command(mut self, args: &[&str]) -> Command {
        self.0.args(args);
        self.0
    }

    /// Runs Cargo with these arguments and returns its output. Panics if Cargo fails.
    pub fn run(self, args: &[&str]) -> Run {
        let run = self.attempt(args);
        assert!(run.succeeded(), "`cargo {}` failed\n{}", args.join(" "), run.terminal());
        run
    }

    /// Runs Cargo with these arguments and returns its output, even if Cargo fails.
    pub fn attempt(mut self, args: &[&str]) -> Run {
        self.0.args(args);
        if matches!(args.first(), Some(&("build" | "check" | "clippy" | "test"))) {
            self.0.arg("--message-format=json");
        }
        Run { output: self.0.output().expect("cargo starts") }
    }
}

/// The output of one run of Cargo.
#[derive(Debug)]
pub struct Run {
    output: Output,
}

impl Run {
    /// Returns whether Cargo succeeded.
    pub fn succeeded(&self) -> bool {
        self.output.status.success()
    }

    /// Returns the text that a user reads in the terminal after this run of Cargo: the messages of Cargo, then those
    /// of rustc.
    pub fn terminal(&self) -> String {
        let mut text = String::from_utf8_lossy(&self.output.stderr).into_owned();
        for message in self.messages("compiler-message") {
            text.push_str(message["message"]["rendered"].as_str().unwrap_or_default());
        }
        text
    }

    /// Returns the names of the targets that Cargo compiled because they were not fresh, `build-script-build`
    /// included.
    pub fn compiled(&self) -> Vec<String> {
        self.messages("compiler-artifact")
            .filter(|message| message["fresh"] == false)
            .map(|message| message["target"]["name"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Returns the libraries of that name that this run of Cargo built or found built. Each pair has the number of
    /// enabled features of a library and the path of its metadata.
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

    /// Returns the path at which Cargo placed the binary of that name.
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

/// Runs `cargo metadata` on the workspace in a folder, for the platform of this machine, and returns its JSON output.
pub fn read_metadata(folder: &Path) -> Value {
    let platform = format!("--filter-platform={}", host_triple());
    let run = Cargo::new(folder).run(&["metadata", "--format-version=1", "--offline", &platform]);
    serde_json::from_slice(&run.output.stdout).expect("cargo metadata prints JSON")
}

/// Returns the Cargo features of `skylift` that users may enable, as a list for `--features`. The tests enable all of
/// these features.
pub fn user_features() -> String {
    let metadata = read_metadata(workspace::root());
    let packages = metadata["packages"].as_array().unwrap();
    let skylift = packages.iter().find(|package| package["name"] == "skylift").unwrap();
    let names = skylift["features"].as_object().unwrap().keys();
    let for_users = names.filter(|name| !name.starts_with('_') && *name != "default");
    for_users.map(|name| format!("skylift/{name}")).collect::<Vec<_>>().join(",")
}

/// Returns the target triple of this machine.
pub fn host_triple() -> &'static str {
    static HOST: OnceLock<String> = OnceLock::new();
    HOST.get_or_init(|| {
        let rustc = Command::new("rustc").arg("-vV").output().expect("rustc starts");
        let text = String::from_utf8_lossy(&rustc.stdout);
        let host = text.lines().find_map(|line| line.strip_prefix("host: "));
        host.expect("the output of rustc has the host").to_owned()
    })
}
