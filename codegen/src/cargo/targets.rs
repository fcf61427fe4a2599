//! Finds the targets of a package by Cargo's rules: those that the manifest declares, and those that Cargo infers
//! from the files. It takes the manifest and the package's directory, and returns the library and the binaries that
//! are available in this build.
//!
//! The different rules of edition 2015 are not implemented: that edition has no `async fn`, so its packages have no
//! handlers.

use std::fs;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::lookup::{string_at, table_at};
use super::package::{Bin, Lib};
use crate::walk::Cfg;

/// The targets of a package that can contain annotated items.
pub(super) struct Targets {
    pub(super) lib: Option<Lib>,
    pub(super) bins: Vec<Bin>,
}

/// Finds the library and the binaries of the package `name` in the directory `dir`.
pub(super) fn find_targets(dir: &Path, name: &str, manifest: &DeTable<'_>, cfg: &Cfg) -> Targets {
    Targets {
        lib: find_library(dir, name, manifest),
        bins: find_binaries(dir, name, manifest, cfg),
    }
}

/// Finds the library of a package; `None` if it has none.
fn find_library(dir: &Path, name: &str, manifest: &DeTable<'_>) -> Option<Lib> {
    let declared = table_at(manifest, "lib");
    let usual = dir.join("src").join("lib.rs");
    let path = match string_at(declared, "path") {
        Some(path) => dir.join(path),
        None if declared.is_some() => usual,
        None if infers_targets(manifest, "autolib") && usual.exists() => usual,
        None => return None,
    };
    let name = string_at(declared, "name").unwrap_or(name).replace('-', "_");
    Some(Lib { name, path })
}

/// Returns whether the package lets Cargo infer targets that the manifest does not declare; `switch` is the key
/// that turns this off, such as `autobins`.
fn infers_targets(manifest: &DeTable<'_>, switch: &str) -> bool {
    table_at(manifest, "package")
        .and_then(|package| package.get(switch))
        .and_then(|value| value.get_ref().as_bool())
        .unwrap_or(true)
}

/// Finds the binaries of a package, declared and inferred, whose required features are active.
fn find_binaries(dir: &Path, package: &str, manifest: &DeTable<'_>, cfg: &Cfg) -> Vec<Bin> {
    let inferred = infer_binaries(dir, package);
    let declared = manifest.get("bin").and_then(|value| value.get_ref().as_array());
    let (mut names, mut paths, mut bins) = (Vec::new(), Vec::new(), Vec::new());
    for bin in declared.into_iter().flatten().filter_map(|bin| bin.get_ref().as_table()) {
        let Some(name) = string_at(Some(bin), "name") else {
            continue;
        };
        names.push(name.to_owned());
        let path = match string_at(Some(bin), "path") {
            Some(path) => Some(dir.join(path)),
            None => inferred.iter().find(|bin| bin.name == name).map(|bin| bin.path.clone()),
        };
        let Some(path) = path else { continue };
        paths.push(path.clone());
        if has_required_features(bin, cfg) {
            bins.push(Bin { name: name.to_owned(), path });
        }
    }
    if infers_targets(manifest, "autobins") {
        let free = |bin: &Bin| !names.contains(&bin.name) && !paths.contains(&bin.path);
        bins.extend(inferred.into_iter().filter(free));
    }
    bins
}

/// Returns whether every feature that a binary requires is active. A feature of a dependency (`serde/std`) is
/// assumed to be active, because a build script cannot see it.
fn has_required_features(bin: &DeTable<'_>, cfg: &Cfg) -> bool {
    let required = bin.get("required-features").and_then(|value| value.get_ref().as_array());
    let missing = |feature: &DeValue<'_>| {
        feature.as_str().is_some_and(|feature| !feature.contains('/') && !cfg.has_feature(feature))
    };
    !required.into_iter().flatten().any(|feature| missing(feature.get_ref()))
}

/// Infers the binaries of a package from its files: `src/main.rs`, `src/bin/*.rs` and `src/bin/*/main.rs`.
fn infer_binaries(dir: &Path, package: &str) -> Vec<Bin> {
    let main = dir.join("src").join("main.rs");
    let mut found = Vec::new();
    for entry in fs::read_dir(dir.join("src").join("bin")).into_iter().flatten().flatten() {
        found.extend(infer_binary(&entry.path()));
    }
    found.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    if main.exists() {
        found.insert(0, Bin { name: package.to_owned(), path: main });
    }
    found
}

