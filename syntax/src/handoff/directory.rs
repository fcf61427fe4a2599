//! The output directory of a package, locked for one process. The build step and `main!()` both change what is
//! published in it: the build step removes outputs that its errors have made stale, and `main!()` publishes.
//!
//! A template is never beside a program of another build. So the templates are removed before a program
//! changes, and are put back last.
// See decision 0006.

use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::layout;
use super::record::PublicationRecord;
use super::write_error::WriteError;

/// An output directory that no other process changes as long as this value exists.
#[derive(Debug)]
pub struct OutputDirectory {
    path: PathBuf,
    record: PublicationRecord,
    /// The open file holds the lock.
    _lock: File,
}

impl OutputDirectory {
    /// Waits for the lock of an output directory, and reads its record. Creates the directory if it does not
    /// exist, and removes what an interrupted process left in its folder [`layout::ASIDE`].
    ///
    /// # Errors
    ///
    /// Returns an error if the directory or its lock cannot be written.
    pub fn lock(path: &Path) -> Result<Self, WriteError> {
        WriteError::attach_path(path, fs::create_dir_all(path))?;
        let lock = path.join(layout::LOCK);
        let lock = WriteError::attach_path(
            &lock,
            File::create(&lock).and_then(|file| file.lock().map(|()| file)),
        )?;
        let record = fs::read_to_string(path.join(layout::RECORD)).ok();
        let record = record.and_then(|text| PublicationRecord::read(&text).ok());
        let record = record.unwrap_or_default();
        let directory = Self { path: path.to_path_buf(), record, _lock: lock };
        directory.clear_aside()?;
        Ok(directory)
    }

    /// Removes the folder in which a process writes what it will publish.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder cannot be removed.
    pub fn clear_aside(&self) -> Result<(), WriteError> {
        let aside = self.path.join(layout::ASIDE);
        match fs::remove_dir_all(&aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                WriteError::attach_path(&aside, Err(error))
            }
            _ => Ok(()),
        }
    }

    /// Returns the path of the directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the record of what was published last.
    #[must_use]
    pub fn record(&self) -> &PublicationRecord {
        &self.record
    }

    /// Returns the folder of another package that publishes into this directory. `package` is the folder of the
    /// package that asks. A package that no longer exists does not count.
    #[must_use]
    pub fn other_package(&self, package: &Path) -> Option<PathBuf> {
        if self.record.package.as_os_str().is_empty() {
            return None;
        }
        let recorded = fs::canonicalize(self.path.join(&self.record.package)).ok()?;
        let is_same = fs::canonicalize(package).is_ok_and(|package| package == recorded);
        (!is_same && recorded.join("Cargo.toml").is_file()).then_some(recorded)
    }

    /// Returns the path of a package's folder as the record contains it, relative to this directory.
    #[must_use]
    pub fn relative_package(&self, package: &Path) -> PathBuf {
        let absolute = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        relative_path(&absolute(&self.path), &absolute(package))
    }

    /// Removes the templates and the other published files. Returns whether a file was published. Files of others
    /// stay, also in the folders of functions.
    ///
    /// # Errors
    ///
    /// Returns the first error if a file cannot be removed, after it has removed the others.
    pub fn remove_files(&self) -> Result<bool, WriteError> {
        // Each is removed before the first error is returned.
        let mut removed: Vec<_> =
            layout::all_files().map(|file| remove_if_exists(&self.path.join(file))).collect();
        let functions = self.path.join(layout::FUNCTIONS);
        for folder in fs::read_dir(&functions).into_iter().flatten().flatten() {
            let files = layout::FUNCTION_FILES.iter();
            removed.extend(files.map(|file| remove_if_exists(&folder.path().join(file))));
            // This fails for a folder that contains other files, which stays.
            let _ = fs::remove_dir(folder.path());
        }
        for folder in [layout::NESTED_TEMPLATES, layout::NESTED_CLOUDFORMATION, layout::FUNCTIONS] {
            // This fails for a folder that does not exist, or that contains other files, which stay.
            let _ = fs::remove_dir(self.path.join(folder));
        }
        removed.into_iter().try_fold(false, |any, removed| Ok(any | removed?))
    }

    /// Marks the build of a binary as unfinished. The mark remains if the build fails or is interrupted.
    ///
    /// # Errors
    ///
    /// Returns an error if the mark cannot be written.
    pub fn set_unfinished(&self, binary: &str) -> Result<(), WriteError> {
        let folder = self.path.join(layout::UNFINISHED);
        WriteError::attach_path(&folder, fs::create_dir_all(&folder))?;
        let mark = folder.join(binary);
        WriteError::attach_path(&mark, fs::write(&mark, ""))
    }

    /// Removes the mark of a binary whose build has succeeded.
    ///
    /// # Errors
    ///
    /// Returns an error if the mark cannot be removed.
    pub fn set_finished(&self, binary: &str) -> Result<(), WriteError> {
        let folder = self.path.join(layout::UNFINISHED);
        remove_if_exists(&folder.join(binary))?;
        // This fails if the folder still contains marks.
        let _ = fs::remove_dir(&folder);
        Ok(())
    }

    /// Returns whether the build of a binary has begun and has not succeeded.
    #[must_use]
    pub fn is_unfinished(&self, binary: &str) -> bool {
        self.path.join(layout::UNFINISHED).join(binary).exists()
    }
}

/// Removes a file if it exists, and returns whether it existed.
///
/// # Errors
///
/// Returns an error if the file exists and cannot be removed.
pub fn remove_if_exists(path: &Path) -> Result<bool, WriteError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        // A file in the place of a folder has no file in it.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            Ok(false)
        }
        Err(error) => WriteError::attach_path(path, Err(error)),
    }
}

