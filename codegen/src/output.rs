//! Writes the files of the build step below `OUT_DIR`: notes, templates and index. The macros read the notes and
//! the index, and `main!()` publishes the templates when a binary is linked. A file is written only if its content
//! changed. Files of an earlier run that are no longer needed are removed.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use skylift_syntax::handoff::{
    AppIndex, Note, OutputDirectory, Stamps, WriteError, layout, remove_if_exists,
};

use crate::resolve::Fragment;

/// The version of this crate. The macros compare it with their own version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The build step's folder below `OUT_DIR`. It contains the notes, the index and the templates.
pub(crate) struct StepFolder {
    path: PathBuf,
}

impl StepFolder {
    /// Creates the build step's folder in `out_dir` if it does not exist, and returns it.
    pub(crate) fn new(out_dir: &Path) -> Result<Self, WriteError> {
        let path = layout::step_folder(out_dir);
        let notes = layout::notes_folder(&path);
        WriteError::attach_path(&notes, fs::create_dir_all(&notes))?;
        Ok(Self { path })
    }

    /// Writes a template or another file that `main!()` will publish; `name` is its name in the folder.
    pub(crate) fn write(&self, name: &str, content: &str) -> Result<(), WriteError> {
        let path = self.path.join(name);
        if let Some(folder) = path.parent() {
            WriteError::attach_path(folder, fs::create_dir_all(folder))?;
        }
        write_if_changed(&path, content)
    }

    /// Removes the file `name` that an earlier run may have written and that this run does not write.
    pub(crate) fn remove(&self, name: &str) -> Result<(), WriteError> {
        remove_if_exists(&self.path.join(name)).map(drop)
    }

    /// Writes the files of all functions, and removes the folders of functions that no longer exist.
    pub(crate) fn write_fragments(&self, fragments: &[Fragment]) -> Result<(), WriteError> {
        let folder = self.path.join(layout::FUNCTIONS);
        let mut kept: HashSet<PathBuf> = HashSet::new();
        for Fragment { path, content } in fragments {
            let path = self.path.join(path);
            if let Some(folder) = path.parent()
                && !kept.contains(folder)
            {
                kept.insert(folder.to_path_buf());
                if !folder.is_dir() {
                    WriteError::attach_path(folder, fs::create_dir_all(folder))?;
                }
            }
            write_if_changed(&path, content)?;
        }
        for other in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if !kept.contains(&other.path()) {
                WriteError::attach_path(&other.path(), fs::remove_dir_all(other.path()))?;
            }
        }
        Ok(())
    }

    /// Writes the notes, each to the file with its name, and removes the notes of items that no longer exist.
    pub(crate) fn write_notes(&self, notes: &[(String, Note)]) -> Result<(), WriteError> {
        let folder = layout::notes_folder(&self.path);
        let mut kept: HashSet<&str> = HashSet::with_capacity(notes.len());
        for (name, note) in notes {
            kept.insert(name);
            write_if_changed(&folder.join(name), &note.write(VERSION))?;
        }
        for file in WriteError::attach_path(&folder, fs::read_dir(&folder))? {
            let file = WriteError::attach_path(&folder, file)?;
            if file.file_name().to_str().is_none_or(|name| !kept.contains(name)) {
                remove_if_exists(&file.path())?;
            }
        }
        Ok(())
    }

    /// Writes the index of the application.
    pub(crate) fn write_index(&self, index: &AppIndex) -> Result<(), WriteError> {
        write_if_changed(&layout::index_file(&self.path), &index.write(VERSION))
    }
}

/// Writes a file if its content changed.
fn write_if_changed(path: &Path, content: &str) -> Result<(), WriteError> {
    if fs::read(path).is_ok_and(|there| there == content.as_bytes()) {
        return Ok(());
    }
    WriteError::attach_path(path, fs::write(path, content))
}

/// Removes the templates that an earlier build of the package in the folder `package` published to `out`, because a
/// stale template is worse than none. If there were any, all builds have to publish again, since this build may be a
/// `cargo check` with other features.
pub(crate) fn unpublish(out: &Path, package: &Path) -> Result<(), WriteError> {
    if !layout::all_files().any(|file| out.join(file).symlink_metadata().is_ok()) {
        return Ok(());
    }
    let directory = OutputDirectory::lock(out)?;
    if directory.other_package(package).is_none() && directory.remove_files()? {
        WriteError::attach_path(out, Stamps::new(out).touch_others(None))?;
    }
    Ok(())
}

/// Creates the stamp of this build in the output directory `out`, and returns the stamp's path.
pub(crate) fn create_stamp(out: &Path, out_dir: &Path) -> Result<PathBuf, WriteError> {
    WriteError::attach_path(out, Stamps::new(out).create(out_dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_removed_functions_are_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let output = StepFolder::new(folder.path()).unwrap();
        let fragment = |id: &str| Fragment {
            path: layout::function_file(id, layout::POLICY),
            content: id.to_owned(),
        };
        output.write_fragments(&[fragment("Take"), fragment("Give")]).unwrap();
        output.write_fragments(&[fragment("Give")]).unwrap();
        let path = |it: &str| folder.path().join("skylift").join(it);
        assert!(!path("functions/Take").exists());
        assert_eq!(fs::read_to_string(path("functions/Give/policy.json")).unwrap(), "Give");
    }

    #[test]
    fn notes_of_removed_items_are_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let output = StepFolder::new(folder.path()).unwrap();
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
