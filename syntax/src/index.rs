//! The index: what the build step tells `main!()` of the application as a whole. It names what the
//! binary has to serve, and what is to be published beside it once it is linked.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::note::{escape, unescape};

const HEADER: &str = "skylift-index 1";

/// Where everything lies below `OUT_DIR`.
pub mod layout {
    /// The folder of all that the build step writes.
    pub const FOLDER: &str = "skylift";
    /// The folder of the notes, in [`FOLDER`].
    pub const NOTES: &str = "notes";
    /// The index, in [`FOLDER`].
    pub const INDEX: &str = "index";
}

/// The index of an application.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Index {
    /// The name under which the package depends on the runtime crate.
    pub facade: String,
    /// The package's own library, as its binaries name it, where functions stand in it.
    pub library: Option<String>,
    /// The handlers, each with the binary that serves it.
    pub handlers: Vec<(String, String)>,
    /// The files to publish: from, in the build step's folder; to, in the output directory.
    pub publish: Vec<(PathBuf, PathBuf)>,
    /// The link for each binary: its name, the link, and what it points at.
    pub links: Vec<(String, PathBuf, PathBuf)>,
    /// The output directory, and this build's mark in it.
    pub out: Option<(PathBuf, PathBuf)>,
    /// What is wrong with the application that no item could show: `main!()` reports it.
    pub problems: Vec<String>,
}

/// An index as its file holds it.
impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        writeln!(f, "facade\t{}", self.facade)?;
        if let Some(library) = &self.library {
            writeln!(f, "library\t{library}")?;
        }
        for (binary, handler) in &self.handlers {
            writeln!(f, "handler\t{binary}\t{handler}")?;
        }
        for (from, to) in &self.publish {
            writeln!(f, "publish\t{}\t{}", path(from), path(to))?;
        }
        for (binary, link, target) in &self.links {
            writeln!(f, "link\t{binary}\t{}\t{}", path(link), path(target))?;
        }
        if let Some((out, mark)) = &self.out {
            writeln!(f, "out\t{}\t{}", path(out), path(mark))?;
        }
        for problem in &self.problems {
            writeln!(f, "problem\t{}", problem.replace('\n', " "))?;
        }
        Ok(())
    }
}

impl Index {
    /// Reads an index's file; none where it was not written by this version.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return None;
        }
        let mut index = Self::default();
        for line in lines {
            match line.split('\t').collect::<Vec<_>>().as_slice() {
                ["facade", facade] => index.facade = (*facade).to_owned(),
                ["library", library] => index.library = Some((*library).to_owned()),
                ["handler", binary, handler] => {
                    index.handlers.push(((*binary).to_owned(), (*handler).to_owned()));
                }
                ["publish", from, to] => index.publish.push((to_path(from), to_path(to))),
                ["link", binary, link, target] => {
                    index.links.push(((*binary).to_owned(), to_path(link), to_path(target)));
                }
                ["out", out, mark] => index.out = Some((to_path(out), to_path(mark))),
                ["problem", problem] => index.problems.push((*problem).to_owned()),
                _ => return None,
            }
        }
        Some(index)
    }
}

/// A path in one line: a directory may well have a tab in its name.
fn path(path: &Path) -> String {
    escape(&path.to_string_lossy())
}

fn to_path(text: &str) -> PathBuf {
    unescape(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_survives_its_file() {
        let index = Index {
            facade: "skylift".to_owned(),
            library: Some("orders".to_owned()),
            handlers: vec![("orders".to_owned(), "api::list".to_owned())],
            publish: vec![("/o u t/template.yaml".into(), "/target/template.yaml".into())],
            links: vec![(
                "orders".to_owned(),
                "/target/code/bootstrap".into(),
                "../../debug/orders".into(),
            )],
            out: Some(("/tar\tget".into(), "/target/.turns/1".into())),
            problems: vec!["something".to_owned()],
        };
        assert_eq!(Index::parse(&index.to_string()), Some(index));
    }
}
