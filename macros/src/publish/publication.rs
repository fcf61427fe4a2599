//! The publication of a linked binary with the templates of its build. Everything is written aside first. Then
//! the files are moved to their places, in an order in which no template is beside a program of another build.
// See decision 0006.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use skylift_model::message::Message;
use skylift_syntax::handoff::{
    OutputDirectory, Outputs, PublicationRecord, PublishedProgram, WriteError, hash_text, layout,
    remove_if_exists,
};

use super::{lock_for_package, touch_other_stamps};
use crate::messages;

/// The outputs of one build, which are published once its binary is linked.
#[derive(Debug, Clone)]
pub(super) struct Publication {
    pub(super) outputs: Outputs,
    /// The folder of the package's manifest.
    pub(super) package: PathBuf,
    /// The folder of the build step, which contains the files to publish.
    pub(super) step_folder: PathBuf,
    /// The name of the binary.
    pub(super) binary: String,
    /// The path to which rustc writes the binary, without the suffix of some platforms.
    pub(super) built: PathBuf,
}

/// Returns the paths to which rustc may write a binary. Binaries for Windows and WebAssembly have a suffix.
pub(super) fn possible_paths(built: &Path) -> [PathBuf; 3] {
    ["", ".exe", ".wasm"].map(|suffix| {
        let mut path = built.as_os_str().to_owned();
        path.push(suffix);
        path.into()
    })
}

impl Publication {
    /// Publishes the templates and the program. Does nothing if the compilation has failed.
    pub(super) fn publish(&self) -> Result<(), Message> {
        let built = possible_paths(&self.built);
        if !built.iter().any(|path| is_complete_program(path)) {
            return match built.iter().find(|path| path.is_file()) {
                Some(path) if !keeps_permissions(path) => {
                    Err(messages::program_not_executable(path))
                }
                _ => Ok(()),
            };
        }
        let directory = lock_for_package(&self.outputs, &self.package)?;
        let published = self.publish_into(&directory);
        if published.is_err() {
            // The first error is the one to report. What cannot be removed now belongs together.
            let _ = directory.remove_files();
            let _ = directory.clear_aside();
        }
        published.map_err(|error| messages::publishing_failed(&error))
    }

    /// Publishes into the locked directory.
    fn publish_into(&self, directory: &OutputDirectory) -> Result<(), WriteError> {
        let aside = directory.path().join(layout::ASIDE);
        let mut record = PublicationRecord {
            package: directory.relative_package(&self.package),
            templates: self.hash_templates()?,
            programs: directory.record().programs.clone(),
        };
        if record.templates != directory.record().templates {
            record.programs.clear();
        }
        record.programs.retain(|it| it.binary != self.binary && self.serves(&it.binary));
        let stale = self.stale_programs(directory, &record)?;
        if self.runs_on_lambda() {
            let (binary, built) = (self.binary.clone(), self.built.clone());
            record.programs.push(PublishedProgram { binary, built });
        }

        self.write_aside(&aside, &record)?;
        directory.remove_files()?;
        for program in &stale {
            remove_if_exists(program)?;
            // This fails for a folder that contains other files, which stays.
            let _ = program.parent().map(fs::remove_dir);
        }
        rename(&aside.join(layout::RECORD), &directory.path().join(layout::RECORD))?;
        self.move_program(&aside)?;
        directory.set_finished(&self.binary)?;
        if !self.outputs.programs.iter().any(|it| directory.is_unfinished(&it.binary)) {
            for file in &self.outputs.files {
                let path = directory.path().join(file);
                create_folder_of(&path)?;
                rename(&aside.join(file), &path)?;
            }
        }
        directory.clear_aside()?;
        touch_other_stamps(directory, &self.outputs.stamp)
    }

    /// Returns whether a binary of this name serves functions of the application.
    fn serves(&self, binary: &str) -> bool {
        self.outputs.programs.iter().any(|program| program.binary == binary)
    }

    /// Returns whether Lambda can run this build.
    fn runs_on_lambda(&self) -> bool {
        let mut programs = self.outputs.programs.iter();
        programs.any(|program| program.binary == self.binary && program.runs_on_lambda)
    }

