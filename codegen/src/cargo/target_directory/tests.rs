//! Tests with invented paths, and with real builds of a package in a temporary directory.

use tempfile::TempDir;

use super::*;

/// Returns the environment of a package `app` in `/w/app`, which does not exist.
fn env(out_dir: &str) -> BuildEnv {
    BuildEnv {
        name: "app".to_owned(),
        manifest_dir: PathBuf::from("/w/app"),
        out_dir: PathBuf::from(out_dir),
        target: "x86_64-unknown-linux-gnu".to_owned(),
        ..BuildEnv::default()
    }
}

#[track_caller]
fn assert_root(out_dir: &str, root: &str) {
    assert_eq!(build_directory(&env(out_dir)).unwrap(), Path::new(root));
}

#[test]
fn the_build_directory_is_found_in_both_layouts() {
    assert_root("/w/target/debug/build/app-0123456789abcdef/out", "/w/target");
    assert_root("/w/target/release/build/app/0123456789abcdef/out", "/w/target");
    assert_root("/w/a b/custom/build/app-01/out", "/w/a b");
    assert_root("/w/build/build/build/app-01/out", "/w/build");
    // Without Cargo's tag file above it, the folder is a target directory with that name.
    let triple = "/w/x86_64-unknown-linux-gnu";
    assert_root(&format!("{triple}/debug/build/app-01/out"), triple);
}

#[test]
fn a_package_named_build_is_not_the_build_folder() {
    let env = |out| BuildEnv { name: "build".to_owned(), ..env(out) };
    for out_dir in ["/w/target/debug/build/build-01/out", "/w/target/debug/build/build/01/out"] {
        assert_eq!(build_directory(&env(out_dir)).unwrap(), Path::new("/w/target"));
    }
}

#[test]
fn the_folder_of_a_triple_is_below_the_build_directory() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("CACHEDIR.TAG"), "").unwrap();
    let triple = dir.path().join("x86_64-unknown-linux-gnu");
    let out = triple.join("release/build/app-01/out");
    let env = env(out.to_str().unwrap());
    assert_eq!(build_directory(&env).unwrap(), dir.path());
    let given = BuildEnv { target_dir: Some(triple.clone()), ..env };
    assert_eq!(build_directory(&given).unwrap(), triple, "the user gave the folder itself");
}

#[test]
fn an_out_dir_of_another_tool_is_an_error() {
    for out in ["", "/", "/out", "/w/gen/out", "/w/debug/build/other-01/out", "/build/app-1/out"] {
        let error = target_directory(&env(out)).unwrap_err();
        assert!(matches!(error, TargetError::Layout(_)), "{out}: {error}");
        assert!(error.to_string().contains("help: set `SKYLIFT_OUT_DIR`"), "{error}");
    }
}

#[test]
fn cargo_is_asked_only_where_something_mentions_a_build_directory_or_the_place_is_unusual() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("Cargo.toml"), "[package]\nname = \"app\"\n").unwrap();
    let layout = |target: &str, target_dir: Option<&str>| BuildEnv {
        manifest_dir: dir.path().to_path_buf(),
        target_dir: target_dir.map(|target| dir.path().join(target)),
        cargo: PathBuf::from("/no/cargo"),
        ..env(dir.path().join(target).join("debug/build/app-01/out").to_str().unwrap())
    };
    let default = target_directory(&layout("target", None));
    assert_eq!(default.unwrap(), dir.path().join("target"));
    let given = target_directory(&layout("elsewhere", Some("elsewhere")));
    assert_eq!(given.unwrap(), dir.path().join("elsewhere"));
    for unusual in [layout("elsewhere", None), layout("target", Some("elsewhere"))] {
        let error = target_directory(&unusual).unwrap_err().to_string();
        assert!(error.starts_with("cannot run"), "{error}");
    }
    for config in ["config.toml", "config"] {
        let file = dir.path().join(".cargo").join(config);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "[build]\nbuild-dir = \"b\"\n").unwrap();
        let error = target_directory(&layout("target", None)).unwrap_err().to_string();
        assert!(error.starts_with("cannot run"), "{error}");
        fs::write(&file, "[build]\njobs = 2\n").unwrap();
        assert!(target_directory(&layout("target", None)).is_ok());
    }
}

