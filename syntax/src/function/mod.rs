//! `#[function(…)]`: the item as it was written, and what it means. Both sides read it through
//! here, the build step for the template and the macro for the binary, so that they cannot differ.

mod check;
mod idempotent;
mod keep_warm;
mod properties;
mod provisioned;
mod resume;
pub mod settings;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use skylift_model::access::Capability;
use skylift_model::aws::function_keys;
use skylift_model::aws::limits;
use skylift_model::aws::name::{FunctionName, LogicalId};
use skylift_model::aws::node::Map;
use skylift_model::idempotency::Idempotency;
use skylift_model::problem::PlaceInItem;
use skylift_model::resume::Resume;
use skylift_model::source::BatchConcurrency;
use skylift_model::source::Trigger;
use skylift_model::{Function, FunctionSettings, KeepWarm, SourceLocation};
use syn::Type;

use self::settings::Scope;
use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::signature::{self, Param, Role, Signature};
use crate::source;
use crate::tree::{self, Args, Spot, Value};

/// The attribute, as messages name it.
const WHAT: &str = "#[function]";

/// A function under `#[function(…)]`, as it was written.
pub struct Item {
    /// Its name, parameters and return type.
    pub signature: Signature,
    args: Args,
}

/// What the attribute and the signature say.
#[derive(Debug, Clone)]
pub struct Read {
    /// The function's id in the template.
    pub id: LogicalId,
    /// Its name in the account.
    pub name: Option<FunctionName>,
    /// What the console shows.
    pub description: Option<String>,
    /// What was set.
    pub settings: FunctionSettings,
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
        errors.scope(|errors| {
            let (mut triggers, mut resume) = (Vec::new(), None);
            let read = self.args.read(WHAT, errors, |args, errors| {
                triggers = self.triggers(errors);
                let idempotent =
                    idempotent::read(args, &triggers, self.event_name().as_deref(), errors);
                resume = resume::read(args, errors);
                let name = args.take(function_keys::NAME.name, read::name, errors);
                let description = self.description(errors);
                let settings = settings::read(args, Scope::Function, errors);
                let keep_warm = |value: &Value, errors: &mut Errors| {
                    keep_warm::read(value, settings.reserved_concurrency, errors)
                };
                let keep_warm = args.take(keep_warm::KEY, keep_warm, errors);
                let properties = properties::read(args, &settings, errors);
                Some(Read {
                    id: self.id(errors)?,
                    name,
                    description,
                    settings,
                    triggers: Vec::new(),
                    keep_warm,
                    idempotent,
                    resume,
                    properties,
                })
            });
            self.check_params(&triggers, errors);
            self.check_inputs(&triggers, errors);
            self.check_concurrency(&triggers, errors);
            self.check_resume(resume.is_some(), &mut triggers, errors);
            Some(Read { triggers, ..read? })
        })
    }

    /// The first parameter, where it is an event.
    #[must_use]
    pub fn event(&self) -> Option<&Type> {
        self.signature.params.first().filter(|param| param.is_event()).map(|param| &param.ty)
    }

    /// The name of its type.
    fn event_name(&self) -> Option<String> {
        self.event().and_then(signature::last_segment).map(|it| it.ident.to_string())
    }

    /// Where in the source this place is.
    #[must_use]
    pub fn place(&self, at: &PlaceInItem) -> Place {
        let place = match at {
            PlaceInItem::Param(index) => {
                self.signature.params.get(*index).map(|param| &param.place)
            }
            _ => self.spot(at).map(Spot::place),
        };
        place.cloned().unwrap_or_else(|| Place::of(self.signature.ident.span()))
    }

    /// The tokens of the path that stands at this place and names a resource.
    #[must_use]
    pub fn path(&self, at: &PlaceInItem) -> Option<&TokenStream> {
        if let PlaceInItem::Param(index) = at {
            return match &self.signature.params.get(*index)?.role {
                Role::Capability(_, with) => Some(&with.path),
                _ => None,
            };
        }
        self.spot(at)?.path()
    }

    fn spot(&self, at: &PlaceInItem) -> Option<Spot<'_>> {
        let args = &self.args;
        match at {
            PlaceInItem::Name | PlaceInItem::Param(_) => None,
            PlaceInItem::Key(key) => args.spot(key),
            PlaceInItem::Env(key) => Some(args.spot(function_keys::ENV.name)?.key(key)),
            PlaceInItem::Allow { statement, resource } => Some(
                args.spots(&[function_keys::ALLOW.name])
                    .nth(*statement)?
                    .key("resources")
                    .item(*resource),
            ),
            PlaceInItem::Store => Some(args.spot(idempotent::KEY)?.key(idempotent::STORE)),
            PlaceInItem::Hold => Some(args.spot(keep_warm::KEY)?.key(keep_warm::HOLD)),
            PlaceInItem::Trigger(index) => args.spots(&source::keys()).nth(*index),
            PlaceInItem::TriggerKey(index, key) => {
                Some(args.spots(&source::keys()).nth(*index)?.key(key))
            }
        }
    }

    fn triggers(&self, errors: &mut Errors) -> Vec<Trigger> {
        let written = self.args.each(&source::keys()).into_iter();
        written.filter_map(|(key, value)| source::read(&key.text, value, errors)).collect()
    }

    fn id(&self, errors: &mut Errors) -> Option<LogicalId> {
        if let Some(id) = self.args.given("id", read::name, errors) {
            return id;
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
        let given = |value: &Value, errors: &mut Errors| {
            read::text_within(value, limits::DESCRIPTION_LEN, "the description", errors)
        };
        if let Some(description) = self.args.given(function_keys::DESCRIPTION.name, given, errors) {
            return description;
        }
        let doc = signature::doc(&self.signature.attrs)?;
        if skylift_model::aws::value::has_dynamic_reference(&doc) {
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
    pub fn concurrency(&self) -> BatchConcurrency {
        let said = self.triggers.iter().find_map(|trigger| trigger.batch_concurrency());
        said.unwrap_or(BatchConcurrency::DEFAULT)
    }

    /// The function in the model. `path` is that of the Rust function in its crate.
    #[must_use]
    pub fn into_function(
        self,
        item: &Item,
        path: String,
        binary: Option<String>,
        origin: SourceLocation,
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
                Some(Capability { access: *access, target: with.ident.clone(), parameter })
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
