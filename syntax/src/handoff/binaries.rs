//! The folder with the code of each binary: `code/` if one binary of the package serves functions,
//! `code/<binary>/` if several do. The templates name the folder, and `main!()` publishes the program in it;
//! both get the folder from this module.

use std::path::{Path, PathBuf};

use skylift_model::App;

use super::layout;

/// The binaries of an application that serve functions, in the order of the source code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppBinaries<'a> {
    names: Vec<&'a str>,
}

impl<'a> AppBinaries<'a> {
    /// Collects the binaries that serve functions of this application.
    #[must_use]
    pub fn new(app: &'a App) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for binary in app.functions.iter().filter_map(|function| function.binary.as_deref()) {
            if !names.contains(&binary) {
                names.push(binary);
            }
        }
        Self { names }
    }

    /// Returns the names of the binaries.
    #[must_use]
    pub fn names(&self) -> &[&'a str] {
        &self.names
    }

    /// Returns the folder with the code of a binary, relative to the template: `code/`, or `code/<binary>/` if
    /// several binaries serve functions.
    #[must_use]
    pub fn folder(&self, binary: Option<&str>) -> String {
        match binary.filter(|_| self.names.len() > 1) {
            Some(binary) => format!("{}/{binary}/", layout::CODE),
            None => format!("{}/", layout::CODE),
        }
    }

    /// Returns the path at which the program of a binary is published. `out` is the output directory.
    #[must_use]
    pub fn program(&self, binary: &str, out: &Path) -> PathBuf {
        out.join(self.folder(Some(binary))).join(layout::BOOTSTRAP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binaries<'a>(names: &[&'a str]) -> AppBinaries<'a> {
        AppBinaries { names: names.to_vec() }
    }

    #[test]
    fn a_single_binary_has_the_code_folder() {
        let one = binaries(&["api"]);
        assert_eq!(one.folder(Some("api")), "code/");
        assert_eq!(one.folder(None), "code/");
        assert_eq!(one.program("api", Path::new("/out")), Path::new("/out/code/bootstrap"));
    }

    #[test]
    fn several_binaries_have_a_folder_each() {
        let two = binaries(&["api", "jobs"]);
        assert_eq!(two.folder(Some("jobs")), "code/jobs/");
        assert_eq!(two.program("jobs", Path::new("/out")), Path::new("/out/code/jobs/bootstrap"));
    }
}
