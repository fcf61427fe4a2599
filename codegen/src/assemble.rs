//! Turns annotated items into an application. It takes the walked targets of a package, its metadata and its
//! overlay. It parses each item, finds the binary that serves it, checks all items together, and returns the
//! application with a note for every item.

mod notes;

use std::path::{Path, PathBuf};

use skylift_model::http::{AccessLogs, HttpSettings};
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem, Problems};
use skylift_model::settings::Architecture;
use skylift_model::{App, AppParts, Function, Init, Package, SourceLocation};
use skylift_syntax::errors::{Diagnostic, Errors};
use skylift_syntax::handoff::{self, Note};
use skylift_syntax::signature::{Param, ParamRole, Signature};
use skylift_syntax::{function, init, resource};
use syn::Type;

use self::notes::{ParsedItem, collect_notes};
use crate::check::references::{CheckedReferences, KnownNames};
use crate::check::subscription_cycles::check_subscription_cycles;
use crate::check::types::{TypedHandler, TypedItems, UnseenTypes, check_types};
use crate::check::{
    asynchronous, deliveries, ids, input_templates, overlay_parameters, overlay_references,
    references, resource_policies, text_references, unused_parameters,
};
use crate::definition::{self, ReadDefinitions};
use crate::lower::lower_app;
use crate::messages;
use crate::metadata::PackageMetadata;
use crate::metadata::environments::Environment;
use crate::overlay::conflicts::AppNames;
use crate::overlay::{self, Overlay, OverlayError, Section};
use crate::stack::Stack;
use crate::types::{PackageTypes, TypeUse};
use crate::walk::{AnnotatedItem, AttributeKind, Cfg, CrateSource};

/// A target of the package, library or binary, whose source was walked.
pub(crate) struct WalkedTarget {
    /// The name of the binary; `None` for the library.
    pub(crate) binary: Option<String>,
    /// The annotated items of the target, in the order of the source.
    pub(crate) items: Vec<AnnotatedItem>,
    /// Whether the root of the target calls `main!()`.
    pub(crate) main: bool,
    /// The source of the target, in which types can be found.
    pub(crate) source: CrateSource,
}

/// The input of [`assemble`].
pub(crate) struct AssemblyInput<'a> {
    pub(crate) package: Package,
    pub(crate) metadata: PackageMetadata,
    /// The user's own templates, which are merged into the generated ones.
    pub(crate) overlay: &'a Overlay,
    pub(crate) targets: &'a [WalkedTarget],
    /// The name of the library's crate, if the package has a library.
    pub(crate) library: Option<&'a str>,
    /// The active `cfg`s of the build.
    pub(crate) cfg: &'a Cfg,
    /// The package's folder; the places of items have paths relative to it.
    pub(crate) folder: &'a Path,
    /// The name under which the package depends on the runtime crate.
    pub(crate) facade: &'a str,
    /// The binary that `cargo run` starts by default.
    pub(crate) default_run: Option<&'a str>,
    /// The processor architecture of this build, if Lambda supports it.
    pub(crate) architecture: Option<Architecture>,
    /// The environment whose settings the functions have; `None` for the default one.
    pub(crate) environment: Option<&'a Environment>,
}

/// The assembled application, its stack, and the notes for the macros. Also the problems that were found.
pub(crate) struct Assembled {
    pub(crate) app: App,
    /// The stack to which the application was lowered.
    pub(crate) stack: Stack,
    /// The file name and the note of every item.
    pub(crate) notes: Vec<(String, Note)>,
    /// The number of resources in the stack and in the overlay.
    pub(crate) resources: usize,
    /// Whether any item has an error.
    pub(crate) wrong: bool,
    /// The errors at definitions of the overlay: names that the application defines too, and circular dependencies.
    pub(crate) errors: Vec<OverlayError>,
    /// The problems of the defaults that Cargo.toml sets for all functions.
    pub(crate) default_problems: Vec<Problem>,
    /// The parameters of Cargo.toml that nothing uses.
    pub(crate) default_warnings: Vec<Problem>,
    /// The problems of the package that belong to no item.
    pub(crate) package_problems: Vec<Message>,
    /// The references of the overlay to names that another transform may create.
    pub(crate) overlay_warnings: Vec<OverlayError>,
    /// The warnings, which do not stop the build.
    pub(crate) warnings: Vec<Message>,
    /// The files that items name, which Cargo watches.
    pub(crate) files: Vec<PathBuf>,
    /// The errors in the settings that an environment has for functions.
    pub(crate) setting_errors: Vec<Diagnostic>,
}

