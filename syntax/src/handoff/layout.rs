//! The names and places of all files. The build step writes below its `OUT_DIR`; `main!()` publishes into
//! the output directory, which is `<target>/skylift/<package>` unless the user sets another one.

use std::path::{Path, PathBuf};

/// The SAM template.
pub const TEMPLATE: &str = "template.yaml";

/// The template of the same application without the SAM transform.
pub const CLOUDFORMATION: &str = "cloudformation.yaml";

/// The application as data, for tools.
pub const APP: &str = "app.json";

/// All files that are published. A file that the current build does not make is removed.
pub const FILES: [&str; 3] = [TEMPLATE, CLOUDFORMATION, APP];

/// The folder of the deployed code, in the output directory.
pub const CODE: &str = "code";

/// The program in a folder of code, as Lambda's runtime names it.
pub const BOOTSTRAP: &str = "bootstrap";

/// The file whose lock lets one process at a time publish, in the output directory.
pub const LOCK: &str = ".lock";

/// Returns the build step's folder.
#[must_use]
pub fn step_folder(out_dir: &Path) -> PathBuf {
    out_dir.join("skylift")
}

/// Returns the folder of the notes, in the build step's folder.
#[must_use]
pub fn notes_folder(step_folder: &Path) -> PathBuf {
    step_folder.join("notes")
}

/// Returns the file of the index, in the build step's folder.
#[must_use]
pub fn index_file(step_folder: &Path) -> PathBuf {
    step_folder.join("index")
}

/// Returns the output directory of a package if the user sets none.
#[must_use]
pub fn default_output_directory(target_directory: &Path, package: &str) -> PathBuf {
    target_directory.join("skylift").join(package)
}

/// Whether a published file is a template. If a template changes, binaries of other builds no longer fit
/// it. `app.json` does not count: it contains line numbers of the source.
#[must_use]
pub fn is_template(file: &str) -> bool {
    file != APP
}

/// Returns the content of the symbolic link `link` to `target`. It is relative if both are below `root`, so
/// that the whole directory can be moved.
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
