//! The build step from end to end: read the package, walk its targets, put the application together,
//! write what the macros need. It takes a build script's environment and gives Cargo's directives.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use skylift_model::settings::Architecture;
use skylift_model::{App, Package};
use skylift_syntax::errors::Errors;
use skylift_syntax::index::{Index, layout};
use skylift_syntax::place::Place;

use crate::assemble::{Assembled, Sources, Target, assemble};
use crate::cargo::{self, Env};
use crate::metadata::{self, Metadata};
use crate::output::{self, Folder};
use crate::sam::{self, Surroundings, Template};
use crate::walk::{Broken, Cfg, Names, line_column, walk};

/// The first line of a template.
const MADE_BY: &str = concat!("Made by Skylift ", env!("CARGO_PKG_VERSION"));

/// What the step is given.
pub(crate) struct Input {
    pub(crate) env: Env,
    pub(crate) cfg: Cfg,
    /// The output directory, where the user names one.
    pub(crate) out: Option<PathBuf>,
    /// Whether a template may be larger than CloudFormation takes.
    pub(crate) unlimited: bool,
}

/// What the step tells Cargo.
#[derive(Default)]
pub(crate) struct Told {
    /// Files and folders whose change reruns the step.
    pub(crate) watched: Vec<PathBuf>,
    /// What a user should know, though the build goes on.
    pub(crate) warnings: Vec<String>,
    /// What belongs to no item, and fails the build.
    pub(crate) errors: Vec<String>,
}

/// Runs the step.
pub(crate) fn run(input: &Input) -> Told {
    let mut told = Told::default();
    if let Err(error) = steps(input, &mut told) {
        told.errors.push(error);
    }
    told
}

fn steps(input: &Input, told: &mut Told) -> Result<(), String> {
    let Input { env, cfg, .. } = input;
    let manifest = env.manifest_dir.join("Cargo.toml");
    told.watched.push(manifest.clone());
    let package = cargo::read(&manifest, env, cfg).map_err(|error| error.to_string())?;
    let target_directory = cargo::target_directory(env).map_err(|error| error.to_string())?;
    let out =
        input.out.clone().unwrap_or_else(|| target_directory.join("skylift").join(&package.name));
    let published = [output::TEMPLATE, output::APP].map(|file| out.join(file));

    let metadata = read_metadata(&package, told);
    let (targets, broken) = walk_targets(&package, cfg, told);
    let model = Package {
        name: package.name.clone(),
        version: package.version.clone(),
        description: package.description.clone(),
    };
    let assembled = assemble(&Sources {
        package: model,
        metadata,
        targets: &targets,
        folder: &package.dir,
        facade: &package.facade,
        default_run: package.default_run.as_deref(),
    });

    let output =
        Folder::new(env.out_dir.join(layout::FOLDER)).map_err(|error| error.to_string())?;
    let mut index = describe(&package, &assembled, &broken);
    let right = told.errors.is_empty() && !assembled.wrong && index.problems.is_empty();
    if right && !assembled.app.functions.is_empty() {
        let architecture = architecture(&assembled.app, &env.target, told);
        let surroundings = Surroundings {
            architecture: architecture.unwrap_or(Architecture::X86_64),
            several_binaries: assembled.binaries.len() > 1,
            resources: assembled.resources,
            made_by: MADE_BY,
        };
        let Template { text, problems } = sam::emit(&assembled.app, &surroundings);
        if problems.is_empty() || input.unlimited {
            write_outputs(&output, &assembled.app, &text).map_err(|error| error.to_string())?;
            let [template, app] = published.clone();
            index.publish =
                vec![(output.file(output::TEMPLATE), template), (output.file(output::APP), app)];
            index.links = links(env, &target_directory, &out, &assembled, architecture)?;
        }
        if !input.unlimited {
            index.problems.extend(problems);
        }
    }
    if index.publish.is_empty() {
        // A stale template is worse than none.
        for file in &published {
            output::remove(file).map_err(|error| error.to_string())?;
        }
    } else {
        let turns = output::mark(&out, &env.out_dir).map_err(|error| error.to_string())?;
        told.watched.push(turns.1.clone());
        index.turns = Some(turns);
    }
    output.write_notes(&assembled.notes).map_err(|error| error.to_string())?;
    output.write_index(&index).map_err(|error| error.to_string())
}

fn write_outputs(output: &Folder, app: &App, template: &str) -> Result<(), output::OutputError> {
    output.write(output::TEMPLATE, template)?;
    // The model has no maps with keys that are not text, so that it always has a JSON text.
    let json = serde_json::to_string_pretty(app).unwrap_or_default();
    output.write(output::APP, &(json + "\n"))
}

