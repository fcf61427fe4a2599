//! The build step from end to end: it reads the package, walks its targets, assembles the application, and
//! writes the files that the macros need. It takes a build script's environment and returns Cargo's directives.
// See decision 0007 and decision 0014.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use skylift_model::aws::cors::{Cors, Origin};
use skylift_model::aws::name::EnvironmentName;
use skylift_model::message::Message;
use skylift_model::problem::Problem;
use skylift_model::settings::Architecture;
use skylift_model::{App, Package, environment};
use skylift_syntax::errors::Errors;
use skylift_syntax::handoff::{
    self, AppBinaries, AppIndex, Outputs, Program, ServedHandler, Variable, WriteError, layout,
};
use skylift_syntax::span::SourceSpan;

use crate::assemble::{Assembled, AssemblyInput, WalkedTarget, assemble, find_other_architecture};
use crate::cargo::{self, BuildEnv};
use crate::emit::{self, EmitInput, NestedTemplates, Templates};
use crate::environments::{self, AppliedEnvironments};
use crate::json;
use crate::messages::{self, FileError, on_one_line};
use crate::metadata::{self, PackageMetadata};
use crate::output::{self, StepFolder};
use crate::overlay::{self, Overlay};
use crate::resolve::{self, AppFile};
use crate::walk::{Cfg, SourceError, WalkedCrate, line_column, walk_crate};

/// The name and the version of Skylift, for the comment on the first line of a template.
const MADE_BY: &str = concat!("Made by Skylift ", env!("CARGO_PKG_VERSION"));

/// The input of the build step.
pub(crate) struct StepInput {
    pub(crate) env: BuildEnv,
    pub(crate) cfg: Cfg,
    /// The output directory that the user set; `None` for the default below the target directory.
    pub(crate) out: Option<PathBuf>,
    /// Whether the build step writes templates that are larger than CloudFormation accepts.
    pub(crate) unlimited: bool,
}

/// The directives that the build step prints for Cargo.
#[derive(Default)]
pub(crate) struct Directives {
    /// The files and folders that Cargo watches: a change in one of them reruns the build step.
    pub(crate) watched: Vec<PathBuf>,
    /// The warnings, which do not stop the build.
    pub(crate) warnings: Vec<String>,
    /// The errors that belong to no item. Each of them fails the build.
    pub(crate) errors: Vec<String>,
}

/// Runs the build step and returns the directives. After an error, templates that an earlier build published are
/// removed.
pub(crate) fn run_step(input: &StepInput) -> Directives {
    let mut directives = Directives::default();
    let result = output_directory(input).and_then(|out| {
        build_into(input, out.as_deref(), &mut directives).or_else(|error| {
            unpublish(input, out.as_deref()).map_err(|error| error.to_string())?;
            Err(error)
        })
    });
    directives.errors.extend(result.err());
    directives
}

/// Returns the directory for the templates: the one that the user set, or the default below the target directory.
/// Returns `None` for the copy of a package that `cargo package` builds, which is not deployed.
fn output_directory(input: &StepInput) -> Result<Option<PathBuf>, String> {
    if cargo::is_packaged_copy(&input.env.manifest_dir) {
        return Ok(None);
    }
    if let Some(out) = &input.out {
        return Ok(Some(out.clone()));
    }
    let target = cargo::target_directory(&input.env).map_err(|error| error.to_string())?;
    Ok(Some(layout::default_output_directory(&target, &input.env.name)))
}

/// Removes the templates that an earlier build of this package published, if there is an output directory.
fn unpublish(input: &StepInput, out: Option<&Path>) -> Result<(), WriteError> {
    out.map_or(Ok(()), |out| output::unpublish(out, &input.env.manifest_dir))
}

