//! The owner of a logical id: an item of the application, and the purpose that a resource has for the item. This
//! module returns the place in the source where problems with the id are reported, and the description of the
//! resource in messages.

use skylift_model::App;
use skylift_model::aws::function_keys;
use skylift_model::problem::{ItemIndex, PlaceInItem};
use skylift_model::subscription;

/// The owner of a logical id: an item, and the purpose of the resource for the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdOwner {
    pub(crate) item: OwnerItem,
    pub(crate) purpose: Purpose,
}

/// The part of the application that a resource belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum OwnerItem {
    /// A function, by its index in `App::functions`.
    Function(usize),
    /// A resource, by its index in `App::resources`: one that a struct declares, or a function's own.
    Resource(usize),
    /// The HTTP API of the application.
    Api,
}

/// The purpose of a resource for its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The resource is the owner itself: the function, the resource or the API.
    Itself,
    /// The role of the function.
    Role,
    /// The role that SAM generates if the user's own role is conditional.
    ConditionalRole,
    LogGroup,
    Version,
    Alias,
    InvokeConfig,
    ScalableTarget,
    ScalingPolicy,
    /// A resource of an event that invokes the function; the text is the name of the event.
    Event(String, Cause),
    PingRule,
    PingPermission,
    /// A resource of the function that has no SAM event; the text describes the resource, with an article.
    Beside(&'static str, Cause),
    /// A function URL that the user's `properties` define, or its permissions.
    Url,
    /// A queue or topic that receives the results of asynchronous invocations.
    Destination,
    /// Any other resource that SAM generates from the user's `properties`; the text describes the resource, with an
    /// article.
    UserProperty(&'static str),
    /// A resource of the subscription with this index of the owner, such as a rule.
    Subscription(usize),
    /// The policy of a resource, such as a queue policy.
    Policy,
    /// The KMS key of a resource.
    Key,
    DeadLetters,
    DeadLettersPolicy,
    /// The stage of the HTTP API.
    Stage,
    /// The custom domain of the HTTP API.
    Domain,
    /// The mapping from the custom domain to the stage.
    Mapping,
    /// The record of the custom domain in Route 53.
    Record,
}

/// The part of a function's attribute that causes an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The function's trigger with this index.
    Trigger(usize),
    /// The key `resume`.
    Resume,
    /// The key `keep_warm`.
    KeepWarm,
    /// The key `alarms`.
    Alarms,
    /// The key `deploy`.
    Deploy,
}

impl IdOwner {
    /// Creates the owner of an id that belongs to the function with this index.
    pub(crate) const fn for_function(index: usize, purpose: Purpose) -> Self {
        Self { item: OwnerItem::Function(index), purpose }
    }

    /// Creates the owner of an id that belongs to the resource with this index in `App::resources`.
    pub(crate) const fn for_resource(index: usize, purpose: Purpose) -> Self {
        Self { item: OwnerItem::Resource(index), purpose }
    }

    /// Creates the owner of an id that belongs to the HTTP API.
    pub(crate) const fn for_api(purpose: Purpose) -> Self {
        Self { item: OwnerItem::Api, purpose }
    }

    /// Returns whether the owned resource may contain references that the user wrote.
    pub(crate) fn has_users_properties(&self, app: &App) -> bool {
        match self.item {
            OwnerItem::Function(index) => {
                let function = &app.functions[index];
                !function.properties.is_empty()
                    || function.settings.has_text_references()
                    || app.defaults.has_text_references()
            }
            OwnerItem::Resource(index) => {
                let resource = &app.resources[index];
                !resource.properties.is_empty() || !resource.policy.is_empty()
            }
            OwnerItem::Api => false,
        }
    }

    /// Returns the index in `App::functions` of the function that owns the resource, if a function does.
    pub(crate) const fn function_index(&self) -> Option<usize> {
        match self.item {
            OwnerItem::Function(index) => Some(index),
            OwnerItem::Resource(_) | OwnerItem::Api => None,
        }
    }