impl Assembled {
    /// Removes all problems and warnings. A part of the source is missing, which rustc reports, and they may be about
    /// what is in it.
    pub(crate) fn forget_problems(&mut self) {
        self.notes.iter_mut().for_each(|(_, note)| note.problems.clear());
        self.errors.clear();
        self.default_problems.clear();
        self.default_warnings.clear();
        self.package_problems.clear();
        self.overlay_warnings.clear();
        self.warnings.clear();
    }
}

/// Assembles the application from the items of all targets, lowers it to its stack, and checks both.
pub(crate) fn assemble(input: &AssemblyInput<'_>) -> Assembled {
    let serving = find_serving_binary(input);
    let mut assembler = Assembler {
        input,
        read: Vec::new(),
        wrong: false,
        parts: AppParts::default(),
        typed: TypedItems::default(),
        setting_errors: Vec::new(),
    };
    for (number, target) in input.targets.iter().enumerate() {
        let binary = target.binary.clone().filter(|_| target.main);
        for found in &target.items {
            assembler.add_item(
                found,
                (number, target),
                binary.clone().or_else(|| serving.clone().filter(|_| target.binary.is_none())),
            );
        }
    }
    let Assembler { read, wrong, mut parts, typed, setting_errors, .. } = assembler;
    let unknown: Vec<String> =
        read.iter().filter(|it| it.item.is_none()).map(|it| it.ident.clone()).collect();
    parts.package = input.package.clone();
    parts.without_templates = input.metadata.without_templates;
    parts.stacks = input.metadata.stacks;
    parts.defaults = input.metadata.defaults.clone();
    parts.outputs = input.metadata.outputs.clone();
    parts.properties = input.metadata.properties.clone();
    let environments = input.metadata.environments.iter();
    parts.environments = environments.map(|environment| environment.name.clone()).collect();
    parts.parameters = input.metadata.parameters.clone();
    parts.http = input.metadata.http.clone();
    // The overlay's own log takes the place of the default one.
    if overlay::conflicts::sets_http_global(input.overlay, "AccessLogSettings") {
        parts.http.access_logs.get_or_insert(AccessLogs::Off);
    }
    let ReadDefinitions { files, problems: in_definitions, names: in_files } =
        definition::read_definitions(&mut parts.resources, input.folder);
    let mut app = App::new(parts);
    remove_overlay_parameters(&mut app, input);
    let deliveries = deliveries::list_deliveries(&app, input.overlay);
    let mut problems = skylift_model::check::check(&app, &unknown, &deliveries);
    problems.extend(in_definitions);
    problems.extend(definition::check_functions(&app, &unknown, &in_files));
    let unseen = find_type_problems(&app, &typed, input, &mut problems);
    let stack = lower_app(&app, default_architecture(&app, input));
    problems.extend(stack.output_problems.iter().cloned());
    let mut ids = ids::check_ids(&app, &stack);
    problems.append(&mut ids.problems);
    problems.extend(find_unserved_function(&app, input));
    problems.extend(input_templates::check_input_templates(&app));
    problems.extend(resource_policies::check_own_references(&app));
    let overlay = input.overlay;
    let mut reference_problems = Problems::default();
    overlay_references::check_overlay_references(&app, overlay, &mut reference_problems);
    asynchronous::check_asynchronous_settings(&app, overlay, &mut reference_problems);
    problems.extend(reference_problems.into_vec());
    // Without the items and the overlays that could not be read, some names are missing.
    let is_known = !wrong && unknown.is_empty() && !overlay.broken;
    let names = is_known.then(|| KnownNames::new(&app, &stack, overlay, &ids));
    let mut texts = text_references::check_text_references(&app, &stack, overlay, names.as_ref());
    problems.extend(texts.problems);
    let mut cycles = Problems::default();
    let in_stack = (&stack, overlay);
    check_subscription_cycles(&app, in_stack, &mut texts.in_cycles, &mut cycles);
    problems.extend(cycles.into_vec());
    let described = stack.description.is_some();
    let holder = |id: &str| ids.describe_holder(id);
    let app_names = AppNames { app: &app, ids: &holder, outputs: &ids.outputs, described };
    let mut errors = overlay::conflicts::check_conflicts(overlay, &app_names);
    errors.extend(overlay::cycles::find_cycles(overlay, &stack, &texts.in_cycles));
    let check = |names| references::check_references(&app, overlay, names);
    let checked = names.as_ref().map(check).unwrap_or_default();
    let CheckedReferences {
        problems: found,
        errors: in_overlay,
        overlay_warnings,
        warnings: uncertain,
    } = checked;
    problems.extend(found);
    errors.extend(in_overlay);
    errors.extend(resource_policies::check_resource_policies(&app, &stack, overlay));
    let declared = &input.metadata.parameters;
    let find_unused =
        |_| unused_parameters::find_unused_parameters(&app, declared, (&stack, overlay));
    let default_warnings = names.as_ref().map(find_unused).unwrap_or_default();
    // SAM expands its own resource types into several resources, and macros may add more: the overlay has at
    // least as many resources as are written there.
    let resources = ids.count + overlay.entries_of(Section::Resources).count();
    let package_problems = std::mem::take(&mut ids.package_problems);
    let mut warnings = overlay_parameters::check_overlay_parameters(&app, overlay);
    warnings.extend(texts.warnings);
    warnings.extend(uncertain);
    let wrong = wrong || !problems.is_empty();
    let mut default_warnings: Vec<Problem> = default_warnings;
    if is_known && !wrong {
        default_warnings.extend(find_unused_http_settings(&app, &input.metadata.http));
        let public = app.unintended_public_routes();
        let has_auth = overlay::conflicts::sets_http_global(overlay, "Auth");
        warnings
            .extend((!public.is_empty() && !has_auth).then(|| messages::public_routes(&public)));
    }
    let (default_problems, problems) =
        problems.into_iter().partition(|problem| problem.item == ItemIndex::Defaults);
    let notes = collect_notes(&app, read, problems, &unseen, input.facade);
    Assembled {
        app,
        stack,
        notes,
        resources,
        wrong,
        errors,
        default_problems,
        default_warnings,
        package_problems,
        overlay_warnings,
        warnings,
        files,
        setting_errors,
    }
}

