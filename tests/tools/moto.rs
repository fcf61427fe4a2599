//! Moto, a server that answers as AWS does. Takes nothing, gives a fresh one of its own to each test
//! and ends it with the test.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use skylift_tests::http;
use skylift_tests::program::Program;

use crate::toolbox;

/// A running server.
pub(crate) struct Moto {
    port: u16,
    _server: Program,
}

impl Moto {
    pub(crate) fn start() -> Self {
        let port = http::free_port();
        let mut server = Program::start(toolbox::tool("moto_server").args([
            "--host",
            "127.0.0.1",
            "--port",
            &port.to_string(),
        ]));
        assert_eq!(server.port(), port);
        Self { port, _server: server }
    }

    /// A tool that takes this server for AWS.
    pub(crate) fn tool(&self, name: &str) -> Command {
        let mut command = toolbox::tool(name);
        command.envs(self.settings());
        command
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
    pub(crate) fn aws(&self, args: &[&str]) -> Command {
        let mut command = self.tool("aws");
        command.args(args).args(["--output", "json"]);
        command.args(["--endpoint-url", &format!("http://localhost:{}", self.port)]);
        command
    }

    /// Copies what a bucket holds under a key into a file.
    pub(crate) fn object(&self, bucket: &str, key: &str, file: &Path) {
        let get = ["s3api", "get-object", "--bucket", bucket, "--key", key];
        toolbox::output(self.aws(&get).arg(file));
    }
}
