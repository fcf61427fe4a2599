//! `#[function(…)]`: the item as it was written, and what it means. Both sides read it through
//! here, the build step for the template and the macro for the binary, so that they cannot differ.

use proc_macro2::TokenStream;
use skylift_model::limits;
use skylift_model::name::{FunctionName, LogicalId};
use skylift_model::node::Map;
use skylift_model::problem::At;
use skylift_model::schedule::Schedule;
use skylift_model::source::Trigger;
use skylift_model::source::http::{Http, Route};
use skylift_model::{Function, Origin, Settings};
use syn::{GenericArgument, PathArguments, Type};

use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::settings::{self, Scope};
use crate::signature::{self, Role, Signature};
use crate::source;
use crate::tree::{self, Args, Key, Kind, Value};

/// The attribute, as messages name it.
const WHAT: &str = "#[function]";

/// The keys that add a trigger.
const TRIGGERS: &[&str] = &["trigger", "schedule"];

/// What the template sets and Skylift answers for: `properties` cannot change these.
const OWN_PROPERTIES: &[&str] =
    &["Handler", "Runtime", "CodeUri", "Events", "PackageType", "InlineCode", "ImageUri"];

/// What the attribute has a key of its own for, with that key: were `properties` to set it as well,
/// the build step would reckon with another value than the one that is deployed.
const KEYED_PROPERTIES: &[(&str, &str)] = &[
    ("FunctionName", "name"),
    ("Description", "description"),
    ("MemorySize", "memory"),
    ("Timeout", "timeout"),
    ("Architectures", "architecture"),
    ("EphemeralStorage", "ephemeral_storage"),
    ("ReservedConcurrentExecutions", "reserved_concurrency"),
    ("ProvisionedConcurrencyConfig", "provisioned_concurrency"),
    ("AutoPublishAlias", "provisioned_concurrency"),
    ("EventInvokeConfig", "retries` or `max_event_age"),
    ("Environment", "env"),
    ("LoggingConfig", "log_retention"),
    ("Policies", "policy` or `allow"),
    ("Tags", "tags"),
];

/// A function under `#[function(…)]`, as it was written.
pub struct Item {
    /// Its name, parameters and return type.
    pub signature: Signature,
    args: Args,
}

/// What the attribute and the signature say.
#[derive(Debug)]
pub struct Read {
    /// The function's id in the template.
    pub id: LogicalId,
    /// Its name in the account.
    pub name: Option<FunctionName>,
    /// What the console shows.
    pub description: Option<String>,
    /// What was set.
    pub settings: Settings,
    /// What invokes it, in the order written.
    pub triggers: Vec<Trigger>,
    /// The tick that keeps it warm.
    pub keep_warm: Option<Schedule>,
    /// Properties of the user's own.
    pub properties: Map,
}

