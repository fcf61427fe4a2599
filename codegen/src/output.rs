//! What the build step leaves behind: notes, template and index below `OUT_DIR`, for the macros to
//! read and, once a binary is linked, to publish. Files are written only where they changed, and
//! what belongs to an earlier run is removed.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use skylift_syntax::index::{Index, layout};
use skylift_syntax::marks::Marks;
use skylift_syntax::note::Note;

/// The SAM template.
pub(crate) const TEMPLATE: &str = "template.yaml";
/// The same application without SAM.
pub(crate) const CLOUDFORMATION: &str = "cloudformation.yaml";
/// The application, for tools.
pub(crate) const APP: &str = "app.json";
/// The folder of what is deployed.
pub(crate) const CODE: &str = "code";

/// A file that could not be written, read or removed.
#[derive(Debug)]
pub(crate) struct OutputError {
    path: PathBuf,
    cause: io::Error,
}

impl std::fmt::Display for OutputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot write `{}`: {}", self.path.display(), self.cause)
    }
}

fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, OutputError> {
    result.map_err(|cause| OutputError { path: path.to_path_buf(), cause })
}

/// The build step's folder below `OUT_DIR`.
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder, made where it is not there.
    pub(crate) fn new(path: PathBuf) -> Result<Self, OutputError> {
        let notes = path.join(layout::NOTES);
        at(&notes, fs::create_dir_all(&notes))?;
        Ok(Self { path })
    }

    /// Where a file of this name lies.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Writes a file where it changed.
    pub(crate) fn write(&self, name: &str, content: &str) -> Result<(), OutputError> {
        let path = self.file(name);
        if fs::read(&path).is_ok_and(|there| there == content.as_bytes()) {
            return Ok(());
        }
        at(&path, fs::write(&path, content))
    }

    /// Writes the notes, and removes those of items that are gone.
    pub(crate) fn write_notes(&self, notes: &[(String, Note)]) -> Result<(), OutputError> {
        let folder = self.path.join(layout::NOTES);
        let mut kept: HashSet<&str> = HashSet::with_capacity(notes.len());
        for (name, note) in notes {
            kept.insert(name);
            let path = folder.join(name);
            let text = note.to_string();
            if !fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
                at(&path, fs::write(&path, text))?;
            }
        }
        for file in at(&folder, fs::read_dir(&folder))? {
            let file = at(&folder, file)?;
            if file.file_name().to_str().is_none_or(|name| !kept.contains(name)) {
                remove(&file.path())?;
            }
        }
        Ok(())
    }

    /// Writes the index.
    pub(crate) fn write_index(&self, index: &Index) -> Result<(), OutputError> {
        self.write(layout::INDEX, &index.to_string())
    }
}

/// Removes a file that may not be there; whether it was.
fn remove(path: &Path) -> Result<bool, OutputError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => at(path, Err(error)),
    }
}

/// Takes back what an earlier build published: a stale template is worse than none. Where there was
/// one, all builds are to publish again, for this one may be a check of other features.
pub(crate) fn withdraw(out: &Path) -> Result<(), OutputError> {
    let mut withdrawn = false;
    for file in [TEMPLATE, CLOUDFORMATION, APP] {
        withdrawn |= remove(&out.join(file))?;
    }
    if withdrawn {
        at(out, Marks::of(out).touch_all_but(None))?;
    }
    Ok(())
}

/// Takes back one file that this build does not write, from where an earlier one wrote and published it.
pub(crate) fn withdraw_file(folder: &Folder, out: &Path, name: &str) -> Result<(), OutputError> {
    remove(&folder.file(name))?;
    if remove(&out.join(name))? {
        at(out, Marks::of(out).touch_all_but(None))?;
    }
    Ok(())
}

/// The mark of this build in its output directory.
pub(crate) fn mark(out: &Path, out_dir: &Path) -> Result<PathBuf, OutputError> {
    at(out, Marks::of(out).make(out_dir))
}

/// What a link in `link` says to mean `target`: relative where both lie below `root`, so that the
/// whole directory can be moved.
pub(crate) fn link_target(root: &Path, link: &Path, target: &Path) -> PathBuf {
    let (Some(folder), Ok(below)) = (link.parent(), target.strip_prefix(root)) else {
        return target.to_path_buf();
    };
    let Ok(folder) = folder.strip_prefix(root) else { return target.to_path_buf() };
    let mut path: PathBuf = folder.components().map(|_| "..").collect();
    path.push(below);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_within_the_target_directory_is_relative() {
        let root = Path::new("/a/target");
        let link = root.join("skylift/app/code/bootstrap");
        assert_eq!(
            link_target(root, &link, &root.join("debug/app")),
            Path::new("../../../debug/app")
        );
        let outside = Path::new("/deploy/code/bootstrap");
        assert_eq!(link_target(root, outside, &root.join("debug/app")), root.join("debug/app"));
    }

    #[test]
    fn notes_of_items_that_are_gone_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let output = Folder::new(folder.path().join("skylift")).unwrap();
        let note = |name: &str| (name.to_owned(), Note::default());
        output.write_notes(&[note("a-1.note"), note("b-2.note")]).unwrap();
        output.write_notes(&[note("b-2.note")]).unwrap();
        let left: Vec<_> = fs::read_dir(folder.path().join("skylift/notes"))
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .collect();
        assert_eq!(left, ["b-2.note"]);
    }
}
