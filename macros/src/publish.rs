//! Publishes what the build step made, when and only when a binary is being linked.
//!
//! The build step itself cannot do this: Cargo runs it for `cargo check`, for an editor, for clippy
//! and for tests too, with other features or another profile, and does not run it for a build that
//! finds it fresh. The expansion of `main!()` is the one place that runs if a binary is linked and
//! knows from rustc's own arguments that it is. So template and binary always are of one build.

use std::fs;
use std::io;
use std::path::Path;

use skylift_syntax::index::Index;

use crate::invocation;

/// Publishes, where this compilation links the binary.
pub(crate) fn publish(index: &Index, binary: &str) -> io::Result<()> {
    let Some((_, link, target)) = index.links.iter().find(|(name, ..)| name == binary) else {
        return Ok(());
    };
    if !invocation::links() {
        return Ok(());
    }
    if invocation::is_for_tests() && stands(link, target) {
        return index.turns.as_ref().map_or(Ok(()), |(_, own)| touch(own));
    }
    for (from, to) in &index.publish {
        write_if_changed(to, &fs::read(from)?)?;
    }
    point(link, target)?;
    // Should this compilation fail yet, an earlier binary must not stand beside the new template.
    if let Some(folder) = link.parent() {
        remove(&folder.join(target))?;
    }
    if let Some((turns, own)) = &index.turns {
        take_turn(turns, own)?;
    }
    Ok(())
}

fn write_if_changed(path: &Path, content: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Written beside and renamed: nobody ever reads half a template.
    let beside = path.with_extension(format!("{}.part", std::process::id()));
    fs::write(&beside, content)?;
    fs::rename(&beside, path)
}

/// Whether the link stands on a binary of another build. Integration tests have Cargo build binaries
/// too; they are not to take the place of what was built to be deployed. This build's own mark is
/// touched then, so that the next build, which may find all else fresh, publishes.
fn stands(link: &Path, target: &Path) -> bool {
    link.exists() && fs::read_link(link).is_ok_and(|there| there != target)
}

/// Makes `link` point at `target`, which may not be there yet; removes it where there is none, since
/// the binary is not one that Lambda could run.
fn point(link: &Path, target: &Path) -> io::Result<()> {
    if target.as_os_str().is_empty() {
        return remove(link);
    }
    if fs::read_link(link).is_ok_and(|there| there == target) {
        return Ok(());
    }
    if let Some(folder) = link.parent() {
        fs::create_dir_all(folder)?;
    }
    remove(link)?;
    symlink(target, link)
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

/// Touches the marks of all other builds. Each build's step is rerun when its own mark is newer: so
/// the next build of another profile publishes again, even if nothing else would have it rebuilt.
fn take_turn(turns: &Path, own: &Path) -> io::Result<()> {
    for mark in fs::read_dir(turns)? {
        let mark = mark?.path();
        if mark == own {
            continue;
        }
        touch(&mark)?;
    }
    Ok(())
}

/// Makes a mark newer; removes it where the build that it belongs to is gone.
fn touch(mark: &Path) -> io::Result<()> {
    let build = fs::read_to_string(mark)?;
    if Path::new(&build).exists() { fs::write(mark, build) } else { fs::remove_file(mark) }
}
