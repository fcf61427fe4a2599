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

/// The folder with one folder for each function, in the output directory.
pub const FUNCTIONS: &str = "functions";

/// The file name of the policy of a function, in the function's folder.
pub const POLICY: &str = "policy.json";

/// The file name of the environment variables of a function, in the function's folder.
pub const ENVIRONMENT: &str = "environment.json";

/// The file name of the managed policies of a function, in the function's folder.
pub const MANAGED_POLICIES: &str = "managed-policies.json";

/// The names of all files that are published in the folder of a function.
pub const FUNCTION_FILES: [&str; 3] = [POLICY, ENVIRONMENT, MANAGED_POLICIES];

/// The names of all files that are published beside the folders of functions. A file that the current build does not
/// write is removed from the output directory.
pub const FILES: [&str; 3] = [TEMPLATE, CLOUDFORMATION, APP];

/// The number of nested stacks among which functions are divided. A function's nested stack depends on the number: a
/// change would replace every function.
pub const NESTED_STACKS: usize = 16;

/// The folder with the SAM templates of nested stacks.
pub const NESTED_TEMPLATES: &str = "stacks";

/// The folder with the CloudFormation templates of nested stacks.
pub const NESTED_CLOUDFORMATION: &str = "cloudformation";

/// Returns the path of the template of the nested stack with this number; `folder` is the folder for templates of its
/// kind.
#[must_use]
pub fn nested_template(folder: &str, number: usize) -> String {
    format!("{folder}/{number}.yaml")
}

/// Returns the paths of all files that may be published. A file that the current build does not write is removed from
/// the output directory. The templates of nested stacks come last: they are removed after the template that names
/// them.
pub fn all_files() -> impl Iterator<Item = String> {
    let folders = [NESTED_TEMPLATES, NESTED_CLOUDFORMATION];
    let nested = folders
        .into_iter()
        .flat_map(|folder| (0..NESTED_STACKS).map(move |number| nested_template(folder, number)));
    FILES.into_iter().map(str::to_owned).chain(nested)
}

/// Returns whether a published file is the template of a nested stack.
#[must_use]
pub fn is_nested_template(file: &str) -> bool {
    let folder = file.split_once('/').map(|(folder, _)| folder);
    folder.is_some_and(|folder| [NESTED_TEMPLATES, NESTED_CLOUDFORMATION].contains(&folder))
}

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

/// Returns the path of a function's file in the output directory; `id` is the function's logical id.
#[must_use]
pub fn function_file(id: &str, file: &str) -> String {
    format!("{FUNCTIONS}/{id}/{file}")
}

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

/// Returns whether a published file decides which binaries fit. If a template or a file of a function changes,
/// binaries of other builds no longer fit. `app.json` does not count, because it contains line numbers of the source
/// code.
#[must_use]
pub fn decides_what_fits(file: &str) -> bool {
    file != APP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_but_app_json_determine_whether_binaries_fit() {
        let telling: Vec<&str> = FILES.into_iter().filter(|it| decides_what_fits(it)).collect();
        assert_eq!(telling, [TEMPLATE, CLOUDFORMATION]);
        assert!(decides_what_fits(&function_file("Take", POLICY)));
        assert!(decides_what_fits(&nested_template(NESTED_TEMPLATES, 3)));
    }

    #[test]
    fn the_templates_of_all_nested_stacks_come_after_the_other_files() {
        let all: Vec<String> = all_files().collect();
        assert_eq!(all[..3], FILES);
        assert_eq!(all.len(), 3 + 2 * NESTED_STACKS);
        assert_eq!([all[3].as_str(), all[18].as_str()], ["stacks/0.yaml", "stacks/15.yaml"]);
        assert_eq!(all[34], "cloudformation/15.yaml");
        let nested = all.iter().filter(|file| is_nested_template(file)).count();
        assert_eq!((nested, is_nested_template(&function_file("Take", POLICY))), (32, false));
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
