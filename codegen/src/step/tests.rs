//! Runs the step on small packages and reads what it leaves for the macros.

mod http_api;

use std::fs;
use std::path::{Path, PathBuf};

use skylift_syntax::handoff::{self, AppIndex, Note, ServedHandler, layout};
use tempfile::TempDir;

use super::{Directives, StepInput, run_step};
use crate::cargo::BuildEnv;
use crate::walk::Cfg;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A package in a temporary folder, and the step's result.
struct Package {
    folder: TempDir,
    target: &'static str,
}

impl Package {
    /// Creates a package called `shop` with this manifest below `[package]` and these files.
    fn new(manifest: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{manifest}\n"
        );
        fs::write(folder.path().join("Cargo.toml"), text).unwrap();
        for (path, content) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        Self { folder, target: "x86_64-unknown-linux-gnu" }
    }

    fn for_target(self, target: &'static str) -> Self {
        Self { target, ..self }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn out_dir(&self) -> PathBuf {
        self.path("target/debug/build/shop-0123456789abcdef/out")
    }

    fn run(&self) -> Directives {
        self.run_in(self.folder.path())
    }

    /// Runs the step on the package in another folder, with the same target directory.
    fn run_in(&self, folder: &Path) -> Directives {
        fs::create_dir_all(self.out_dir()).unwrap();
        let env = BuildEnv {
            name: "shop".to_owned(),
            version: "0.1.0".to_owned(),
            manifest_dir: folder.to_owned(),
            out_dir: self.out_dir(),
            target: self.target.to_owned(),
            target_dir: Some(self.path("target")),
            ..BuildEnv::default()
        };
        let cfg = Cfg::default();
        run_step(&StepInput { env, cfg, out: None, unlimited: false })
    }

    fn index(&self) -> AppIndex {
        let text =
            fs::read_to_string(layout::index_file(&layout::step_folder(&self.out_dir()))).unwrap();
        AppIndex::read(&text, VERSION).unwrap()
    }

    /// Returns the note of the only item.
    fn note(&self) -> Note {
        let notes = layout::notes_folder(&layout::step_folder(&self.out_dir()));
        let notes: Vec<_> = fs::read_dir(notes).unwrap().map(|it| it.unwrap().path()).collect();
        let [note] = notes.as_slice() else { panic!("there are {} notes", notes.len()) };
        Note::read(&fs::read_to_string(note).unwrap(), VERSION).unwrap()
    }
}

const DEPENDENCY: &str = "[dependencies]\nskylift = \"0.1\"";

const FUNCTION: &str = "#[skylift::function]\npub async fn take() -> Result<(), ()> { Ok(()) }\n";

/// Returns a root with a function and `main!()`.
fn root_with_main() -> String {
    format!("{FUNCTION}skylift::main!();\n")
}

#[test]
fn the_index_has_each_variable_with_its_value_if_that_is_known_now() {
    let package = Package::new(
        &format!("{DEPENDENCY}\n[package.metadata.skylift]\nenv = {{ LEVEL = \"info\" }}"),
        &[(
            "src/main.rs",
            "#[skylift::function(env(LEVEL = \"debug\", TOPIC = param(\"Topic\")))]\n\
             async fn one() -> Result<(), ()> { Ok(()) }\n\
             #[skylift::function]\nasync fn two() -> Result<(), ()> { Ok(()) }\n\
             #[skylift::function]\nasync fn three() -> Result<(), ()> { Ok(()) }\n\
             skylift::main!();\n",
        )],
    );
    assert_eq!(package.run().errors, Vec::<String>::new());
    let variables = package.index().variables;
    let mut variables: Vec<_> =
        variables.iter().map(|it| (it.name.as_str(), it.value.as_deref())).collect();
    variables.sort_unstable();
    assert_eq!(variables, [("LEVEL", Some("debug")), ("LEVEL", Some("info")), ("TOPIC", None)]);
}

/// Returns the errors of the step on a package with this function and this metadata.
fn errors_of_metadata(function: &str, metadata: &str) -> Vec<String> {
    let package = Package::new(
        &format!("{DEPENDENCY}\n[package.metadata.skylift]\n{metadata}"),
        &[("src/main.rs", &format!("{function}\nskylift::main!();\n"))],
    );
    let folder = package.folder.path().display().to_string();
    let errors = package.run().errors;
    errors.into_iter().map(|error| error.replace(&format!("{folder}/"), "")).collect()
}

