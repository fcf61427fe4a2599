//! rustc by itself, on sources that use the crates as this workspace's tests have them. Takes a source
//! and what its build step wrote, gives what rustc says. Nothing is built for it: what Cargo has built
//! for the tests is used as it is.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::cargo::{Cargo, Run};
use crate::places;

/// The crates that a source can use.
#[derive(Debug)]
pub struct Crates {
    skylift: PathBuf,
    serde: PathBuf,
    scratch: PathBuf,
}

impl Crates {
    /// Asks Cargo for them. The test that asks is a test of the whole workspace, whose features they
    /// have. What rustc writes goes into the folder `scratch`.
    pub fn find(scratch: &Path) -> Self {
        let test = ["test", "--workspace", "--no-run", "--test", "compiles"];
        let tools = if cfg!(feature = "tools") { "skylift-tests/tools" } else { "" };
        let run = Cargo::new(places::root()).run(&[&test[..], &["--features", tools]].concat());
        std::fs::create_dir_all(scratch).unwrap();
        Self {
            skylift: library(&run, "skylift"),
            serde: library(&run, "serde"),
            scratch: scratch.to_owned(),
        }
    }

    /// Checks a program of that name, whose build step wrote into `out`.
    pub fn check(&self, name: &str, source: &Path, out: &Path) -> Output {
        let of = |name: &str, library: &Path| format!("{name}={}", library.display());
        let dependencies = self.skylift.parent().expect("a library is in a folder");
        Command::new("rustc")
            .args(["--edition=2024", "--crate-type=bin", "--emit=metadata", "--crate-name", name])
            .arg(source)
            .arg("--out-dir")
            .arg(&self.scratch)
            .args(["--extern", &of("skylift", &self.skylift)])
            .args(["--extern", &of("serde", &self.serde)])
            .arg("-L")
            .arg(format!("dependency={}", dependencies.display()))
            .envs([("CARGO_PKG_NAME", name), ("CARGO_BIN_NAME", name)])
            .env("OUT_DIR", out)
            .current_dir(places::root())
            .output()
            .expect("rustc starts")
    }
}

/// The metadata of a library that Cargo has built, for the programs rather than for build scripts,
/// which have fewer features.
fn library(run: &Run, name: &str) -> PathBuf {
    let libraries = run.libraries(name);
    let library = libraries.into_iter().max_by_key(|(features, _)| *features);
    library.unwrap_or_else(|| panic!("cargo built no library `{name}`")).1
}

/// Does the same to each of some things, as many at a time as there are cores, and gives the results in
/// the order of the things.
pub fn in_parallel<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(thing) = things.get(number) else { return done };
            done.push((number, work(thing)));
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
    use super::in_parallel;

    #[test]
    fn what_is_done_in_parallel_comes_back_in_order() {
        let numbers: Vec<usize> = (0..100).collect();
        assert_eq!(
            in_parallel(&numbers, |number| number * 2),
            (0..200).step_by(2).collect::<Vec<_>>()
        );
    }
}
