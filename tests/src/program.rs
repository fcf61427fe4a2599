//! Runs programs during a test. Takes a command, starts it, and gives the output of the program while it runs and its
//! exit status. The program ends when the test ends, even if the test panics.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

/// The time after which a test fails while it waits: longer than any program should take to start or to stop.
const TIMEOUT: Duration = Duration::from_mins(3);
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// A program that runs during a test. It is ended when this value is dropped.
#[derive(Debug)]
pub struct Program {
    child: Child,
    log: PathBuf,
    _folder: TempDir,
}

impl Program {
    /// Starts a program without input, and records its output in a file.
    pub fn start(command: &mut Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let file = File::create(&log).unwrap();
        command.stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Self { child, log, _folder: folder }
    }

    /// Returns the output that the program has written so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }

    /// Waits until `find` returns a value for the output of the program, and returns that value.
    pub fn wait_for<T>(&mut self, mut find: impl FnMut(&str) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            let ended = self.child.try_wait().unwrap();
            let log = self.log();
            if let Some(found) = find(&log) {
                return found;
            }
            if let Some(status) = ended {
                panic!("the program ended too early with {status}\n{log}");
            }
            assert!(start.elapsed() < TIMEOUT, "the expected output is missing\n{log}");
            sleep(POLL_INTERVAL);
        }
    }

    /// Waits until the program prints the port on which it listens, and returns the port.
    pub fn wait_for_port(&mut self) -> u16 {
        self.wait_for(|log| {
            let (_, rest) = log.split_once("http://127.0.0.1:")?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            // The number is complete once the end of its line was printed.
            rest.contains('\n').then(|| digits.parse().unwrap())
        })
    }

    /// Sends Ctrl-C (SIGINT) and waits for the end of the program.
    pub fn interrupt(mut self) -> ExitStatus {
        let pid = Pid::from_raw(self.child.id().try_into().unwrap());
        kill(pid, Signal::SIGINT).unwrap();
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < TIMEOUT, "Ctrl-C does not stop the program\n{}", self.log());
            sleep(POLL_INTERVAL);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The program may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