#[test]
fn the_index_has_the_variables_of_each_environment() {
    let package = Package::new(
        &format!(
            "{DEPENDENCY}\n[package.metadata.skylift]\nenv = {{ LEVEL = \"info\", STAGE = {{ param = \"Environment\" }} }}\n\
             [package.metadata.skylift.environment.prod]\nenv = {{ LEVEL = \"warn\" }}\n\
             [package.metadata.skylift.environment.test.functions.take]\nenv = {{ LEVEL = \"trace\" }}"
        ),
        &[("src/main.rs", &root_with_main())],
    );
    assert_eq!(package.run().errors, Vec::<String>::new());
    let index = package.index();
    let of = |variables: &[handoff::Variable]| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let all = variables.iter().map(|it| format!("{}={}", it.name, text(&it.value)));
        all.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of(&index.variables), "LEVEL=info STAGE=default");
    let others: Vec<_> =
        index.environments.iter().map(|(name, all)| format!("{name}: {}", of(all))).collect();
    assert_eq!(others, ["prod: LEVEL=warn STAGE=prod", "test: LEVEL=trace LEVEL=info STAGE=test"]);
    assert!(index.outputs.unwrap().files.contains(&"template.yaml".to_owned()));
}

#[test]
fn mistakes_of_environments_are_at_their_lines_in_the_manifest() {
    for (metadata, error) in [
        (
            "[package.metadata.skylift.environment.prod]\nmemroy = 512",
            "Cargo.toml:9:1: unknown key `memroy` in `[package.metadata.skylift.environment.prod]`\n\nhelp: did you mean `memory`?",
        ),
        (
            "[package.metadata.skylift.environment.prod]\nstacks = \"nested\"",
            "Cargo.toml:9:1: `stacks` is the same in every environment",
        ),
        (
            "[package.metadata.skylift.environment.prod.functions.take]\ntrigger = \"s3\"",
            "Cargo.toml:9:1: `trigger` is the same in every environment",
        ),
        (
            "[package.metadata.skylift.environment.prod]\nmemory = 1",
            "Cargo.toml:9:10: memory of 1 MB is out of range",
        ),
        (
            "[package.metadata.skylift.environment.prod.functions.tak]\nmemory = 128",
            "Cargo.toml:8:54: the environment `prod` has settings of `tak`",
        ),
        (
            "[package.metadata.skylift.environment.prod.functions.take]\nschedule = \"rate(1 hour)\"",
            "Cargo.toml:9:12: `take` has no schedule",
        ),
        (
            "[package.metadata.skylift.environment.prod]\nreserved_concurrency = 1",
            "Cargo.toml:9:1: `reserved_concurrency` belongs to one function\n\nhelp: write it below `[package.metadata.skylift.environment.prod.functions.NAME]`",
        ),
        (
            "environment = { LOG = \"info\" }",
            "Cargo.toml:8:23: the environment `LOG` is not a table",
        ),
        (
            "[package.metadata.skylift.environment.default]\nmemory = 128",
            "Cargo.toml:8:39: the environment `default` has the settings",
        ),
        (
            "[package.metadata.skylift.environment.pre-prod]\n[package.metadata.skylift.environment.PreProd]",
            "Cargo.toml:9:39: the names `PreProd` and `pre-prod` differ in hyphens and cases alone",
        ),
        (
            "[package.metadata.skylift.environment.a_b]",
            "Cargo.toml:8:39: `a_b` is not a name of an environment",
        ),
        (
            "log_format = \"text\"\n[package.metadata.skylift.environment.prod]\nlog_level = \"warn\"",
            "Cargo.toml:10:13: `log_level` needs logs in JSON",
        ),
        (
            "templates = false\n[package.metadata.skylift.environment.prod]\nmemory = 512",
            "environments have no effect with `templates = false`",
        ),
    ] {
        let errors = errors_of_metadata(FUNCTION, metadata);
        let [found] = errors.as_slice() else { panic!("{metadata}: {errors:?}") };
        assert!(found.contains(error), "{metadata}: {found}");
    }
}

#[test]
fn the_index_names_the_facade_the_library_and_who_serves_each_handler() {
    let package = Package::new(
        "[dependencies]\nlift = { package = \"skylift\", version = \"0.1\" }",
        &[
            ("src/lib.rs", "#[lift::function]\npub async fn take() -> Result<(), ()> { Ok(()) }\n"),
            ("src/main.rs", "lift::main!();\n"),
        ],
    );
    let directives = package.run();
    assert_eq!(directives.errors, Vec::<String>::new());
    let index = package.index();
    assert_eq!(index.facade, "lift");
    assert_eq!(index.library.as_deref(), Some("shop"));
    let served = ServedHandler { binary: "shop".to_owned(), name: "take".to_owned() };
    assert_eq!(index.handlers, [served]);
    assert_eq!(index.problems, Vec::<String>::new());
    let note = package.note();
    assert_eq!((note.facade.as_str(), note.handler.as_str()), ("lift", "take"));
}

