//! The names and places of all files. The build step writes its files below its `OUT_DIR`; `main!()` publishes
//! into the output directory, which is `<target>/skylift/<package>` unless the user sets another directory.

use std::path::{Path, PathBuf};

/// The file name of the SAM template.
pub const TEMPLATE: &str = "template.yaml";

/// The file name of the CloudFormation template, which describes the same application without the SAM
/// transform.
pub const CLOUDFORMATION: &str = "cloudformation.yaml";

/// The file name of the application as data, for tools.
pub const APP: &str = "app.json";

/// The names of all files that are published. A file that the current build does not write is removed from the
/// output directory.
pub const FILES: [&str; 3] = [TEMPLATE, CLOUDFORMATION, APP];

/// The folder of the deployed code, in the output directory.
pub const CODE: &str = "code";

/// The name of the program in a code folder, which Lambda's runtime requires.
pub const BOOTSTRAP: &str = "bootstrap";

/// The name of the lock file in the output directory. Only the process that holds the lock publishes.
pub const LOCK: &str = ".lock";

/// The name of the record of what is published, in the output directory.
pub const RECORD: &str = ".published";

/// The folder in which a process writes everything before it publishes, in the output directory.
pub const ASIDE: &str = ".new";

/// The folder with one file for each binary whose build has begun and has not succeeded, in the output
/// directory.
pub const UNFINISHED: &str = ".unfinished";

/// Returns the folder of the build step in this `OUT_DIR`.
#[must_use]
pub fn step_folder(out_dir: &Path) -> PathBuf {
    out_dir.join("skylift")
}

/// Returns the folder of the notes in the folder of the build step.
#[must_use]
pub fn notes_folder(step_folder: &Path) -> PathBuf {
    step_folder.join("notes")
}

/// Returns the path of the index file in the folder of the build step.
#[must_use]
pub fn index_file(step_folder: &Path) -> PathBuf {
    step_folder.join("index")
}

/// Returns the output directory of a package for which the user sets no other directory.
#[must_use]
pub fn default_output_directory(target_directory: &Path, package: &str) -> PathBuf {
    target_directory.join("skylift").join(package)
}

/// Returns whether a published file is a template. If a template changes, binaries of other builds no longer
/// fit the template. `app.json` does not count, because it contains line numbers of the source code.
#[must_use]
pub fn is_template(file: &str) -> bool {
    file != APP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_templates_determine_whether_binaries_fit() {
        let telling: Vec<&str> = FILES.into_iter().filter(|file| is_template(file)).collect();
        assert_eq!(telling, [TEMPLATE, CLOUDFORMATION]);
    }

    #[test]
    fn the_build_steps_files_are_in_its_out_dir_and_the_outputs_in_target() {
        let folder = step_folder(Path::new("/build/out"));
        assert_eq!(notes_folder(&folder), Path::new("/build/out/skylift/notes"));
        assert_eq!(index_file(&folder), Path::new("/build/out/skylift/index"));
        assert_eq!(
            default_output_directory(Path::new("/target"), "app"),
            Path::new("/target/skylift/app")
        );
    }
}
