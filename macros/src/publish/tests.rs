//! Publishing into a temporary output directory, with files in place of the binaries that rustc links.

use std::fs;
use std::path::{Path, PathBuf};

use skylift_syntax::handoff::{Program, layout};
use tempfile::TempDir;

use super::*;

/// A file of a function.
const POLICY: &str = "functions/Take/policy.json";

/// A package whose build step has run, with binaries that a build would link.
struct Build {
    root: TempDir,
    outputs: Outputs,
}

impl Build {
    /// Creates a package whose application has these binaries.
    fn new(binaries: &[&str]) -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["package", "step", "deps"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("package/Cargo.toml"), "").unwrap();
        let directory = root.path().join("published");
        let program = |binary: &&str| Program {
            binary: (*binary).to_owned(),
            path: match binaries {
                [_] => directory.join("code/bootstrap"),
                _ => directory.join("code").join(binary).join("bootstrap"),
            },
            runs_on_lambda: true,
        };
        let outputs = Outputs {
            stamp: directory.join(".stamps/own"),
            files: layout::FILES.iter().chain([&POLICY]).map(|&it| it.to_owned()).collect(),
            programs: binaries.iter().map(program).collect(),
            directory,
        };
        let build = Self { root, outputs };
        build.set_template("old");
        build
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Writes the templates as the build step does.
    fn set_template(&self, content: &str) {
        fs::create_dir_all(self.path("step/functions/Take")).unwrap();
        for file in layout::FILES.into_iter().chain([POLICY]) {
            fs::write(self.path("step").join(file), content).unwrap();
        }
    }

    fn publication(&self, binary: &str, built: &str) -> Publication {
        Publication {
            outputs: self.outputs.clone(),
            package: self.path("package"),
            step_folder: self.path("step"),
            binary: binary.to_owned(),
            built: self.path("deps").join(built),
        }
    }

    /// Does what the expansion of `main!()` does in a compilation that links the binary.
    fn expand(&self, binary: &str, built: &str) -> Result<(), Message> {
        let program = self.outputs.programs.iter().find(|it| it.binary == binary).unwrap();
        let directory = lock_for_package(&self.outputs, &self.path("package"))?;
        unpublish(&directory, program, &self.path("deps").join(built), &self.outputs.stamp)
            .map_err(|error| messages::publishing_failed(&error))
    }

    /// Compiles and links a binary with this content, and publishes it.
    fn build(&self, binary: &str, built: &str, content: &str) -> Result<(), Message> {
        self.expand(binary, built)?;
        self.link(built, content);
        self.publication(binary, built).publish()
    }

    /// Writes a binary as the linker does.
    fn link(&self, built: &str, content: &str) {
        let path = self.path("deps").join(built);
        fs::write(&path, content).unwrap();
        set_mode(&path, 0o755);
    }

    /// Returns the content of a published file.
    fn read(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.outputs.directory.join(file)).ok()
    }

    /// Returns the template and the program at `code/bootstrap`.
    fn pair(&self) -> (Option<String>, Option<String>) {
        (self.read("template.yaml"), self.read("code/bootstrap"))
    }
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_templates_of_nested_stacks_are_published_in_their_folders() {
    let mut build = Build::new(&["app"]);
    let nested = layout::nested_template(layout::NESTED_TEMPLATES, 3);
    build.outputs.files.insert(0, nested.clone());
    fs::create_dir(build.path("step").join(layout::NESTED_TEMPLATES)).unwrap();
    fs::write(build.path("step").join(&nested), "third").unwrap();
    build.build("app", "app-1", "one").unwrap();
    assert_eq!(build.read(&nested).as_deref(), Some("third"));
    assert_eq!(build.pair(), pair("old", "one"));
    build.outputs.files.remove(0);
    build.build("app", "app-1", "two").unwrap();
    assert!(!build.path("published").join(layout::NESTED_TEMPLATES).exists());
    assert_eq!(build.pair(), pair("old", "two"));
}

fn pair(template: &str, program: &str) -> (Option<String>, Option<String>) {
    (Some(template.to_owned()), Some(program.to_owned()))
}