    /// Returns the place in the item's attribute where a problem with the logical id is reported.
    pub(crate) fn problem_place(&self) -> PlaceInItem {
        let key = |key: &str| PlaceInItem::Key(key.to_owned());
        match &self.purpose {
            Purpose::Event(_, cause) | Purpose::Beside(_, cause) => match cause {
                Cause::Trigger(index) => PlaceInItem::Trigger(*index),
                Cause::Resume => key("resume"),
                Cause::KeepWarm => key("keep_warm"),
                Cause::Alarms => key(function_keys::ALARMS),
                Cause::Deploy => key(function_keys::DEPLOY.name),
            },
            Purpose::PingRule | Purpose::PingPermission => key("keep_warm"),
            Purpose::Subscription(index) => key(&format!("{}.{index}", subscription::KEY)),
            Purpose::ConditionalRole
            | Purpose::Url
            | Purpose::Destination
            | Purpose::UserProperty(_) => key("properties"),
            Purpose::Itself
            | Purpose::Role
            | Purpose::LogGroup
            | Purpose::Version
            | Purpose::Alias
            | Purpose::InvokeConfig
            | Purpose::ScalableTarget
            | Purpose::ScalingPolicy
            | Purpose::Policy
            | Purpose::Key
            | Purpose::DeadLetters
            | Purpose::DeadLettersPolicy
            | Purpose::Stage
            | Purpose::Domain
            | Purpose::Mapping
            | Purpose::Record => key("id"),
        }
    }

    /// Describes the owned resource for messages: `` the log group of function `a` at src/main.rs:3 ``.
    pub(crate) fn describe(&self, app: &App) -> String {
        let whole = self.item.describe(app);
        match self.purpose.describe() {
            None => whole,
            Some(part) => format!("{part} of {whole}"),
        }
    }
}

impl Purpose {
    /// Returns whether several functions of a stack can share the resource: SAM generates it for `DeploymentPreference`.
    pub(crate) const fn is_shared(&self) -> bool {
        matches!(self, Self::UserProperty(_))
    }

    /// Describes the purpose for messages, such as `the log group`. Returns `None` if the resource is the owner
    /// itself.
    fn describe(&self) -> Option<String> {
        let what = match self {
            Self::Itself | Self::Stage => return None,
            Self::Event(name, _) => return Some(format!("the event `{name}`")),
            Self::Role | Self::ConditionalRole => "the role",
            Self::LogGroup => "the log group",
            Self::Version => "the version",
            Self::Alias => "the alias",
            Self::InvokeConfig => "the invoke configuration",
            Self::ScalableTarget => "the scalable target",
            Self::ScalingPolicy => "the scaling policy",
            Self::PingRule => "the rule that pings",
            Self::PingPermission => "the permission to ping",
            Self::Url => "the function URL",
            Self::Destination => "a destination",
            Self::Beside(what, _) | Self::UserProperty(what) => what,
            Self::Subscription(_) => "a subscription",
            Self::Policy => "the policy",
            Self::Key => "the key",
            Self::DeadLetters => "the dead-letter queue",
            Self::DeadLettersPolicy => "the policy of the dead-letter queue",
            Self::Domain => "the domain",
            Self::Mapping => "the mapping of the domain",
            Self::Record => "the record of the domain",
        };
        Some(what.to_owned())
    }
}

impl OwnerItem {
    /// Returns the item of the application that problems with the owner belong to; `None` for the HTTP API.
    pub(crate) fn item(self, app: &App) -> Option<ItemIndex> {
        match self {
            Self::Function(index) => Some(ItemIndex::Function(index)),
            // A function's own resource is declared in the function's attribute: the error has to be there.
            Self::Resource(index) => Some(
                app.resources[index].owner.map_or(ItemIndex::Resource(index), ItemIndex::Function),
            ),
            Self::Api => None,
        }
    }

    /// Describes the owner for messages, such as `` function `a` at src/main.rs:3 ``.
    fn describe(self, app: &App) -> String {
        let function = |index: usize| {
            let function = &app.functions[index];
            format!("function `{}` at {}", function.handler, function.origin)
        };
        match self {
            Self::Function(index) => function(index),
            Self::Resource(index) => {
                let resource = &app.resources[index];
                let kind = resource.kind().as_str();
                match resource.owner {
                    Some(owner) => format!("the {kind} of {}", function(owner)),
                    None => format!("{kind} `{}` at {}", resource.ident, resource.origin),
                }
            }
            Self::Api => "the HTTP API of the application".to_owned(),
        }
    }
}
