//! AWS's own tools. Takes the Python environments that `cargo xtask test` made, gives tools that see no
//! configuration, no credentials and no home of the machine they run on.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use skylift_tests::places;

use crate::preloaded;

/// What SAM and the AWS CLI are told, in place of anything that the machine may have.
const SETTINGS: [(&str, &str); 8] = [
    ("AWS_ACCESS_KEY_ID", "test"),
    ("AWS_SECRET_ACCESS_KEY", "test"),
    ("AWS_DEFAULT_REGION", "us-east-1"),
    ("AWS_REGION", "us-east-1"),
    ("AWS_EC2_METADATA_DISABLED", "true"),
    ("AWS_PAGER", ""),
    ("SAM_CLI_TELEMETRY", "0"),
    ("NO_PROXY", "localhost,127.0.0.1"),
];

/// A run of `aws`, of `sam`, or of a script of this folder, in the process that has all of them loaded.
#[derive(Debug)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) args: Vec<String>,
    pub(crate) envs: BTreeMap<String, String>,
    pub(crate) folder: PathBuf,
}

/// A tool by its name; a script by its name without `.py`.
pub(crate) fn tool(name: &'static str) -> Tool {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    Tool { name, args: Vec::new(), envs: BTreeMap::new(), folder }
}

impl Tool {
    pub(crate) fn arg(self, arg: impl AsRef<OsStr>) -> Self {
        self.args([arg])
    }

    pub(crate) fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_str().unwrap().to_owned()));
        self
    }

    pub(crate) fn envs(mut self, envs: BTreeMap<String, String>) -> Self {
        self.envs.extend(envs);
        self
    }

    pub(crate) fn current_dir(mut self, folder: &Path) -> Self {
        folder.clone_into(&mut self.folder);
        self
    }

    /// Runs it to its end and gives what it printed on standard output.
    pub(crate) fn output(&self) -> String {
        let run = preloaded::run(self);
        let text = |key: &str| run[key].as_str().unwrap();
        let (stdout, stderr) = (text("stdout"), text("stderr"));
        assert_eq!(run["status"], 0, "{self:?}\n{stdout}{stderr}");
        stdout.to_owned()
    }

    /// Runs it to its end and gives the JSON that it printed; nothing where it fails with that error.
    pub(crate) fn attempt(&self, error: &str) -> Option<Value> {
        let run = preloaded::run(self);
        let failed = run["status"] != 0 && run["stderr"].as_str().unwrap().contains(error);
        assert!(failed || run["status"] == 0, "{self:?}: {run:#}");
        (!failed).then(|| serde_json::from_str(run["stdout"].as_str().unwrap()).unwrap())
    }

    /// Runs it to its end and gives the JSON that it printed.
    pub(crate) fn json(&self) -> Value {
        let text = self.output();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{self:?}: {error}\n{text}"))
    }
}

/// The Python that has AWS's tools, with nothing of the machine's settings of them.
pub(crate) fn python() -> Command {
    let mut command = program("aws/bin/python");
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["AWS_", "SAM_", "PYTHON"].iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("home");
    std::fs::create_dir_all(&home).unwrap();
    command.envs(SETTINGS).env("HOME", home).current_dir(env!("CARGO_TARGET_TMPDIR"));
    // The sources' own folder stays free of compiled files.
    command.env("PYTHONPYCACHEPREFIX", tools().join("aws/compiled"));
    command
}

/// Checkov, which has an environment of its own.
pub(crate) fn checkov() -> Command {
    program("checkov/bin/checkov")
}

/// The newest cfn-lint, which has an environment of its own.
pub(crate) fn lint() -> Command {
    let mut python = program("lint/bin/python");
    python.arg(script("lint.py")).env("PYTHONPYCACHEPREFIX", tools().join("lint/compiled"));
    python
}

/// AWS's Runtime Interface Emulator, which comes with SAM.
pub(crate) fn emulator() -> Command {
    let architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        other => other,
    };
    let within = format!("samcli/local/rapid/aws-lambda-rie-{architecture}");
    let emulator = site_packages().join(within);
    assert!(emulator.is_file(), "`{}` is not there", emulator.display());
    Command::new(emulator)
}

/// Runs a program to its end and gives the JSON that it printed, whatever its status is.
pub(crate) fn json(command: &mut Command) -> Value {
    let Output { stdout, stderr, .. } =
        command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    serde_json::from_slice(&stdout).unwrap_or_else(|error| {
        let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        panic!("{command:?}: {error}\n{stdout}{stderr}")
    })
}

/// A script of this folder.
pub(crate) fn script(name: &str) -> PathBuf {
    places::root().join("tests/tools").join(name)
}

fn program(path: &str) -> Command {
    let path = tools().join(path);
    assert!(path.is_file(), "`{}` is not there: run `cargo xtask test`", path.display());
    Command::new(path)
}

fn tools() -> PathBuf {
    let tools = std::env::var_os("SKYLIFT_TOOLS");
    PathBuf::from(tools.expect("`cargo xtask test` says where the tools are and runs these tests"))
}

pub(crate) fn site_packages() -> PathBuf {
    let lib = tools().join("aws/lib");
    let mut versions = std::fs::read_dir(&lib).unwrap().map(|entry| entry.unwrap().path());
    let python = versions.find(|path| path.file_name().is_some_and(is_python));
    python.expect("the environment has a Python").join("site-packages")
}

fn is_python(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with("python3")
}
