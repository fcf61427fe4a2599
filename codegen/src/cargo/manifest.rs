//! Reads Cargo.toml. It takes the manifest's path and returns the package, or the first error with line and column.
//! Cargo has checked the manifest before it runs a build script, so this module checks only what Skylift itself
//! uses.

use std::fs;
use std::ops::Range;
use std::path::Path;

use skylift_model::message::Message;
use skylift_model::suggest;
use toml::de::DeTable;

use super::env::BuildEnv;
use super::facade;
use super::lookup::{string_at, table_at};
use super::package::{CargoPackage, MetadataTable};
use super::targets::{self, Targets};
use crate::messages::{self, FileError};
use crate::walk::{Cfg, line_column};

/// Reads the package whose Cargo.toml is `manifest`. Fields that may be inherited from a workspace (version,
/// description) are taken from `env`. The features in `cfg` decide which targets exist.
///
/// # Errors
///
/// Fails if the file cannot be read, is not TOML, or if `package.metadata.skylift` is not a table.
pub(crate) fn read_package(
    manifest: &Path,
    env: &BuildEnv,
    cfg: &Cfg,
) -> Result<CargoPackage, FileError> {
    let error = |text: &str, span: Range<usize>, message: Message| {
        let (line, column) = line_column(text, span.start);
        FileError { path: manifest.to_path_buf(), line, column, message }
    };
    let text = fs::read_to_string(manifest)
        .map_err(|cause| error("", 0..0, messages::manifest_unreadable(&cause)))?;
    // Offsets are relative to the parsed text, which has no byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let document = DeTable::parse(text)
        .map_err(|cause| error(text, cause.span().unwrap_or(0..0), cause.message().into()))?;
    let document = document.into_inner();
    let package = table_at(&document, "package");
    let metadata =
        find_metadata(text, package).map_err(|(span, message)| error(text, span, message))?;
    let dir = manifest.parent().unwrap_or(Path::new("")).to_path_buf();
    let name = match string_at(package, "name") {
        Some(name) if env.name.is_empty() => name.to_owned(),
        _ => env.name.clone(),
    };
    let Targets { lib, bins } = targets::find_targets(&dir, &name, &document, cfg);
    Ok(CargoPackage {
        lib,
        bins,
        default_run: string_at(package, "default-run").map(str::to_owned),
        facade: facade::find_facade_name(&dir, &document),
        metadata,
        version: env.version.clone(),
        description: Some(env.description.clone()).filter(|text| !text.is_empty()),
        manifest_path: manifest.to_path_buf(),
        dir,
        name,
    })
}

/// Returns whether a folder is the copy of a package that `cargo package` and `cargo publish` build to verify it:
/// `<target>/package/<name>-<version>`. The packaged manifest is a rewritten one, with the original beside it.
pub(crate) fn is_packaged_copy(dir: &Path) -> bool {
    let is_in_package_folder =
        dir.parent().and_then(Path::file_name).is_some_and(|name| name == "package");
    is_in_package_folder && dir.join("Cargo.toml.orig").is_file()
}

/// Finds `package.metadata.skylift` in the manifest's `text`. Returns `None` if the manifest has no such key.
///
/// # Errors
///
/// Returns the place and the message if the value is not a table, or if another key is nearly `skylift`. Cargo
/// ignores every key below `package.metadata`, and the settings would have no effect.
fn find_metadata(
    text: &str,
    package: Option<&DeTable<'_>>,
) -> Result<Option<MetadataTable>, (Range<usize>, Message)> {
    let Some(metadata) = package.and_then(|package| table_at(package, "metadata")) else {
        return Ok(None);
    };
    if let Some((key, _)) = metadata.iter().find(|(key, _)| is_misspelt(key.get_ref())) {
        return Err((key.span(), messages::metadata_misspelt(key.get_ref())));
    }
    match metadata.get("skylift") {
        None => Ok(None),
        Some(value) if value.get_ref().is_table() => {
            Ok(Some(MetadataTable { text: text.to_owned(), span: value.span() }))
        }
        Some(value) => Err((value.span(), messages::metadata_not_a_table())),
    }
}

