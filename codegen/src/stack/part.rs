//! The owner of a logical id: an item of the application, and the part that a resource plays for it.
//! It gives the place of a problem with the id, and the words by which a message names the resource.

use skylift_model::App;
use skylift_model::problem::{At, Item};

/// What a resource is to the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) owner: Owner,
    pub(crate) purpose: Purpose,
}

/// What a resource belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Owner {
    /// `App::functions[_]`.
    Function(usize),
    /// `App::resources[_]`, whether declared or brought by a function.
    Resource(usize),
    /// The application's HTTP API.
    Api,
}

/// What a resource is to its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The function, the resource or the API itself.
    Itself,
    /// What the function's code may do.
    Role,
    /// The same, which SAM makes for the case that the user's own role is none.
    ConditionalRole,
    LogGroup,
    Version,
    Alias,
    InvokeConfig,
    ScalableTarget,
    ScalingPolicy,
    /// What invokes the function, by the name of the event.
    Event(String, Cause),
    PingRule,
    PingPermission,
    /// A resource beside the function, which SAM has no event for: what it is, with its article.
    Beside(&'static str, Cause),
    /// A function URL, which the user's `properties` ask for, and its permissions.
    Url,
    /// A queue or topic for the outcomes of asynchronous invocations.
    Destination,
    /// Anything else that the user's `properties` ask for.
    OfProperties(&'static str),
    /// The policy of the resource.
    Policy,
    DeadLetters,
    DeadLettersPolicy,
    /// The stage of the API.
    Stage,
}

/// Where an event of a function comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The trigger of this index.
    Trigger(usize),
    /// `resume`.
    Resume,
    /// `keep_warm`.
    KeepWarm,
}

impl Part {
    /// A part of the function with this index.
    pub(crate) const fn of_function(index: usize, purpose: Purpose) -> Self {
        Self { owner: Owner::Function(index), purpose }
    }

    /// A part of the resource with this index.
    pub(crate) const fn of_resource(index: usize, purpose: Purpose) -> Self {
        Self { owner: Owner::Resource(index), purpose }
    }

    /// A part of the HTTP API.
    pub(crate) const fn of_api(purpose: Purpose) -> Self {
        Self { owner: Owner::Api, purpose }
    }

    /// Whether properties of the user's own may be in it.
    pub(crate) fn has_users_properties(&self, app: &App) -> bool {
        match self.owner {
            Owner::Function(index) => !app.functions[index].properties.is_empty(),
            Owner::Resource(index) => !app.resources[index].properties.is_empty(),
            Owner::Api => false,
        }
    }

    /// Where a problem with it is reported.
    pub(crate) fn at(&self) -> At {
        let key = |key: &str| At::Key(key.to_owned());
        match &self.purpose {
            Purpose::Event(_, cause) | Purpose::Beside(_, cause) => match cause {
                Cause::Trigger(index) => At::Trigger(*index),
                Cause::Resume => key("resume"),
                Cause::KeepWarm => key("keep_warm"),
            },
            Purpose::PingRule | Purpose::PingPermission => key("keep_warm"),
            Purpose::ConditionalRole
            | Purpose::Url
            | Purpose::Destination
            | Purpose::OfProperties(_) => key("properties"),
            Purpose::Itself
            | Purpose::Role
            | Purpose::LogGroup
            | Purpose::Version
            | Purpose::Alias
            | Purpose::InvokeConfig
            | Purpose::ScalableTarget
            | Purpose::ScalingPolicy
            | Purpose::Policy
            | Purpose::DeadLetters
            | Purpose::DeadLettersPolicy
            | Purpose::Stage => key("id"),
        }
    }

    /// As a message names it: `` the log group of function `a` at src/main.rs:3 ``.
    pub(crate) fn describe(&self, app: &App) -> String {
        let whole = self.owner.describe(app);
        match self.purpose.describe() {
            None => whole,
            Some(part) => format!("{part} of {whole}"),
        }
    }
}

impl Purpose {
    /// What it is, in front of what it belongs to; none for that itself.
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
            Self::Beside(what, _) | Self::OfProperties(what) => what,
            Self::Policy => "the policy",
            Self::DeadLetters => "the dead-letter queue",
            Self::DeadLettersPolicy => "the policy of the dead-letter queue",
        };
        Some(what.to_owned())
    }
}

impl Owner {
    /// The item that a problem with it belongs to; none for the API.
    pub(crate) fn item(self, app: &App) -> Option<Item> {
        match self {
            Self::Function(index) => Some(Item::Function(index)),
            // What a function brings belongs to it, for the reader and for the error.
            Self::Resource(index) => {
                Some(app.resources[index].owner.map_or(Item::Resource(index), Item::Function))
            }
            Self::Api => None,
        }
    }

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
            Self::Api => "the HTTP API that SAM makes".to_owned(),
        }
    }
}
