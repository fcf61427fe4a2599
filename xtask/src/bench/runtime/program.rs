//! The programs of `bench runtime`: the same function on our runtime, on the official one, and in a bare
//! loop. Takes a folder, gives the packages in it and their release binaries.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::bench::package::{fetch, surround, write};
use crate::{step, workspace};

const BUILD_SCRIPT: &str = "fn main() {\n    skylift_codegen::build();\n}\n";

/// What a release build of ours looks like, as the README recommends it. The bare loop has the same; the
/// README of `lambda_runtime` recommends no profile, so that it has Cargo's own.
const PROFILE: [(&str, &str); 2] =
    [("CARGO_PROFILE_RELEASE_LTO", "fat"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1")];

/// The switch that the README recommends for a binary that needs no libraries.
const STATIC: &str = "-C target-feature=+crt-static -C relocation-model=static";

/// One of the measured programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    EchoOurs,
    EchoOfficial,
    EchoBare,
    BatchOurs,
    BatchOfficial,
    HttpOurs,
    HttpOfficial,
    StreamOurs,
    StreamOfficial,
}

use Program::{
    BatchOfficial, BatchOurs, EchoBare, EchoOfficial, EchoOurs, HttpOfficial, HttpOurs,
    StreamOfficial, StreamOurs,
};

impl Program {
    pub(super) const ALL: [Self; 9] = [
        EchoOurs,
        EchoOfficial,
        EchoBare,
        BatchOurs,
        BatchOfficial,
        HttpOurs,
        HttpOfficial,
        StreamOurs,
        StreamOfficial,
    ];

    pub(super) const fn package(self) -> &'static str {
        match self {
            EchoOurs => "echo-ours",
            EchoOfficial => "echo-official",
            EchoBare => "echo-bare",
            BatchOurs => "batch-ours",
            BatchOfficial => "batch-official",
            HttpOurs => "http-ours",
            HttpOfficial => "http-official",
            StreamOurs => "stream-ours",
            StreamOfficial => "stream-official",
        }
    }

    const fn source(self) -> &'static str {
        match self {
            EchoOurs => include_str!("programs/echo_ours.txt"),
            EchoOfficial => include_str!("programs/echo_official.txt"),
            EchoBare => include_str!("programs/echo_bare.txt"),
            BatchOurs => include_str!("programs/batch_ours.txt"),
            BatchOfficial => include_str!("programs/batch_official.txt"),
            HttpOurs => include_str!("programs/http_ours.txt"),
            HttpOfficial => include_str!("programs/http_official.txt"),
            StreamOurs => include_str!("programs/stream_ours.txt"),
            StreamOfficial => include_str!("programs/stream_official.txt"),
        }
    }

    /// The function that `_HANDLER` names; the others have but one.
    pub(super) const fn handler(self) -> &'static str {
        match self {
            EchoOurs | EchoOfficial | EchoBare => "echo",
            BatchOurs | BatchOfficial => "work",
            HttpOurs | HttpOfficial => "show",
            StreamOurs | StreamOfficial => "count",
        }
    }

    const fn is_ours(self) -> bool {
        matches!(self, EchoOurs | BatchOurs | HttpOurs | StreamOurs)
    }

    const fn dependencies(self) -> &'static str {
        match self {
            EchoOurs => "skylift = { workspace = true, features = [\"local\"] }\n",
            StreamOurs => {
                "skylift = { workspace = true, features = [\"local\"] }\nserde_json = \"1\"\n\
                 tokio = { version = \"1\", features = [\"time\"] }\n"
            }
            BatchOurs => "skylift = { workspace = true, features = [\"local\", \"sqs\"] }\n",
            HttpOurs => "skylift = { workspace = true, features = [\"http\", \"local\"] }\n",
            EchoOfficial => OFFICIAL,
            StreamOfficial => {
                "lambda_runtime = \"1.5\"\nserde_json = \"1\"\n\
                 tokio = { version = \"1\", features = [\"macros\", \"time\"] }\n"
            }
            BatchOfficial => {
                "aws_lambda_events = { version = \"1.2\", default-features = false, features = [\"sqs\"] }\n\
                 lambda_runtime = \"1.5\"\ntokio = { version = \"1\", features = [\"macros\"] }\n"
            }
            HttpOfficial => {
                "axum = { version = \"0.8\", default-features = false, features = [\"json\", \"query\"] }\n\
                 lambda_http = \"1.3\"\ntokio = { version = \"1\", features = [\"macros\"] }\n"
            }
            EchoBare => "httparse = \"1\"\nserde_json = \"1\"\n",
        }
    }

    fn generate(self, folder: &Path) -> Result<()> {
        let build = if self.is_ours() {
            "[build-dependencies]\nskylift-codegen.workspace = true\n"
        } else {
            ""
        };
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\n{}{build}",
            self.package(),
            self.dependencies()
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        write(&folder.join("src/main.rs"), self.source())?;
        if self.is_ours() { write(&folder.join("build.rs"), BUILD_SCRIPT) } else { Ok(()) }
    }
}

