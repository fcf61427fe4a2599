//! Programs that run beside a test. Takes a command, gives what it prints while it runs and its end,
//! and leaves no process behind when the test is over, however it ends.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

/// Longer than any program of a test should take to start or to stop.
const PATIENCE: Duration = Duration::from_mins(3);
const GLANCE: Duration = Duration::from_millis(20);

/// A running program.
#[derive(Debug)]
pub struct Program {
    child: Child,
    log: PathBuf,
    _folder: TempDir,
}

impl Program {
    /// Starts it with no input; what it prints is kept.
    pub fn start(command: &mut Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let file = File::create(&log).unwrap();
        command.stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Self { child, log, _folder: folder }
    }

    /// Everything printed so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }

    /// Waits until what it has printed tells what the caller wants to know.
    pub fn until<T>(&mut self, mut told: impl FnMut(&str) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            let ended = self.child.try_wait().unwrap();
            let log = self.log();
            if let Some(told) = told(&log) {
                return told;
            }
            if let Some(status) = ended {
                panic!("ended too early with {status}\n{log}");
            }
            assert!(start.elapsed() < PATIENCE, "still nothing to see\n{log}");
            sleep(GLANCE);
        }
    }

    /// Waits until it says on which port of this machine it listens.
    pub fn port(&mut self) -> u16 {
        self.until(|log| {
            let (_, rest) = log.split_once("http://127.0.0.1:")?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            // The rest of the line being there, the number is whole.
            rest.contains('\n').then(|| digits.parse().unwrap())
        })
    }

    /// Presses Ctrl-C and waits for the end.
    pub fn interrupt(mut self) -> ExitStatus {
        let pid = Pid::from_raw(self.child.id().try_into().unwrap());
        kill(pid, Signal::SIGINT).unwrap();
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "Ctrl-C does not stop it\n{}", self.log());
            sleep(GLANCE);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
