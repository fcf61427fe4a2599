//! The index: what the build step tells `main!()` of the application as a whole. It names what the
//! binary has to serve, and what is to be published beside it once it is linked.

use std::fmt;
use std::path::PathBuf;

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
    /// The marks by which other builds see that this one published after them.
    pub turns: Option<(PathBuf, PathBuf)>,
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
            writeln!(f, "publish\t{}\t{}", from.display(), to.display())?;
        }
        for (binary, link, target) in &self.links {
            writeln!(f, "link\t{binary}\t{}\t{}", link.display(), target.display())?;
        }
        if let Some((folder, own)) = &self.turns {
            writeln!(f, "turns\t{}\t{}", folder.display(), own.display())?;
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
                ["publish", from, to] => index.publish.push((from.into(), to.into())),
                ["link", binary, link, target] => {
                    index.links.push(((*binary).to_owned(), link.into(), target.into()));
                }
                ["turns", folder, own] => index.turns = Some((folder.into(), own.into())),
                ["problem", problem] => index.problems.push((*problem).to_owned()),
                _ => return None,
            }
        }
        Some(index)
    }
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
            turns: Some(("/target/.turns".into(), "/target/.turns/1".into())),
            problems: vec!["something".to_owned()],
        };
        assert_eq!(Index::parse(&index.to_string()), Some(index));
    }
}