    /// Returns a hash of the templates. `app.json` does not count.
    fn hash_templates(&self) -> Result<u64, WriteError> {
        let mut templates = String::new();
        for file in self.outputs.files.iter().filter(|file| layout::decides_what_fits(file)) {
            let path = self.step_folder.join(file);
            templates.push_str(&WriteError::attach_path(&path, fs::read_to_string(&path))?);
            templates.push('\0');
        }
        Ok(hash_text(&templates))
    }

    /// Returns the published programs that are not in the new record. They belong to other templates, or to
    /// binaries that no longer exist.
    fn stale_programs(
        &self,
        directory: &OutputDirectory,
        record: &PublicationRecord,
    ) -> Result<Vec<PathBuf>, WriteError> {
        let code = directory.path().join(layout::CODE);
        let entries = match fs::read_dir(&code) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => WriteError::attach_path(&code, entries)?,
        };
        let mut folders = Vec::new();
        for entry in entries {
            let entry = WriteError::attach_path(&code, entry)?;
            folders.extend(Some(entry.path()).filter(|path| path.is_dir()));
        }
        folders.push(code);
        let mut programs: Vec<PathBuf> =
            folders.into_iter().map(|folder| folder.join(layout::BOOTSTRAP)).collect();
        programs.retain(|path| {
            let mut current = self.outputs.programs.iter();
            !current.any(|it| it.path == *path && record.built(&it.binary).is_some())
        });
        Ok(programs)
    }

    /// Writes everything that is published to the folder `aside`.
    fn write_aside(&self, aside: &Path, record: &PublicationRecord) -> Result<(), WriteError> {
        WriteError::attach_path(aside, fs::create_dir(aside))?;
        for file in &self.outputs.files {
            let path = aside.join(file);
            create_folder_of(&path)?;
            copy(&self.step_folder.join(file), &path)?;
        }
        let path = aside.join(layout::RECORD);
        WriteError::attach_path(&path, fs::write(&path, record.write()))?;
        if self.runs_on_lambda() {
            link_or_copy(&self.built, &aside.join(layout::BOOTSTRAP))?;
        }
        Ok(())
    }

    /// Moves the program from the folder `aside` to its place.
    fn move_program(&self, aside: &Path) -> Result<(), WriteError> {
        for program in self.outputs.programs.iter().filter(|it| it.binary == self.binary) {
            if program.runs_on_lambda {
                create_folder_of(&program.path)?;
                rename(&aside.join(layout::BOOTSTRAP), &program.path)?;
            }
        }
        Ok(())
    }
}

/// Returns whether a program exists and is complete: a linker makes its output executable at the end.
fn is_complete_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && is_executable(&metadata))
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    true
}

/// Returns whether the folder of this file can hold executable files. The file systems of some mounts, such as FAT, keep
/// no permissions. There, nothing says whether the linker has finished its output.
#[cfg(unix)]
fn keeps_permissions(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let probe = file.with_extension(format!("permissions-{}", std::process::id()));
    let is_kept = fs::write(&probe, [])
        .and_then(|()| fs::set_permissions(&probe, fs::Permissions::from_mode(0o755)))
        .and_then(|()| fs::metadata(&probe))
        .is_ok_and(|metadata| is_executable(&metadata));
    let _ = fs::remove_file(&probe);
    is_kept
}

#[cfg(not(unix))]
fn keeps_permissions(_: &Path) -> bool {
    true
}

/// Makes a second link to a file, or a copy where the file system cannot link. Before rustc links the binary
/// again, the old file is removed, so a new binary never changes what is published.
fn link_or_copy(from: &Path, to: &Path) -> Result<(), WriteError> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(()),
        Err(_) => copy(from, to),
    }
}

/// Creates the folder of a file if it does not exist.
fn create_folder_of(file: &Path) -> Result<(), WriteError> {
    let Some(folder) = file.parent() else { return Ok(()) };
    WriteError::attach_path(folder, fs::create_dir_all(folder))
}

/// Copies a file with its permissions.
fn copy(from: &Path, to: &Path) -> Result<(), WriteError> {
    WriteError::attach_path(to, fs::copy(from, to)).map(drop)
}

/// Moves a file, and replaces a file that exists there.
fn rename(from: &Path, to: &Path) -> Result<(), WriteError> {
    WriteError::attach_path(to, fs::rename(from, to))
}
