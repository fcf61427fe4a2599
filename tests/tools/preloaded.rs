//! The one process that has AWS's tools loaded, `preloaded.py`. Takes a tool with its arguments, gives what a
//! fork of that process did. It is started with the first of them and ends with the tests.

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
    /// It ends when its standard input does, and that is open as long as this is.
    _child: Child,
}

fn socket() -> &'static Path {
    static STARTED: OnceLock<Preloaded> = OnceLock::new();
    &STARTED.get_or_init(start).socket
}

fn start() -> Preloaded {
    let mut python = toolbox::python();
    python.arg(toolbox::script("preloaded.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = python.spawn().unwrap_or_else(|error| panic!("{python:?}: {error}"));
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    Preloaded { socket: PathBuf::from(line.trim_end()), _child: child }
}

/// Runs a tool to its end: `status`, `stdout`, `stderr`.
pub(crate) fn run(tool: &Tool) -> Value {
    begin(tool).1
}

/// What a tool answers, and the connection that a server among them ends with.
pub(crate) fn begin(tool: &Tool) -> (UnixStream, Value) {
    let Tool { name, args, envs, folder } = tool;
    let request = json!({ "tool": name, "args": args, "env": envs, "cwd": folder });
    let mut connection = UnixStream::connect(socket()).unwrap();
    writeln!(connection, "{request}").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let answer = serde_json::from_str(&answer);
    (connection, answer.unwrap_or_else(|error| panic!("{tool:?} ended without a word: {error}")))
}

/// Ends a server.
pub(crate) fn end(connection: &UnixStream) {
    // It may have ended by itself.
    let _ = connection.shutdown(Shutdown::Both);
}
