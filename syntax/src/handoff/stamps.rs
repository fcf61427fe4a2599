//! The stamps of all builds that publish into one output directory. A stamp is a file that makes Cargo run a
//! build script again: Cargo does so when the stamp of the build is newer than the script's last run. A build
//! that changes the published files touches the stamps of all other builds, so that their next build publishes
//! again even if nothing else changed.
// See decision 0006.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The name of the folder with the stamps, in the output directory.
const FOLDER: &str = ".stamps";

/// The stamps of one output directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamps {
    folder: PathBuf,
}

impl Stamps {
    /// Returns the stamps in this output directory.
    #[must_use]
    pub fn new(output_directory: &Path) -> Self {
        Self { folder: output_directory.join(FOLDER) }
    }

    /// Returns the path of the stamp for the build with this `OUT_DIR`. Creates the stamp if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the stamp cannot be written.
    pub fn create(&self, out_dir: &Path) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        let unit = out_dir.parent().and_then(Path::file_name).unwrap_or_default();
        let stamp = self.folder.join(unit);
        let build = out_dir.to_string_lossy();
        if !fs::read(&stamp).is_ok_and(|content| content == build.as_bytes()) {
            fs::write(&stamp, build.as_bytes())?;
            // Cargo compares watched files with the time before the script ran: with the current time, the
            // stamp would make the next build run the script again.
            set_modified(&stamp, SystemTime::UNIX_EPOCH + Duration::from_hours(24))?;
        }
        Ok(stamp)
    }

    /// Touches all stamps but `own`, and removes the stamps of builds whose folder no longer exists.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder cannot be read or a stamp cannot be touched.
    pub fn touch_others(&self, own: Option<&Path>) -> io::Result<()> {
        let stamps = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            stamps => stamps?,
        };
        for stamp in stamps {
            let stamp = stamp?.path();
            if Some(stamp.as_path()) != own {
                Self::touch(&stamp)?;
            }
        }
        Ok(())
    }

    /// Touches a stamp, or removes it if the folder of its build no longer exists. Another build may remove or
    /// rewrite the same stamp at this moment: a missing or empty stamp is not an error.
    ///
    /// # Errors
    ///
    /// Returns an error if the stamp cannot be read, written or removed.
    pub fn touch(stamp: &Path) -> io::Result<()> {
        let touched = match fs::read_to_string(stamp) {
            Ok(build) if build.is_empty() || Path::new(&build).exists() => {
                set_modified(stamp, SystemTime::now())
            }
            Ok(_) => fs::remove_file(stamp),
            Err(error) => Err(error),
        };
        match touched {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Sets the time at which the stamp was last modified.
fn set_modified(stamp: &Path, time: SystemTime) -> io::Result<()> {
    File::options().write(true).open(stamp)?.set_modified(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes an output directory with the stamps of builds that have these folders.
    fn stamped(builds: &[&str]) -> (tempfile::TempDir, Vec<PathBuf>) {
        let folder = tempfile::tempdir().unwrap();
        let stamps = Stamps::new(&folder.path().join("published"));
        let stamped = builds.iter().map(|build| {
            let out_dir = folder.path().join(build).join("out");
            fs::create_dir_all(&out_dir).unwrap();
            stamps.create(&out_dir).unwrap()
        });
        let stamped = stamped.collect();
        (folder, stamped)
    }

    fn is_new(stamp: &Path) -> bool {
        let modified = fs::metadata(stamp).unwrap().modified().unwrap();
        modified > SystemTime::UNIX_EPOCH + Duration::from_hours(48)
    }

    #[test]
    fn a_new_stamp_has_the_name_of_its_build_and_an_old_date() {
        let (folder, stamped) = stamped(&["app-1"]);
        assert_eq!(stamped[0], folder.path().join("published/.stamps/app-1"));
        let build = folder.path().join("app-1/out");
        assert_eq!(fs::read_to_string(&stamped[0]).unwrap(), build.to_string_lossy());
        assert!(!is_new(&stamped[0]));
    }

    #[test]
    fn an_existing_stamp_keeps_its_date() {
        let (folder, stamped) = stamped(&["app-1"]);
        Stamps::touch(&stamped[0]).unwrap();
        let again = Stamps::new(&folder.path().join("published"));
        assert_eq!(again.create(&folder.path().join("app-1/out")).unwrap(), stamped[0]);
        assert!(is_new(&stamped[0]), "an old date would hide that another build has published");
    }

    #[test]
    fn publishing_touches_the_stamps_of_all_other_builds() {
        let (folder, stamped) = stamped(&["app-1", "app-2", "app-3"]);
        let stamps = Stamps::new(&folder.path().join("published"));
        stamps.touch_others(Some(&stamped[1])).unwrap();
        let new: Vec<bool> = stamped.iter().map(|stamp| is_new(stamp)).collect();
        assert_eq!(new, [true, false, true]);
        stamps.touch_others(None).unwrap();
        assert!(is_new(&stamped[1]));
    }

    #[test]
    fn the_stamp_of_a_missing_build_is_removed() {
        let (folder, stamped) = stamped(&["app-1"]);
        fs::remove_dir_all(folder.path().join("app-1")).unwrap();
        Stamps::touch(&stamped[0]).unwrap();
        assert!(!stamped[0].exists());
        // Another build may have removed the stamp already.
        Stamps::touch(&stamped[0]).unwrap();
    }

    #[test]
    fn an_empty_stamp_is_not_removed() {
        let (_folder, stamped) = stamped(&["app-1"]);
        fs::write(&stamped[0], "").unwrap();
        Stamps::touch(&stamped[0]).unwrap();
        assert!(stamped[0].exists());
    }

    #[test]
    fn an_output_directory_without_stamps_is_accepted() {
        let folder = tempfile::tempdir().unwrap();
        Stamps::new(folder.path()).touch_others(None).unwrap();
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
    }

    #[test]
    fn a_stamp_that_cannot_be_read_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FOLDER), "no folder").unwrap();
        assert!(Stamps::new(folder.path()).touch_others(None).is_err());
        fs::create_dir(folder.path().join("a folder")).unwrap();
        assert!(Stamps::touch(&folder.path().join("a folder")).is_err());
    }
}