/// Returns a problem of the settings of an HTTP API that does not exist. Returns `None` if it exists or has no settings.
fn find_unused_http_settings(app: &App, settings: &HttpSettings) -> Option<Problem> {
    let is_unused = !settings.is_empty() && app.routes().next().is_none();
    is_unused.then(|| Problem {
        item: ItemIndex::Defaults,
        at: PlaceInItem::key(HttpSettings::KEY),
        message: messages::settings_without_routes(),
    })
}

/// Adds the problems of types that do not fit what the application does with their values. Returns the types that the
/// source does not show.
fn find_type_problems(
    app: &App,
    items: &TypedItems,
    input: &AssemblyInput<'_>,
    problems: &mut Vec<Problem>,
) -> UnseenTypes {
    let library = input.targets.iter().position(|target| target.binary.is_none());
    let sources = input.targets.iter().map(|target| &target.source);
    let types = PackageTypes::new(sources, library.zip(input.library), input.facade, input.cfg);
    let mut found = Problems::default();
    let unseen = check_types(app, items, &types, &mut found);
    problems.extend(found.into_vec());
    unseen
}

/// Returns the processor architecture of functions that set none. It is the architecture of this build, unless
/// Lambda does not support it or a function asks for another one. In that case it is x86-64.
fn default_architecture(app: &App, input: &AssemblyInput<'_>) -> Architecture {
    let built = input.architecture.filter(|built| find_other_architecture(app, *built).is_none());
    built.unwrap_or(Architecture::X86_64)
}

