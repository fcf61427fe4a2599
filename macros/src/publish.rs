//! Publishes the outputs of the build step when a binary is linked, and only then.
//!
//! The build step cannot publish its outputs itself: Cargo also runs it for `cargo check`, editors, clippy and
//! tests, with other features or another profile, and does not run it again if nothing that it reads has
//! changed. The expansion of `main!()` always runs when a binary is linked, and the arguments of rustc say
//! whether a binary is linked. So the template and the binary always come from the same build.
// See decision 0006.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use skylift_syntax::handoff::{BinaryLink, Outputs, Stamps, layout};

use crate::compiler;

/// Publishes the outputs of the build step if this compilation links the binary. Does nothing otherwise.
pub(crate) fn publish_outputs(
    outputs: &Outputs,
    step_folder: &Path,
    binary: &str,
) -> io::Result<()> {
    let Some(link) = outputs.links.iter().find(|link| link.binary == binary) else {
        return Ok(());
    };
    if !compiler::links_binary() {
        return Ok(());
    }
    // Other binaries of the package and builds with other profiles publish into the same directory.
    let Outputs { directory, stamp, .. } = outputs;
    fs::create_dir_all(directory)?;
    let lock = File::create(directory.join(layout::LOCK))?;
    lock.lock()?;
    if compiler::runs_for_tests() && points_to_another_build(link) {
        return Stamps::touch(stamp);
    }
    let is_template_new = publish_files(outputs, step_folder)?;
    remove_stale_links(outputs, binary, is_template_new)?;
    update_link(link)?;
    Stamps::new(directory).touch_others(Some(stamp))
}

/// Writes the files of this build, and removes the files that only an earlier build wrote. Returns whether a
/// template has changed.
fn publish_files(outputs: &Outputs, step_folder: &Path) -> io::Result<bool> {
    let mut is_template_new = false;
    for file in layout::FILES {
        let published = outputs.directory.join(file);
        if outputs.files.iter().any(|it| it == file) {
            let is_new = write_if_changed(&published, &fs::read(step_folder.join(file))?)?;
            is_template_new |= is_new && layout::is_template(file);
        } else {
            remove_if_exists(&published)?;
        }
    }
    Ok(is_template_new)
}

/// Removes the links of binaries that no longer exist, for example because they were renamed. If a template has
/// changed, also removes the links of the package's other binaries, which were built for the old template.
fn remove_stale_links(outputs: &Outputs, binary: &str, is_template_new: bool) -> io::Result<()> {
    let is_kept = |path: &Path| {
        let mut links = outputs.links.iter();
        links.any(|link| link.path == path && (link.binary == binary || !is_template_new))
    };
    let code = outputs.directory.join(layout::CODE);
    let entries = match fs::read_dir(&code) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let mut folders = vec![code];
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    for folder in folders {
        let link = folder.join(layout::BOOTSTRAP);
        if !is_kept(&link) {
            remove_if_exists(&link)?;
        }
        // This fails for a folder that contains other files, which stays.
        let _ = fs::remove_dir(&folder);
    }
    Ok(())
}

/// Writes a file if its content has changed. Returns whether the content has changed.
fn write_if_changed(path: &Path, content: &[u8]) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|current| current == content) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // The file is written under another name and renamed, so that nobody can read half a template.
    let temporary = path.with_extension(format!("{}.part", std::process::id()));
    fs::write(&temporary, content)?;
    fs::rename(&temporary, path)?;
    Ok(true)
}

/// Returns whether the link points to the binary of another build. Cargo also builds binaries for integration
/// tests, and such a binary must not replace a binary that was built to be deployed. If the result is `true` in
/// a build for tests, the caller touches only the stamp of this build, so that the next build publishes, even
/// if nothing else has changed.
fn points_to_another_build(BinaryLink { path, target, .. }: &BinaryLink) -> bool {
    path.exists() && fs::read_link(path).is_ok_and(|current| Some(current) != *target)
}

/// Makes the link of a binary point to its target, which is about to be linked. Removes the link if it has no
/// target, because Lambda cannot run the binary.
fn update_link(BinaryLink { path: link, target, .. }: &BinaryLink) -> io::Result<()> {
    let (Some(folder), Some(target)) = (link.parent(), target) else {
        return remove_if_exists(link);
    };
    fs::create_dir_all(folder)?;
    if !fs::read_link(link).is_ok_and(|current| current == *target) {
        remove_if_exists(link)?;
        symlink(target, link)?;
    }
    // If this compilation still fails, no earlier binary must remain beside the new template.
    remove_if_exists(&folder.join(target))
}

