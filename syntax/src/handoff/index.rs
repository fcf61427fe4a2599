//! The index: what the build step tells `main!()` of the application as a whole. It names what the
//! binary has to serve, and what is to be published beside it once it is linked.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use super::text::{escape, of_path, to_path, unescape};
use super::version::{self, Unread};

/// The index of an application.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Index {
    /// The name under which the package depends on the runtime crate.
    pub facade: String,
    /// The package's own library, as its binaries name it, where functions stand in it.
    pub library: Option<String>,
    /// The handlers.
    pub handlers: Vec<Handler>,
    /// What is to be published; none where the application has errors.
    pub outputs: Option<Outputs>,
    /// What is wrong with the application that no item could show: `main!()` reports it.
    pub problems: Vec<String>,
}

/// A handler, with the binary that serves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handler {
    /// The binary.
    pub binary: String,
    /// What `_HANDLER` says.
    pub name: String,
}

/// What is published when a binary is linked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outputs {
    /// The output directory.
    pub directory: PathBuf,
    /// This build's stamp in it.
    pub stamp: PathBuf,
    /// The files, in the build step's folder and in the output directory.
    pub files: Vec<String>,
    /// The link for each binary.
    pub links: Vec<Link>,
}

/// The link that makes a binary the program in a folder of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The binary.
    pub binary: String,
    /// The link.
    pub path: PathBuf,
    /// What it points at; none where the binary is none that Lambda could run.
    pub target: Option<PathBuf>,
}

impl Index {
    /// The index's file, written by a build step of this version.
    #[must_use]
    pub fn write(&self, version: &str) -> String {
        let mut text = version::head(version);
        // Writing to a string cannot fail.
        let _ = self.lines(&mut text);
        text
    }

    fn lines(&self, f: &mut String) -> fmt::Result {
        writeln!(f, "facade\t{}", self.facade)?;
        if let Some(library) = &self.library {
            writeln!(f, "library\t{library}")?;
        }
        for Handler { binary, name } in &self.handlers {
            writeln!(f, "handler\t{binary}\t{name}")?;
        }
        if let Some(Outputs { directory, stamp, files, links }) = &self.outputs {
            writeln!(f, "outputs\t{}\t{}", of_path(directory), of_path(stamp))?;
            for file in files {
                writeln!(f, "file\t{file}")?;
            }
            for Link { binary, path, target } in links {
                let target = target.as_deref().map(of_path).unwrap_or_default();
                writeln!(f, "link\t{binary}\t{}\t{target}", of_path(path))?;
            }
        }
        for problem in &self.problems {
            writeln!(f, "problem\t{}", escape(problem))?;
        }
        Ok(())
    }

    /// Reads an index's file.
    ///
    /// # Errors
    ///
    /// Where a build step of another version wrote it, or it is broken.
    pub fn read(text: &str, version: &str) -> Result<Self, Unread> {
        Self::parse(version::body(text, version)?).ok_or(Unread::Broken)
    }

    fn parse(body: &str) -> Option<Self> {
        let mut index = Self::default();
        for line in body.lines() {
            match line.split('\t').collect::<Vec<_>>().as_slice() {
                ["facade", facade] => index.facade = (*facade).to_owned(),
                ["library", library] => index.library = Some((*library).to_owned()),
                ["handler", binary, name] => {
                    let (binary, name) = ((*binary).to_owned(), (*name).to_owned());
                    index.handlers.push(Handler { binary, name });
                }
                ["outputs", directory, stamp] => {
                    let (directory, stamp) = (to_path(directory), to_path(stamp));
                    index.outputs = Some(Outputs { directory, stamp, ..Outputs::default() });
                }
                ["file", file] => index.outputs.as_mut()?.files.push((*file).to_owned()),
                ["link", binary, path, target] => index.outputs.as_mut()?.links.push(Link {
                    binary: (*binary).to_owned(),
                    path: to_path(path),
                    target: Some(to_path(target)).filter(|it| !it.as_os_str().is_empty()),
                }),
                ["problem", problem] => index.problems.push(unescape(problem)),
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
        let link = |binary: &str, target: Option<&str>| Link {
            binary: binary.to_owned(),
            path: format!("/target/code/{binary}/bootstrap").into(),
            target: target.map(PathBuf::from),
        };
        let index = Index {
            facade: "skylift".to_owned(),
            library: Some("orders".to_owned()),
            handlers: vec![Handler { binary: "orders".to_owned(), name: "api::list".to_owned() }],
            outputs: Some(Outputs {
                directory: "/tar\tget".into(),
                stamp: "/target/.stamps/1".into(),
                files: vec!["template.yaml".to_owned(), "app.json".to_owned()],
                links: vec![link("orders", Some("../../debug/orders")), link("jobs", None)],
            }),
            problems: vec!["something\nover two lines".to_owned()],
        };
        for index in [index, Index::default()] {
            assert_eq!(Index::read(&index.write("1.0.0"), "1.0.0"), Ok(index));
        }
    }

    #[test]
    fn an_index_of_another_version_or_one_that_is_broken_is_not_read() {
        let written = Index::default().write("1.0.0");
        let other = Err(Unread::OtherVersion(Some("1.0.0".to_owned())));
        assert_eq!(Index::read(&written, "2.0.0"), other);
        // Files and links belong to outputs.
        for broken in ["unknown\tx\n", "file\ttemplate.yaml\n", "link\ta\tb\tc\n", "facade\n"] {
            let text = format!("{written}{broken}");
            assert_eq!(Index::read(&text, "1.0.0"), Err(Unread::Broken), "{broken}");
        }
    }
}