/// Infers a binary from a file or folder in `src/bin`; `None` if Cargo infers no binary from it.
fn infer_binary(path: &Path) -> Option<Bin> {
    if path.file_name()?.to_str()?.starts_with('.') {
        return None;
    }
    let (name, path): (_, PathBuf) = if path.extension().is_some_and(|extension| extension == "rs")
    {
        (path.file_stem()?, path.to_path_buf())
    } else {
        (path.file_name()?, path.join("main.rs"))
    };
    let name = name.to_str()?.to_owned();
    path.exists().then_some(Bin { name, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find_package_targets(
        manifest: &str,
        files: &[&str],
        features: &str,
    ) -> (Option<String>, Vec<String>) {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let cfg = Cfg::from_env([("CARGO_CFG_FEATURE".to_owned(), features.to_owned())]);
        let manifest = DeTable::parse(manifest).unwrap().into_inner();
        let targets = find_targets(dir.path(), "my-app", &manifest, &cfg);
        let written = |name: &str, path: &Path| {
            let path = path.strip_prefix(dir.path()).unwrap_or(path);
            format!("{name} {}", path.display())
        };
        let lib = targets.lib.map(|lib| written(&lib.name, &lib.path));
        let bins = targets.bins.iter().map(|bin| written(&bin.name, &bin.path)).collect();
        (lib, bins)
    }

    #[test]
    fn files_at_default_paths_are_targets() {
        let files = [
            "src/lib.rs",
            "src/main.rs",
            "src/bin/zeta.rs",
            "src/bin/alpha/main.rs",
            "src/bin/not/other.rs",
            "src/bin/.hidden.rs",
            "src/bin/notes.txt",
        ];
        let (lib, bins) = find_package_targets("[package]", &files, "");
        assert_eq!(lib.as_deref(), Some("my_app src/lib.rs"));
        assert_eq!(
            bins,
            ["my-app src/main.rs", "alpha src/bin/alpha/main.rs", "zeta src/bin/zeta.rs"],
        );
    }

    #[test]
    fn no_target_is_inferred_if_the_package_forbids_it() {
        let manifest = "[package]\nautobins = false\nautolib = false";
        let files = ["src/lib.rs", "src/main.rs", "src/bin/a.rs"];
        assert_eq!(find_package_targets(manifest, &files, ""), (None, vec![]));
    }

    #[test]
    fn declared_targets_have_their_own_names_and_paths() {
        let manifest = "[lib]\nname = \"core\"\npath = \"core/mod.rs\"\n\
                        [[bin]]\nname = \"tool\"\npath = \"tools/tool.rs\"";
        let (lib, bins) = find_package_targets(manifest, &["src/main.rs"], "");
        assert_eq!(lib.as_deref(), Some("core core/mod.rs"));
        assert_eq!(bins, ["tool tools/tool.rs", "my-app src/main.rs"]);
    }

    #[test]
    fn a_declared_bin_without_a_path_has_the_file_of_its_name() {
        let manifest = "[package]\nautobins = false\n\
                        [[bin]]\nname = \"a\"\n[[bin]]\nname = \"b\"\n[[bin]]\nname = \"my-app\"";
        let files = ["src/main.rs", "src/bin/a.rs", "src/bin/b/main.rs", "src/bin/c.rs"];
        assert_eq!(
            find_package_targets(manifest, &files, "").1,
            ["a src/bin/a.rs", "b src/bin/b/main.rs", "my-app src/main.rs"],
        );
    }

    #[test]
    fn a_declared_bin_replaces_the_inferred_bin_of_its_file() {
        let manifest = "[[bin]]\nname = \"renamed\"\npath = \"src/main.rs\"";
        assert_eq!(find_package_targets(manifest, &["src/main.rs"], "").1, ["renamed src/main.rs"]);
    }

    #[test]
    fn a_bin_without_its_required_features_is_left_out() {
        let manifest = "[[bin]]\nname = \"a\"\nrequired-features = [\"one\", \"two\"]\n\
                        [[bin]]\nname = \"b\"\nrequired-features = [\"one\", \"serde/std\"]";
        let files = ["src/bin/a.rs", "src/bin/b.rs"];
        assert_eq!(find_package_targets(manifest, &files, "one").1, ["b src/bin/b.rs"]);
        assert_eq!(
            find_package_targets(manifest, &files, "one,two").1,
            ["a src/bin/a.rs", "b src/bin/b.rs"],
        );
    }
}
