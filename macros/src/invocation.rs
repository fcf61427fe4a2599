//! How rustc was called, in whose process macros are expanded: what it is to make, and for whom.

use std::fs;

/// Whether rustc was asked for a linked binary, and not for metadata, a test or documentation.
pub(crate) fn links() -> bool {
    asks_for_binary(&arguments())
}

/// Whether Cargo was called to run tests. The binary that it builds for integration tests is compiled
/// just as any other, so that only the caller tells. Where that cannot be seen, the answer is no.
pub(crate) fn is_for_tests() -> bool {
    caller().is_some_and(|words| runs_tests(&words))
}

/// The arguments of rustc, in whose process macros are expanded. Cargo hands long ones over in a file.
fn arguments() -> Vec<String> {
    let mut arguments = Vec::new();
    for argument in std::env::args_os().filter_map(|argument| argument.into_string().ok()) {
        match argument.strip_prefix('@') {
            Some(file) => arguments
                .extend(fs::read_to_string(file).unwrap_or_default().lines().map(str::to_owned)),
            None => arguments.push(argument),
        }
    }
    arguments
}

fn asks_for_binary(arguments: &[String]) -> bool {
    let values = |flag: &str| {
        let mut values = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            match argument.strip_prefix(flag) {
                Some("") => values.extend(arguments.get(index + 1).map(String::as_str)),
                Some(rest) => values.extend(rest.strip_prefix('=')),
                None => {}
            }
        }
        values
    };
    let link =
        values("--emit").iter().flat_map(|kinds| kinds.split(',')).any(|kind| kind == "link");
    let binary = values("--crate-type").contains(&"bin");
    link && binary && !arguments.iter().any(|argument| argument == "--test")
}

/// The command line of the process that called rustc.
#[cfg(target_os = "linux")]
fn caller() -> Option<Vec<String>> {
    let line = fs::read(format!("/proc/{}/cmdline", std::os::unix::process::parent_id())).ok()?;
    Some(
        line.split(|byte| *byte == 0)
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect(),
    )
}

#[cfg(not(target_os = "linux"))]
fn caller() -> Option<Vec<String>> {
    None
}

/// Whether this is Cargo with a command that runs tests: the first word that is no option, nor the
/// value of one.
fn runs_tests(words: &[String]) -> bool {
    let mut words = words.iter().map(String::as_str);
    let program = words.next().unwrap_or_default();
    if std::path::Path::new(program).file_stem().is_none_or(|stem| stem != "cargo") {
        return false;
    }
    while let Some(word) = words.next() {
        match word {
            "--config" | "--color" | "-Z" | "-C" => drop(words.next()),
            option if option.starts_with(['-', '+']) => {}
            command => return matches!(command, "test" | "t" | "bench"),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{asks_for_binary, runs_tests};

    fn line(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn only_a_binary_that_is_linked_publishes() {
        assert!(asks_for_binary(&line(
            "rustc --crate-name a --crate-type bin --emit=dep-info,link"
        )));
        assert!(asks_for_binary(&line("rustc --crate-type=bin --emit link")));
        for other in [
            "rustc --crate-type bin --emit=dep-info,metadata",
            "rustc --crate-type lib --emit=dep-info,metadata,link",
            "rustc --emit=dep-info,link --test",
            "rustdoc --crate-type bin --crate-name a",
        ] {
            assert!(!asks_for_binary(&line(other)), "{other}");
        }
    }

    #[test]
    fn tests_are_told_from_builds_by_cargos_command() {
        for tests in ["cargo test", "/bin/cargo --config a=b -v t --release", "cargo bench -p a"] {
            assert!(runs_tests(&line(tests)), "{tests}");
        }
        for other in ["cargo build --bin test", "cargo run", "sccache rustc test", "cargo"] {
            assert!(!runs_tests(&line(other)), "{other}");
        }
    }
}
