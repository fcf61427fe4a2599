//! The programs of `bench runtime`: the same function on Skylift's runtime, on the official `lambda_runtime`, and in
//! a bare loop. Takes a folder, writes the packages of the programs into the folder and gives their release binaries.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::bench::package::{fetch_dependencies, write_file, write_workspace};
use crate::{step, workspace};

const BUILD_SCRIPT: &str = "fn main() {\n    skylift_codegen::build();\n}\n";

/// The release profile that the guide recommends, for our programs and the bare loop. The README of
/// `lambda_runtime` recommends none, so its programs are built with Cargo's default.
const PROFILE: [(&str, &str); 2] =
    [("CARGO_PROFILE_RELEASE_LTO", "fat"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1")];

/// The compiler flags that the guide recommends for a statically linked binary.
const STATIC_FLAGS: &str = "-C target-feature=+crt-static -C relocation-model=static";

/// One of the programs that `bench runtime` measures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Program {
    pub(super) package: &'static str,
    source: &'static str,
    /// The function that the environment variable `_HANDLER` names. Programs on other runtimes have only one
    /// function.
    pub(super) handler: &'static str,
    dependencies: &'static str,
    runtime: Runtime,
}

/// The Lambda runtime of a measured program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Runtime {
    Ours,
    Official,
    None,
}

macro_rules! programs {
    ($($NAME:ident: $package:literal, $source:literal, $handler:literal, $runtime:ident, $dependencies:expr;)*) => {
        impl Program {
            $(pub(super) const $NAME: Self = Self {
                package: $package,
                source: include_str!(concat!("programs/", $source, ".txt")),
                handler: $handler,
                dependencies: $dependencies,
                runtime: Runtime::$runtime,
            };)*

            const ALL: &[Self] = &[$(Self::$NAME),*];
        }
    };
}

programs! {
    ECHO_OURS: "echo-ours", "echo_ours", "echo", Ours,
        "skylift = { workspace = true, features = [\"local\"] }\n";
    ECHO_OFFICIAL: "echo-official", "echo_official", "echo", Official,
        "lambda_runtime = \"1.5\"\ntokio = { version = \"1\", features = [\"macros\"] }\n";
    ECHO_BARE: "echo-bare", "echo_bare", "echo", None, "httparse = \"1\"\nserde_json = \"1\"\n";
    BATCH_OURS: "batch-ours", "batch_ours", "work", Ours,
        "skylift = { workspace = true, features = [\"local\", \"sqs\"] }\n";
    BATCH_OFFICIAL: "batch-official", "batch_official", "work", Official,
        "aws_lambda_events = { version = \"1.2\", default-features = false, features = [\"sqs\"] }\n\
         lambda_runtime = \"1.5\"\ntokio = { version = \"1\", features = [\"macros\"] }\n";
    HTTP_OURS: "http-ours", "http_ours", "show", Ours,
        "skylift = { workspace = true, features = [\"http\", \"local\"] }\n";
    HTTP_OFFICIAL: "http-official", "http_official", "show", Official,
        "axum = { version = \"0.8\", default-features = false, features = [\"json\", \"query\"] }\n\
         lambda_http = \"1.3\"\ntokio = { version = \"1\", features = [\"macros\"] }\n";
    STREAM_OURS: "stream-ours", "stream_ours", "count", Ours,
        "skylift = { workspace = true, features = [\"local\"] }\nserde_json = \"1\"\n\
         tokio = { version = \"1\", features = [\"time\"] }\n";
    STREAM_OFFICIAL: "stream-official", "stream_official", "count", Official,
        "lambda_runtime = \"1.5\"\nserde_json = \"1\"\n\
         tokio = { version = \"1\", features = [\"macros\", \"time\"] }\n";
}

impl Program {
    fn write_package(self, folder: &Path) -> Result<()> {
        let ours = self.runtime == Runtime::Ours;
        let build =
            if ours { "[build-dependencies]\nskylift-codegen.workspace = true\n" } else { "" };
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\n{}{build}",
            self.package, self.dependencies
        );
        write_file(&folder.join("Cargo.toml"), &manifest)?;
        write_file(&folder.join("src/main.rs"), self.source)?;
        if ours { write_file(&folder.join("build.rs"), BUILD_SCRIPT) } else { Ok(()) }
    }
}

/// The release binary of a measured program.
#[derive(Clone, Debug)]
pub(super) struct Binary {
    pub(super) program: Program,
    pub(super) path: PathBuf,
}

/// The release binaries of all programs of `bench runtime`.
pub(super) struct Binaries {
    linked: Vec<Binary>,
    /// The echo program on Skylift's runtime, linked statically as the guide recommends.
    pub(super) recommended: Binary,
}

impl Binaries {
    pub(super) fn get(&self, program: Program) -> Result<&Binary> {
        let found = self.linked.iter().find(|it| it.program.package == program.package);
        found.ok_or_else(|| anyhow::anyhow!("`{}` was not built", program.package))
    }
}

/// Builds all programs of `bench runtime`, one at a time: in one build, Cargo would unify the features of their
/// dependencies.
pub(super) fn build_all(folder: &Path) -> Result<Binaries> {
    let packages: Vec<_> = Program::ALL.iter().map(|program| program.package).collect();
    write_workspace(folder, &packages)?;
    for program in Program::ALL {
        program.write_package(&folder.join(program.package))?;
    }
    fetch_dependencies(folder)?;
    let mut linked = Vec::new();
    for program in Program::ALL {
        let package = program.package;
        step::run_step(&format!("release build of `{package}`"), || {
            let official = program.runtime == Runtime::Official;
            let build = if official { Build::Plain } else { Build::Recommended };
            linked.push(Binary { program: *program, path: build_release(folder, package, build)? });
            Ok(())
        })?;
    }
    let program = Program::ECHO_OURS;
    let recommended = step::run_step("static release build of `echo-ours`", || {
        Ok(Binary { program, path: build_release(folder, program.package, Build::Static)? })
    })?;
    Ok(Binaries { linked, recommended })
}

/// How a measured program is built.
#[derive(Clone, Copy)]
enum Build {
    /// The program is built with Cargo's default release profile.
    Plain,
    /// The program is built with the release profile that the guide recommends.
    Recommended,
    /// The program is built with the recommended release profile, and linked statically.
    Static,
}

fn build_release(folder: &Path, package: &str, build: Build) -> Result<PathBuf> {
    let (name, profile): (_, &[(&str, &str)]) = match build {
        Build::Plain => ("plain", &[]),
        Build::Recommended => ("release", &PROFILE),
        Build::Static => ("static", &PROFILE),
    };
    let mut target = folder.join(name);
    let mut command: Command = workspace::cargo_command();
    command
        .current_dir(folder)
        .args(["build", "--offline", "--release", "--package", package])
        .envs(profile.iter().copied())
        .env("CARGO_PROFILE_RELEASE_STRIP", "true")
        .env("CARGO_TARGET_DIR", &target)
        .env_remove("CARGO_BUILD_TARGET");
    if let Build::Static = build {
        // With `--target`, so that the flags do not apply to build scripts and macros.
        let triple = host_triple()?;
        command.args(["--target", &triple]).env("RUSTFLAGS", STATIC_FLAGS);
        target.push(triple);
    }
    step::run_command_quietly(&mut command)?;
    Ok(target.join("release").join(package))
}

/// Returns the target triple of this machine.
fn host_triple() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.ok_or_else(|| anyhow::anyhow!("the output of `rustc -vV` has no host"))
}