/// Runs the build step with the output directory `out`. Returns the first error that stops the step; other errors
/// are in `directives`.
fn build_into(
    input: &StepInput,
    out: Option<&Path>,
    directives: &mut Directives,
) -> Result<(), String> {
    let StepInput { env, cfg, .. } = input;
    let manifest = env.manifest_dir.join("Cargo.toml");
    directives.watched.push(manifest.clone());
    let package = cargo::read_package(&manifest, env, cfg).map_err(|error| error.to_string())?;
    let (metadata, overlay) = read_metadata_and_overlays(&package, directives);
    let without_templates = metadata.without_templates;
    let (targets, mut source_errors) = walk_targets(&package, cfg, directives);
    let stopping = source_errors.extract_if(.., |error| error.stops_build);
    directives.errors.extend(stopping.map(|SourceError { path, line, message, .. }| {
        FileError { path, line, column: 1, message }.to_string()
    }));
    let assembly_input = AssemblyInput {
        package: to_model_package(&package),
        metadata,
        overlay: &overlay,
        targets: &targets,
        library: package.lib.as_ref().map(|library| library.name.as_str()),
        cfg,
        folder: &package.dir,
        facade: &package.facade,
        default_run: package.default_run.as_deref(),
        architecture: target_architecture(&env.target),
        environment: None,
    };
    let mut assembled = assemble(&assembly_input);
    let applied = match directives.errors.as_slice() {
        [] => environments::apply_environments(&assembly_input, &mut assembled),
        _ => AppliedEnvironments::default(),
    };
    for (span, message) in &applied.errors {
        let error = locate_in_metadata(span, message, &package);
        directives.errors.extend(error.map(|it| it.to_string()));
    }
    directives.watched.append(&mut assembled.files);
    if source_errors.iter().any(|error| error.is_rustcs) {
        assembled.forget_problems();
    }
    report_overlay_errors(&assembled.errors, &package, directives);
    report_overlay_warnings(&assembled.overlay_warnings, &package, directives);
    directives.warnings.extend(assembled.warnings.iter().map(on_one_line));
    directives
        .errors
        .extend(locate_defaults(&assembled.default_problems, &package).map(|it| it.to_string()));
    directives
        .warnings
        .extend(locate_defaults(&assembled.default_warnings, &package).map(|it| warning_line(&it)));
    let mut index = new_index(&package, &assembled, &source_errors);
    index.environments = list_environments(&applied.apps);
    let written = StepFolder::new(&env.out_dir).and_then(|folder| {
        let right = directives.errors.is_empty()
            && !assembled.wrong
            && index.problems.is_empty()
            && source_errors.is_empty();
        if right && !assembled.app.functions.is_empty() {
            let parts = (&mut assembled, (!without_templates).then_some(overlay));
            write_outputs(input, out, parts, &folder, &mut index, directives)?;
        }
        if index.outputs.is_none() {
            unpublish(input, out)?;
        }
        folder.write_notes(&assembled.notes)?;
        folder.write_index(&index)
    });
    written.map_err(|error| error.to_string())
}

/// Converts the package that Cargo describes to the model's package.
fn to_model_package(package: &cargo::CargoPackage) -> Package {
    Package {
        name: package.name.clone(),
        version: package.version.clone(),
        description: package.description.clone(),
    }
}