/// Returns the relative path that leads from a folder to a path. Both are absolute. Returns the path itself if
/// they have no common root, such as two drives of Windows.
fn relative_path(from: &Path, to: &Path) -> PathBuf {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    if common == 0 {
        return to.iter().collect();
    }
    let up = from[common..].iter().map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(to[common..].iter().copied()).collect();
    // An empty path would be no path at all.
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Creates a package with a manifest, and returns its folder.
    fn package(root: &Path, name: &str) -> PathBuf {
        let folder = root.join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Cargo.toml"), "").unwrap();
        folder
    }

    /// Writes the record of a directory in which this package publishes.
    fn write_owner(directory: &Path, package: &Path) {
        let locked = OutputDirectory::lock(directory).unwrap();
        let record = PublicationRecord {
            package: locked.relative_package(package),
            ..PublicationRecord::default()
        };
        fs::write(directory.join(layout::RECORD), record.write()).unwrap();
    }

    fn other_package(directory: &Path, package: &Path) -> Option<PathBuf> {
        OutputDirectory::lock(directory).unwrap().other_package(package)
    }

    #[test]
    fn a_directory_belongs_to_the_package_that_published_last_as_long_as_it_exists() {
        let root = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(root.path()).unwrap();
        let (one, two) = (package(&root, "one/app"), package(&root, "two/app"));
        let shared = root.join("target/skylift/app");
        assert_eq!(other_package(&shared, &one), None, "nothing is published yet");
        write_owner(&shared, &one);
        assert_eq!(other_package(&shared, &one), None);
        assert_eq!(other_package(&shared, &two), Some(one.clone()));
        fs::remove_dir_all(&one).unwrap();
        assert_eq!(other_package(&shared, &two), None, "the first package is deleted");
    }

    #[test]
    fn a_project_that_is_moved_or_copied_with_its_outputs_keeps_them() {
        let root = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(root.path()).unwrap();
        let original = package(&root, "original");
        write_owner(&original.join("target/skylift/app"), &original);
        let copy = package(&root, "copy");
        let outputs = copy.join("target/skylift/app");
        fs::create_dir_all(&outputs).unwrap();
        let record = Path::new("target/skylift/app").join(layout::RECORD);
        fs::copy(original.join(&record), copy.join(&record)).unwrap();
        assert_eq!(other_package(&outputs, &copy), None);
        assert_eq!(other_package(&outputs, &original), Some(copy));
    }

    #[test]
    fn a_record_that_cannot_be_read_names_no_package() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(layout::RECORD), "skylift-codegen 0.0.1\npackage\t..\n")
            .unwrap();
        assert_eq!(other_package(root.path(), &root.path().join("app")), None);
    }

    #[test]
    fn removing_the_files_leaves_programs_and_other_files() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::create_dir_all(path(".new/code")).unwrap();
        for file in ["template.yaml", "app.json", "users.yaml", ".new/template.yaml", "bootstrap"] {
            fs::write(path(file), "").unwrap();
        }
        let directory = OutputDirectory::lock(root.path()).unwrap();
        assert!(directory.remove_files().unwrap());
        assert!(!directory.remove_files().unwrap());
        let there = ["template.yaml", "app.json", ".new", "users.yaml", "bootstrap"];
        assert_eq!(there.map(|it| path(it).exists()), [false, false, false, true, true]);
        let users = "functions/Take/notes.txt";
        for file in ["functions/Take/policy.json", "functions/Give/environment.json", users] {
            fs::create_dir_all(path(file).parent().unwrap()).unwrap();
            fs::write(path(file), "").unwrap();
        }
        fs::write(path("functions/file"), "").unwrap();
        assert!(directory.remove_files().unwrap());
        let there = ["functions/Take/policy.json", "functions/Give", users, "functions/file"];
        assert_eq!(there.map(|it| path(it).exists()), [false, false, true, true]);
        for folder in ["stacks", "cloudformation"] {
            fs::create_dir(path(folder)).unwrap();
        }
        for file in ["stacks/3.yaml", "cloudformation/3.yaml", "cloudformation/users.yaml"] {
            fs::write(path(file), "").unwrap();
        }
        assert!(directory.remove_files().unwrap());
        let there = ["stacks", "cloudformation/3.yaml", "cloudformation/users.yaml"];
        assert_eq!(there.map(|it| path(it).exists()), [false, false, true]);
        fs::create_dir(path("cloudformation.yaml")).unwrap();
        let error = directory.remove_files().unwrap_err();
        assert_eq!(error.path, path("cloudformation.yaml"));
        assert!(error.to_string().contains("cloudformation.yaml"), "{error}");
    }

    #[test]
    fn a_binary_is_unfinished_until_its_build_succeeds() {
        let root = tempfile::tempdir().unwrap();
        let directory = OutputDirectory::lock(root.path()).unwrap();
        directory.set_finished("api").unwrap();
        directory.set_unfinished("api").unwrap();
        directory.set_unfinished("jobs").unwrap();
        directory.set_finished("api").unwrap();
        assert!(!directory.is_unfinished("api") && directory.is_unfinished("jobs"));
        directory.set_finished("jobs").unwrap();
        assert!(!root.path().join(layout::UNFINISHED).exists());
    }

    #[test]
    fn a_relative_path_leads_up_to_the_common_folder() {
        for (from, to, expected) in [
            ("/a/target/skylift/app", "/a", "../../.."),
            ("/a/target", "/b/app", "../../b/app"),
            ("/a", "/a/app", "app"),
            ("/a", "/a", "."),
        ] {
            assert_eq!(relative_path(Path::new(from), Path::new(to)), Path::new(expected));
        }
    }
}
