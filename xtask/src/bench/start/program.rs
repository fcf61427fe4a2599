//! The programs of `bench start`: the same function three times, with capabilities or with AWS clients that it
//! creates itself. Takes a folder, writes the packages of the programs into the folder and gives their release
//! binaries.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::bench::package::{
    build_release, fetch_dependencies, runtime_http_source, write_file, write_workspace,
};
use crate::step;

const OURS: &str = r#"
skylift = { workspace = true, features = ["queue", "table", "topic"] }
serde.workspace = true
"#;

const BY_HAND: &str = "
skylift.workspace = true
aws-credential-types.workspace = true
aws-sdk-dynamodb.workspace = true
aws-sdk-sns.workspace = true
aws-sdk-sqs.workspace = true
aws-smithy-async.workspace = true
aws-smithy-http-client.workspace = true
aws-smithy-runtime-api.workspace = true
aws-smithy-types.workspace = true
aws-types.workspace = true
serde.workspace = true
serde_dynamo.workspace = true
serde_json.workspace = true
";

const BUILD_SCRIPT: &str = "fn main() {\n    skylift_codegen::build();\n}\n";

/// A program of `bench start`. The programs differ in how they get three AWS clients.
#[derive(Clone, Copy)]
pub(super) enum Program {
    /// The function takes three capabilities.
    Ours,
    /// An `#[init]` creates the clients, as the documentation of the SDK shows.
    ByHand,
    /// An `#[init]` creates the clients with the HTTP client of Skylift's runtime, which reads the TLS root
    /// certificates when it first needs them. The difference between this program and the program with capabilities
    /// is the cost of the capabilities.
    ByHandLate,
}

impl Program {
    pub(super) const ALL: [Self; 3] = [Self::Ours, Self::ByHand, Self::ByHandLate];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Ours => "three capabilities",
            Self::ByHand => "clients by hand",
            Self::ByHandLate => "clients by hand, on the runtime's HTTP client",
        }
    }

    fn package(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::ByHand => "by-hand",
            Self::ByHandLate => "by-hand-late",
        }
    }

    fn write_package(self, folder: &Path) -> Result<()> {
        let (dependencies, main, http) = match self {
            Self::Ours => (OURS, include_str!("ours.txt"), None),
            Self::ByHand => {
                let http = include_str!("http.txt").to_owned();
                (BY_HAND, include_str!("by_hand.txt"), Some(http))
            }
            Self::ByHandLate => {
                (BY_HAND, include_str!("by_hand.txt"), Some(runtime_http_source()?))
            }
        };
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]{dependencies}\n\
             [build-dependencies]\nskylift-codegen.workspace = true\n",
            self.package()
        );
        write_file(&folder.join("Cargo.toml"), &manifest)?;
        write_file(&folder.join("build.rs"), BUILD_SCRIPT)?;
        write_file(&folder.join("src/main.rs"), main)?;
        http.map_or(Ok(()), |http| write_file(&folder.join("src/http.rs"), &http))
    }
}

/// Builds all programs of `bench start`. Returns their binaries in the order of [`Program::ALL`].
pub(super) fn build_all(folder: &Path) -> Result<Vec<PathBuf>> {
    write_workspace(folder, &Program::ALL.map(Program::package))?;
    for program in Program::ALL {
        program.write_package(&folder.join(program.package()))?;
    }
    fetch_dependencies(folder)?;
    // One at a time: in one build, Cargo would unify their features.
    Program::ALL
        .iter()
        .map(|program| {
            let package = program.package();
            step::run_step(&format!("release build of `{package}`"), || {
                build_release(folder, package)
            })
        })
        .collect()
}
