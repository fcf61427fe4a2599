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

/// Returns the content of the symbolic link `link` to `target`. The content is a relative path if both are
/// below `root`, so that the whole directory can be moved.
#[must_use]
pub fn link_target(root: &Path, link: &Path, target: &Path) -> PathBuf {
    let (Some(folder), Ok(below)) = (link.parent(), target.strip_prefix(root)) else {
        return target.to_path_buf();
    };
    let Ok(folder) = folder.strip_prefix(root) else { return target.to_path_buf() };
    let mut path: PathBuf = folder.components().map(|_| "..").collect();
    path.push(below);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_inside_the_target_directory_is_relative() {
        let root = Path::new("/a/target");
        let link = root.join("skylift/app/code/bootstrap");
        assert_eq!(
            link_target(root, &link, &root.join("debug/app")),
            Path::new("../../../debug/app")
        );
        let outside = Path::new("/deploy/code/bootstrap");
        assert_eq!(link_target(root, outside, &root.join("debug/app")), root.join("debug/app"));
        let elsewhere = Path::new("/other/debug/app");
        assert_eq!(link_target(root, &link, elsewhere), elsewhere);
    }

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