#[test]
fn a_failing_cargo_metadata_is_an_error_if_the_build_directory_may_be_apart() {
    let dir = tempfile::tempdir().unwrap();
    let env_with_cargo = |cargo: &str| BuildEnv {
        manifest_dir: dir.path().to_path_buf(),
        build_dir: Some(PathBuf::from("/elsewhere")),
        cargo: PathBuf::from(cargo),
        ..env("/w/target/debug/build/app-01/out")
    };
    let error = target_directory(&env_with_cargo("/no/cargo")).unwrap_err();
    assert!(error.to_string().starts_with("cannot run `/no/cargo metadata`"), "{error}");
    let error = target_directory(&env_with_cargo(env!("CARGO"))).unwrap_err();
    assert!(matches!(error, TargetError::Metadata(_)), "no manifest: {error}");
    let together = BuildEnv { build_dir: None, ..env_with_cargo(env!("CARGO")) };
    assert_eq!(target_directory(&together).unwrap(), Path::new("/w/target"));
}

/// A package whose build script writes its environment to a file.
struct Package(TempDir);

/// Variables of the test run itself that would change Cargo's directories.
const OURS: [&str; 4] =
    ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "CARGO_BUILD_BUILD_DIR", "CARGO_BUILD_TARGET"];

const BUILD: &str = r#"
    fn main() {
        let mut text = String::new();
        for (name, value) in std::env::vars() { text += &format!("{name}={value}\n"); }
        std::fs::write("env.txt", text).unwrap();
    }
"#;

impl Package {
    fn new() -> Self {
        let package = Self(tempfile::tempdir().unwrap());
        let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                        [profile.small]\ninherits = \"release\"\n[workspace]\n";
        package.write("Cargo.toml", manifest);
        package.write("build.rs", BUILD);
        package.write("src/main.rs", "fn main() {}");
        package
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Builds the package and asserts that, for the build script's environment, the target directory is `target` below
    /// the package.
    #[track_caller]
    fn assert_builds(&self, target: &str, args: &[&str], vars: &[(&str, &str)]) {
        let dir = self.0.path();
        let mut cargo = Command::new(env!("CARGO"));
        for ours in OURS {
            cargo.env_remove(ours);
        }
        cargo.args(["build", "--quiet", "--offline"]).args(args).current_dir(dir);
        cargo.env("PWD", dir).envs(vars.iter().copied());
        assert!(cargo.status().unwrap().success());
        let text = fs::read_to_string(dir.join("env.txt")).unwrap();
        let env = BuildEnv::from_vars(|name| {
            let value = |line: &str| line.strip_prefix(name)?.strip_prefix('=').map(Into::into);
            text.lines().find_map(value)
        });
        let found = target_directory(&env).unwrap();
        assert_eq!(fs::canonicalize(&found).unwrap(), fs::canonicalize(dir.join(target)).unwrap());
    }
}

#[test]
fn artefacts_are_found_where_cargo_puts_them() {
    let package = Package::new();
    let triple = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    package.assert_builds("target", &[], &[]);
    package.assert_builds("target", &["--release", "--target", &triple], &[]);
    package.assert_builds("target", &["--profile", "small"], &[]);
    package.assert_builds("a b", &[], &[("CARGO_TARGET_DIR", "a b")]);
    package.assert_builds("by flag", &["--target-dir", "by flag"], &[]);
    let named = [("CARGO_TARGET_DIR", &*triple)];
    package.assert_builds(&triple, &[], &named);
    package.assert_builds(&triple, &["--target", &triple], &named);
}

#[test]
fn a_build_directory_set_by_a_variable_is_not_the_target_directory() {
    let package = Package::new();
    let triple = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let dir = package.0.path().join("apart").display().to_string();
    let apart = ("CARGO_BUILD_BUILD_DIR", &*dir);
    package.assert_builds("target", &[], &[apart]);
    package.assert_builds("a b", &["--target", &triple], &[apart, ("CARGO_TARGET_DIR", "a b")]);
}

#[test]
fn a_build_directory_set_by_a_configuration_file_is_not_the_target_directory() {
    let package = Package::new();
    let config = "[build]\nbuild-dir = \"{workspace-root}/apart\"\n";
    package.write(".cargo/config.toml", config);
    package.assert_builds("target", &[], &[]);
    package.write(".cargo/config.toml", &format!("{config}target-dir = \"elsewhere\""));
    package.assert_builds("elsewhere", &["--release"], &[]);
    // A build directory named `target` is not the target directory.
    package.write(".cargo/config.toml", "build.target-dir = \"x\"\nbuild.build-dir = \"target\"");
    package.assert_builds("x", &[], &[]);
}
