//! The process `preloaded.py`, which has the tools loaded. Takes a tool with its arguments, runs it in a fork of that
//! process and gives its result. The process starts with the first tool and ends with the tests.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::toolbox::{self, Tool};

struct Preloaded {
    socket: PathBuf,
    /// It ends when its standard input is closed, which happens when this is dropped.
    _child: Child,
}

fn socket_path() -> &'static Path {
    static STARTED: OnceLock<Preloaded> = OnceLock::new();
    &STARTED.get_or_init(start_process).socket
}

fn start_process() -> Preloaded {
    let mut python = toolbox::python_command();
    python.arg(toolbox::script_path("preloaded.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = python.spawn().unwrap_or_else(|error| panic!("{python:?}: {error}"));
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    Preloaded { socket: PathBuf::from(line.trim_end()), _child: child }
}

/// Runs a tool. Returns its answer, which is `{status, stdout, stderr}` for a tool that has ended, and its connection,
/// which keeps a server running.
pub(crate) fn run_tool(tool: &Tool) -> (UnixStream, Value) {
    let Tool { name, args, envs, folder } = tool;
    let request = json!({ "tool": name, "args": args, "env": envs, "cwd": folder });
    let mut connection = UnixStream::connect(socket_path()).unwrap();
    writeln!(connection, "{request}").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let answer = serde_json::from_str(&answer);
    (connection, answer.unwrap_or_else(|error| panic!("{tool:?} gave no answer: {error}")))
}

/// Ends a server.
pub(crate) fn end_server(connection: &UnixStream) {
    // The server may have ended by itself.
    let _ = connection.shutdown(Shutdown::Both);
}