impl Item {
    /// Reads the attribute's arguments and the function below it. None where the item is no function.
    pub fn parse(args: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Self> {
        let args = tree::parse(args, errors);
        let signature = Signature::parse(item, WHAT, errors)?;
        Some(Self { signature, args })
    }

    /// What it means; none where something was wrong.
    pub fn read(&self, errors: &mut Errors) -> Option<Read> {
        let before = errors.len();
        let args = &self.args;
        let triggers = self.triggers(errors);
        let keep_warm = args.get("keep_warm").and_then(|value| read::schedule(value, errors));
        let name = args.get("name").and_then(|value| read::name(value, errors));
        let description = self.description(errors);
        let settings = settings::read(args, Scope::Function, errors);
        let properties =
            args.get("properties").and_then(|value| properties(value, errors)).unwrap_or_default();
        let id = self.id(errors);
        args.finish(WHAT, errors);
        self.check_params(&triggers, errors);
        self.check_inputs(&triggers, errors);
        let read = Read { id: id?, name, description, settings, triggers, keep_warm, properties };
        (errors.len() == before).then_some(read)
    }

    /// The first parameter, where it is an event.
    #[must_use]
    pub fn event(&self) -> Option<&Type> {
        self.signature
            .params
            .first()
            .filter(|param| param.role == Role::Event)
            .map(|param| &param.ty)
    }

    /// Where in the source this place is.
    #[must_use]
    pub fn place(&self, at: &At) -> Place {
        let place = match at {
            At::Param(index) => self.signature.params.get(*index).map(|param| &param.place),
            _ => self.value(at).map(|value| &value.place),
        };
        place.cloned().unwrap_or_else(|| Place::of(self.signature.ident.span()))
    }

    /// The tokens of the path that stands at this place and names a resource.
    #[must_use]
    pub fn path(&self, at: &At) -> Option<&TokenStream> {
        match &self.value(at)?.kind {
            Kind::Path(_, tokens) => Some(tokens),
            _ => None,
        }
    }

    fn value(&self, at: &At) -> Option<&Value> {
        match at {
            At::Name | At::Param(_) => None,
            At::Key(key) => match key.split_once('.') {
                Some(("allow", inner)) => self.allowed(inner),
                Some((outer, inner)) => self.args.find(outer).map(|value| nested(value, inner)),
                None => self.args.find(key),
            },
            At::Trigger(index) => self.trigger(*index),
            At::TriggerKey(index, key) => self.trigger(*index).map(|value| nested(value, key)),
        }
    }

    fn trigger(&self, index: usize) -> Option<&Value> {
        self.args.all(TRIGGERS).get(index).map(|(_, value)| *value)
    }

    /// A resource of a statement, by the number of each: `0.2`.
    fn allowed(&self, numbers: &str) -> Option<&Value> {
        let (statement, resource) = numbers.split_once('.')?;
        let (_, value) = *self.args.all(&["allow"]).get(statement.parse::<usize>().ok()?)?;
        read::list(nested(value, "resources")).get(resource.parse::<usize>().ok()?).or(Some(value))
    }

    fn triggers(&self, errors: &mut Errors) -> Vec<Trigger> {
        let mut triggers = Vec::new();
        for (Key { text, .. }, value) in self.args.all(TRIGGERS) {
            triggers.extend(if text == "schedule" {
                source::schedule::read_short(value, errors).map(Trigger::from)
            } else {
                source::read(value, errors)
            });
        }
        triggers
    }

    fn id(&self, errors: &mut Errors) -> Option<LogicalId> {
        if let Some(value) = self.args.get("id") {
            return read::name(value, errors);
        }
        let ident = self.signature.ident.to_string();
        match LogicalId::from_identifier(&ident) {
            Ok(id) => Some(id),
            Err(error) => {
                let place = Place::of(self.signature.ident.span());
                errors.push(&place, error.to_string()).help("give it one: `id = \"…\"`");
                None
            }
        }
    }

    /// What was given, or the first paragraph of the doc comment, cut to what Lambda keeps.
    fn description(&self, errors: &mut Errors) -> Option<String> {
        if let Some(value) = self.args.get("description") {
            return read::text_within(value, limits::DESCRIPTION_LEN, "the description", errors);
        }
        let doc = signature::doc(&self.signature.attrs)?;
        if skylift_model::value::has_dynamic_reference(&doc) {
            return None;
        }
        if doc.chars().count() <= limits::DESCRIPTION_LEN {
            return Some(doc);
        }
        let cut: String = doc.chars().take(limits::DESCRIPTION_LEN - 1).collect();
        let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
        Some(format!("{words}…"))
    }

    fn check_params(&self, triggers: &[Trigger], errors: &mut Errors) {
        let routes: Vec<(usize, &Http)> = triggers
            .iter()
            .enumerate()
            .filter_map(|(index, trigger)| match trigger {
                Trigger::Http(http) => Some((index, http)),
                _ => None,
            })
            .collect();
        if routes.is_empty() {
            self.check_event(errors);
            return;
        }
        for (index, trigger) in triggers.iter().enumerate() {
            if !matches!(trigger, Trigger::Http(_) | Trigger::Schedule(_)) {
                let source = trigger.source();
                errors
                    .push(&self.place(&At::Trigger(index)), format!("an HTTP handler cannot take `{source}` as well"))
                    .help("its parameters are extractors of a request: write a second function for the other events");
            }
        }
        for (_, http) in routes {
            self.check_path_parameters(http, errors);
        }
    }

    /// A schedule with an input of its own brings an event that only the handler knows the form of:
    /// beside others, nobody could tell whose it is.
    fn check_inputs(&self, triggers: &[Trigger], errors: &mut Errors) {
        let has_input =
            |it: &Trigger| matches!(it, Trigger::Schedule(schedule) if schedule.input.is_some());
        if triggers.iter().all(has_input) {
            return;
        }
        for (index, _) in triggers.iter().enumerate().filter(|(_, it)| has_input(it)) {
            errors
                .push(&self.place(&At::Trigger(index)), "a schedule with an input of its own cannot stand beside another trigger: the handler could not tell them apart")
                .help("write a second function");
        }
    }

    /// An event stands first and alone; what follows is made by the runtime.
    fn check_event(&self, errors: &mut Errors) {
        let events =
            self.signature.params.iter().enumerate().filter(|(_, param)| param.role == Role::Event);
        for (_, param) in events.filter(|(index, _)| *index > 0) {
            let message =
                errors.push(&param.place, "a handler takes one event, as its first parameter");
            message.help("what may follow is `State<T>` and `Context`");
        }
    }

    /// `Path<(A, B)>` takes two parameters: what can be counted here has to agree with the route.
    fn check_path_parameters(&self, http: &Http, errors: &mut Errors) {
        let Route::Path(_, path) = &http.route else { return };
        let names: Vec<&str> = path.parameters().collect();
        for param in &self.signature.params {
            let Some(arity) = path_arity(&param.ty).filter(|arity| *arity != names.len()) else {
                continue;
            };
            let count = |number| match number {
                0 => "no parameter".to_owned(),
                1 => "one parameter".to_owned(),
                many => format!("{many} parameters"),
            };
            let message = errors.push(
                &param.place,
                format!(
                    "this `Path` takes {}, route `{}` has {}",
                    count(arity),
                    http.route,
                    count(names.len())
                ),
            );
            if names.is_empty() {
                let path = path.as_str().trim_end_matches('/');
                message.help(format!("add one to the path, as `{path}/{{id}}`"));
            } else {
                let (is, plural) = if names.len() == 1 { ("is", "") } else { ("are", "s") };
                let names = skylift_model::suggest::list(names.iter().copied());
                message.help(format!("the route's parameter{plural} {is} {names}"));
            }
        }
    }
}

impl Read {
    /// The function in the model. `path` is that of the Rust function in its crate.
    #[must_use]
    pub fn into_function(
        self,
        item: &Item,
        path: String,
        binary: Option<String>,
        origin: Origin,
    ) -> Function {
        let Self { id, name, description, settings, triggers, keep_warm, properties } = self;
        let state = item.signature.params.iter().position(|param| param.role == Role::State);
        Function {
            id,
            handler: path,
            name,
            description,
            settings,
            triggers,
            keep_warm,
            properties,
            state,
            binary,
            origin,
        }
    }
}

/// The value of a key inside `s3(…)` or `env(…)`; the whole where the key was not written.
fn nested<'a>(value: &'a Value, key: &str) -> &'a Value {
    match &value.kind {
        Kind::Call(_, args) => args.find(key).unwrap_or(value),
        _ => value,
    }
}

