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

/// Publishes, where this compilation links the binary.
pub(crate) fn publish(index: &Index, binary: &str) -> io::Result<()> {
    let Some((_, link, target)) = index.links.iter().find(|(name, ..)| name == binary) else {
        return Ok(());
    };
    if !links(&arguments()) {
        return Ok(());
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

/// The arguments of rustc, in whose process macros are expanded. Cargo hands long ones over in a file.
fn arguments() -> Vec<String> {
    let mut arguments = Vec::new();
    for argument in std::env::args_os().filter_map(|argument| argument.into_string().ok()) {
        match argument.strip_prefix('@') {
            Some(file) => arguments
                .extend(fs::read_to_string(file).unwrap_or_default().lines().map(str::to_owned)),
            None => arguments.push(argument),
        }
    }
    arguments
}

/// Whether rustc was asked for a linked binary, and not for metadata, a test or documentation.
fn links(arguments: &[String]) -> bool {
    let values = |flag: &str| {
        let mut values = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            match argument.strip_prefix(flag) {
                Some("") => values.extend(arguments.get(index + 1).map(String::as_str)),
                Some(rest) => values.extend(rest.strip_prefix('=')),
                None => {}
            }
        }
        values
    };
    let link =
        values("--emit").iter().flat_map(|kinds| kinds.split(',')).any(|kind| kind == "link");
    let binary = values("--crate-type").contains(&"bin");
    link && binary && !arguments.iter().any(|argument| argument == "--test")
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
        let build = fs::read_to_string(&mark)?;
        if Path::new(&build).exists() {
            fs::write(&mark, build)?;
        } else {
            fs::remove_file(&mark)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::links;

    fn line(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn only_a_binary_that_is_linked_publishes() {
        assert!(links(&line("rustc --crate-name a --crate-type bin --emit=dep-info,link")));
        assert!(links(&line("rustc --crate-type=bin --emit link")));
        for other in [
            "rustc --crate-type bin --emit=dep-info,metadata",
            "rustc --crate-type lib --emit=dep-info,metadata,link",
            "rustc --emit=dep-info,link --test",
            "rustdoc --crate-type bin --crate-name a",
        ] {
            assert!(!links(&line(other)), "{other}");
        }
    }
}
