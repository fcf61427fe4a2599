//! The attribute `#[function(…)]`: takes the attribute and the function below it, and returns the definition of
//! the Lambda function. The build step and the macro both use this module, so that the template and the binary
//! cannot differ.

mod check;
mod idempotent;
mod keep_warm;
pub mod overrides;
mod properties;
mod provisioned;
mod resume;
pub mod settings;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod url;

use proc_macro2::TokenStream;
use skylift_model::access::Capability;
use skylift_model::aws::function_keys;
use skylift_model::aws::limits;
use skylift_model::aws::mapping::kafka::KafkaMapping;
use skylift_model::aws::name::{FunctionName, LogicalId};
use skylift_model::aws::node::Map;
use skylift_model::idempotency::Idempotency;
use skylift_model::message::Message;
use skylift_model::problem::PlaceInItem;
use skylift_model::resume::Resume;
use skylift_model::source::BatchConcurrency;
use skylift_model::source::Trigger;
use skylift_model::{
    ClaimsParameter, Function, FunctionSettings, KeepWarm, SourceLocation, StackLayout,
};
use syn::Type;

use self::settings::{SettingsScope, read_settings};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_name, read_short_text};
use crate::signature::{self, Param, ParamRole, Signature};
use crate::source;
use crate::span::SourceSpan;
use crate::tree::{self, ArgLocation, ArgValue, Args};

/// The attribute as messages name it.
const ATTRIBUTE: &str = "#[function]";

/// A Rust function with `#[function(…)]`, as the user wrote it.
pub struct FunctionItem {
    /// The name, the parameters and the return type of the function.
    pub signature: Signature,
    args: Args,
}

/// The definition of a Lambda function, read from its attribute and its signature.
#[derive(Debug, Clone)]
pub struct FunctionDefinition {
    /// The logical id of the function in the template.
    pub id: LogicalId,
    /// The name of the function in the account, if the user set one.
    pub name: Option<FunctionName>,
    /// The description that the AWS console shows for the function, if it has one.
    pub description: Option<String>,
    /// The settings of the function.
    pub settings: FunctionSettings,
    /// The triggers of the function, in the order of the source code.
    pub triggers: Vec<Trigger>,
    /// The settings of idempotency, if the function is idempotent.
    pub idempotent: Option<Idempotency>,
    /// The settings of resuming, if the work of the function can continue in further invocations.
    pub resume: Option<Resume>,
    /// The pings that keep the function warm, if the user set them.
    pub keep_warm: Option<KeepWarm>,
    /// The properties of the function's resource that the user sets with `properties`.
    pub properties: Map,
}

