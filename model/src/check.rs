//! What is wrong with an application as a whole. Each check here crosses items; what one attribute
//! alone can get wrong was refused when it was read.

use std::collections::HashMap;

use crate::App;
use crate::limits;
use crate::name::{BucketName, EnvKey, QueueName};
use crate::problem::{At, Item, Problem, Problems};
use crate::resource::{Kind, Resource, Settings};
use crate::source::Trigger;
use crate::suggest;
use crate::value::Value;

impl App {
    /// Everything that is wrong with the application as a whole.
    ///
    /// `unknown` are the identifiers of resources that exist but could not be read: what refers to
    /// one of them is no mistake of its own.
    #[must_use]
    pub fn check(&self, unknown: &[String]) -> Vec<Problem> {
        let mut problems = Problems::default();
        check_references(self, unknown, &mut problems);
        check_names(self, &mut problems);
        check_handlers(self, &mut problems);
        check_environments(self, &mut problems);
        check_state(self, &mut problems);
        Trigger::check(self, &mut problems);
        problems.into_vec()
    }
}

/// Every resource that is named is declared, and is what the place needs.
fn check_references(app: &App, unknown: &[String], problems: &mut Problems) {
    let mut check = |item: Item, at: At, ident: &str, kind: Option<Kind>| match app.resource(ident)
    {
        None if unknown.iter().any(|known| known == ident) => {}
        None => undeclared(
            app,
            problems.push(item, at, format!("no resource `{ident}` is declared")),
            ident,
            kind,
        ),
        Some(resource) => {
            if let Some(kind) = kind.filter(|kind| *kind != resource.kind()) {
                let (is, needs) = (resource.kind().as_str(), kind.as_str());
                problems.push(
                    item,
                    at,
                    format!("`{ident}` is a {is}, not a {needs} (declared at {})", resource.origin),
                );
            }
        }
    };
    for (index, function) in app.functions.iter().enumerate() {
        for (at, ident, kind) in function.references() {
            check(Item::Function(index), at, ident, kind);
        }
    }
}

fn undeclared(app: &App, problem: &mut Problem, ident: &str, kind: Option<Kind>) {
    let fits = |resource: &&Resource| {
        resource.owner.is_none() && kind.is_none_or(|kind| kind == resource.kind())
    };
    let declared: Vec<&str> =
        app.resources.iter().filter(fits).map(|resource| resource.ident.as_str()).collect();
    let kind = kind.map_or("…", Kind::as_str);
    problem.help(match suggest::nearest(ident, declared.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if declared.is_empty() => {
            format!("declare it: `#[resource({kind})] pub struct {ident};`")
        }
        None => format!(
            "declare it: `#[resource({kind})] pub struct {ident};`, or use {}{}",
            if declared.len() > 1 { "one of " } else { "" },
            suggest::list(declared)
        ),
    });
}

/// The path of a handler fits into what Lambda takes.
fn check_handlers(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let (length, most) = (function.handler.chars().count(), limits::HANDLER_LEN);
        if length > most {
            let message = format!(
                "the path `{}` has {length} characters, Lambda takes {most} for a handler",
                function.handler
            );
            problems
                .push(Item::Function(index), At::Name, message)
                .help("give it a shorter name, or move it up in the modules");
        }
    }
}

/// What has a name in the account has it alone.
fn check_names(app: &App, problems: &mut Problems) {
    let mut functions: HashMap<&str, usize> = HashMap::new();
    for (index, function) in app.functions.iter().enumerate() {
        let Some(name) = &function.name else { continue };
        if let Some(other) = functions.insert(name.as_str(), index) {
            let other = &app.functions[other];
            let message = format!(
                "function name `{name}` is taken by `{}` at {}",
                other.handler, other.origin
            );
            problems.push(Item::Function(index), At::Key("name".to_owned()), message);
        }
    }
    let mut handlers: HashMap<(Option<&str>, &str), usize> = HashMap::new();
    for (index, function) in app.functions.iter().enumerate() {
        let key = (function.binary.as_deref(), function.handler.as_str());
        if let Some(other) = handlers.insert(key, index) {
            let (handler, origin) = (&function.handler, &app.functions[other].origin);
            let message = format!(
                "the library and the binary both have a handler `{handler}`: the other is at {origin}"
            );
            problems.push(Item::Function(index), At::Name, message).help("rename one of them");
        }
    }
    let mut resources: HashMap<(Kind, &str), &Resource> = HashMap::new();
    for (index, resource) in app.resources.iter().enumerate() {
        let name = match &resource.settings {
            Settings::Bucket(bucket) => bucket.name.as_ref().map(BucketName::as_str),
            Settings::Queue(queue) => queue.name.as_ref().map(QueueName::as_str),
        };
        let Some(name) = name else { continue };
        if let Some(other) = resources.insert((resource.kind(), name), resource) {
            let kind = resource.kind().as_str();
            let message =
                format!("{kind} name `{name}` is taken by `{}` at {}", other.ident, other.origin);
            problems.push(Item::Resource(index), At::Key("name".to_owned()), message);
        }
    }
}

/// A function's environment, with the defaults in it, fits into what Lambda keeps.
fn check_environments(app: &App, problems: &mut Problems) {
    let size = |env: &[(EnvKey, Value)], without: &[(EnvKey, Value)]| -> usize {
        let own = env.iter().filter(|(key, _)| without.iter().all(|(other, _)| other != key));
        own.map(|(key, value)| key.as_str().len() + value.literal().map_or(0, str::len)).sum()
    };
    for (index, function) in app.functions.iter().enumerate() {
        let own = &function.settings.env;
        let bytes = size(own, &[]) + size(&app.defaults.env, own);
        if bytes > limits::ENVIRONMENT_BYTES {
            let most = limits::ENVIRONMENT_BYTES;
            problems
                .push(
                    Item::Function(index),
                    At::Key("env".to_owned()),
                    format!(
                        "the environment has {bytes} bytes of keys and values, Lambda takes {most}"
                    ),
                )
                .help("keep large values in a file beside the code, in S3 or in a parameter");
        }
    }
}

/// Who takes a `State` has an `#[init]` that makes it, and a binary has one at the most.
fn check_state(app: &App, problems: &mut Problems) {
    for (index, init) in app.inits.iter().enumerate() {
        let clash = |other: &&crate::Init| {
            other.binary.is_none() || init.binary.is_none() || other.binary == init.binary
        };
        if let Some(other) = app.inits[..index].iter().find(clash) {
            let message =
                format!("a second `#[init]`: `{}` at {} is the first", other.path, other.origin);
            problems
                .push(Item::Init(index), At::Name, message)
                .help("the state is made once per process: build both in one function, as the fields of one struct");
        }
    }
    for (index, function) in app.functions.iter().enumerate() {
        let Some(param) = function.state else {
            continue;
        };
        let made =
            app.inits.iter().any(|init| init.binary.is_none() || init.binary == function.binary);
        if !made {
            problems
                .push(Item::Function(index), At::Param(param), "this package has no `#[init]` that makes the state")
                .help("write one: `#[init] async fn start() -> Result<T, Error> { … }` for a `State<T>`");
        }
    }
}
