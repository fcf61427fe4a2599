//! Moto, a server that answers as AWS does. Takes nothing, gives a fresh one of its own to each test
//! and ends it with the test.

use std::collections::BTreeMap;
use std::os::unix::net::UnixStream;
use std::path::Path;

use crate::preloaded;
use crate::toolbox::{self, Tool};

/// A running server.
pub(crate) struct Moto {
    port: u16,
    /// The server runs as long as it is open.
    connection: UnixStream,
}

impl Drop for Moto {
    fn drop(&mut self) {
        preloaded::end(&self.connection);
    }
}

impl Moto {
    pub(crate) fn start() -> Self {
        let (connection, answer) = preloaded::begin(&toolbox::tool("moto"));
        let port = answer["port"].as_u64().and_then(|port| port.try_into().ok());
        Self { port: port.unwrap_or_else(|| panic!("no port: {answer}")), connection }
    }

    /// A tool that takes this server for AWS.
    pub(crate) fn tool(&self, name: &'static str) -> Tool {
        toolbox::tool(name).envs(self.settings())
    }

    /// What a program needs to take this server for AWS. Moto tells services apart by `localhost` in
    /// the host.
    pub(crate) fn settings(&self) -> BTreeMap<String, String> {
        let endpoint = format!("http://localhost:{}", self.port);
        let settings = [
            ("AWS_ENDPOINT_URL", endpoint.as_str()),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_REGION", "us-east-1"),
        ];
        settings.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    /// The AWS CLI, whose answers are JSON. For SQS it heeds the option alone, not the variable.
    pub(crate) fn aws(&self, args: &[&str]) -> Tool {
        let endpoint = format!("http://localhost:{}", self.port);
        self.tool("aws").args(args).args(["--output", "json", "--endpoint-url", &endpoint])
    }

    /// Copies a file to a key of a bucket.
    pub(crate) fn put(&self, bucket: &str, key: &str, file: &Path) {
        let put = ["s3api", "put-object", "--bucket", bucket, "--key", key, "--body"];
        self.aws(&put).arg(file).output();
    }

    /// Copies what a bucket holds under a key into a file.
    pub(crate) fn object(&self, bucket: &str, key: &str, file: &Path) {
        let get = ["s3api", "get-object", "--bucket", bucket, "--key", key];
        self.aws(&get).arg(file).output();
    }
}
