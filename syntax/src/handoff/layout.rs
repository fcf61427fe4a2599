//! Where everything lies. The build step writes below its `OUT_DIR`; `main!()` publishes into the
//! output directory, `<target>/skylift/<package>` unless the user says otherwise.

use std::path::{Path, PathBuf};

/// The SAM template.
pub const TEMPLATE: &str = "template.yaml";

/// The same application without the SAM transform.
pub const CLOUDFORMATION: &str = "cloudformation.yaml";

/// The application as data, for tools.
pub const APP: &str = "app.json";

/// All files that are published. Those that a build does not make are removed.
pub const FILES: [&str; 3] = [TEMPLATE, CLOUDFORMATION, APP];

/// The folder of the code that is deployed, in the output directory.
pub const CODE: &str = "code";

/// The program in a folder of code, as Lambda's runtime names it.
pub const BOOTSTRAP: &str = "bootstrap";

/// The file that makes publishing one at a time, in the output directory.
pub const LOCK: &str = ".lock";

/// The build step's folder.
#[must_use]
pub fn folder(out_dir: &Path) -> PathBuf {
    out_dir.join("skylift")
}

/// The folder of the notes, in the build step's folder.
#[must_use]
pub fn notes(folder: &Path) -> PathBuf {
    folder.join("notes")
}

/// The index, in the build step's folder.
#[must_use]
pub fn index(folder: &Path) -> PathBuf {
    folder.join("index")
}

/// The output directory of a package where the user names none.
#[must_use]
pub fn outputs(target_directory: &Path, package: &str) -> PathBuf {
    target_directory.join("skylift").join(package)
}

/// Whether a published file tells whether binaries of another build fit it. `app.json` does not: it has
/// lines of the source in it.
#[must_use]
pub fn is_template(file: &str) -> bool {
    file != APP
}

/// What a link in the file `link` says to mean `target`: relative where both lie below `root`, so that
/// the whole directory can be moved.
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
    fn a_link_within_the_target_directory_is_relative() {
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
    fn only_templates_tell_whether_binaries_fit() {
        let telling: Vec<&str> = FILES.into_iter().filter(|file| is_template(file)).collect();
        assert_eq!(telling, [TEMPLATE, CLOUDFORMATION]);
    }

    #[test]
    fn the_build_steps_files_lie_below_its_out_dir_and_the_outputs_below_target() {
        let folder = folder(Path::new("/build/out"));
        assert_eq!(notes(&folder), Path::new("/build/out/skylift/notes"));
        assert_eq!(index(&folder), Path::new("/build/out/skylift/index"));
        assert_eq!(outputs(Path::new("/target"), "app"), Path::new("/target/skylift/app"));
    }
}
