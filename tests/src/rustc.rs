//! Runs rustc without Cargo. Takes a source and the output of its build step, and gives rustc's messages. The
//! source uses the libraries that Cargo has already built for the tests, so that nothing else is compiled.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::cargo::{Cargo, Run};
use crate::workspace;

/// Compiles only with the `serde` that `skylift` was built with.
const PROBE: &str = "\
#[derive(serde::Deserialize)]
struct Probe {}

fn check<T: skylift::__private::DirectEvent>() {}

fn main() {
    check::<Probe>();
}
";

/// The compiled libraries that the source of a test case can use, and the folder for the output of rustc.
#[derive(Debug)]
pub struct Crates {
    skylift: PathBuf,
    serde: PathBuf,
    scratch: PathBuf,
}

impl Crates {
    /// Gets the libraries from Cargo, with the features that they have in a test of the whole workspace. rustc
    /// writes its output into the folder `scratch`.
    pub fn find(scratch: &Path) -> Self {
        let test = ["test", "--workspace", "--no-run", "--test", "compiles"];
        let tools = if cfg!(feature = "tools") { "skylift-tests/tools" } else { "" };
        let run = Cargo::new(workspace::root()).run(&[&test[..], &["--features", tools]].concat());
        std::fs::create_dir_all(scratch).unwrap();
        let skylift = find_library(&run, "skylift");
        let probe = scratch.join("probe.rs");
        std::fs::write(&probe, PROBE).unwrap();
        // Cargo may have built a second `serde` for build scripts, with other features.
        let candidates = run.libraries("serde").into_iter().map(|(_, serde)| Self {
            skylift: skylift.clone(),
            serde,
            scratch: scratch.to_owned(),
        });
        let mut matching =
            candidates.filter(|it| it.check("probe", &probe, scratch).status.success());
        matching.next().expect("cargo built no `serde` that `skylift` uses")
    }

    /// Runs rustc on the source of a program of that name, and returns its messages and status. The build step of the
    /// program wrote to the folder `out`.
    pub fn check(&self, name: &str, source: &Path, out: &Path) -> Output {
        let named = |name: &str, library: &Path| format!("{name}={}", library.display());
        let dependencies = self.skylift.parent().expect("a library is in a folder");
        Command::new("rustc")
            .args(["--edition=2024", "--crate-type=bin", "--emit=metadata", "--crate-name", name])
            .arg(source)
            .arg("--out-dir")
            .arg(&self.scratch)
            .args(["--extern", &named("skylift", &self.skylift)])
            .args(["--extern", &named("serde", &self.serde)])
            .arg("-L")
            .arg(format!("dependency={}", dependencies.display()))
            .envs([("CARGO_PKG_NAME", name), ("CARGO_BIN_NAME", name)])
            .env("OUT_DIR", out)
            .current_dir(workspace::root())
            .output()
            .expect("rustc starts")
    }
}

/// Returns the path of the metadata of a library that Cargo has built for programs. A library may also exist for
/// build scripts, where it has fewer features: of several, returns the library with the most features.
fn find_library(run: &Run, name: &str) -> PathBuf {
    let libraries = run.libraries(name);
    let library = libraries.into_iter().max_by_key(|(features, _)| *features);
    library.unwrap_or_else(|| panic!("cargo built no library `{name}`")).1
}

/// Calls `work` for each item, for as many items at the same time as there are cores. Returns the results in the
/// order of the items.
pub fn map_in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(item) = items.get(number) else { return done };
            done.push((number, work(item)));
        }
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    results.sort_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map_in_parallel;

    #[test]
    fn results_of_parallel_work_have_the_order_of_the_items() {
        let numbers: Vec<usize> = (0..100).collect();
        assert_eq!(
            map_in_parallel(&numbers, |number| number * 2),
            (0..200).step_by(2).collect::<Vec<_>>()
        );
    }
}
