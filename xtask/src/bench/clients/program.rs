//! The programs of `bench clients`: one program for each client for buckets, and one that does nothing. Takes a
//! folder and writes their packages into it.

use std::path::Path;

use anyhow::Result;

use crate::bench::package::{fetch_dependencies, runtime_http_source, write_file, write_workspace};

pub(super) const OBJECT_STORE: &str = "with-object-store";
pub(super) const AWS_SDK_S3: &str = "with-aws-sdk-s3";
pub(super) const EMPTY: &str = "empty";
/// The Cargo feature of a measured program that adds another client of the AWS SDK to it.
pub(super) const BESIDE: &str = "beside";

/// The lines of the manifest for the dependencies that every function of Skylift and every AWS client has.
const COMMON: &str = r#"
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

const OBJECT_STORE_ONLY: &str = "object_store.workspace = true\n";

const AWS_SDK_S3_ONLY: &str =
    "aws-credential-types.workspace = true\naws-sdk-s3.workspace = true\n";

const FEATURES: &str = "\n[features]\nbeside = [\"dep:aws-sdk-dynamodb\"]\n";

/// Writes the packages of the programs into a folder, and downloads their dependencies.
pub(super) fn write_packages(folder: &Path) -> Result<()> {
    write_workspace(folder, &[OBJECT_STORE, AWS_SDK_S3, EMPTY])?;
    let packages = [
        (
            OBJECT_STORE,
            [COMMON, OBJECT_STORE_ONLY, FEATURES].concat(),
            include_str!("object_store.txt"),
        ),
        (AWS_SDK_S3, [COMMON, AWS_SDK_S3_ONLY, FEATURES].concat(), include_str!("aws_sdk_s3.txt")),
        (EMPTY, String::new(), "fn main() {}\n"),
    ];
    for (name, dependencies, main) in packages {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]{dependencies}"
        );
        write_file(&folder.join(name).join("Cargo.toml"), &manifest)?;
        write_file(&folder.join(name).join("src/main.rs"), main)?;
    }
    write_file(&folder.join(AWS_SDK_S3).join("src/http.rs"), &runtime_http_source()?)?;
    fetch_dependencies(folder)
}