/// What the macros report of the metadata they cannot: it stands in no Rust file.
fn read_metadata(package: &cargo::Package, told: &mut Told) -> Metadata {
    let Some(ours) = &package.metadata else { return Metadata::default() };
    let mut errors = Errors::new();
    let metadata = metadata::read(&ours.table(), ours.span.clone(), &mut errors);
    for message in errors.into_messages() {
        let start = match &message.place {
            Place::Bytes(range) => range.start,
            Place::Tokens { .. } => ours.span.start,
        };
        let (line, column) = line_column(&ours.text, start);
        told.errors.push(format!(
            "{}:{line}:{column}: {}",
            package.manifest_path.display(),
            message.full()
        ));
    }
    metadata
}

fn walk_targets(
    package: &cargo::Package,
    cfg: &Cfg,
    told: &mut Told,
) -> (Vec<Target>, Vec<Broken>) {
    let names = Names { krate: package.facade.clone() };
    let library = package.lib.iter().map(|library| (None, &library.path));
    let binaries = package.bins.iter().map(|binary| (Some(binary.name.clone()), &binary.path));
    let (mut targets, mut broken) = (Vec::new(), Vec::new());
    let mut watched: HashSet<PathBuf> = HashSet::new();
    for (binary, root) in library.chain(binaries) {
        let walked = walk(root, cfg, &names);
        watch(package, root, walked.files, &mut watched, &mut told.watched);
        broken.extend(walked.broken);
        targets.push(Target { binary, items: walked.items, main: walked.main });
    }
    (targets, broken)
}

/// A folder of source is watched whole, so that files which come later are seen; a root that lies
/// beside the manifest only with its own files, for the target directory lies there too.
fn watch(
    package: &cargo::Package,
    root: &Path,
    files: Vec<PathBuf>,
    seen: &mut HashSet<PathBuf>,
    watched: &mut Vec<PathBuf>,
) {
    let folder = root.parent().filter(|folder| *folder != package.dir);
    let outside =
        files.into_iter().filter(|file| folder.is_none_or(|folder| !file.starts_with(folder)));
    for path in folder.map(Path::to_path_buf).into_iter().chain(outside) {
        if seen.insert(path.clone()) {
            watched.push(path);
        }
    }
}

/// The index, as far as it holds whether or not anything is published.
fn describe(package: &cargo::Package, assembled: &Assembled, broken: &[Broken]) -> Index {
    let functions = &assembled.app.functions;
    let handlers = functions.iter().filter_map(|it| Some((it.binary.clone()?, it.handler.clone())));
    let mut problems: Vec<String> = broken
        .iter()
        .map(|Broken { path, line, why }| {
            format!("the build step cannot follow the source at {}:{line}: {why}", path.display())
        })
        .collect();
    if functions.is_empty() && assembled.notes.is_empty() && broken.is_empty() {
        problems.push(
            "this package has no `#[function]`, so that there is nothing to serve".to_owned(),
        );
    }
    Index {
        facade: package.facade.clone(),
        library: package.lib.as_ref().map(|library| library.name.clone()),
        handlers: handlers.collect(),
        problems,
        ..Index::default()
    }
}

/// The processor that this build is for, where Lambda has it and no function asks for the other.
fn architecture(app: &App, target: &str, told: &mut Told) -> Option<Architecture> {
    let arch = target.split('-').next().unwrap_or_default();
    let built = Architecture::of_target(arch).filter(|_| target.contains("-linux"));
    let Some(built) = built else {
        told.warnings.push(format!(
            "this build is for {target}, which Lambda does not run: the template has no `code/bootstrap` beside it; help: build with `--target x86_64-unknown-linux-gnu`"
        ));
        return None;
    };
    let other = app.functions.iter().find_map(|function| {
        let asked = function.architecture(&app.defaults)?;
        (asked != built).then_some((function, asked))
    });
    if let Some((function, asked)) = other {
        let (handler, asked, built) = (&function.handler, asked.as_str(), built.as_str());
        told.warnings.push(format!(
            "`{handler}` asks for {asked}, and this build is for {built}: the template has no `code/bootstrap` beside it; help: build with `--target` for {asked}"
        ));
        return None;
    }
    Some(built)
}

/// The links that make each binary a `bootstrap`; a link without a target is to be removed.
fn links(
    env: &Env,
    target_directory: &Path,
    out: &Path,
    assembled: &Assembled,
    architecture: Option<Architecture>,
) -> Result<Vec<(String, PathBuf, PathBuf)>, String> {
    let several = assembled.binaries.len() > 1;
    let mut links = Vec::new();
    for binary in &assembled.binaries {
        let code = out.join(output::CODE);
        let link = if several { code.join(binary) } else { code }.join("bootstrap");
        let artifact =
            cargo::artifact(env, target_directory, binary).map_err(|error| error.to_string())?;
        let target = architecture.map(|_| output::link_target(target_directory, &link, &artifact));
        links.push((binary.clone(), link, target.unwrap_or_default()));
    }
    Ok(links)
}
