//! The programs of `bench clients`: one on each client of buckets, and one that does nothing. Takes a
//! folder, gives the packages in it.

use std::path::Path;

use anyhow::Result;

use crate::bench::package::{fetch, runtime_http, surround, write};

pub(super) const OBJECT_STORE: &str = "with-object-store";
pub(super) const AWS_SDK_S3: &str = "with-aws-sdk-s3";
pub(super) const EMPTY: &str = "empty";
/// The feature by which either has another client of AWS's SDK beside it.
pub(super) const BESIDE: &str = "beside";

/// What every function of Skylift's has, and every client of AWS's.
const ALWAYS: &str = r#"
aws-sdk-dynamodb = { workspace = true, optional = true }
aws-smithy-async.workspace = true
aws-smithy-http-client.workspace = true
aws-smithy-runtime-api.workspace = true
aws-smithy-types.workspace = true
bytes.workspace = true
http-body-util.workspace = true
hyper = { workspace = true, features = ["client", "http1"] }
serde_json.workspace = true
tokio = { workspace = true, features = ["net", "rt", "time"] }
"#;

const OF_OBJECT_STORE: &str = "object_store.workspace = true\n";

const OF_AWS_SDK_S3: &str = "aws-credential-types.workspace = true\naws-sdk-s3.workspace = true\n";

const FEATURES: &str = "\n[features]\nbeside = [\"dep:aws-sdk-dynamodb\"]\n";

/// Writes them, and downloads what they depend on.
pub(super) fn generate(folder: &Path) -> Result<()> {
    surround(folder, &[OBJECT_STORE, AWS_SDK_S3, EMPTY])?;
    let packages = [
        (
            OBJECT_STORE,
            [ALWAYS, OF_OBJECT_STORE, FEATURES].concat(),
            include_str!("object_store.txt"),
        ),
        (AWS_SDK_S3, [ALWAYS, OF_AWS_SDK_S3, FEATURES].concat(), include_str!("aws_sdk_s3.txt")),
        (EMPTY, String::new(), "fn main() {}\n"),
    ];
    for (name, dependencies, main) in packages {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]{dependencies}"
        );
        write(&folder.join(name).join("Cargo.toml"), &manifest)?;
        write(&folder.join(name).join("src/main.rs"), main)?;
    }
    write(&folder.join(AWS_SDK_S3).join("src/http.rs"), &runtime_http()?)?;
    fetch(folder)
}