const OFFICIAL: &str =
    "lambda_runtime = \"1.5\"\ntokio = { version = \"1\", features = [\"macros\"] }\n";

/// A release binary.
#[derive(Clone, Debug)]
pub(super) struct Binary {
    pub(super) program: Program,
    pub(super) path: PathBuf,
}

/// Release builds of all programs.
pub(super) struct Binaries {
    linked: Vec<Binary>,
    /// The echo on our runtime, as the README recommends to build it.
    pub(super) recommended: Binary,
}

impl Binaries {
    pub(super) fn of(&self, program: Program) -> &Binary {
        // One was built for each.
        let index = Program::ALL.iter().position(|it| *it == program).unwrap_or_default();
        &self.linked[index]
    }
}

/// Builds them all. One at a time, since together they would have each other's features.
pub(super) fn build(folder: &Path) -> Result<Binaries> {
    surround(folder, &Program::ALL.map(Program::package))?;
    for program in Program::ALL {
        program.generate(&folder.join(program.package()))?;
    }
    fetch(folder)?;
    let mut linked = Vec::new();
    for program in Program::ALL {
        let package = program.package();
        step::step(&format!("release build of `{package}`"), || {
            let official = !program.is_ours() && program != EchoBare;
            let build = if official { Build::Plain } else { Build::Recommended };
            linked.push(Binary { program, path: release(folder, package, build)? });
            Ok(())
        })?;
    }
    let program = EchoOurs;
    let recommended = step::step("static release build of `echo-ours`", || {
        Ok(Binary { program, path: release(folder, program.package(), Build::Static)? })
    })?;
    Ok(Binaries { linked, recommended })
}

/// How a program is built.
#[derive(Clone, Copy)]
enum Build {
    /// With Cargo's own profile.
    Plain,
    /// With ours.
    Recommended,
    /// With ours, and without libraries.
    Static,
}

fn release(folder: &Path, package: &str, build: Build) -> Result<PathBuf> {
    let (name, profile): (_, &[(&str, &str)]) = match build {
        Build::Plain => ("plain", &[]),
        Build::Recommended => ("release", &PROFILE),
        Build::Static => ("static", &PROFILE),
    };
    let mut below = folder.join(name);
    let mut command: Command = workspace::cargo();
    command
        .current_dir(folder)
        .args(["build", "--offline", "--release", "--package", package])
        .envs(profile.iter().copied())
        .env("CARGO_PROFILE_RELEASE_STRIP", "true")
        .env("CARGO_TARGET_DIR", &below)
        .env_remove("CARGO_BUILD_TARGET");
    if let Build::Static = build {
        // With a target of its own, so that build scripts and macros are linked as ever.
        let triple = triple()?;
        command.args(["--target", &triple]).env("RUSTFLAGS", STATIC);
        below.push(triple);
    }
    step::quietly(&mut command)?;
    Ok(below.join("release").join(package))
}

/// The triple of this machine.
fn triple() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.ok_or_else(|| anyhow::anyhow!("`rustc -vV` names no host"))
}