/// Removes a file. A file that does not exist is not an error.
fn remove_if_exists(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(target, link)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// The build step's folder with these files, and an output directory.
    fn folders(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let (folder, directory) = (root.path().join("step"), root.path().join("published"));
        for made in [&folder, &directory] {
            fs::create_dir(made).unwrap();
        }
        for (file, content) in files {
            fs::write(folder.join(file), content).unwrap();
        }
        (root, folder, directory)
    }

    fn outputs(directory: &Path, files: &[&str], binaries: &[&str]) -> Outputs {
        let link = |binary: &&str| BinaryLink {
            binary: (*binary).to_owned(),
            path: directory.join("code").join(binary).join("bootstrap"),
            target: Some(PathBuf::from(format!("../../{binary}"))),
        };
        Outputs {
            directory: directory.to_path_buf(),
            stamp: PathBuf::new(),
            files: files.iter().map(|file| (*file).to_owned()).collect(),
            links: binaries.iter().map(link).collect(),
        }
    }

    #[test]
    fn files_of_the_build_are_published_and_others_are_removed() {
        let made = [("template.yaml", "a"), ("app.json", "b"), ("cloudformation.yaml", "old")];
        let (_root, folder, directory) = folders(&made);
        fs::write(directory.join("cloudformation.yaml"), "old").unwrap();
        fs::write(directory.join("users.yaml"), "theirs").unwrap();
        let outputs = outputs(&directory, &["template.yaml", "app.json"], &[]);
        assert!(publish_files(&outputs, &folder).unwrap());
        let published = |file: &str| fs::read_to_string(directory.join(file)).ok();
        assert_eq!(published("template.yaml").as_deref(), Some("a"));
        assert_eq!(published("app.json").as_deref(), Some("b"));
        assert_eq!(published("cloudformation.yaml"), None);
        assert_eq!(published("users.yaml").as_deref(), Some("theirs"));
        assert!(!publish_files(&outputs, &folder).unwrap(), "nothing has changed");
    }

    #[test]
    fn only_a_changed_template_invalidates_binaries() {
        let (_root, folder, directory) = folders(&[("template.yaml", "a"), ("app.json", "b")]);
        let outputs = outputs(&directory, &["template.yaml", "app.json"], &[]);
        publish_files(&outputs, &folder).unwrap();
        fs::write(folder.join("app.json"), "other lines").unwrap();
        assert!(!publish_files(&outputs, &folder).unwrap());
        assert_eq!(fs::read_to_string(directory.join("app.json")).unwrap(), "other lines");
        fs::write(folder.join("template.yaml"), "other").unwrap();
        assert!(publish_files(&outputs, &folder).unwrap());
    }

    #[test]
    fn a_link_points_to_the_binary_that_is_about_to_be_linked() {
        let (_root, _, directory) = folders(&[]);
        let outputs = outputs(&directory, &[], &["api"]);
        let link = &outputs.links[0];
        let binary = directory.join("api");
        fs::write(&binary, "an earlier build").unwrap();
        update_link(link).unwrap();
        assert_eq!(fs::read_link(&link.path).unwrap(), Path::new("../../api"));
        assert!(!binary.exists(), "no old binary remains beside the new template");
        assert!(!points_to_another_build(link), "its target does not exist yet");
        fs::write(&binary, "linked").unwrap();
        assert!(!points_to_another_build(link));
        let other = BinaryLink { target: Some("../../other".into()), ..link.clone() };
        assert!(points_to_another_build(&other));
        update_link(&BinaryLink { target: None, ..link.clone() }).unwrap();
        assert!(
            link.path.symlink_metadata().is_err(),
            "a binary that Lambda cannot run has no link"
        );
    }

    #[test]
    fn links_of_missing_binaries_are_removed_and_others_if_the_template_has_changed() {
        let (_root, _, directory) = folders(&[]);
        let outputs = outputs(&directory, &[], &["api", "jobs"]);
        let there = |binary: &str| {
            directory.join("code").join(binary).join("bootstrap").symlink_metadata().is_ok()
        };
        for binary in ["api", "jobs", "renamed", ""] {
            let folder = directory.join("code").join(binary);
            fs::create_dir_all(&folder).unwrap();
            symlink(Path::new("../../x"), &folder.join("bootstrap")).unwrap();
        }
        fs::write(directory.join("code/jobs/other"), "the user's file").unwrap();
        remove_stale_links(&outputs, "api", false).unwrap();
        assert_eq!(["api", "jobs", "renamed", ""].map(there), [true, true, false, false]);
        assert!(!directory.join("code/renamed").exists());
        remove_stale_links(&outputs, "api", true).unwrap();
        assert_eq!(["api", "jobs"].map(there), [true, false]);
        assert!(directory.join("code/jobs/other").exists());
    }

    #[test]
    fn an_output_directory_without_code_is_accepted() {
        let (_root, _, directory) = folders(&[]);
        remove_stale_links(&outputs(&directory, &[], &[]), "api", true).unwrap();
    }
}
