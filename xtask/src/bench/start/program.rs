//! The programs of `bench start`: one function three times, with capabilities and with clients made
//! by hand. Takes a folder, gives the packages in it and their release binaries.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::bench::package::{fetch, release, runtime_http, surround, write};
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

/// A way to come by three clients.
#[derive(Clone, Copy)]
pub(super) enum Program {
    /// Three capabilities.
    Ours,
    /// An `#[init]` makes the clients, as the SDK's documentation has it.
    ByHand,
    /// The same on the HTTP client of the runtime, which reads the roots of TLS when it first needs
    /// them: what is left between this and ours is what the capabilities cost.
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

    fn generate(self, folder: &Path) -> Result<()> {
        let (dependencies, main, http) = match self {
            Self::Ours => (OURS, include_str!("ours.txt"), None),
            Self::ByHand => {
                let http = include_str!("http.txt").to_owned();
                (BY_HAND, include_str!("by_hand.txt"), Some(http))
            }
            Self::ByHandLate => (BY_HAND, include_str!("by_hand.txt"), Some(runtime_http()?)),
        };
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]{dependencies}\n\
             [build-dependencies]\nskylift-codegen.workspace = true\n",
            self.package()
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        write(&folder.join("build.rs"), BUILD_SCRIPT)?;
        write(&folder.join("src/main.rs"), main)?;
        http.map_or(Ok(()), |http| write(&folder.join("src/http.rs"), &http))
    }
}

/// Builds them all, in the order of [`Program::ALL`].
pub(super) fn build(folder: &Path) -> Result<Vec<PathBuf>> {
    surround(folder, &Program::ALL.map(Program::package))?;
    for program in Program::ALL {
        program.generate(&folder.join(program.package()))?;
    }
    fetch(folder)?;
    // One at a time, since together they would have each other's features.
    Program::ALL
        .iter()
        .map(|program| {
            let package = program.package();
            step::step(&format!("release build of `{package}`"), || release(folder, package))
        })
        .collect()
}