impl FunctionItem {
    /// Parses the attribute's arguments and the function below it. Returns `None` if the item is not a
    /// function.
    pub fn parse(args: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Self> {
        let args = tree::parse_args(args, errors);
        let signature = Signature::parse(item, ATTRIBUTE, errors)?;
        Some(Self { signature, args })
    }

    /// Reads the definition of the function. Returns `None` if an error was recorded.
    pub fn read(&self, errors: &mut Errors) -> Option<FunctionDefinition> {
        errors.scope(|errors| {
            let (mut triggers, mut resume) = (Vec::new(), None);
            self.args.explain(messages::FUNCTION_KEYS);
            source::explain_words(&self.args);
            let definition = self.args.read_all(ATTRIBUTE, errors, |args, errors| {
                triggers = self.read_triggers(errors);
                let event = self.event_name();
                let idempotent =
                    idempotent::read_idempotent(args, &triggers, event.as_deref(), errors);
                resume = resume::read_resume(args, errors);
                let name = args.take(function_keys::NAME.name, read_name, errors);
                let description = self.read_description(errors);
                let settings = read_settings(args, SettingsScope::Function, errors);
                resume::check_recursive_loop(args, settings.recursive_loop, errors);
                let keep_warm = |value: &ArgValue, errors: &mut Errors| {
                    keep_warm::read_keep_warm(value, settings.reserved_concurrency, errors)
                };
                let keep_warm = args.take(keep_warm::KEY, keep_warm, errors);
                let properties = properties::read_function_properties(args, errors);
                Some(FunctionDefinition {
                    id: self.read_id(errors)?,
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
            // These checks do not need the rest of the definition: they run if it is wrong, too.
            self.check_params(&triggers, errors);
            self.check_custom_events(&triggers, errors);
            self.check_batch_concurrency(&triggers, errors);
            if let Some(definition) = &definition {
                self.check_url(definition, &triggers, errors);
            }
            self.check_resume(resume.is_some(), &mut triggers, errors);
            let settings = definition.as_ref().map(|it| &it.settings);
            let reserved = settings.and_then(|settings| settings.reserved_concurrency);
            self.check_max_concurrency(&triggers, reserved, errors);
            Some(FunctionDefinition { triggers, ..definition? })
        })
    }

    /// Returns the type of the handler's event, which is its first parameter. Returns `None` if the handler
    /// takes no event.
    #[must_use]
    pub fn event(&self) -> Option<&Type> {
        self.signature.params.first().filter(|param| param.is_event()).map(|param| &param.ty)
    }

    /// Returns the name of the type of the handler's event. Returns `None` if the handler takes no event, or if
    /// the type is not a path.
    fn event_name(&self) -> Option<String> {
        self.event().and_then(signature::last_segment).map(|it| it.ident.to_string())
    }

    /// Returns the span of a place in the function and its attribute. Returns the span of the function's name
    /// for a place that the user did not write.
    #[must_use]
    pub fn span_at(&self, at: &PlaceInItem) -> SourceSpan {
        let span = match at {
            PlaceInItem::Param(index) => {
                self.signature.params.get(*index).map(Param::span_of_target)
            }
            PlaceInItem::ParamCall(index, call) => {
                self.signature.params.get(*index).map(|param| param.span_of_call(*call))
            }
            _ => self.locate(at).map(ArgLocation::span).cloned(),
        };
        span.unwrap_or_else(|| SourceSpan::from_token(self.signature.ident.span()))
    }

    /// Returns the span of a key itself, without its value.
    #[must_use]
    pub fn span_of_key(&self, key: &str) -> &SourceSpan {
        self.args.span_of_name(key)
    }

    /// Returns the span of the source's name in a trigger, without the arguments of the source. `index` is the index
    /// of the trigger.
    #[must_use]
    pub fn span_of_source(&self, index: usize) -> SourceSpan {
        let location = self.locate(&PlaceInItem::Trigger(index)).map(ArgLocation::name_span);
        location.cloned().unwrap_or_else(|| SourceSpan::from_token(self.signature.ident.span()))
    }

    /// Returns the tokens of the path at this place, if the user names a resource or a function there. Returns
    /// `None` otherwise.
    #[must_use]
    pub fn path_at(&self, at: &PlaceInItem) -> Option<&TokenStream> {
        if let PlaceInItem::Param(index) = at {
            return self.signature.params.get(*index)?.target_path();
        }
        self.locate(at)?.path()
    }

    fn locate(&self, at: &PlaceInItem) -> Option<ArgLocation<'_>> {
        let args = &self.args;
        let trigger = |index: usize| args.locate_each(&source::trigger_keys()).nth(index);
        match at {
            PlaceInItem::Name | PlaceInItem::Param(_) | PlaceInItem::ParamCall(..) => None,
            PlaceInItem::Key(path) => match path.split_once('.') {
                Some((key, rest)) => Some(args.locate(key)?.at_path(rest)),
                None => args.locate(path),
            },
            PlaceInItem::Property(name) => {
                Some(args.locate(crate::properties::KEY)?.text_or_self(name))
            }
            PlaceInItem::Env(key) => Some(args.locate(function_keys::ENV.name)?.key_or_self(key)),
            PlaceInItem::Allow { statement, resource } => {
                let statement = args.locate_each(&[function_keys::ALLOW.name]).nth(*statement)?;
                Some(statement.key_or_self("resources").item_or_self(*resource))
            }
            PlaceInItem::AllowCondition { statement, value, operator, key } => {
                let statement = args.locate_each(&[function_keys::ALLOW.name]).nth(*statement)?;
                let conditions = statement.key_or_self(settings::conditions::KEY);
                Some(conditions.key_or_self(operator).key_or_self(key).item_or_self(*value))
            }
            PlaceInItem::Store => {
                Some(args.locate(idempotent::KEY)?.key_or_self(idempotent::STORE))
            }
            PlaceInItem::Hold => Some(args.locate(keep_warm::KEY)?.key_or_self(keep_warm::HOLD)),
            PlaceInItem::Trigger(index) => trigger(*index),
            PlaceInItem::TriggerKey(index, path) => Some(trigger(*index)?.at_path(path)),
        }
    }

    fn read_triggers(&self, errors: &mut Errors) -> Vec<Trigger> {
        for value in self.args.take_texts() {
            let meant = source::find_trigger_of_text(value);
            let found = value.describe();
            let message = messages::text_in_place_of_trigger(ATTRIBUTE, &found, meant.as_deref());
            errors.push(&value.span, message);
        }
        let written = self.args.take_each(&source::trigger_keys()).into_iter();
        written.filter_map(|(key, value)| source::read_trigger(&key.text, value, errors)).collect()
    }

    fn read_id(&self, errors: &mut Errors) -> Option<LogicalId> {
        if let Some(id) = self.args.take_if_set("id", read_name, errors) {
            return id;
        }
        let ident = &self.signature.ident;
        match LogicalId::from_identifier(&ident.to_string()) {
            Ok(id) => Some(id),
            Err(error) => {
                let message = Message::new(error.to_string()).with_help(messages::WRITE_AN_ID);
                errors.push(&SourceSpan::from_token(ident.span()), message);
                None
            }
        }
    }

    /// Reads the key `description`. If the key is not set, takes the first paragraph of the function's doc
    /// comment, cut to the length that Lambda accepts.
    fn read_description(&self, errors: &mut Errors) -> Option<String> {
        let read = |value: &ArgValue, errors: &mut Errors| {
            read_short_text(value, limits::DESCRIPTION_LEN, phrases::DESCRIPTION, errors)
        };
        if let Some(description) =
            self.args.take_if_set(function_keys::DESCRIPTION.name, read, errors)
        {
            return description;
        }
        let doc = signature::first_doc_paragraph(&self.signature.attrs)?;
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

/// Reads the `properties` of all functions of the package, with the checks of those of one function.
#[must_use]
pub fn read_default_properties(args: &Args, errors: &mut Errors) -> Map {
    properties::read_function_properties(args, errors)
}

/// Returns the keys of `#[function]` that are no defaults: each of them belongs to one function.
#[must_use]
pub fn list_keys_of_one_function() -> Vec<&'static str> {
    let mut keys = vec![
        "id",
        function_keys::NAME.name,
        function_keys::DESCRIPTION.name,
        function_keys::RESERVED_CONCURRENCY.name,
        function_keys::PROVISIONED_CONCURRENCY.name,
        function_keys::RECURSIVE_LOOP.name,
        function_keys::POLICY.name,
        function_keys::ALLOW.name,
        function_keys::FILE_SYSTEM.name,
        function_keys::ON_SUCCESS.name,
        function_keys::ON_FAILURE.name,
        function_keys::DEAD_LETTERS.name,
        function_keys::CAPACITY_PROVIDER.name,
        function_keys::SCALING.name,
        function_keys::TENANTS.name,
        function_keys::DEPLOY.name,
        function_keys::VERSION_DESCRIPTION.name,
        keep_warm::KEY,
        idempotent::KEY,
        resume::KEY,
    ];
    keys.extend(source::trigger_keys());
    keys
}

impl FunctionDefinition {
    /// Returns how many messages of one batch the runtime processes at the same time. All triggers of a
    /// function that set this number set the same one.
    #[must_use]
    pub fn batch_concurrency(&self) -> BatchConcurrency {
        let set = self.triggers.iter().find_map(|trigger| trigger.batch_concurrency());
        set.unwrap_or(BatchConcurrency::DEFAULT)
    }

    /// Returns whether Lambda reads, for all triggers on Kafka topics, which records of a batch failed. A record does not
    /// show its trigger, so that one trigger without reports turns them off for the function.
    // See decision 0109.
    #[must_use]
    pub fn reports_records(&self) -> bool {
        let mut mappings =
            self.triggers.iter().filter_map(|trigger| trigger.kafka_mapping()).peekable();
        mappings.peek().is_some() && mappings.all(KafkaMapping::reports_failures)
    }

    /// Returns the function as a value of the model. `path` is the path of the Rust function in its crate, and
    /// `binary` is the binary that serves the function, if the package has several.
    #[must_use]
    pub fn into_function(
        self,
        item: &FunctionItem,
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
        let state = params.iter().position(|param| matches!(param.role, ParamRole::State));
        let capability = |(parameter, param): (usize, &Param)| match &param.role {
            ParamRole::Capability(access, target) => {
                let calls = target.calls.iter().map(|call| call.group).collect();
                let target = target.ident.clone();
                Some(Capability { access: *access, target, calls, parameter })
            }
            _ => None,
        };
        let capabilities = params.iter().enumerate().filter_map(capability).collect();
        let claims = |(parameter, param): (usize, &Param)| match &param.role {
            ParamRole::Claims(target) => Some(ClaimsParameter {
                authorizer: target.ident.clone(),
                optional: target.optional,
                parameter,
            }),
            _ => None,
        };
        let claims = params.iter().enumerate().filter_map(claims).collect();
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
            claims,
            state,
            binary,
            origin,
            stacks: StackLayout::default(),
        }
    }
}