/// Writes the files of an application without errors to the build step's folder, and lists in the index the files that
/// `main!()` publishes. `overlay` is `None` if the package has no templates; it is empty if the user wrote none. If a
/// template exceeds CloudFormation's limits, writes no file, and the index contains the problems instead.
fn write_outputs(
    input: &StepInput,
    out: Option<&Path>,
    (assembled, overlay): (&mut Assembled, Option<Overlay>),
    folder: &StepFolder,
    index: &mut AppIndex,
    directives: &mut Directives,
) -> Result<(), WriteError> {
    let architecture = check_architecture(&assembled.app, &input.env.target, directives);
    let stack = std::mem::take(&mut assembled.stack);
    let resolved = resolve::resolve_app(&assembled.app, &stack);
    // All maps of the model have string keys, so it can always be written as JSON.
    let json = json::to_pretty_json(&AppFile { app: &assembled.app, resolved: &resolved });
    let fragments = resolve::list_fragments(&resolved);
    let emit_input =
        EmitInput { app: &assembled.app, resources: assembled.resources, made_by: MADE_BY };
    let templates = overlay.map(|overlay| emit::emit_templates(stack, overlay, &emit_input));
    if let Some(Templates { problems, .. }) = &templates
        && !problems.is_empty()
        && !input.unlimited
    {
        index.problems.extend(problems.iter().map(Message::full));
        return Ok(());
    }
    directives.warnings.extend(templates.as_ref().and_then(missing_cloudformation_warning));
    let mut contents = templates.map(list_contents).unwrap_or_default();
    contents.insert(layout::APP.to_owned(), json);
    let mut files = Vec::new();
    for file in layout::all_files() {
        let Some(content) = contents.get(&file) else {
            folder.remove(&file)?;
            continue;
        };
        folder.write(&file, content)?;
        files.push(file);
    }
    folder.write_fragments(&fragments)?;
    files.extend(fragments.into_iter().map(|fragment| fragment.path));
    // The templates of nested stacks come before the templates that name them.
    files.sort_by_key(|file| !layout::is_nested_template(file));
    let Some(out) = out else { return Ok(()) };
    let stamp = output::create_stamp(out, &input.env.out_dir)?;
    directives.watched.push(stamp.clone());
    let programs = list_programs(out, &assembled.app, architecture.is_some());
    index.outputs = Some(Outputs { directory: out.to_path_buf(), stamp, files, programs });
    Ok(())
}

/// Returns the texts of all templates, by the path of each in the output directory.
fn list_contents(templates: Templates) -> HashMap<String, String> {
    let Templates { sam, cloudformation, nested, .. } = templates;
    let mut contents = HashMap::new();
    contents.insert(layout::TEMPLATE.to_owned(), sam);
    contents.extend(cloudformation.map(|text| (layout::CLOUDFORMATION.to_owned(), text)));
    for NestedTemplates { number, sam, cloudformation } in nested {
        let path = |folder| layout::nested_template(folder, number);
        contents.insert(path(layout::NESTED_TEMPLATES), sam);
        let plain = cloudformation.map(|text| (path(layout::NESTED_CLOUDFORMATION), text));
        contents.extend(plain);
    }
    contents
}

/// Returns a warning with the reasons why there is no plain CloudFormation template, or `None` if there is one.
fn missing_cloudformation_warning(templates: &Templates) -> Option<String> {
    let reasons = &templates.unsupported;
    (!reasons.is_empty())
        .then(|| on_one_line(&messages::no_cloudformation(layout::CLOUDFORMATION, reasons)))
}

/// Reads the metadata of Cargo.toml, and the overlays that the metadata name. Reports errors in both as errors of
/// Cargo, because the macros only report errors in Rust files.
fn read_metadata_and_overlays(
    package: &cargo::CargoPackage,
    directives: &mut Directives,
) -> (PackageMetadata, Overlay) {
    let Some(ours) = &package.metadata else { return <(PackageMetadata, Overlay)>::default() };
    let mut manifest_errors = Errors::new();
    let metadata = metadata::read_metadata(&ours.table(), ours.span.clone(), &mut manifest_errors);
    let overlay::ReadOverlays { overlay, errors, files } =
        overlay::read_overlays(&metadata.overlays, &package.dir, &mut manifest_errors);
    directives.watched.extend(files);
    for diagnostic in manifest_errors.into_diagnostics() {
        let error = locate_in_metadata(&diagnostic.span, &diagnostic.message, package);
        directives.errors.extend(error.map(|it| it.to_string()));
    }
    report_overlay_errors(&errors, package, directives);
    report_overlay_warnings(&overlay.warnings, package, directives);
    (metadata, overlay)
}

