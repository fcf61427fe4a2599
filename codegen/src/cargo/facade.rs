//! Finds the name by which a package's code calls the crate `skylift`. It takes the package's manifest and, if the
//! dependency is inherited, reads the workspace's manifest.

use std::fs;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::lookup::{string_at, table_at};

const FACADE: &str = "skylift";

/// Returns the name by which the code of the package in `dir` calls the crate `skylift`, with underscores. It is
/// `skylift` if no dependency on the crate is found.
pub(super) fn find_facade_name(dir: &Path, manifest: &DeTable<'_>) -> String {
    let mut tables: Vec<_> = table_at(manifest, "dependencies").into_iter().collect();
    for (_, target) in table_at(manifest, "target").into_iter().flatten() {
        let target = target.get_ref().as_table();
        tables.extend(target.and_then(|target| table_at(target, "dependencies")));
    }
    let named = tables.iter().find_map(|dependencies| find_direct_key(dependencies));
    let key = named.map(str::to_owned).or_else(|| find_inherited_key(dir, manifest, &tables));
    key.map_or_else(|| FACADE.to_owned(), |key| key.replace('-', "_"))
}

/// Finds the key of the dependency on the crate `skylift` that is declared in the package itself. Returns `None` if
/// the package has no such dependency, or inherits it from the workspace.
fn find_direct_key<'a>(dependencies: &'a DeTable<'_>) -> Option<&'a str> {
    let is_facade = |(key, value): &(&str, &DeValue<'_>)| match value.as_table() {
        Some(table) if is_inherited(table) => false,
        table => string_at(table, "package").unwrap_or(key) == FACADE,
    };
    let mut pairs =
        dependencies.iter().map(|(key, value)| (key.get_ref().as_ref(), value.get_ref()));
    pairs.find(is_facade).map(|(key, _)| key)
}

/// Returns whether a dependency is inherited from the workspace (`workspace = true`).
fn is_inherited(dependency: &DeTable<'_>) -> bool {
    dependency.get("workspace").and_then(|value| value.get_ref().as_bool()) == Some(true)
}

/// Finds the key of an inherited dependency that the workspace's manifest declares as the crate `skylift`. Returns
/// `None` if the package inherits no such dependency.
fn find_inherited_key(
    dir: &Path,
    manifest: &DeTable<'_>,
    tables: &[&DeTable<'_>],
) -> Option<String> {
    let keys: Vec<&str> = tables
        .iter()
        .flat_map(|dependencies| dependencies.iter())
        .filter(|(_, value)| value.get_ref().as_table().is_some_and(is_inherited))
        .map(|(key, _)| key.get_ref().as_ref())
        .collect();
    if keys.is_empty() {
        return None;
    }
    let text = read_workspace_manifest(dir, manifest)?;
    let root = DeTable::parse(&text).ok()?.into_inner();
    let dependencies = table_at(table_at(&root, "workspace")?, "dependencies")?;
    find_direct_key(dependencies).filter(|key| keys.contains(key)).map(str::to_owned)
}

/// Reads the manifest of the workspace that contains the package in `dir`. It is the package's own manifest, the
/// one that `package.workspace` names, or the nearest one above. Returns `None` if none is found.
fn read_workspace_manifest(dir: &Path, manifest: &DeTable<'_>) -> Option<String> {
    if table_at(manifest, "workspace").is_some() {
        return fs::read_to_string(dir.join("Cargo.toml")).ok();
    }
    if let Some(named) = string_at(table_at(manifest, "package"), "workspace") {
        return fs::read_to_string(dir.join(named).join("Cargo.toml")).ok();
    }
    let above = dir.ancestors().skip(1).map(|dir| dir.join("Cargo.toml"));
    let is_root = |path: PathBuf| {
        let text = fs::read_to_string(path).ok()?;
        let root = DeTable::parse(&text).ok()?.into_inner();
        root.contains_key("workspace").then_some(text)
    };
    above.filter(|path| path.is_file()).find_map(is_root)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facade_name(manifest: &str) -> String {
        find_facade_name(Path::new("/nowhere"), &DeTable::parse(manifest).unwrap().into_inner())
    }

    #[test]
    fn a_dependency_has_the_name_of_its_key() {
        assert_eq!(facade_name("[dependencies]\nskylift = \"1\""), "skylift");
        assert_eq!(facade_name("[dependencies]\nskylift = { version = \"1\" }"), "skylift");
        let renamed = "[dependencies]\nskylift = { package = \"other\" }\n\
                       sky-up = { package = \"skylift\", version = \"1\" }";
        assert_eq!(facade_name(renamed), "sky_up");
        let target = "[target.'cfg(unix)'.dependencies.sky]\npackage = \"skylift\"";
        assert_eq!(facade_name(target), "sky");
    }

    #[test]
    fn other_dependencies_do_not_change_the_name() {
        assert_eq!(facade_name(""), "skylift");
        assert_eq!(facade_name("[dev-dependencies]\nsky = { package = \"skylift\" }"), "skylift");
    }

    #[test]
    fn an_inherited_dependency_has_its_name_in_the_workspace() {
        let dir = tempfile::tempdir().unwrap();
        let member = dir.path().join("members").join("app");
        fs::create_dir_all(&member).unwrap();
        let root = "[workspace.dependencies]\nserde = \"1\"\nsky = { package = \"skylift\" }";
        fs::write(dir.path().join("Cargo.toml"), root).unwrap();
        let manifest = |text| DeTable::parse(text).unwrap().into_inner();
        let uses = manifest("[dependencies]\nserde.workspace = true\nsky.workspace = true");
        assert_eq!(find_facade_name(&member, &uses), "sky");
        let other = manifest("[dependencies]\nserde.workspace = true");
        assert_eq!(find_facade_name(&member, &other), "skylift");
        let named =
            manifest("[package]\nworkspace = \"../..\"\n[dependencies]\nsky.workspace = true");
        assert_eq!(find_facade_name(&member, &named), "sky");
    }
}
