use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use crate::Build;
use crate::step::Directives;

/// A package, and the result of the build step.
pub(super) struct Built {
    folder: tempfile::TempDir,
    pub(super) errors: Vec<String>,
    pub(super) warnings: Vec<String>,
    watched: Vec<PathBuf>,
}

/// Runs the build step on a package with this source, these overlays and these metadata.
pub(super) fn build(main: &str, overlays: &[(&str, &str)], metadata: &str) -> Built {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> = overlays.iter().map(|(name, _)| format!("{name:?}")).collect();
    let manifest = format!(
        "[package]\nname = \"app\"\n[dependencies]\nskylift = \"0.1\"\n[package.metadata.skylift]\noverlay = [{}]\n{metadata}",
        names.join(", ")
    );
    fs::create_dir_all(folder.path().join("src")).unwrap();
    fs::create_dir_all(folder.path().join("infra")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.path().join("src/main.rs"), main).unwrap();
    for (name, text) in overlays {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let Directives { errors, watched, warnings } = step(&folder, "");
    Built { folder, errors, warnings, watched }
}

fn step(folder: &tempfile::TempDir, description: &str) -> Directives {
    let text = |path: PathBuf| path.to_str().unwrap().to_owned();
    let path = folder.path();
    let environment: HashMap<String, String> = [
        ("CARGO_MANIFEST_DIR", text(path.to_owned())),
        ("CARGO_PKG_NAME", "app".to_owned()),
        ("CARGO_PKG_VERSION", "0.1.0".to_owned()),
        ("CARGO_PKG_DESCRIPTION", description.to_owned()),
        ("CARGO_TARGET_DIR", text(path.join("target"))),
        ("OUT_DIR", text(path.join("target/debug/build/app-0123456789abcdef/out"))),
        ("TARGET", "x86_64-unknown-linux-gnu".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    Build::new().step(&environment)
}

impl Built {
    fn out(&self) -> PathBuf {
        self.folder.path().join("target/debug/build/app-0123456789abcdef/out/skylift")
    }

    /// Returns the template if the index publishes one.
    fn template(&self) -> Option<String> {
        let index = fs::read_to_string(self.out().join("index")).unwrap();
        let publishes = index.contains("template.yaml");
        publishes.then(|| fs::read_to_string(self.out().join("template.yaml")).unwrap())
    }

    /// Returns the text of all notes, which contain the problems for the macros.
    pub(super) fn problems(&self) -> String {
        let notes = fs::read_dir(self.out().join("notes")).unwrap();
        notes.map(|note| fs::read_to_string(note.unwrap().path()).unwrap()).collect()
    }

    /// Returns the only error, without the path of the package's folder.
    pub(super) fn error(&self) -> String {
        let [error] = self.errors.as_slice() else { panic!("{:?}", self.errors) };
        assert_eq!(self.template(), None);
        error.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

const MAIN: &str = r#"
use skylift::{Error, Putter, Reader, ReadWriter, S3Event, SqsEvent, function, resource};

#[resource(table(existing = overlay("LegacyOrders"), key = "id"))]
pub struct Orders;

#[resource(bucket(existing = overlay("LegacyUploads")))]
pub struct Uploads;

#[resource(queue(existing = overlay("LegacyJobs")))]
pub struct Jobs;

#[function(trigger = s3(bucket = Uploads), env(STAGE = param("Stage")))]
async fn take(event: S3Event, orders: ReadWriter<Orders>, uploads: Reader<Uploads>) -> Result<(), Error> {
    Ok(())
}

#[function(trigger = sqs(queue = Jobs), timeout = "30s")]
async fn work(event: SqsEvent) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
"#;

#[test]
fn an_overlay_is_merged_and_its_resources_are_referenced() {
    let built = build(MAIN, &[("infra/extra.yaml", include_str!("extra.yaml"))], "");
    assert_eq!(built.errors, Vec::<String>::new());
    let template = built.template().unwrap_or_else(|| panic!("{}", built.problems()));
    if std::env::var_os("SKYLIFT_BLESS").is_some() {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/src/overlay/tests/merged.yaml");
        fs::write(golden, &template).unwrap();
    }
    assert_eq!(template, include_str!("merged.yaml"));
    assert!(built.watched.contains(&built.folder.path().join("infra/extra.yaml")));
}

#[test]
fn a_name_that_both_sides_define_is_an_error_that_names_both() {
    let main = MAIN.replace(
        "skylift::main!();",
        "
#[function(trigger = http(\"GET /\"))]
async fn index() -> &'static str { \"\" }

skylift::main!();",
    );
    let fails = |yaml: &str, metadata: &str| {
        let overlay = format!("{}{yaml}", include_str!("extra.yaml").replace("Outputs:\n", ""));
        let overlay = overlay.replace("  UserPool:\n", "Outputs:\n  UserPool:\n");
        build(&main, &[("infra/extra.yaml", &overlay)], metadata).error()
    };
    let line = include_str!("extra.yaml").lines().count() + 1;
    assert_eq!(
        fails("  ApiUrl: {Value: a}\n", ""),
        format!(
            "infra/extra.yaml:{line}:3: output `ApiUrl` has the name of that of the HTTP API\n\nhelp: rename it, and the references to it in the overlay"
        )
    );
    assert_eq!(
        fails("", "parameters = { Stage = { default = \"dev\" } }\n"),
        "infra/extra.yaml:7:3: parameter `Stage` is also declared in Cargo.toml: `[package.metadata.skylift.parameters.Stage]`\n\nhelp: declare it in one of the two places"
    );
    for (id, what) in [
        ("Take", "function `take` at src/main.rs:13"),
        ("TakeRole", "the role of function `take` at src/main.rs:13"),
        ("WorkJobs", "the event `Jobs` of function `work` at src/main.rs:18"),
        ("WorkLegacyJobs", ""),
        ("ServerlessHttpApi", "the HTTP API of the application"),
        ("IndexGetPermission", "the event `Get` of function `index` at src/main.rs:24"),
    ] {
        let extra = include_str!("extra.yaml").replace("  OnlyInProd:", &format!("  {id}:"));
        let built = build(&main, &[("infra/extra.yaml", &extra)], "");
        if what.is_empty() {
            assert_eq!(built.errors, Vec::<String>::new());
            continue;
        }
        let error = built.error();
        let want = format!("infra/extra.yaml:80:3: resource `{id}` has the name of {what}\n\nhelp");
        assert!(error.starts_with(&want), "{error}");
    }
}

#[test]
fn descriptions_of_the_package_and_of_the_overlay_conflict() {
    let built = build(MAIN, &[("infra/extra.yaml", include_str!("extra.yaml"))], "");
    let errors_with_description = |description| step(&built.folder, description).errors;
    assert_eq!(errors_with_description(""), Vec::<String>::new());
    let errors = errors_with_description("Orders");
    let conflict =
        "extra.yaml:2:1: the template's description is that of the package in Cargo.toml";
    assert!(errors[0].contains(conflict), "{errors:?}");
}

#[test]
fn a_missing_file_is_an_error_at_its_name() {
    let built = build(MAIN, &[("infra/extra.yaml", include_str!("extra.yaml"))], "");
    assert!(built.template().is_some());
    fs::remove_file(built.folder.path().join("infra/extra.yaml")).unwrap();
    let Directives { errors, watched, warnings } = step(&built.folder, "");
    assert!(watched.iter().any(|path| path.ends_with("infra/extra.yaml")), "{watched:?}");
    let built = Built { errors, warnings, watched, folder: built.folder };
    let error = built.error();
    assert!(
        error.starts_with("Cargo.toml:6:12: cannot read overlay `infra/extra.yaml`: "),
        "{error}"
    );
    assert!(!built.problems().contains("the overlay has no resource"), "{}", built.problems());
}

#[test]
fn a_file_that_is_named_twice_is_one_error() {
    let extra = include_str!("extra.yaml");
    let twice = [("infra/extra.yaml", extra), ("infra/extra.yaml", extra)];
    let error = build(MAIN, &twice, "").error();
    assert_eq!(error, "Cargo.toml:6:32: overlay `infra/extra.yaml` is named twice");
}

#[test]
fn an_unknown_overlay_id_is_reported_by_the_macro_at_existing() {
    let main = MAIN.replace("overlay(\"LegacyOrders\")", "overlay(\"LegacyOrder\")");
    let built = build(&main, &[("infra/extra.yaml", include_str!("extra.yaml"))], "");
    assert_eq!((built.errors.as_slice(), built.template()), (&[][..], None));
    let problems = built.problems();
    assert!(problems.contains("key existing"), "{problems}");
    assert!(problems.contains("the overlay has no resource `LegacyOrder`"), "{problems}");
    assert!(problems.contains("did you mean `LegacyOrders`?"), "{problems}");
}

#[test]
fn a_cycle_through_both_sides_is_an_error_in_the_overlay() {
    let cycle = include_str!("extra.yaml").replace(
        "      NotificationConfiguration:\n",
        "      Tags: [{Key: by, Value: !GetAtt Take.Arn}]\n      NotificationConfiguration:\n",
    );
    let error = build(MAIN, &[("infra/extra.yaml", &cycle)], "").error();
    let want = "infra/extra.yaml:63:3: circular dependency between resources: `LegacyUploads` -> `Take` -> `LegacyUploads`\n\nhelp: ";
    assert!(error.starts_with(want), "{error}");
}

#[test]
fn overlay_resources_count_and_transforms_keep_their_order() {
    let many: String = (0..500).fold("Resources:\n".to_owned(), |text, number| {
        format!("{text}  Topic{number}: {{Type: AWS::SNS::Topic}}\n")
    });
    let main = "#[skylift::function]\nasync fn a(event: u8) -> Result<u8, Error> { Ok(1) }\nskylift::main!();";
    let built = build(main, &[("infra/a.yaml", &many)], "");
    assert_eq!(built.template(), None);
    let index = fs::read_to_string(built.out().join("index")).unwrap();
    assert!(index.contains("the template would have 503 resources"), "{index}");
    let last = "Transform: [AWS::Serverless-2016-10-31, Mine]\n";
    let template = build(main, &[("infra/a.yaml", last)], "").template().unwrap();
    assert!(
        template.contains("Transform:\n  - AWS::Serverless-2016-10-31\n  - Mine\n"),
        "{template}"
    );
}

#[test]
fn the_plain_template_is_removed_when_it_no_longer_supports_everything() {
    let main = "#[skylift::function]\nasync fn a(event: u8) -> Result<u8, Error> { Ok(1) }\nskylift::main!();";
    let built =
        build(main, &[("infra/a.yaml", "Resources:\n  Extra: {Type: AWS::SNS::Topic}\n")], "");
    let file = built.out().join("cloudformation.yaml");
    let lists =
        || fs::read_to_string(built.out().join("index")).unwrap().contains("cloudformation.yaml");
    assert!(file.is_file() && lists());
    let overlay = built.folder.path().join("infra/a.yaml");
    fs::write(overlay, "Resources:\n  Extra: {Type: AWS::Serverless::Api}\n").unwrap();
    let Directives { warnings, errors, .. } = step(&built.folder, "");
    assert_eq!(errors, Vec::<String>::new());
    assert_eq!(
        warnings,
        [
            "no `cloudformation.yaml` is written, because plain CloudFormation does not support all of this application: `Extra` at infra/a.yaml:2 is of SAM's type `AWS::Serverless::Api`"
        ]
    );
    assert!(!file.exists() && !lists());
    assert!(built.template().is_some());
}

#[test]
fn a_parameter_of_the_overlay_cannot_have_the_name_of_a_code_parameter() {
    let main = "#[skylift::function]\nasync fn a(event: u8) -> Result<u8, Error> { Ok(1) }\nskylift::main!();";
    let overlay = "Parameters:\n  CodeKey: {Type: String}\n";
    let error = build(main, &[("infra/a.yaml", overlay)], "").error();
    let want = "infra/a.yaml:2:3: parameter `CodeKey` has the name of parameter `CodeKey` of `cloudformation.yaml`, which sets the place of the code";
    assert!(error.starts_with(want), "{error}");
}

#[test]
fn a_parameter_of_the_package_cannot_have_the_name_of_a_code_parameter() {
    let main = "#[skylift::function(env(KEY = param(\"CodeBucket\")))]\nasync fn a(event: u8) -> Result<u8, Error> { Ok(1) }\nskylift::main!();";
    let built = build(main, &[], "");
    assert_eq!(built.template(), None);
    let problems = built.problems();
    let want = "parameter `CodeBucket` of this package has the name of parameter `CodeBucket` of `cloudformation.yaml`";
    assert!(problems.contains(want), "{problems}");
}
