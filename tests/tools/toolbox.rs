//! The third-party tools. Takes the Python environments of `cargo xtask test`. Gives commands that run without the
//! configuration, the credentials and the home directory of the machine.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use skylift_tests::workspace;

use crate::preloaded;

/// The environment variables of SAM and the AWS CLI, instead of those of the machine.
const VARIABLES: [(&str, &str); 8] = [
    ("AWS_ACCESS_KEY_ID", "test"),
    ("AWS_SECRET_ACCESS_KEY", "test"),
    ("AWS_DEFAULT_REGION", "us-east-1"),
    ("AWS_REGION", "us-east-1"),
    ("AWS_EC2_METADATA_DISABLED", "true"),
    ("AWS_PAGER", ""),
    ("SAM_CLI_TELEMETRY", "0"),
    ("NO_PROXY", "localhost,127.0.0.1"),
];

/// A run of `aws`, of `sam` or of a script in this folder, in the process that has all of them loaded.
#[derive(Debug)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) args: Vec<String>,
    pub(crate) envs: BTreeMap<String, String>,
    pub(crate) folder: PathBuf,
}

/// Returns a tool by its name. The name of a script has no `.py`.
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

    /// Runs the tool and returns its standard output. Panics if the tool fails.
    pub(crate) fn output(&self) -> String {
        let run = preloaded::run_tool(self).1;
        let text = |key: &str| run[key].as_str().unwrap();
        let (stdout, stderr) = (text("stdout"), text("stderr"));
        assert_eq!(run["status"], 0, "{self:?}\n{stdout}{stderr}");
        stdout.to_owned()
    }

    /// Runs the tool and parses its output as JSON. Returns `None` if it fails with this error.
    pub(crate) fn attempt(&self, error: &str) -> Option<Value> {
        let run = preloaded::run_tool(self).1;
        let failed = run["status"] != 0 && run["stderr"].as_str().unwrap().contains(error);
        assert!(failed || run["status"] == 0, "{self:?}: {run:#}");
        (!failed).then(|| serde_json::from_str(run["stdout"].as_str().unwrap()).unwrap())
    }

    /// Runs the tool and parses its output as JSON.
    pub(crate) fn json(&self) -> Value {
        let text = self.output();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{self:?}: {error}\n{text}"))
    }
}

/// Returns a command of the Python that has AWS's tools, without their settings of the machine.
pub(crate) fn python_command() -> Command {
    let mut command = tool_command("aws/bin/python");
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["AWS_", "SAM_", "PYTHON"].iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("home");
    std::fs::create_dir_all(&home).unwrap();
    command.envs(VARIABLES).env("HOME", home).current_dir(env!("CARGO_TARGET_TMPDIR"));
    // Keep compiled files out of the folder of the sources.
    command.env("PYTHONPYCACHEPREFIX", tools_folder().join("aws/compiled"));
    command
}

/// Returns a command of checkov, which has its own environment.
pub(crate) fn checkov_command() -> Command {
    tool_command("checkov/bin/checkov")
}

/// Returns a command that runs a script of this folder with the newest cfn-lint, which has its own environment.
pub(crate) fn lint_command(script: &str) -> Command {
    let mut python = tool_command("lint/bin/python");
    python
        .arg(script_path(script))
        .env("PYTHONPYCACHEPREFIX", tools_folder().join("lint/compiled"));
    python
}

/// Returns a command that runs a script of this folder with the AWS CDK, which has its own environment.
pub(crate) fn cdk_command(script: &str) -> Command {
    let mut python = tool_command("cdk/bin/python");
    python
        .arg(script_path(script))
        .env("PYTHONPYCACHEPREFIX", tools_folder().join("cdk/compiled"))
        // The CDK has its own rules for templates. cfn-lint checks these.
        .env("CDK_VALIDATION", "false");
    python
}

/// Returns the command that makes the tables of AWS's names.
pub(crate) fn tables_command() -> Command {
    let mut command = lint_command("tables.py");
    command.arg(tools_folder());
    command
}

/// Returns a command of AWS's Runtime Interface Emulator, which is part of SAM CLI.
pub(crate) fn emulator_command() -> Command {
    let architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        other => other,
    };
    let within = format!("samcli/local/rapid/aws-lambda-rie-{architecture}");
    let emulator = site_packages().join(within);
    assert!(emulator.is_file(), "`{}` does not exist", emulator.display());
    Command::new(emulator)
}

/// Runs a command and parses its output as JSON, with any exit status.
pub(crate) fn run_json(command: &mut Command) -> Value {
    let Output { stdout, stderr, .. } =
        command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    serde_json::from_slice(&stdout).unwrap_or_else(|error| {
        let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        panic!("{command:?}: {error}\n{stdout}{stderr}")
    })
}

/// Returns the path of a script in this folder.
pub(crate) fn script_path(name: &str) -> PathBuf {
    workspace::root().join("tests/tools").join(name)
}

fn tool_command(path: &str) -> Command {
    let path = tools_folder().join(path);
    assert!(path.is_file(), "`{}` does not exist: run `cargo xtask test`", path.display());
    Command::new(path)
}

fn tools_folder() -> PathBuf {
    let tools = std::env::var_os("SKYLIFT_TOOLS");
    PathBuf::from(tools.expect("`cargo xtask test` sets `SKYLIFT_TOOLS` and runs these tests"))
}

pub(crate) fn site_packages() -> PathBuf {
    let lib = tools_folder().join("aws/lib");
    let mut versions = workspace::list_folder(&lib).into_iter();
    let python = versions.find(|path| path.file_name().is_some_and(is_python));
    python.expect("the environment has a Python").join("site-packages")
}

fn is_python(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with("python3")
}