/// Returns whether a key is `skylift` with another case, a separator, or one wrong letter. Words that differ more,
/// such as `skylight`, may belong to other tools.
fn is_misspelt(key: &str) -> bool {
    let letters: String = key.to_lowercase().chars().filter(|it| it.is_alphanumeric()).collect();
    key != "skylift" && suggest::is_one_letter_off(&letters, "skylift")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_package(text: &str) -> Result<CargoPackage, FileError> {
        let dir = tempfile::tempdir().unwrap();
        let manifest = dir.path().join("Cargo.toml");
        fs::write(&manifest, text).unwrap();
        let env =
            BuildEnv { name: "app".to_owned(), version: "1.2.3".to_owned(), ..BuildEnv::default() };
        read_package(&manifest, &env, &Cfg::default())
    }

    #[test]
    fn inherited_fields_come_from_the_environment() {
        let text = "[package]\nname = \"app\"\nversion.workspace = true\n\
                    description = { workspace = true }\nedition.workspace = true\n\
                    default-run = \"tool\"\n[lints]\nworkspace = true";
        let package = parse_package(text).unwrap();
        assert_eq!((&*package.name, &*package.version), ("app", "1.2.3"));
        assert_eq!(package.description, None);
        assert_eq!(package.default_run.as_deref(), Some("tool"));
        assert!(package.metadata.is_none());
    }

    #[test]
    fn the_metadata_table_keeps_the_places_of_its_values() {
        let text = "[package]\nname = \"app\"\n\n[package.metadata.skylift]\nmemory = 512\n";
        let metadata = parse_package(text).unwrap().metadata.unwrap();
        let table = metadata.table();
        let (key, value) = table.iter().next().unwrap();
        assert_eq!(&metadata.text[key.span()], "memory");
        assert_eq!(&metadata.text[value.span()], "512");
        assert_eq!(line_column(&metadata.text, metadata.span.start).0, 4);
        let inline = parse_package("package.metadata = { skylift = { a = 1 } }").unwrap();
        assert_eq!(inline.metadata.unwrap().table().len(), 1);
    }

    #[test]
    fn metadata_of_the_workspace_and_of_other_tools_is_ignored() {
        let text = "[workspace.metadata.skylift]\na = 1\n[package.metadata.other]\nb = 1";
        assert!(parse_package(text).unwrap().metadata.is_none());
    }

    #[test]
    fn a_table_whose_name_is_nearly_skylift_is_an_error_at_its_name() {
        for name in [
            "Skylift", "SKYLIFT", "skylft", "skilift", "skylfit", "skylifts", "sky-lift",
            "sky_lift",
        ] {
            let text =
                format!("[package]\nname = \"app\"\n[package.metadata.{name}]\nmemory = 512\n");
            let error = parse_package(&text).unwrap_err();
            assert_eq!((error.line, error.column), (3, 19), "{error}");
            assert!(error.message.text.contains(&format!("`package.metadata.{name}`")), "{error}");
            let help = error.message.help.unwrap();
            assert!(help.contains("[package.metadata.skylift]"), "{help}");
        }
        // The mistake is the same beside the right table.
        let both = "[package.metadata]\nskylift = {}\nSkylift = { memory = 1 }\n";
        assert_eq!(parse_package(both).unwrap_err().line, 3);
        for other in ["skylight", "lift", "sky", "shoplift", "docs", "cargo-skylift"] {
            let text = format!("[package.metadata.{other}]\na = 1");
            assert!(parse_package(&text).unwrap().metadata.is_none(), "{other}");
        }
    }

    #[test]
    fn a_manifest_that_cannot_be_read_is_an_error_with_its_place() {
        let error = parse_package("[package]\nname = \"app\"\nversion = ?").unwrap_err();
        assert_eq!((error.line, error.column), (3, 11), "{error}");
        let error = parse_package("[package]\nname = \"app\"\nmetadata.skylift = 1").unwrap_err();
        assert_eq!((error.line, error.column), (3, 20));
        assert!(error.to_string().contains("Cargo.toml:3:20: `package.metadata.skylift`"));
        let missing =
            read_package(Path::new("/nowhere/Cargo.toml"), &BuildEnv::default(), &Cfg::default());
        assert!(missing.unwrap_err().message.text.starts_with("cannot read the manifest"));
    }
}
