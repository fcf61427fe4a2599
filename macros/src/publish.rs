//! Publishes what the build step made, when and only when a binary is being linked.
//!
//! The build step itself cannot do this: Cargo runs it for `cargo check`, for an editor, for clippy
//! and for tests too, with other features or another profile, and does not run it for a build that
//! finds it fresh. The expansion of `main!()` is the one place that runs if a binary is linked and
//! knows from rustc's own arguments that it is. So template and binary always are of one build.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use skylift_syntax::index::Index;
use skylift_syntax::marks::{self, Marks};

use crate::invocation;

/// Publishes, where this compilation links the binary.
pub(crate) fn publish(index: &Index, binary: &str) -> io::Result<()> {
    let own = index.links.iter().find(|(name, ..)| name == binary);
    let (Some((_, link, target)), Some((out, mark))) = (own, &index.out) else { return Ok(()) };
    if !invocation::links() {
        return Ok(());
    }
    // Other binaries of the package, and builds of other profiles, publish into the same directory.
    fs::create_dir_all(out)?;
    let lock = File::create(out.join(".lock"))?;
    lock.lock()?;
    if invocation::is_for_tests() && stands(link, target) {
        return marks::touch(mark);
    }
    let mut changed = false;
    for (from, to) in &index.publish {
        // Lines of the source stand in `app.json`: only the template tells whether binaries differ.
        changed |= write_if_changed(to, &fs::read(from)?)?
            && to.extension().is_some_and(|it| it == "yaml");
    }
    clear(out, index, binary, changed)?;
    point(link, target)?;
    Marks::of(out).touch_all_but(Some(mark))
}

/// Removes links that are none any more, such as that of a binary which was renamed. Those of other
/// binaries go too where the template has changed: they were built for another one.
fn clear(out: &Path, index: &Index, binary: &str, changed: bool) -> io::Result<()> {
    let kept = |link: &Path| {
        index.links.iter().any(|(name, known, _)| known == link && (name == binary || !changed))
    };
    let code = out.join("code");
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
        let link = folder.join("bootstrap");
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

/// Whether the link stands on a binary of another build. Integration tests have Cargo build binaries
/// too; they are not to take the place of what was built to be deployed. This build's own mark is
/// touched then, so that the next build, which may find all else fresh, publishes.
fn stands(link: &Path, target: &Path) -> bool {
    link.exists() && fs::read_link(link).is_ok_and(|there| there != target)
}

/// Makes `link` point at `target`, which is about to be linked; removes it where there is none, since
/// the binary is not one that Lambda could run.
fn point(link: &Path, target: &Path) -> io::Result<()> {
    let Some(folder) = link.parent().filter(|_| !target.as_os_str().is_empty()) else {
        return remove(link);
    };
    fs::create_dir_all(folder)?;
    if !fs::read_link(link).is_ok_and(|there| there == target) {
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
