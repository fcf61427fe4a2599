//! A process of an application: the test binary starts itself again with an environment of its own.

use std::io::Read;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use skylift::__private::{AppEntry, run};

/// The application that the child process runs, by name.
const VARIABLE: &str = "SKYLIFT_TEST_APP";

/// Runs the application that the environment names and ends the process, as `main!()` does; does
/// nothing in the test process itself. The test named `child` calls it.
pub(crate) fn child(apps: &[(&str, AppEntry)]) {
    let Ok(name) = std::env::var(VARIABLE) else { return };
    let (_, app) = apps.iter().find(|(known, _)| *known == name).unwrap();
    let code = run(*app);
    std::process::exit(i32::from(code != ExitCode::SUCCESS));
}

/// A running application.
pub(crate) struct Process(pub(crate) Child);

impl Process {
    pub(crate) fn start(app: &str, environment: &[(&str, &str)]) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture"])
            .env_remove("AWS_LAMBDA_RUNTIME_API")
            // A backtrace for each intended panic would take longer than everything else.
            .env("RUST_BACKTRACE", "0")
            .env_remove("AWS_ENDPOINT_URL")
            .env_remove("AWS_REGION")
            .env_remove("AWS_ACCESS_KEY_ID")
            .env(VARIABLE, app)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        Self(child.unwrap())
    }

    /// Waits for the process to end by itself.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "the process does not end");
            sleep(Duration::from_millis(5));
        }
    }

    /// Ends the process and returns its standard error.
    pub(crate) fn stderr(mut self) -> String {
        let _ = self.0.kill();
        let mut text = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