/// Finds the first function that asks for another processor architecture than `built`. Returns the function and the
/// architecture that it asks for.
pub(crate) fn find_other_architecture(
    app: &App,
    built: Architecture,
) -> Option<(&Function, Architecture)> {
    app.functions.iter().find_map(|function| {
        let wanted = function.architecture(&app.defaults)?;
        (wanted != built).then_some((function, wanted))
    })
}

/// Removes the application's template parameters that the overlay declares. Parameters that Cargo.toml declares are
/// kept, so that declaring one twice is an error.
fn remove_overlay_parameters(app: &mut App, input: &AssemblyInput<'_>) {
    let declared = input.metadata.parameters.len();
    let is_in_overlay = |name: &str| {
        input.overlay.entries_of(Section::Parameters).any(|parameter| parameter.name == name)
    };
    let mut index = 0;
    app.parameters.retain(|parameter| {
        index += 1;
        index <= declared || !is_in_overlay(parameter.name.as_str())
    });
}

/// Finds the binary that serves the functions of the library: the only binary with `main!()`, else the default one
/// of `cargo run`, else the one with the package's name. Returns `None` if no rule decides.
fn find_serving_binary(input: &AssemblyInput<'_>) -> Option<String> {
    let binaries = || {
        input
            .targets
            .iter()
            .filter(|target| target.main)
            .filter_map(|target| target.binary.as_ref())
    };
    let named = |name: &str| binaries().find(|binary| *binary == name);
    let only = binaries().next().filter(|_| binaries().count() == 1);
    only.or_else(|| input.default_run.and_then(named))
        .or_else(|| named(&input.package.name))
        .cloned()
}

/// Returns a problem at the first function that no binary serves, or `None` if a binary serves each function.
fn find_unserved_function(app: &App, input: &AssemblyInput<'_>) -> Option<Problem> {
    let index = app.functions.iter().position(|function| function.binary.is_none())?;
    let mains = input.targets.iter().filter(|target| target.main).count();
    let message = if mains > 1 {
        messages::several_serving_binaries()
    } else {
        messages::no_serving_binary(input.facade)
    };
    Some(Problem { item: ItemIndex::Function(index), at: PlaceInItem::Name, message })
}

/// The application while its items are added.
struct Assembler<'a> {
    input: &'a AssemblyInput<'a>,
    read: Vec<ParsedItem>,
    wrong: bool,
    parts: AppParts,
    typed: TypedItems,
    setting_errors: Vec<Diagnostic>,
}