/// Returns an error at a place in the metadata of Cargo.toml.
fn locate_in_metadata(
    span: &SourceSpan,
    message: &Message,
    package: &cargo::CargoPackage,
) -> Option<FileError> {
    let ours = package.metadata.as_ref()?;
    let start = match span {
        SourceSpan::Bytes(range) => range.start,
        SourceSpan::Tokens { .. } => ours.span.start,
    };
    let (line, column) = line_column(&ours.text, start);
    let (path, message) = (package.manifest_path.clone(), message.clone());
    Some(FileError { path, line, column, message })
}

/// Returns the problems of the defaults in Cargo.toml, each at its key.
fn locate_defaults<'a>(
    problems: &'a [Problem],
    package: &'a cargo::CargoPackage,
) -> impl Iterator<Item = FileError> + 'a {
    let located = package.metadata.as_ref().map(|ours| {
        let table = ours.table();
        problems.iter().map(move |Problem { at, message, .. }| {
            let place = metadata::find_default(&table, at);
            let start = place.map_or(ours.span.start, |place| place.start);
            let (line, column) = line_column(&ours.text, start);
            let (path, message) = (package.manifest_path.clone(), message.clone());
            FileError { path, line, column, message }
        })
    });
    located.into_iter().flatten()
}

/// Returns a warning at a place in a file on one line.
fn warning_line(FileError { path, line, column, message }: &FileError) -> String {
    format!("{}:{line}:{column}: {}", path.display(), on_one_line(message))
}

/// Adds errors in overlays to the directives.
fn report_overlay_errors(
    errors: &[overlay::OverlayError],
    package: &cargo::CargoPackage,
    directives: &mut Directives,
) {
    directives.errors.extend(errors.iter().map(|error| error.in_folder(&package.dir).to_string()));
}

/// Adds warnings about an overlay to the directives.
fn report_overlay_warnings(
    warnings: &[overlay::OverlayError],
    package: &cargo::CargoPackage,
    directives: &mut Directives,
) {
    let one_line = |warning: &overlay::OverlayError| warning_line(&warning.in_folder(&package.dir));
    directives.warnings.extend(warnings.iter().map(one_line));
}

/// Walks the library and the binaries of a package. Returns the walked targets and the errors in their source.
fn walk_targets(
    package: &cargo::CargoPackage,
    cfg: &Cfg,
    directives: &mut Directives,
) -> (Vec<WalkedTarget>, Vec<SourceError>) {
    let library = package.lib.iter().map(|library| (None, &library.path));
    let binaries = package.bins.iter().map(|binary| (Some(binary.name.clone()), &binary.path));
    let (mut targets, mut source_errors) = (Vec::new(), Vec::new());
    let mut watched: HashSet<PathBuf> = HashSet::new();
    for (binary, root) in library.chain(binaries) {
        let walked = walk_crate(root, cfg, &package.facade);
        let WalkedCrate { items, files, main, errors, source } = walked;
        watch_sources(package, root, files, &mut watched, &mut directives.watched);
        source_errors.extend(errors);
        targets.push(WalkedTarget { binary, items, main, source });
    }
    (targets, source_errors)
}

