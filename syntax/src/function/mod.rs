//! `#[function(…)]`: the item as it was written, and what it means. Both sides read it through
//! here, the build step for the template and the macro for the binary, so that they cannot differ.

mod check;
mod idempotent;
mod properties;
mod resume;
#[cfg(test)]
pub(crate) mod testing;

use proc_macro2::TokenStream;
use skylift_model::access::Capability;
use skylift_model::aws::keys;
use skylift_model::idempotency::Idempotency;
use skylift_model::limits;
use skylift_model::name::{FunctionName, LogicalId};
use skylift_model::node::Map;
use skylift_model::problem::At;
use skylift_model::resume::Resume;
use skylift_model::source::Trigger;
use skylift_model::source::sqs::Concurrency;
use skylift_model::{Function, KeepWarm, Origin, Settings};
use syn::Type;

use crate::errors::Errors;
use crate::keep_warm;
use crate::place::Place;
use crate::provisioned;
use crate::read;
use crate::settings::{self, Scope};
use crate::signature::{self, Param, Role, Signature};
use crate::source;
use crate::tree::{self, Args, Key, Kind, Value};

/// The attribute, as messages name it.
const WHAT: &str = "#[function]";

/// The keys that add a trigger.
const TRIGGERS: &[&str] = &["trigger", "schedule"];

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
    /// What it does once for a key.
    pub idempotent: Option<Idempotency>,
    /// How its work goes on in further invocations, where it does.
    pub resume: Option<Resume>,
    /// The pings that keep it warm.
    pub keep_warm: Option<KeepWarm>,
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
        let mut triggers = self.triggers(errors);
        let event = self.event().and_then(signature::last_segment).map(|it| it.ident.to_string());
        let idempotent = idempotent::read(args, &triggers, event.as_deref(), errors);
        let resume = resume::read(args, errors);
        let name = args.get(keys::NAME.name).and_then(|value| read::name(value, errors));
        let description = self.description(errors);
        let settings = settings::read(args, Scope::Function, errors);
        let keep_warm = args
            .get(keep_warm::KEY)
            .and_then(|value| keep_warm::read(value, settings.reserved_concurrency, errors));
        let properties = args
            .get("properties")
            .and_then(|value| crate::properties::read(value, &properties::ours(), errors))
            .unwrap_or_default();
        properties::check_log_retention(args, errors);
        if let (Some(_), Some(value)) = (&settings.provisioned_concurrency, args.find("properties"))
        {
            provisioned::check_snap_start(value, errors);
        }
        if let (Some(_), Some(value)) = (args.find("resume"), args.find("properties")) {
            resume::check_properties(value, errors);
        }
        let id = self.id(errors);
        args.finish(WHAT, errors);
        self.check_params(&triggers, errors);
        self.check_inputs(&triggers, errors);
        self.check_concurrency(&triggers, errors);
        self.check_resume(resume.is_some(), &mut triggers, errors);
        let read = Read {
            id: id?,
            name,
            description,
            settings,
            triggers,
            keep_warm,
            idempotent,
            resume,
            properties,
        };
        (errors.len() == before).then_some(read)
    }

    /// The first parameter, where it is an event.
    #[must_use]
    pub fn event(&self) -> Option<&Type> {
        self.signature.params.first().filter(|param| param.is_event()).map(|param| &param.ty)
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
        if let At::Param(index) = at {
            return match &self.signature.params.get(*index)?.role {
                Role::Capability(_, with) => Some(&with.path),
                _ => None,
            };
        }
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
        if let Some(value) = self.args.get(keys::DESCRIPTION.name) {
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
}

impl Read {
    /// How many messages of one batch the runtime works on at once: the triggers of a function that
    /// say so agree.
    #[must_use]
    pub fn concurrency(&self) -> Concurrency {
        let said = self.triggers.iter().find_map(|trigger| match trigger {
            Trigger::Sqs(sqs) => sqs.concurrency,
            _ => None,
        });
        said.unwrap_or(Concurrency::DEFAULT)
    }

    /// The function in the model. `path` is that of the Rust function in its crate.
    #[must_use]
    pub fn into_function(
        self,
        item: &Item,
        path: String,
        binary: Option<String>,
        origin: Origin,
    ) -> Function {
        let Self {
            id,
            name,
            description,
            settings,
            triggers,
            keep_warm,
            idempotent,
            resume,
            properties,
        } = self;
        let params = &item.signature.params;
        let state = params.iter().position(|param| matches!(param.role, Role::State));
        let capability = |(parameter, param): (usize, &Param)| match &param.role {
            Role::Capability(access, with) => {
                Some(Capability { access: *access, with: with.ident.clone(), parameter })
            }
            _ => None,
        };
        let capabilities = params.iter().enumerate().filter_map(capability).collect();
        Function {
            id,
            handler: path,
            name,
            description,
            settings,
            triggers,
            keep_warm,
            idempotent,
            resume,
            properties,
            capabilities,
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
