//! Reads the command line of the compiler process that expands the macros. Takes the arguments of this process
//! and of its parent, and returns what is being compiled: a binary to deploy, a test, or an example in
//! documentation.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Returns the path of the binary that rustc links, which is Cargo's own path for this package, profile and
/// target: two packages with binaries of one name have different paths. Returns `None` if rustc links no binary:
/// the compilation writes only metadata, or is a test or documentation.
pub(crate) fn linked_binary() -> Option<PathBuf> {
    let folder = std::env::current_dir().unwrap_or_default();
    find_linked_binary(compiler_arguments()).map(|path| folder.join(path))
}

/// Returns whether rustc reports errors as JSON, as it does for Cargo.
pub(crate) fn reports_as_json() -> bool {
    last_value(compiler_arguments(), "--error-format") == Some("json")
}

/// Returns whether rustc compiles an example of the package, which is not part of the application. Cargo puts the
/// binaries of examples into a folder of their own.
pub(crate) fn compiles_example() -> bool {
    is_example(compiler_arguments())
}

/// Returns whether rustc compiles a library.
pub(crate) fn compiles_library() -> bool {
    is_library(compiler_arguments())
}

/// Returns whether Cargo was called to run tests. Cargo compiles a binary for integration tests with the same
/// arguments as for a build, so only Cargo's own command line shows the difference. Returns `false` if Cargo's
/// command line cannot be read.
pub(crate) fn runs_for_tests() -> bool {
    caller_command_line().is_some_and(|words| runs_tests(&words))
}

/// Returns whether rustc compiles an example in documentation, which rustdoc runs as a test.
pub(crate) fn compiles_doctest() -> bool {
    is_doctest(compiler_arguments())
}

/// Returns the arguments of this process, which are read only once. Cargo and rustdoc pass a long list of
/// arguments in a file.
fn compiler_arguments() -> &'static [String] {
    static ARGUMENTS: OnceLock<Vec<String>> = OnceLock::new();
    ARGUMENTS.get_or_init(|| {
        let mut arguments = Vec::new();
        for argument in std::env::args_os().filter_map(|argument| argument.into_string().ok()) {
            match argument.strip_prefix('@') {
                Some(file) => arguments.extend(
                    fs::read_to_string(file).unwrap_or_default().lines().map(str::to_owned),
                ),
                None => arguments.push(argument),
            }
        }
        arguments
    })
}

/// Returns the values of a compiler flag, which is written as `--flag value` or as `--flag=value`.
fn flag_values<'a>(arguments: &'a [String], flag: &str) -> Vec<&'a str> {
    let mut values = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        match argument.strip_prefix(flag) {
            Some("") => values.extend(arguments.get(index + 1).map(String::as_str)),
            Some(rest) => values.extend(rest.strip_prefix('=')),
            None => {}
        }
    }
    values
}

/// Returns the path of the binary that rustc links with these arguments. Returns `None` if rustc links no binary,
/// or a test.
fn find_linked_binary(arguments: &[String]) -> Option<PathBuf> {
    let emitted = flag_values(arguments, "--emit");
    let mut kinds = emitted.iter().flat_map(|kinds| kinds.split(','));
    let link = kinds.find(|kind| *kind == "link" || kind.starts_with("link="))?;
    let is_binary = flag_values(arguments, "--crate-type").contains(&"bin");
    if !is_binary || arguments.iter().any(|argument| argument == "--test") {
        return None;
    }
    let named = link.strip_prefix("link=").or_else(|| last_value(arguments, "-o"));
    if let Some(path) = named {
        return Some(PathBuf::from(path));
    }
    let name = last_value(arguments, "--crate-name")?;
    let extra = extra_filename(arguments).unwrap_or_default();
    let folder = last_value(arguments, "--out-dir").unwrap_or_default();
    Some(Path::new(folder).join(format!("{name}{extra}")))
}

/// Returns the last value of a compiler flag, which is the one that counts.
fn last_value<'a>(arguments: &'a [String], flag: &str) -> Option<&'a str> {
    flag_values(arguments, flag).last().copied()
}

/// Returns the suffix that Cargo gives to the file name of this compilation's output: `-C extra-filename=…`.
fn extra_filename(arguments: &[String]) -> Option<&str> {
    let short = arguments.iter().filter_map(|argument| argument.strip_prefix("-C"));
    let options = flag_values(arguments, "-C").into_iter();
    let options = options.chain(flag_values(arguments, "--codegen")).chain(short);
    options.filter_map(|option| option.strip_prefix("extra-filename=")).next_back()
}

/// Returns whether Cargo compiles an example with these arguments.
fn is_example(arguments: &[String]) -> bool {
    flag_values(arguments, "--out-dir").iter().any(|folder| file_stem(folder) == "examples")
}

/// Returns whether these arguments make rustc compile a library.
fn is_library(arguments: &[String]) -> bool {
    let kinds = flag_values(arguments, "--crate-type");
    kinds.iter().flat_map(|kinds| kinds.split(',')).any(|kind| kind.ends_with("lib"))
}

/// Returns whether rustdoc compiles examples with these arguments. rustdoc gives the crate no name, which Cargo
/// always does, so the crate of a user is never mistaken for an example. An example that is compiled alone
/// comes from standard input and becomes `rust_out`. From edition 2024 on, rustdoc merges all other examples
/// into `doctest_bundle_<edition>.rs`, which `doctest_runner_<edition>.rs` runs.
fn is_doctest(arguments: &[String]) -> bool {
    if !flag_values(arguments, "--crate-name").is_empty() {
        return false;
    }
    let is_alone = arguments.iter().any(|argument| argument == "-")
        && flag_values(arguments, "-o").iter().any(|path| file_stem(path) == "rust_out");
    let merged = ["doctest_bundle_", "doctest_runner_"];
    is_alone
        || arguments.iter().any(|argument| {
            let is_source = Path::new(argument).extension().is_some_and(|it| it == "rs");
            is_source && merged.iter().any(|name| file_stem(argument).starts_with(name))
        })
}