fn properties(value: &Value, errors: &mut Errors) -> Option<Map> {
    let map = read::object(value, errors)?;
    let Kind::Map(entries) = &value.kind else { return None };
    for (Key { text, place }, _) in entries {
        let keyed = KEYED_PROPERTIES.iter().find(|(property, _)| property == text);
        if OWN_PROPERTIES.contains(&text.as_str()) || keyed.is_some() {
            let message = errors.push(
                place,
                format!("`{text}` is what Skylift sets: `properties` cannot change it"),
            );
            if let Some((_, key)) = keyed {
                message.help(format!("`#[function]` has a key for it: `{key}`"));
            }
        }
    }
    Some(map)
}

/// How many path parameters an extractor takes, where its type tells: `Path<(String, u32)>` takes
/// two, `Path<String>` one; a struct could take any number.
fn path_arity(ty: &Type) -> Option<usize> {
    const SCALARS: &[&str] = &[
        "String", "char", "bool", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32",
        "i64", "i128", "isize", "f32", "f64", "Uuid",
    ];
    let segment = signature::last_segment(ty).filter(|segment| segment.ident == "Path")?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let Some(GenericArgument::Type(inner)) = arguments.args.first() else { return None };
    match inner {
        Type::Tuple(tuple) => Some(tuple.elems.len()),
        other => {
            let name = &signature::last_segment(other)?.ident;
            SCALARS.iter().any(|scalar| name == scalar).then_some(1)
        }
    }
}