/// Adds the sources of a target to the paths that Cargo watches. A source folder is watched as a whole, so that
/// Cargo notices new files. If the root of the target is beside Cargo.toml, only its files are watched, because the
/// target directory is in that folder too.
fn watch_sources(
    package: &cargo::CargoPackage,
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

/// Creates the index of an application, without the outputs to publish.
fn new_index(
    package: &cargo::CargoPackage,
    assembled: &Assembled,
    source_errors: &[SourceError],
) -> AppIndex {
    let functions = &assembled.app.functions;
    let handlers = functions.iter().filter_map(|it| {
        Some(ServedHandler { binary: it.binary.clone()?, name: it.handler.clone() })
    });
    let mut problems: Vec<String> = source_errors
        .iter()
        .filter(|error| !error.is_rustcs)
        .map(|SourceError { path, line, message, .. }| {
            messages::source_not_parsed(path, *line, message).full()
        })
        .collect();
    problems.extend(assembled.package_problems.iter().map(Message::full));
    if functions.is_empty() && assembled.notes.is_empty() && source_errors.is_empty() {
        problems.push(messages::no_functions().full());
    }
    AppIndex {
        package: package.dir.clone(),
        facade: package.facade.clone(),
        library: package.lib.as_ref().map(|library| library.name.clone()),
        handlers: handlers.collect(),
        variables: list_variables(&assembled.app, environment::DEFAULT),
        cors: assembled.app.cors().map(to_index_cors),
        problems,
        ..AppIndex::default()
    }
}

/// Converts the settings of CORS to those of the index. An origin that is a template parameter is known only when the
/// application is deployed.
fn to_index_cors(cors: Cors) -> handoff::Cors {
    let Cors { origins, methods, headers, expose, max_age, credentials } = cors;
    handoff::Cors {
        origins: origins.iter().filter_map(Origin::text).map(str::to_owned).collect(),
        methods: methods.into_iter().map(str::to_owned).collect(),
        headers,
        expose,
        max_age,
        credentials,
    }
}

/// Returns the environment variables that the user gives to functions and, after them, to all functions, each once for
/// each value. `environment` is the name of the environment.
fn list_variables(app: &App, environment: &str) -> Vec<Variable> {
    let mut variables = Vec::new();
    let of_functions = app.functions.iter().flat_map(|function| &function.settings.env);
    for (name, value) in of_functions.chain(&app.defaults.env) {
        let is_name = value.param().is_some_and(|it| it.as_str() == environment::PARAMETER)
            && !app.environments.is_empty();
        let value = value.literal().or_else(|| is_name.then_some(environment));
        let value = value.map(str::to_owned);
        let variable = Variable { name: name.as_str().to_owned(), value };
        if !variables.contains(&variable) {
            variables.push(variable);
        }
    }
    variables
}

/// Returns the environment variables in each environment beside the default one; `apps` is the application in each.
fn list_environments(apps: &[App]) -> Vec<(String, Vec<Variable>)> {
    let names = apps.first().map(|app| app.environments.as_slice()).unwrap_or_default();
    let variables = |(name, app): (&EnvironmentName, &App)| {
        (name.to_string(), list_variables(app, name.as_str()))
    };
    names.iter().zip(apps).map(variables).collect()
}

/// Returns the processor architecture of a target triple, or `None` if Lambda does not support the triple.
fn target_architecture(target: &str) -> Option<Architecture> {
    let arch = target.split('-').next().unwrap_or_default();
    Architecture::from_target_arch(arch).filter(|_| target.contains("-linux"))
}

/// Returns the processor architecture for which this build can be deployed. Returns `None` and adds a warning if
/// Lambda does not support the target triple, or if a function asks for another architecture.
fn check_architecture(
    app: &App,
    target: &str,
    directives: &mut Directives,
) -> Option<Architecture> {
    let Some(built) = target_architecture(target) else {
        directives.warnings.push(on_one_line(&messages::target_not_supported(target)));
        return None;
    };
    if let Some((function, wanted)) = find_other_architecture(app, built) {
        let is_own = function.settings.architecture.is_some();
        let who = messages::describe_architecture_setting(is_own.then_some(&function.handler));
        let message = messages::other_architecture(&who, wanted.as_str(), built.as_str());
        directives.warnings.push(on_one_line(&message));
        return None;
    }
    Some(built)
}

/// Returns the programs of the application in the output directory `out`. `runs_on_lambda` says whether Lambda can
/// run the binaries of this build.
fn list_programs(out: &Path, app: &App, runs_on_lambda: bool) -> Vec<Program> {
    let binaries = AppBinaries::new(app);
    let names = binaries.names().iter();
    names
        .map(|&binary| Program {
            binary: binary.to_owned(),
            path: binaries.program(binary, out),
            runs_on_lambda,
        })
        .collect()
}

#[cfg(test)]
mod tests;