#[test]
fn an_application_without_mistakes_is_published_to_the_folder_of_its_package() {
    let package = Package::new(DEPENDENCY, &[("src/main.rs", &root_with_main())]);
    let directives = package.run();
    let outputs = package.index().outputs.expect("there is nothing to publish");
    assert_eq!(outputs.directory, package.path("target/skylift/shop"));
    assert_eq!(
        outputs.files,
        [
            layout::TEMPLATE,
            layout::CLOUDFORMATION,
            layout::APP,
            "functions/Take/policy.json",
            "functions/Take/environment.json",
        ]
    );
    let folder = layout::step_folder(&package.out_dir());
    for file in &outputs.files {
        assert!(folder.join(file).is_file(), "{file} was not written");
    }
    let [program] = outputs.programs.as_slice() else { panic!("{:?}", outputs.programs) };
    assert_eq!(program.binary, "shop");
    assert_eq!(program.path, package.path("target/skylift/shop/code/bootstrap"));
    assert!(program.runs_on_lambda);
    assert_eq!(package.index().package, package.folder.path());
    for watched in ["Cargo.toml", "src"].map(|it| package.path(it)).iter().chain([&outputs.stamp]) {
        assert!(directives.watched.contains(watched), "{} is not watched", watched.display());
    }
    assert_eq!(directives.warnings, Vec::<String>::new());
}

#[test]
fn a_package_without_templates_has_the_files_of_its_functions() {
    let with = |metadata: &str| format!("{DEPENDENCY}\n[package.metadata.skylift]\n{metadata}");
    let root = root_with_main();
    let package = Package::new(&with("templates = true"), &[("src/main.rs", &root)]);
    assert_eq!(package.run().errors, Vec::<String>::new());
    let manifest = fs::read_to_string(package.path("Cargo.toml")).unwrap();
    let manifest = manifest.replace("templates = true", "templates = false");
    fs::write(package.path("Cargo.toml"), manifest).unwrap();
    assert_eq!(package.run().errors, Vec::<String>::new());
    let outputs = package.index().outputs.expect("there is something to publish");
    let fragments = ["functions/Take/policy.json", "functions/Take/environment.json"];
    assert_eq!(outputs.files, [&[layout::APP], fragments.as_slice()].concat());
    assert_eq!(outputs.programs.len(), 1, "another tool deploys the program");
    let folder = layout::step_folder(&package.out_dir());
    for template in [layout::TEMPLATE, layout::CLOUDFORMATION] {
        assert!(!folder.join(template).exists(), "{template}");
    }
}

#[test]
fn templates_of_nested_stacks_are_published_before_the_templates_that_name_them() {
    let nested = format!("{DEPENDENCY}\n[package.metadata.skylift]\nstacks = \"nested\"\n");
    let package = Package::new(&nested, &[("src/main.rs", &root_with_main())]);
    package.run();
    let files = package.index().outputs.expect("there is nothing to publish").files;
    let [sam, plain, rest @ ..] = files.as_slice() else { panic!("{files:?}") };
    assert!(sam.starts_with("stacks/") && plain.starts_with("cloudformation/"), "{files:?}");
    assert_eq!(rest[..3], [layout::TEMPLATE, layout::CLOUDFORMATION, layout::APP]);
    let folder = layout::step_folder(&package.out_dir());
    assert!(folder.join(sam).is_file() && folder.join(plain).is_file());
    let manifest = fs::read_to_string(package.path("Cargo.toml")).unwrap();
    fs::write(package.path("Cargo.toml"), manifest.replace("stacks = \"nested\"", "")).unwrap();
    package.run();
    let files = package.index().outputs.expect("there is nothing to publish").files;
    assert_eq!(files, rest);
    assert!(!folder.join(sam).exists() && !folder.join(plain).exists());
}