#[test]
fn a_linked_binary_is_published_with_the_files_of_its_build_step() {
    let build = Build::new(&["app"]);
    fs::create_dir_all(build.path("published/code")).unwrap();
    fs::write(build.path("published/users.yaml"), "theirs").unwrap();
    build.build("app", "app-1", "one").unwrap();
    assert_eq!(build.pair(), pair("old", "one"));
    for file in layout::FILES.into_iter().chain([POLICY]) {
        assert_eq!(build.read(file).as_deref(), Some("old"), "{file}");
    }
    assert_eq!(build.read("users.yaml").as_deref(), Some("theirs"));
    let mut left: Vec<_> = fs::read_dir(build.path("published"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(
        left,
        [
            ".lock",
            ".published",
            "app.json",
            "cloudformation.yaml",
            "code",
            "functions",
            "template.yaml",
            "users.yaml"
        ]
    );
}

#[test]
fn a_file_that_this_build_does_not_write_is_removed() {
    let mut build = Build::new(&["app"]);
    build.build("app", "app-1", "one").unwrap();
    build.outputs.files.retain(|file| file != layout::CLOUDFORMATION && file != POLICY);
    build.build("app", "app-1", "two").unwrap();
    assert_eq!(build.pair(), pair("old", "two"));
    assert_eq!(build.read("cloudformation.yaml"), None);
    assert!(!build.path("published/functions").exists());
}

#[test]
fn the_program_stays_when_its_binary_is_deleted_or_replaced() {
    let build = Build::new(&["app"]);
    build.build("app", "app-1", "one").unwrap();
    fs::remove_file(build.path("deps/app-1")).unwrap();
    build.link("app-1", "of another package");
    assert_eq!(build.pair(), pair("old", "one"));
}

#[test]
fn a_build_that_fails_or_is_interrupted_leaves_no_template_and_no_program() {
    let build = Build::new(&["app"]);
    build.build("app", "app-1", "one").unwrap();
    build.set_template("new");
    build.expand("app", "app-1").unwrap();
    assert_eq!(build.pair(), (None, None), "after the expansion");
    build.publication("app", "app-1").publish().unwrap();
    assert_eq!(build.pair(), (None, None), "rustc has failed");
    fs::write(build.path("deps/app-1"), "half").unwrap();
    set_mode(&build.path("deps/app-1"), 0o644);
    build.publication("app", "app-1").publish().unwrap();
    assert_eq!(build.pair(), (None, None), "the linker has failed");
    assert_eq!(fs::read_dir(build.path("deps")).unwrap().count(), 1, "the probe is removed");
    build.build("app", "app-1", "two").unwrap();
    assert_eq!(build.pair(), pair("new", "two"));
}

#[test]
fn no_template_is_beside_a_program_of_another_build_whatever_cannot_be_written() {
    // A folder in the place of a file can be neither removed as a file nor replaced.
    for blocked in
        ["template.yaml", "cloudformation.yaml", "app.json", "code/bootstrap", ".published"]
    {
        let build = Build::new(&["app"]);
        build.build("app", "app-1", "one").unwrap();
        build.set_template("new");
        build.expand("app", "app-1").unwrap();
        build.link("app-1", "two");
        let block = build.path("published").join(blocked).join("folder");
        let _ = fs::remove_file(block.parent().unwrap());
        fs::create_dir_all(&block).unwrap();
        let message = build.publication("app", "app-1").publish().unwrap_err();
        assert!(message.text.contains(blocked), "{message:?}");
        assert_eq!(build.read("template.yaml"), None, "{blocked}");
        assert_eq!(build.read("cloudformation.yaml"), None, "{blocked}");
        assert!(!build.path("published/.new").exists(), "{blocked}");
        // The next build reports the same before it compiles.
        if blocked != ".published" {
            assert!(build.expand("app", "app-1").is_err(), "{blocked}");
        }
        fs::remove_dir_all(block.parent().unwrap()).unwrap();
        build.build("app", "app-1", "three").unwrap();
        assert_eq!(build.pair(), pair("new", "three"), "{blocked}");
    }
}

#[test]
fn what_an_interrupted_process_left_aside_is_removed() {
    let build = Build::new(&["app"]);
    fs::create_dir_all(build.path("published/.new/code")).unwrap();
    fs::write(build.path("published/.new/template.yaml"), "half").unwrap();
    build.expand("app", "app-1").unwrap();
    assert!(!build.path("published/.new").exists());
}

#[test]
fn a_new_template_removes_the_programs_of_the_other_binaries() {
    let build = Build::new(&["api", "jobs"]);
    build.build("api", "api-1", "api").unwrap();
    build.build("jobs", "jobs-1", "jobs").unwrap();
    let programs =
        |build: &Build| ["code/api/bootstrap", "code/jobs/bootstrap"].map(|it| build.read(it));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(programs(&build), [some("api"), some("jobs")]);
    build.build("api", "api-1", "other").unwrap();
    assert_eq!(programs(&build), [some("other"), some("jobs")], "the template is the same");
    build.set_template("new");
    fs::write(build.path("published/code/jobs/other"), "the user's file").unwrap();
    build.build("api", "api-1", "new").unwrap();
    assert_eq!(programs(&build), [some("new"), None]);
    assert_eq!(build.read("code/jobs/other").as_deref(), Some("the user's file"));
}

#[test]
fn the_templates_are_published_when_the_last_binary_is_linked() {
    let build = Build::new(&["api", "jobs"]);
    build.expand("api", "api-1").unwrap();
    build.expand("jobs", "jobs-1").unwrap();
    build.link("api-1", "api");
    build.publication("api", "api-1").publish().unwrap();
    assert_eq!(build.read("template.yaml"), None, "the other binary is not finished");
    build.publication("jobs", "jobs-1").publish().unwrap();
    assert_eq!(build.read("template.yaml"), None, "the other binary has failed");
    build.build("api", "api-1", "api").unwrap();
    assert_eq!(build.read("template.yaml"), None, "the other binary still fails");
    build.build("jobs", "jobs-1", "jobs").unwrap();
    assert_eq!(build.read("template.yaml").as_deref(), Some("old"));
    assert_eq!(build.read("code/api/bootstrap").as_deref(), Some("api"));
}

#[test]
fn programs_of_binaries_that_no_longer_exist_are_removed() {
    let mut build = Build::new(&["api", "jobs"]);
    build.build("api", "api-1", "api").unwrap();
    build.build("jobs", "jobs-1", "jobs").unwrap();
    build.outputs.programs.remove(1);
    build.build("api", "api-1", "api").unwrap();
    assert!(!build.path("published/code/jobs").exists());
    build.outputs.programs[0].path = build.path("published/code/bootstrap");
    build.build("api", "api-1", "alone").unwrap();
    assert_eq!(build.pair(), pair("old", "alone"));
    assert!(!build.path("published/code/api").exists());
}

#[test]
fn a_binary_that_lambda_cannot_run_is_not_published() {
    let mut build = Build::new(&["app"]);
    build.build("app", "app-1", "one").unwrap();
    build.outputs.programs[0].runs_on_lambda = false;
    build.expand("app", "app-1").unwrap();
    build.link("app-1.exe", "for windows");
    build.publication("app", "app-1").publish().unwrap();
    assert_eq!(build.pair(), (Some("old".to_owned()), None));
    build.expand("app", "app-1").unwrap();
    assert!(!build.path("deps/app-1.exe").exists(), "it would hide that the next build fails");
}

#[test]
fn a_link_of_an_earlier_version_is_replaced_and_its_target_is_kept() {
    let build = Build::new(&["app"]);
    fs::create_dir_all(build.path("published/code")).unwrap();
    fs::write(build.path("app"), "debug").unwrap();
    std::os::unix::fs::symlink("../../app", build.path("published/code/bootstrap")).unwrap();
    build.build("app", "app-1", "one").unwrap();
    assert_eq!(build.pair(), pair("old", "one"));
    assert_eq!(fs::read_to_string(build.path("app")).unwrap(), "debug");
}

#[test]
fn another_package_cannot_publish_into_the_same_directory() {
    let build = Build::new(&["app"]);
    build.build("app", "app-1", "one").unwrap();
    let other = build.path("other");
    fs::create_dir(&other).unwrap();
    let publication = Publication { package: other.clone(), ..build.publication("app", "app-1") };
    let message = publication.publish().unwrap_err();
    assert!(message.text.contains("another package publishes its template"), "{message:?}");
    assert!(lock_for_package(&build.outputs, &other).is_err());
    assert_eq!(build.pair(), pair("old", "one"), "nothing has changed");
}

#[test]
fn the_record_tells_the_builds_of_a_binary_apart() {
    let build = Build::new(&["app"]);
    let program = build.outputs.programs[0].clone();
    let is_other = |built: &str| {
        let directory = OutputDirectory::lock(&build.outputs.directory).unwrap();
        contains_another_build(&directory, &program, &build.path("deps").join(built))
    };
    assert!(!is_other("app-1"), "nothing is published");
    build.build("app", "app-1", "release").unwrap();
    assert!(!is_other("app-1"));
    assert!(is_other("app-2"));
    fs::remove_file(&program.path).unwrap();
    assert!(!is_other("app-2"), "the program is deleted");
}