/// Returns the file name in a path without its extension. Returns an empty text if the path has no file name.
fn file_stem(path: &str) -> &str {
    Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
}

/// Returns the command line of the process that called rustc, and `None` if it cannot be read.
#[cfg(target_os = "linux")]
fn caller_command_line() -> Option<Vec<String>> {
    let line = fs::read(format!("/proc/{}/cmdline", std::os::unix::process::parent_id())).ok()?;
    Some(
        line.split(|byte| *byte == 0)
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect(),
    )
}

#[cfg(not(target_os = "linux"))]
fn caller_command_line() -> Option<Vec<String>> {
    None
}

/// Returns whether these words are the command line of Cargo with a command that runs tests. The command is the
/// first word that is neither an option nor the value of an option.
fn runs_tests(words: &[String]) -> bool {
    let mut words = words.iter().map(String::as_str);
    if file_stem(words.next().unwrap_or_default()) != "cargo" {
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
    use std::path::Path;

    use super::{find_linked_binary, is_doctest, is_example, is_library, runs_tests};

    fn line(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn only_a_compilation_that_links_a_binary_publishes() {
        for other in [
            "rustc --crate-name a --crate-type bin --emit=dep-info,metadata",
            "rustc --crate-name a --crate-type lib --emit=dep-info,metadata,link",
            "rustc --crate-name a --crate-type bin --emit=dep-info,link --test",
            "rustdoc --crate-type bin --crate-name a",
        ] {
            assert_eq!(find_linked_binary(&line(other)), None, "{other}");
        }
    }

    #[test]
    fn the_linked_binary_has_the_path_that_cargo_asks_for() {
        let cargo = "rustc --crate-name my_app --crate-type bin --emit=dep-info,link";
        for (arguments, expected) in [
            (
                "-C metadata=1 -C extra-filename=-2 --out-dir /t/debug/deps",
                "/t/debug/deps/my_app-2",
            ),
            ("-Cextra-filename=-2 --out-dir=/t/debug/deps", "/t/debug/deps/my_app-2"),
            ("--codegen extra-filename=-1 --codegen=extra-filename=-2 --out-dir /t", "/t/my_app-2"),
            ("--out-dir /t", "/t/my_app"),
            ("-C extra-filename=-2", "my_app-2"),
            ("-o /t/program --out-dir /ignored", "/t/program"),
        ] {
            let found = find_linked_binary(&line(&format!("{cargo} {arguments}")));
            assert_eq!(found.as_deref(), Some(Path::new(expected)), "{arguments}");
        }
        let bazel = "rustc --crate-name a --crate-type=bin --emit=link=/t/a --emit=dep-info";
        assert_eq!(find_linked_binary(&line(bazel)).as_deref(), Some(Path::new("/t/a")));
    }

    #[test]
    fn examples_and_libraries_are_recognised_by_cargos_arguments() {
        let example = "rustc --crate-name a --crate-type bin --out-dir /t/debug/examples";
        let library = "rustc --crate-name a --crate-type lib --out-dir /t/debug/deps";
        assert!(is_example(&line(example)) && !is_library(&line(example)));
        assert!(is_library(&line(library)) && !is_example(&line(library)));
        assert!(is_library(&line("rustc --crate-type=cdylib,rlib src/lib.rs")));
        assert!(!is_library(&line("rustc --crate-name a --test src/lib.rs")));
    }

    // The arguments of rustdoc 1.95, for examples of editions 2021 and 2024.
    #[test]
    fn examples_are_recognised_by_what_rustdoc_passes_for_them() {
        for example in [
            "rustc --cfg doctest --edition 2021 --crate-type=bin -o /tmp/rustdoctestA/rust_out -",
            "rustc --edition 2024 --emit=metadata --crate-type=bin -o /tmp/rustdoctestA/rust_out -",
            "rustc --edition 2024 --crate-type=bin -o C:/Temp/rustdoctestA/rust_out.exe -",
            "rustc --edition 2024 --crate-type=lib --out-dir /tmp/A /tmp/A/doctest_bundle_2024.rs",
            "rustc --edition 2024 --crate-type=bin -o /tmp/A/rust_out --extern=doctest_bundle_2024=/tmp/A/libdoctest_bundle_2024.rlib /tmp/A/doctest_runner_2024.rs",
        ] {
            assert!(is_doctest(&line(example)), "{example}");
        }
    }

    #[test]
    fn a_crate_that_cargo_compiles_is_no_example_whatever_its_name() {
        for other in [
            "rustc --crate-name a --crate-type bin --emit=dep-info,link src/main.rs",
            "rustc --crate-name rust_out --crate-type bin src/main.rs",
            "rustc --crate-name=rust_out -o rust_out -",
            "rustc --crate-name doctest_bundle_2024 --crate-type lib src/doctest_bundle_2024.rs",
            "rustc --crate-type bin -o rust_out src/main.rs",
            "rustc --crate-type bin -",
            "rustdoc --crate-type lib --crate-name a --test src/lib.rs",
        ] {
            assert!(!is_doctest(&line(other)), "{other}");
        }
    }

    #[test]
    fn tests_are_distinguished_from_builds_by_cargos_command() {
        for tests in ["cargo test", "/bin/cargo --config a=b -v t --release", "cargo bench -p a"] {
            assert!(runs_tests(&line(tests)), "{tests}");
        }
        for other in ["cargo build --bin test", "cargo run", "sccache rustc test", "cargo"] {
            assert!(!runs_tests(&line(other)), "{other}");
        }
    }
}
