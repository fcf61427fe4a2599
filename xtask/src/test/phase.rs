//! Runs the phases of a long test, two at a time. Takes commands that print one line for each test, as libtest
//! does. Writes the start, the progress and the end of each phase to standard error, and the whole output of a
//! phase that failed.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// How many phases of a test run at the same time: more phases would only compete for the cores.
const AT_A_TIME: usize = 2;

/// The time between two lines about the progress of a phase of a test.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(15);

/// A phase of a long test: a command with its title.
pub(super) struct Phase {
    pub(super) title: &'static str,
    pub(super) command: Command,
}

/// Runs all phases of a test, two at a time, and starts them in the given order. A phase that fails does not stop the
/// others. The error names the phases that failed.
pub(super) fn run_phases(phases: Vec<Phase>) -> Result<()> {
    let waiting = Mutex::new(VecDeque::from(phases));
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(mut phase) = next() {
                    if let Err(error) = phase.run() {
                        eprintln!("==> {}: {error:#}", phase.title);
                        failed.lock().unwrap_or_else(PoisonError::into_inner).push(phase.title);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

impl Phase {
    fn run(&mut self) -> Result<()> {
        let Self { title, command } = self;
        eprintln!("==> {title}");
        let start = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start cargo")?;
        let (sender, lines) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            send_lines(stdout, sender.clone());
        }
        if let Some(stderr) = child.stderr.take() {
            send_lines(stderr, sender);
        }
        let (mut log, mut passed, mut reported) = (String::new(), 0_usize, start);
        loop {
            match lines.recv_timeout(PROGRESS_INTERVAL.saturating_sub(reported.elapsed())) {
                Ok(line) => {
                    passed += usize::from(reports_passed_test(&line));
                    log.extend([line.as_str(), "\n"]);
                }
                Err(RecvTimeoutError::Timeout) => {
                    eprintln!("    {title}: {passed} passed, {} s", start.elapsed().as_secs());
                    reported = Instant::now();
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        let status = child.wait().context("cannot wait for cargo")?;
        ensure!(status.success(), "ended with {status}; {passed} tests passed\n{log}");
        eprintln!("==> {title}: {passed} passed in {:.0} s", start.elapsed().as_secs_f64());
        Ok(())
    }
}

/// Returns whether a line of the output of a phase reports one passed test, in the format of libtest or in that of
/// trybuild, which has colours.
fn reports_passed_test(line: &str) -> bool {
    let mut parts = line.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    let plain =
        parts.filter_map(|part| part.split_once('m')).fold(first, |text, (_, rest)| text + rest);
    plain.starts_with("test ") && plain.trim_end().ends_with(" ... ok")
}

/// Sends each line that a process prints to `lines`, from a thread that ends when the process closes its output.
fn send_lines(output: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if lines.send(text).is_err() {
                break;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell_phase(title: &'static str, script: &str) -> Phase {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Phase { title, command }
    }

    #[test]
    fn every_phase_runs_and_the_error_names_those_that_failed() {
        run_phases(vec![shell_phase("a", "exit 0"), shell_phase("b", "echo test x ... ok")])
            .unwrap();
        let folder = std::env::temp_dir().join(format!("skylift-phases-{}", std::process::id()));
        let mark = format!("touch {}", folder.display());
        let phases =
            vec![shell_phase("a", "exit 1"), shell_phase("b", "exit 0"), shell_phase("c", &mark)];
        let error = run_phases(phases).unwrap_err().to_string();
        assert_eq!(error, "failed: a");
        std::fs::remove_file(folder).expect("the last phase ran too");
    }

    #[test]
    fn only_lines_that_report_a_passed_test_are_counted() {
        let coloured = "test \x1b[0m\x1b[1mui/init/fail/a.rs\x1b[0m ... \x1b[0m\x1b[32mok\x1b[0m";
        for line in ["test a::b ... ok", coloured] {
            assert!(reports_passed_test(line), "{line}");
        }
        for line in ["test a::b ... FAILED", "test result: ok. 3 passed", "hello ... ok"] {
            assert!(!reports_passed_test(line), "{line}");
        }
    }
}
