//! AWS's own tools. Takes the Python environment that `cargo xtask test` made, gives commands that
//! see no configuration, no credentials and no home of the machine they run on.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use skylift_tests::places;

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

/// A tool by its name.
pub(crate) fn tool(name: &str) -> Command {
    let path = venv().join("bin").join(name);
    assert!(path.is_file(), "`{}` is not there: run `cargo xtask test`", path.display());
    let mut command = Command::new(path);
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
    command.env("PYTHONPYCACHEPREFIX", venv().join("compiled"));
    command
}

/// A Python script of this folder.
pub(crate) fn script(name: &str) -> Command {
    let mut python = tool("python");
    python.arg(places::root().join("tests/tools").join(name));
    python
}

/// Checkov, which has an environment of its own.
pub(crate) fn checkov() -> Command {
    let path = tools().join("checkov/bin/checkov");
    assert!(path.is_file(), "`{}` is not there: run `cargo xtask test`", path.display());
    Command::new(path)
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

/// Runs a tool to its end and gives what it printed on standard output.
pub(crate) fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{stdout}{stderr}", output.status);
    stdout
}

/// Runs a tool to its end and gives the JSON that it printed.
pub(crate) fn json(command: &mut Command) -> Value {
    let text = output(command);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{command:?}: {error}\n{text}"))
}

fn venv() -> PathBuf {
    tools().join("aws")
}

fn tools() -> PathBuf {
    let tools = std::env::var_os("SKYLIFT_TOOLS");
    PathBuf::from(tools.expect("`cargo xtask test` says where the tools are and runs these tests"))
}

pub(crate) fn site_packages() -> PathBuf {
    let lib = venv().join("lib");
    let mut versions = std::fs::read_dir(&lib).unwrap().map(|entry| entry.unwrap().path());
    let python = versions.find(|path| path.file_name().is_some_and(is_python));
    python.expect("the environment has a Python").join("site-packages")
}

fn is_python(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with("python3")
}
