//! What the build step leaves behind: notes, template and index below `OUT_DIR`, for the macros to
//! read and, once a binary is linked, to publish. Files are written only where they changed, and
//! what belongs to an earlier run is removed.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use skylift_syntax::index::{Index, layout};
use skylift_syntax::note::Note;

/// The SAM template.
pub(crate) const TEMPLATE: &str = "template.yaml";
/// The application, for tools.
pub(crate) const APP: &str = "app.json";
/// The folder of what is deployed.
pub(crate) const CODE: &str = "code";
/// The marks of the builds that publish into one output directory.
const TURNS: &str = ".turns";

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

/// Removes a file that may not be there.
pub(crate) fn remove(path: &Path) -> Result<(), OutputError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => at(path, Err(error)),
        _ => Ok(()),
    }
}

/// Makes the mark of this build, which its `OUT_DIR` tells apart from others, if it has none: the
/// folder of all marks, and this one's.
pub(crate) fn mark(out: &Path, out_dir: &Path) -> Result<(PathBuf, PathBuf), OutputError> {
    let turns = out.join(TURNS);
    at(&turns, fs::create_dir_all(&turns))?;
    let build = out_dir.to_string_lossy();
    let unit = out_dir.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let own = turns.join(unit.as_ref());
    if !fs::read(&own).is_ok_and(|there| there == build.as_bytes()) {
        at(&own, fs::write(&own, build.as_bytes()))?;
        // Cargo dates what a build script watches from before the script ran: a mark made just now
        // would be news to the next build.
        let old = SystemTime::UNIX_EPOCH + Duration::from_hours(24);
        let file = at(&own, fs::File::options().write(true).open(&own))?;
        at(&own, file.set_modified(old))?;
    }
    Ok((turns, own))
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