#[test]
fn more_resources_than_a_stack_takes_are_a_problem_that_names_nested_stacks() {
    let functions: String = (0..170)
        .map(|n| {
            format!(
                "#[skylift::function]\npub async fn take_{n}() -> Result<(), ()> {{ Ok(()) }}\n"
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let source = format!("{functions}skylift::main!();\n");
    let package = Package::new(DEPENDENCY, &[("src/main.rs", &source)]);
    package.run();
    let index = package.index();
    assert_eq!(index.outputs, None);
    let [problem] = index.problems.as_slice() else { panic!("{:?}", index.problems) };
    let expected = "the template would have 510 resources, CloudFormation allows 500\n\nhelp: divide the functions among nested stacks, with `stacks = \"nested\"` in `[package.metadata.skylift]`";
    assert!(problem.starts_with(expected), "{problem}");
    let manifest = fs::read_to_string(package.path("Cargo.toml")).unwrap();
    let nested = format!("{manifest}\n[package.metadata.skylift]\nstacks = \"nested\"\n");
    fs::write(package.path("Cargo.toml"), nested).unwrap();
    package.run();
    assert_eq!(package.index().problems, Vec::<String>::new());
    assert!(package.index().outputs.is_some());
}

#[test]
fn a_mistake_leaves_no_template_and_takes_the_published_one_back() {
    let package = Package::new(DEPENDENCY, &[("src/main.rs", &root_with_main())]);
    package.run();
    let published = package.path("target/skylift/shop/template.yaml");
    fs::create_dir_all(published.parent().unwrap()).unwrap();
    fs::write(&published, "old").unwrap();
    let wrong = root_with_main().replace("function]", "function(timout = \"1s\")]");
    fs::write(package.path("src/main.rs"), wrong).unwrap();
    let directives = package.run();
    assert_eq!(directives.errors, Vec::<String>::new(), "the macro reports it");
    assert_eq!(package.index().outputs, None);
    assert!(!published.exists());
}

#[test]
fn a_function_of_the_library_needs_exactly_one_binary_that_serves_it() {
    let main = ("src/bin/a.rs", "skylift::main!();\n");
    let other = ("src/bin/b.rs", "skylift::main!();\n");
    let library = ("src/lib.rs", FUNCTION);
    for (manifest, files, expected) in [
        ("", vec![library], Some("no binary of this package serves this function")),
        ("", vec![library, main], None),
        (
            "",
            vec![library, main, other],
            Some("several binaries of this package could serve this function of its library"),
        ),
        ("default-run = \"b\"\n", vec![library, main, other], None),
    ] {
        let package = Package::new(&format!("{manifest}{DEPENDENCY}"), &files);
        package.run();
        let problems = package.note().problems;
        let messages: Vec<_> = problems.iter().map(|it| it.message.text.as_str()).collect();
        assert_eq!(messages, expected.into_iter().collect::<Vec<_>>(), "{files:?}");
    }
}

#[test]
fn a_package_without_functions_has_nothing_to_serve() {
    let package = Package::new(DEPENDENCY, &[("src/main.rs", "skylift::main!();\n")]);
    package.run();
    let [problem] = &package.index().problems[..] else { panic!("{:?}", package.index()) };
    assert!(problem.contains("no `#[function]`"), "{problem}");
    assert_eq!(package.index().outputs, None);
}

#[test]
fn a_build_that_lambda_cannot_run_has_a_template_a_warning_and_no_program() {
    let arm = root_with_main().replace("function]", "function(architecture = arm64)]");
    for (target, root, expected) in [
        ("x86_64-pc-windows-msvc", root_with_main(), "x86_64-pc-windows-msvc"),
        ("x86_64-unknown-linux-gnu", arm, "arm64"),
    ] {
        let package = Package::new(DEPENDENCY, &[("src/main.rs", &root)]).for_target(target);
        let directives = package.run();
        let [warning] = &directives.warnings[..] else { panic!("{:?}", directives.warnings) };
        assert!(warning.contains(expected), "{warning}");
        let outputs = package.index().outputs.expect("the template is published all the same");
        assert!(outputs.programs.iter().all(|program| !program.runs_on_lambda));
    }
}

#[test]
fn source_that_cannot_be_followed_is_a_problem_with_its_place() {
    // rustc may know that the module does not exist.
    let root = format!("#[cfg(not(custom))]\nmod missing;\n{}", root_with_main());
    let package = Package::new(DEPENDENCY, &[("src/main.rs", &root)]);
    package.run();
    let [problem] = &package.index().problems[..] else { panic!("{:?}", package.index()) };
    assert!(problem.contains("main.rs:1"), "{problem}");
}

#[test]
#[cfg(unix)]
fn a_source_that_is_no_regular_file_stops_the_build_at_the_module() {
    let root = format!("{FUNCTION}\nmod endless;\nskylift::main!();\n");
    let package = Package::new(DEPENDENCY, &[("src/main.rs", &root)]);
    std::os::unix::fs::symlink("/dev/zero", package.path("src/endless.rs")).unwrap();
    let [error] = &package.run().errors[..] else { panic!("one error is expected") };
    assert!(error.contains("main.rs:4:1: `") && error.contains("is not a regular file"), "{error}");
    assert_eq!(package.index().outputs, None);

    // Cargo takes any file as the root of the binary.
    let package = Package::new(DEPENDENCY, &[("src/lib.rs", FUNCTION)]);
    std::os::unix::fs::symlink("/dev/zero", package.path("src/main.rs")).unwrap();
    let [error] = &package.run().errors[..] else { panic!("one error is expected") };
    assert!(error.contains("src/main.rs:1:1: `"), "{error}");
}

#[test]
#[cfg(unix)]
fn an_overlay_that_is_no_regular_file_is_an_error_in_cargo_toml() {
    let manifest = format!("[package.metadata.skylift]\noverlay = \"extra.yaml\"\n{DEPENDENCY}");
    let package = Package::new(&manifest, &[("src/main.rs", &root_with_main())]);
    std::os::unix::fs::symlink("/dev/zero", package.path("extra.yaml")).unwrap();
    let [error] = &package.run().errors[..] else { panic!("one error is expected") };
    assert!(error.contains("Cargo.toml:6:11: ") && error.contains("regular file"), "{error}");
}

/// A default that does not fit the functions is a mistake in Cargo.toml, and none of a function.
#[test]
fn a_wrong_default_is_one_error_at_its_key_in_cargo_toml() {
    let functions = format!("{FUNCTION}{}skylift::main!();\n", FUNCTION.replace("take", "give"));
    for (defaults, line, message) in [
        ("timeout = \"5s\"\ndeadline_margin = \"9s\"", 7, "a deadline margin of 9 s"),
        ("env = { BIG = \"LETTERS\" }", 6, "the environment has 5003 bytes"),
    ] {
        let defaults = defaults.replace("LETTERS", &"x".repeat(5_000));
        let manifest = format!("[package.metadata.skylift]\n{defaults}\n{DEPENDENCY}");
        let package = Package::new(&manifest, &[("src/main.rs", &functions)]);
        let errors = package.run().errors;
        let [error] = &errors[..] else { panic!("{errors:?}") };
        assert!(error.contains(&format!("Cargo.toml:{line}:1: {message}")), "{error}");
        let index = package.index();
        assert_eq!((index.outputs, index.problems), (None, Vec::new()));
    }
}

#[test]
fn the_copy_that_cargo_package_builds_is_not_published_and_removes_nothing() {
    let package = Package::new(DEPENDENCY, &[("src/main.rs", &root_with_main())]);
    let copy = package.path("target/package/shop-0.1.0");
    for file in ["Cargo.toml", "Cargo.toml.orig", "src/main.rs"] {
        fs::create_dir_all(copy.join("src")).unwrap();
        fs::copy(package.path(file.trim_end_matches(".orig")), copy.join(file)).unwrap();
    }
    let published = package.path("target/skylift/shop/template.yaml");
    fs::create_dir_all(published.parent().unwrap()).unwrap();
    fs::write(&published, "published").unwrap();
    let directives = package.run_in(&copy);
    assert_eq!(directives.errors, Vec::<String>::new());
    let index = package.index();
    assert_eq!((index.outputs, index.problems), (None, Vec::new()));
    assert_eq!(fs::read_to_string(published).unwrap(), "published");
}

#[test]
fn a_missing_module_is_rustcs_to_report() {
    let uses = "mod gone;\n#[skylift::function(trigger = sqs(queue = gone::Jobs))]\nasync fn work(event: SqsEvent) -> Result<(), Error> { Ok(()) }\n";
    let package =
        Package::new(DEPENDENCY, &[("src/main.rs", &format!("{uses}skylift::main!();\n"))]);
    let directives = package.run();
    assert_eq!(directives.errors, Vec::<String>::new());
    let index = package.index();
    assert_eq!((index.problems, index.outputs.is_none()), (Vec::new(), true));
    assert!(package.note().problems.is_empty());
}

#[test]
fn an_unused_parameter_is_warned_about_at_its_key() {
    let manifest = format!(
        "{DEPENDENCY}\n[package.metadata.skylift.parameters.Stage]\ndescription = \"prod or dev\""
    );
    let package = Package::new(&manifest, &[("src/main.rs", &root_with_main())]);
    let warning = package.run().warnings.remove(0);
    assert!(
        warning.ends_with("Cargo.toml:7:38: nothing uses the parameter `Stage`; help: write `param(\"Stage\")` where its value is needed, or leave it out"),
        "{warning}"
    );
    assert!(package.index().outputs.is_some());
}