impl Assembler<'_> {
    /// Parses an annotated item and adds it to the application. `binary` is the name of the binary that serves the
    /// item if it is a function; `None` if no binary does.
    fn add_item(
        &mut self,
        found: &AnnotatedItem,
        (number, target): (usize, &WalkedTarget),
        binary: Option<String>,
    ) {
        let used = |ty: &Type| TypeUse::new(number, found.module_index, ty.clone());
        let mut errors = Errors::new();
        let origin = self.item_location(found);
        let (args, tokens) = (found.args.clone(), found.item.clone());
        let name = |ident: &str| handoff::file_name(ident, &found.args, &found.item);
        let read = match found.attribute {
            AttributeKind::Function => function::FunctionItem::parse(args, tokens, &mut errors)
                .map(|mut item| {
                    let ident = item.signature.ident.to_string();
                    let environment = self.input.environment;
                    let path = path_in_crate(found, &ident);
                    if let Some(settings) = environment.and_then(|it| it.settings_of(&path)) {
                        item.override_settings(settings, &mut errors);
                    }
                    let read = item.read(&mut errors).filter(|_| errors.is_empty());
                    let function = read.map(|read| {
                        let handler = handler_types(&item.signature, used);
                        self.typed.handlers.push((self.parts.functions.len(), handler));
                        self.parts.functions.push(read.into_function(&item, path, binary, origin));
                        ItemIndex::Function(self.parts.functions.len() - 1)
                    });
                    ParsedItem { file_name: name(&ident), ident, item: function }
                }),
            AttributeKind::Resource => resource::ResourceItem::parse(args, tokens, &mut errors)
                .map(|item| {
                    let ident = item.ident.to_string().trim_start_matches("r#").to_owned();
                    if item.is_authorizer() {
                        let read = item.read_authorizer(&mut errors).filter(|_| errors.is_empty());
                        let authorizer = read.map(|read| {
                            let authorizer = read.into_authorizer(ident.clone(), origin);
                            self.parts.authorizers.push(authorizer);
                            ItemIndex::Authorizer(self.parts.authorizers.len() - 1)
                        });
                        return ParsedItem { file_name: name(&ident), ident, item: authorizer };
                    }
                    let read = item.read(&mut errors).filter(|_| errors.is_empty());
                    let resource = read.map(|read| {
                        let mut types = read.types.iter().filter(|named| named.key == "item");
                        let item = types.find_map(|named| syn::parse2(named.path.clone()).ok());
                        let index = self.parts.resources.len();
                        self.typed.tables.extend(item.map(|item: Type| (index, used(&item))));
                        self.parts.subscriptions.extend(read.subscriptions(&ident, index));
                        self.parts.resources.push(read.into_resource(ident.clone(), origin));
                        ItemIndex::Resource(self.parts.resources.len() - 1)
                    });
                    ParsedItem { file_name: name(&ident), ident, item: resource }
                }),
            AttributeKind::Init => {
                let parsed = init::InitItem::parse(args, tokens.clone(), &mut errors);
                // An `#[init]` with errors counts: that no other one creates the state is no further error.
                let signature = parsed.map(|item| item.signature);
                let output = signature.as_ref().and_then(|it| it.output.as_ref()).map(used);
                let signature = signature.or_else(|| init::parse_broken(tokens));
                signature.map(|signature| {
                    let ident = signature.ident.to_string();
                    self.typed.inits.push(output);
                    self.parts.inits.push(Init {
                        path: path_in_crate(found, &ident),
                        binary: target.binary.clone(),
                        origin,
                    });
                    let item = ItemIndex::Init(self.parts.inits.len() - 1);
                    ParsedItem { file_name: name(&ident), ident, item: Some(item) }
                })
            }
        };
        self.read.extend(read);
        // The macro parses the same tokens and reports the same errors at their tokens.
        let errors = errors.into_diagnostics();
        self.wrong |= !errors.is_empty();
        if self.input.environment.is_some() {
            self.setting_errors.extend(errors);
        }
    }

    /// Returns the place of an item's attribute, with a path relative to the package's folder.
    fn item_location(&self, found: &AnnotatedItem) -> SourceLocation {
        let file = found.file.strip_prefix(self.input.folder).unwrap_or(&found.file);
        let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
        SourceLocation { file: parts.join("/"), line: found.line, column: found.column }
    }
}

/// Returns the types in the signature of a handler; `used` makes the use of a type in the handler's module.
fn handler_types(signature: &Signature, used: impl Fn(&Type) -> TypeUse) -> TypedHandler {
    let takes_no_event = !signature.params.iter().any(Param::is_event);
    let mut handler = TypedHandler { takes_no_event, ..TypedHandler::default() };
    for (index, param) in signature.params.iter().enumerate() {
        let ty = used(&param.ty);
        match param.role {
            ParamRole::Event if index == 0 => handler.event = Some(ty.clone()),
            ParamRole::State => handler.states.push((index, ty.clone())),
            _ => {}
        }
        handler.params.push((index, ty));
    }
    handler
}

/// Returns the path of an item in its crate, such as `orders::place`; `ident` is the item's name.
fn path_in_crate(found: &AnnotatedItem, ident: &str) -> String {
    let ident = ident.trim_start_matches("r#");
    let segments = found.module.iter().map(String::as_str).chain([ident]);
    segments.collect::<Vec<_>>().join("::")
}
