//! The marks of builds that publish into one output directory. Cargo runs a build's step again when
//! the build's own mark is newer than the last run: whoever changes what is published touches the
//! marks of all others, so that their next build publishes again though it finds all else fresh.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The folder of the marks, in the output directory.
const FOLDER: &str = ".turns";

/// The marks of one output directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    folder: PathBuf,
}

impl Marks {
    /// Those of this output directory.
    #[must_use]
    pub fn of(out: &Path) -> Self {
        Self { folder: out.join(FOLDER) }
    }

    /// The mark of the build whose `OUT_DIR` this is; made where there is none.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn make(&self, out_dir: &Path) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        let unit = out_dir.parent().and_then(Path::file_name).unwrap_or_default();
        let mark = self.folder.join(unit);
        let build = out_dir.to_string_lossy();
        if !fs::read(&mark).is_ok_and(|there| there == build.as_bytes()) {
            fs::write(&mark, build.as_bytes())?;
            // Cargo dates what a build script watches from before the script ran: a mark made just
            // now would be news to the next build.
            set_modified(&mark, SystemTime::UNIX_EPOCH + Duration::from_hours(24))?;
        }
        Ok(mark)
    }

    /// Makes all marks but one newer, and forgets those of builds that are gone.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be read or a mark not be touched.
    pub fn touch_all_but(&self, own: Option<&Path>) -> io::Result<()> {
        let marks = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            marks => marks?,
        };
        for mark in marks {
            let mark = mark?.path();
            if Some(mark.as_path()) != own {
                touch(&mark)?;
            }
        }
        Ok(())
    }
}

/// Makes a mark newer; removes it where the build that it belongs to is gone. Another build may be
/// at the same mark: that it is gone already, or empty for a moment, is no error.
///
/// # Errors
///
/// Where it cannot be read, written or removed.
pub fn touch(mark: &Path) -> io::Result<()> {
    let touched = match fs::read_to_string(mark) {
        Ok(build) if build.is_empty() || Path::new(&build).exists() => {
            set_modified(mark, SystemTime::now())
        }
        Ok(_) => fs::remove_file(mark),
        Err(error) => Err(error),
    };
    match touched {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn set_modified(mark: &Path, time: SystemTime) -> io::Result<()> {
    File::options().write(true).open(mark)?.set_modified(time)
}
