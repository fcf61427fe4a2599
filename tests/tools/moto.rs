//! Moto, a server that imitates AWS. Gives each test its own empty server, and ends it with the test.

use std::collections::BTreeMap;
use std::os::unix::net::UnixStream;
use std::path::Path;

use crate::preloaded;
use crate::toolbox::{self, Tool};

/// A running server.
pub(crate) struct Moto {
    port: u16,
    /// The server runs as long as this connection is open.
    connection: UnixStream,
}

impl Drop for Moto {
    fn drop(&mut self) {
        preloaded::end_server(&self.connection);
    }
}

impl Moto {
    pub(crate) fn start() -> Self {
        let (connection, answer) = preloaded::run_tool(&toolbox::tool("moto"));
        let port = answer["port"].as_u64().and_then(|port| port.try_into().ok());
        Self { port: port.unwrap_or_else(|| panic!("no port: {answer}")), connection }
    }

    /// Returns a tool that uses this server as AWS.
    pub(crate) fn tool(&self, name: &'static str) -> Tool {
        toolbox::tool(name).envs(self.settings())
    }

    /// Returns the environment variables with which a program uses this server as AWS. Moto needs `localhost` as the
    /// host to recognize the services.
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

    /// Returns an AWS CLI command with JSON output. For SQS, the CLI ignores the variable with the endpoint, so that
    /// the option is needed.
    pub(crate) fn aws(&self, args: &[&str]) -> Tool {
        let endpoint = format!("http://localhost:{}", self.port);
        self.tool("aws").args(args).args(["--output", "json", "--endpoint-url", &endpoint])
    }

    /// Uploads a file to a key of a bucket.
    pub(crate) fn upload(&self, bucket: &str, key: &str, file: &Path) {
        let put = ["s3api", "put-object", "--bucket", bucket, "--key", key, "--body"];
        self.aws(&put).arg(file).output();
    }

    /// Downloads the object with this key into a file.
    pub(crate) fn download(&self, bucket: &str, key: &str, file: &Path) {
        let get = ["s3api", "get-object", "--bucket", bucket, "--key", key];
        self.aws(&get).arg(file).output();
    }
}
