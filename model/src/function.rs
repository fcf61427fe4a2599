//! A Lambda function: its names, its settings, and what triggers it.

use serde::Serialize;

use crate::access::{Access, Capability};
use crate::aws::logs::{LogRetention, Logging, Tracing};
use crate::aws::mapping::failure_destination;
use crate::aws::name::{FunctionName, LogicalId};
use crate::aws::node::Map;
use crate::aws::value::{ArnReference, CfnValue};
use crate::deadline::DeadlineMargin;
use crate::idempotency::Idempotency;
use crate::keep_warm::KeepWarm;
use crate::location::{PlaceInItem, SourceLocation};
use crate::resource::ResourceKind;
use crate::resume::Resume;
use crate::settings::{Architecture, FunctionSettings, Timeout};
use crate::source::{Trigger, TriggerResource};

/// What ends the name of the environment variable by which a function finds another.
pub const VARIABLE_SUFFIX: &str = "FUNCTION_NAME";

/// A function of the application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Function {
    /// The id of its resource in the template.
    pub id: LogicalId,
    /// What `_HANDLER` says and the binary looks up: the path of the Rust function in its crate.
    pub handler: String,
    /// Its name in the account, where the user fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<FunctionName>,
    /// What the console shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What was set on it.
    pub settings: FunctionSettings,
    /// What invokes it, in the order written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// The pings that keep it warm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_warm: Option<KeepWarm>,
    /// What it does once for a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotent: Option<Idempotency>,
    /// How its work goes on in further invocations, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume: Option<Resume>,
    /// Properties of the user's own, merged over ours.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub properties: Map,
    /// What its parameters let it do with resources and other functions, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<Capability>,
    /// The index of the first parameter that is a `State<T>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<usize>,
    /// The binary that serves it, where the package has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary: Option<String>,
    /// Where it stands in the source.
    pub origin: SourceLocation,
}

impl Function {
    /// The timeout that holds, with the application's defaults in view.
    #[must_use]
    pub fn timeout(&self, defaults: &FunctionSettings) -> Timeout {
        self.settings.timeout.or(defaults.timeout).unwrap_or(Timeout::DEFAULT)
    }

    /// The time before its timeout at which it stops to work, with the application's defaults in view.
    #[must_use]
    pub fn deadline_margin(&self, defaults: &FunctionSettings) -> DeadlineMargin {
        let own = self.settings.deadline_margin.or(defaults.deadline_margin);
        let timeout = self.timeout(defaults).get();
        own.unwrap_or_else(|| DeadlineMargin::default_for(timeout, self.resume.is_some()))
    }

    /// For how long its logs are kept.
    #[must_use]
    pub fn log_retention(&self, defaults: &FunctionSettings) -> LogRetention {
        self.settings.log_retention.or(defaults.log_retention).unwrap_or(LogRetention::DEFAULT)
    }

    /// How it logs.
    #[must_use]
    pub fn logging(&self, defaults: &FunctionSettings) -> Logging {
        let own = &self.settings;
        Logging::new(
            own.log_format.or(defaults.log_format),
            own.log_level.or(defaults.log_level),
            own.system_log_level.or(defaults.system_log_level),
        )
    }

    /// Whether Lambda sends traces of it to X-Ray.
    #[must_use]
    pub fn is_traced(&self, defaults: &FunctionSettings) -> bool {
        let mode = self.settings.tracing.or(defaults.tracing);
        mode.is_some_and(|mode| mode != Tracing::Disabled)
    }

    /// Whether it counts its cold starts: where it does something against them, unless it says.
    #[must_use]
    pub fn counts_cold_starts(&self, defaults: &FunctionSettings) -> bool {
        let acts = self.keep_warm.is_some() || self.settings.provisioned_concurrency.is_some();
        self.settings.cold_start_metric.or(defaults.cold_start_metric).unwrap_or(acts)
    }

    /// The name of the Rust function, without the modules that it stands in.
    #[must_use]
    pub fn ident(&self) -> &str {
        self.handler.rsplit("::").next().unwrap_or(&self.handler)
    }

    /// The environment variable by which others find it.
    #[must_use]
    pub fn variable_name(&self) -> String {
        self.id.variable_name(VARIABLE_SUFFIX)
    }

    /// The resources that it names, and where.
    #[must_use]
    pub fn resource_uses(&self) -> Vec<ResourceUse<'_>> {
        let mut uses = Vec::new();
        for (index, trigger) in self.triggers.iter().enumerate() {
            if let Some(TriggerResource { key, ident, kind }) = trigger.resource() {
                let at = PlaceInItem::trigger_key(index, key);
                uses.push(ResourceUse { at, ident, requirement: Requirement::Kind(kind) });
            }
            if let Some(ident) = trigger.on_failure().and_then(ArnReference::declared) {
                let at = PlaceInItem::trigger_key(index, failure_destination::KEY);
                uses.push(ResourceUse { at, ident, requirement: Requirement::Destination });
            }
        }
        for (key, value) in &self.settings.env {
            if let CfnValue::Resource(ident) = value {
                let at = PlaceInItem::Env(key.to_string());
                uses.push(ResourceUse { at, ident, requirement: Requirement::Anything });
            }
        }
        for (statement, allow) in self.settings.allow.iter().enumerate() {
            for (resource, value) in allow.resources.iter().enumerate() {
                if let CfnValue::Resource(ident) = value {
                    let at = PlaceInItem::Allow { statement, resource };
                    uses.push(ResourceUse { at, ident, requirement: Requirement::Anything });
                }
            }
        }
        if let Some(ident) = self.idempotent.as_ref().and_then(|it| it.store.as_deref()) {
            uses.push(ResourceUse {
                at: PlaceInItem::Store,
                ident,
                requirement: Requirement::Kind(ResourceKind::Table),
            });
        }
        let capabilities = self.capabilities.iter().filter(|it| it.access != Access::Invoke);
        uses.extend(capabilities.map(|Capability { access, target, parameter }| ResourceUse {
            at: PlaceInItem::Param(*parameter),
            ident: target,
            requirement: Requirement::Access(*access),
        }));
        uses
    }

    /// The functions that it invokes: the index of the parameter, and their identifiers.
    pub fn invokes(&self) -> impl Iterator<Item = (usize, &str)> {
        let invokers = self.capabilities.iter().filter(|it| it.access == Access::Invoke);
        invokers.map(|it| (it.parameter, it.target.as_str()))
    }

    /// The architecture that was asked for, if any was.
    #[must_use]
    pub fn architecture(&self, defaults: &FunctionSettings) -> Option<Architecture> {
        self.settings.architecture.or(defaults.architecture)
    }
}

/// A place where a function names a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceUse<'a> {
    /// Where.
    pub at: PlaceInItem,
    /// The identifier of the resource's struct.
    pub ident: &'a str,
    /// What it has to be there.
    pub requirement: Requirement,
}

/// What a resource has to be where it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// Any resource will do.
    Anything,
    /// One of this kind.
    Kind(ResourceKind),
    /// One that Lambda can send to what the function could not take.
    Destination,
    /// One that offers this.
    Access(Access),
}

impl Requirement {
    /// Whether a resource of this kind will do.
    #[must_use]
    pub fn accepts(self, kind: ResourceKind) -> bool {
        match self {
            Self::Anything => true,
            Self::Kind(wanted) => wanted == kind,
            Self::Destination => kind.failure_destination().is_some(),
            Self::Access(access) => !kind.calls(access).is_empty(),
        }
    }
}
