//! Publishes what the build step made, when and only when a binary is being linked.
//!
//! The build step itself cannot do this: Cargo runs it for `cargo check`, for an editor, for clippy
//! and for tests too, with other features or another profile, and does not run it for a build that
//! finds it fresh. The expansion of `main!()` is the one place that runs if a binary is linked and
//! knows from rustc's own arguments that it is. So template and binary always are of one build.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use skylift_syntax::handoff::{Link, Outputs, Stamps, layout};

use crate::compiler;

/// Publishes, where this compilation links the binary. `folder` is the build step's.
pub(crate) fn publish(outputs: &Outputs, folder: &Path, binary: &str) -> io::Result<()> {
    let Some(link) = outputs.links.iter().find(|link| link.binary == binary) else {
        return Ok(());
    };
    if !compiler::links_binary() {
        return Ok(());
    }
    // Other binaries of the package, and builds of other profiles, publish into the same directory.
    let Outputs { directory, stamp, .. } = outputs;
    fs::create_dir_all(directory)?;
    let lock = File::create(directory.join(layout::LOCK))?;
    lock.lock()?;
    if compiler::runs_for_tests() && is_of_another_build(link) {
        return Stamps::touch(stamp);
    }
    let changed = publish_files(outputs, folder)?;
    clear(outputs, binary, changed)?;
    point(link)?;
    Stamps::of(directory).touch_all_but(Some(stamp))
}

/// Writes the files of this build and removes what an earlier one made beside them; whether a template
/// has changed.
fn publish_files(outputs: &Outputs, folder: &Path) -> io::Result<bool> {
    let mut changed = false;
    for file in layout::FILES {
        let published = outputs.directory.join(file);
        if outputs.files.iter().any(|it| it == file) {
            let is_new = write_if_changed(&published, &fs::read(folder.join(file))?)?;
            changed |= is_new && layout::is_template(file);
        } else {
            remove(&published)?;
        }
    }
    Ok(changed)
}

/// Removes links that are none any more, such as that of a binary which was renamed. Those of other
/// binaries go too where the template has changed: they were built for another one.
fn clear(outputs: &Outputs, binary: &str, changed: bool) -> io::Result<()> {
    let kept = |path: &Path| {
        outputs.links.iter().any(|link| link.path == path && (link.binary == binary || !changed))
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
        if !kept(&link) {
            remove(&link)?;
        }
        // A folder in which something else lies stays.
        let _ = fs::remove_dir(&folder);
    }
    Ok(())
}

/// Writes a file where it changed; whether it did.
fn write_if_changed(path: &Path, content: &[u8]) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|there| there == content) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Written beside and renamed: nobody ever reads half a template.
    let beside = path.with_extension(format!("{}.part", std::process::id()));
    fs::write(&beside, content)?;
    fs::rename(&beside, path)?;
    Ok(true)
}

/// Whether the link leads to a binary of another build. Integration tests have Cargo build binaries
/// too; they are not to take the place of what was built to be deployed. This build's own stamp is
/// touched then, so that the next build, which may find all else fresh, publishes.
fn is_of_another_build(Link { path, target, .. }: &Link) -> bool {
    path.exists() && fs::read_link(path).is_ok_and(|there| Some(there) != *target)
}

/// Makes the link point at its target, which is about to be linked; removes it where there is none,
/// since the binary is not one that Lambda could run.
fn point(Link { path: link, target, .. }: &Link) -> io::Result<()> {
    let (Some(folder), Some(target)) = (link.parent(), target) else {
        return remove(link);
    };
    fs::create_dir_all(folder)?;
    if !fs::read_link(link).is_ok_and(|there| there == *target) {
        remove(link)?;
        symlink(target, link)?;
    }
    // Should this compilation fail yet, an earlier binary must not stand beside the new template.
    remove(&folder.join(target))
}

fn remove(link: &Path) -> io::Result<()> {
    match fs::remove_file(link) {
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
        let link = |binary: &&str| Link {
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
    fn what_a_build_makes_is_published_and_what_it_does_not_make_is_removed() {
        let made = [("template.yaml", "a"), ("app.json", "b"), ("cloudformation.yaml", "old")];
        let (_root, folder, directory) = folders(&made);
        fs::write(directory.join("cloudformation.yaml"), "old").unwrap();
        fs::write(directory.join("of-the-users.yaml"), "theirs").unwrap();
        let outputs = outputs(&directory, &["template.yaml", "app.json"], &[]);
        assert!(publish_files(&outputs, &folder).unwrap());
        let published = |file: &str| fs::read_to_string(directory.join(file)).ok();
        assert_eq!(published("template.yaml").as_deref(), Some("a"));
        assert_eq!(published("app.json").as_deref(), Some("b"));
        assert_eq!(published("cloudformation.yaml"), None);
        assert_eq!(published("of-the-users.yaml").as_deref(), Some("theirs"));
        assert!(!publish_files(&outputs, &folder).unwrap(), "nothing has changed");
    }

    #[test]
    fn only_a_template_that_has_changed_tells_that_binaries_differ() {
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
    fn a_link_points_at_the_binary_that_is_about_to_be_linked() {
        let (_root, _, directory) = folders(&[]);
        let outputs = outputs(&directory, &[], &["api"]);
        let link = &outputs.links[0];
        let binary = directory.join("api");
        fs::write(&binary, "of an earlier build").unwrap();
        point(link).unwrap();
        assert_eq!(fs::read_link(&link.path).unwrap(), Path::new("../../api"));
        assert!(!binary.exists(), "nothing old stands beside the new template");
        assert!(!is_of_another_build(link), "it leads nowhere yet");
        fs::write(&binary, "linked").unwrap();
        assert!(!is_of_another_build(link));
        let other = Link { target: Some("../../other".into()), ..link.clone() };
        assert!(is_of_another_build(&other));
        point(&Link { target: None, ..link.clone() }).unwrap();
        assert!(link.path.symlink_metadata().is_err(), "one that Lambda could not run has none");
    }

    #[test]
    fn links_of_a_binary_that_is_gone_go_and_others_where_the_template_has_changed() {
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
        fs::write(directory.join("code/jobs/other"), "of the user's").unwrap();
        clear(&outputs, "api", false).unwrap();
        assert_eq!(["api", "jobs", "renamed", ""].map(there), [true, true, false, false]);
        assert!(!directory.join("code/renamed").exists());
        clear(&outputs, "api", true).unwrap();
        assert_eq!(["api", "jobs"].map(there), [true, false]);
        assert!(directory.join("code/jobs/other").exists());
    }

    #[test]
    fn where_nothing_was_published_there_is_nothing_to_clear() {
        let (_root, _, directory) = folders(&[]);
        clear(&outputs(&directory, &[], &[]), "api", true).unwrap();
    }
}
