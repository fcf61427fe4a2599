//! Publishes the outputs of the build step when a binary is linked, and only then.
//!
//! The build step cannot publish its outputs itself: Cargo also runs it for `cargo check`, editors, clippy and
//! tests, with other features or another profile, and does not run it again if nothing that it reads has
//! changed. The expansion of `main!()` always runs when a binary is linked, and the arguments of rustc say
//! whether a binary is linked.
//!
//! Publishing has two parts. The expansion of `main!()` removes what is published and no longer belongs to the
//! source. After rustc has linked the binary, the templates are published together with a copy of the binary.
//! If the build fails or is interrupted in between, nothing is published.
// See decision 0006.

mod after_link;
mod publication;
mod report;

use std::path::Path;

use skylift_model::message::Message;
use skylift_syntax::handoff::{
    OutputDirectory, Outputs, Program, Stamps, WriteError, remove_if_exists,
};

use self::publication::Publication;
use crate::{compiler, messages};

/// Prepares to publish the outputs of the build step if this compilation links the binary, and publishes them
/// once it is linked. Does nothing in other compilations. `package` is the folder of the package's manifest.
pub(crate) fn publish_outputs(
    outputs: &Outputs,
    package: &Path,
    step_folder: &Path,
    binary: &str,
) -> Result<(), Message> {
    let Some(program) = outputs.programs.iter().find(|program| program.binary == binary) else {
        return Ok(());
    };
    let Some(built) = compiler::linked_binary() else { return Ok(()) };
    let directory = lock_for_package(outputs, package)?;
    if compiler::runs_for_tests() && contains_another_build(&directory, program, &built) {
        // The next build publishes, even if nothing else has changed.
        return Stamps::touch(&outputs.stamp)
            .map_err(|cause| WriteError { path: outputs.stamp.clone(), cause })
            .map_err(|error| messages::publishing_failed(&error));
    }
    unpublish(&directory, program, &built, &outputs.stamp)
        .map_err(|error| messages::publishing_failed(&error))?;
    let publication = Publication {
        outputs: outputs.clone(),
        package: package.to_path_buf(),
        step_folder: step_folder.to_path_buf(),
        binary: binary.to_owned(),
        built,
    };
    after_link::run_after_link(move || publication.publish());
    Ok(())
}

/// Locks the output directory, and checks that no other package publishes into it.
fn lock_for_package(outputs: &Outputs, package: &Path) -> Result<OutputDirectory, Message> {
    let directory = OutputDirectory::lock(&outputs.directory)
        .map_err(|error| messages::publishing_failed(&error))?;
    match directory.other_package(package) {
        Some(other) => Err(messages::output_directory_taken(&outputs.directory, &other)),
        None => Ok(directory),
    }
}

/// Returns whether the directory contains the program of another build of the binary. Cargo also builds binaries
/// for integration tests, and such a binary must not replace a program that was built to be deployed.
fn contains_another_build(directory: &OutputDirectory, program: &Program, built: &Path) -> bool {
    program.path.exists()
        && directory.record().built(&program.binary).is_some_and(|published| published != built)
}

/// Removes the templates, and then the program of this binary. The binary of an earlier build is removed too: if
/// it exists after the compilation, rustc has linked it.
fn unpublish(
    directory: &OutputDirectory,
    program: &Program,
    built: &Path,
    stamp: &Path,
) -> Result<(), WriteError> {
    directory.set_unfinished(&program.binary)?;
    directory.remove_files()?;
    remove_if_exists(&program.path)?;
    for path in publication::possible_paths(built) {
        remove_if_exists(&path)?;
    }
    touch_other_stamps(directory, stamp)
}

/// Touches the stamps of all other builds, so that their next build publishes again.
fn touch_other_stamps(directory: &OutputDirectory, stamp: &Path) -> Result<(), WriteError> {
    let path = directory.path();
    WriteError::attach_path(path, Stamps::new(path).touch_others(Some(stamp)))
}

#[cfg(test)]
mod tests;
