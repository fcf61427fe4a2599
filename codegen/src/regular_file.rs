//! Recognises files that are no regular files: a FIFO, a device or a socket. Reading one may wait for ever or never
//! end, and would hang the build.

use std::fs;
use std::io;
use std::path::Path;

/// Returns whether a path leads to something that is neither a file nor a folder.
pub(crate) fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// Reads a regular file.
///
/// # Errors
///
/// Fails if the file cannot be read or is no regular file.
pub(crate) fn read_regular_file(path: &Path) -> io::Result<Vec<u8>> {
    if is_special(path) {
        return Err(io::Error::other("it is not a regular file"));
    }
    fs::read(path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_regular_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("file"), "text").unwrap();
        symlink(path("file"), path("link")).unwrap();
        symlink("/dev/zero", path("zero")).unwrap();
        symlink(path("loop"), path("loop")).unwrap();
        assert_eq!(read_regular_file(&path("link")).unwrap(), b"text");
        assert!(read_regular_file(&path("zero")).unwrap_err().to_string().contains("regular file"));
        for other in [".", "loop", "missing"] {
            assert!(!is_special(&path(other)), "{other}");
            assert!(read_regular_file(&path(other)).is_err(), "{other}");
        }
    }
}
