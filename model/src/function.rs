//! A Lambda function: its names, its settings, its triggers and its capabilities. This module also lists the
//! resources that a function names, each with the requirement that the resource has to fulfil.

use serde::Serialize;

use crate::access::{Access, Capability};
use crate::aws::alarms::{AgeMetric, AlarmSettings};
use crate::aws::function_keys;
use crate::aws::lambda_settings::{LambdaSettings, Outcome, ResultTarget};
use crate::aws::logs::{LogRetention, Logging, Tracing};
use crate::aws::mapping::failure_destination;
use crate::aws::name::{FunctionName, LogicalId};
use crate::aws::node::{Map, Node};
use crate::aws::value::{ArnReference, CfnValue};
use crate::deadline::DeadlineMargin;
use crate::idempotency::Idempotency;
use crate::keep_warm::KeepWarm;
use crate::location::{PlaceInItem, SourceLocation};
use crate::number_setting::ParameterSetting;
use crate::resource::ResourceKind;
use crate::resume::Resume;
use crate::settings::{Architecture, FunctionSettings, Timeout};
use crate::source::{Trigger, TriggerDestination, TriggerResource, dead_letters};
use crate::stack_layout::StackLayout;

/// The place of the topics that the alarms of a function notify.
pub(crate) const ALARM_TOPICS: &str = "alarms.to";

/// The suffix of the environment variable from which a function reads the name of a function that it invokes.
pub const VARIABLE_SUFFIX: &str = "FUNCTION_NAME";

/// A parameter of a handler that is the claims of the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimsParameter {
    /// The identifier of the authorizer's struct.
    #[serde(rename = "of")]
    pub authorizer: String,
    /// Whether the caller need not have claims.
    pub optional: bool,
    /// The index of the parameter.
    #[serde(skip)]
    pub parameter: usize,
}

/// A Lambda function of the application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Function {
    /// The logical id of the function's resource in the template.
    pub id: LogicalId,
    /// The value of `_HANDLER`, by which the binary finds the function: the path of the Rust function in its
    /// crate.
    pub handler: String,
    /// The name of the function in the account, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<FunctionName>,
    /// The description that the AWS console shows for the function, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The settings of the function. Settings that are not set here have the application's default, or else
    /// AWS's or Skylift's.
    pub settings: FunctionSettings,
    /// The triggers of the function, in the order of the source code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// The pings that keep the function warm, if the user set them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_warm: Option<KeepWarm>,
    /// The settings of idempotency, if the function processes each key once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotent: Option<Idempotency>,
    /// The settings of resuming, if the work of the function can continue in further invocations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume: Option<Resume>,
    /// The properties that the user wrote, which are merged over Skylift's properties.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub properties: Map,
    /// The capabilities of the function, in the order of the handler's parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<Capability>,
    /// The parameters of the handler that are claims of the caller.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimsParameter>,
    /// The index of the first parameter of the handler that is a `State<T>`, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<usize>,
    /// The binary that serves the function, if the package has several binaries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary: Option<String>,
    /// The location of the function in the source code.
    pub origin: SourceLocation,
    /// How the functions of its application are divided among stacks, which is part of the function's computed name.
    /// [`App::new`](crate::App::new) sets it.
    #[serde(skip)]
    pub stacks: StackLayout,
}

impl Function {
    /// Returns the timeout of the function: its own, the application's default, or Lambda's default.
    #[must_use]
    pub fn timeout(&self, defaults: &FunctionSettings) -> Timeout {
        self.settings.timeout.or(defaults.timeout).unwrap_or(Timeout::DEFAULT)
    }

    /// Returns the least timeout that the function can have. It is less than [`Function::timeout`] if the timeout is the
    /// value of a template parameter.
    #[must_use]
    pub fn least_timeout(&self, defaults: &FunctionSettings) -> u32 {
        let parameter = self.find_timeout_parameter(defaults).map(|it| it.least);
        parameter.unwrap_or_else(|| self.timeout(defaults).get())
    }

    /// Returns the name of the template parameter that is the timeout of the function, and `None` if none is.
    #[must_use]
    pub fn timeout_parameter<'a>(&'a self, defaults: &'a FunctionSettings) -> Option<&'a str> {
        self.find_timeout_parameter(defaults).map(|it| it.param.as_str())
    }

    fn find_timeout_parameter<'a>(
        &'a self,
        defaults: &'a FunctionSettings,
    ) -> Option<&'a ParameterSetting> {
        let settings = if self.settings.timeout.is_some() { &self.settings } else { defaults };
        settings.parameter_of(function_keys::TIMEOUT.name)
    }

    /// Returns the deadline margin of the function: its own, the application's default, or Skylift's default.
    #[must_use]
    pub fn deadline_margin(&self, defaults: &FunctionSettings) -> DeadlineMargin {
        let own = self.settings.deadline_margin.or(defaults.deadline_margin);
        let timeout = self.least_timeout(defaults);
        own.unwrap_or_else(|| DeadlineMargin::default_for(timeout, self.resume.is_some()))
    }

    /// Returns how long the function's logs are kept: its own setting, the application's default, or Skylift's
    /// default.
    #[must_use]
    pub fn log_retention(&self, defaults: &FunctionSettings) -> LogRetention {
        self.settings.log_retention.or(defaults.log_retention).unwrap_or(LogRetention::DEFAULT)
    }

    /// Returns the log configuration of the function, with the application's defaults for what it does not set.
    #[must_use]
    pub fn logging(&self, defaults: &FunctionSettings) -> Logging {
        let own = &self.settings;
        Logging::new(
            own.log_format.or(defaults.log_format),
            own.log_level.or(defaults.log_level),
            own.system_log_level.or(defaults.system_log_level),
        )
    }

    /// Returns whether Lambda sends the traces of the function to X-Ray.
    #[must_use]
    pub fn is_traced(&self, defaults: &FunctionSettings) -> bool {
        let mode = self.settings.tracing.or(defaults.tracing);
        mode.is_some_and(|mode| mode != Tracing::Disabled)
    }

    /// Returns whether the function counts its cold starts. By default, it does if it has a setting that avoids
    /// cold starts.
    #[must_use]
    pub fn counts_cold_starts(&self, defaults: &FunctionSettings) -> bool {
        let avoids_them =
            self.keep_warm.is_some() || self.settings.provisioned_concurrency.is_some();
        self.settings.cold_start_metric.or(defaults.cold_start_metric).unwrap_or(avoids_them)
    }

    /// Returns whether others invoke the function through an alias: it has provisioned concurrency, or its traffic moves to a
    /// new version step by step.
    #[must_use]
    pub const fn has_alias(&self) -> bool {
        self.settings.provisioned_concurrency.is_some() || self.settings.lambda.deploy.is_some()
    }

    /// Returns the name of the Rust function, without its modules.
    #[must_use]
    pub fn ident(&self) -> &str {
        self.handler.rsplit("::").next().unwrap_or(&self.handler)
    }

    /// Returns the name of the environment variable from which other functions read the name of this function.
    #[must_use]
    pub fn variable_name(&self) -> String {
        self.id.variable_name(VARIABLE_SUFFIX)
    }

    /// Returns the resources that the function names, each with the place that names it and the requirement
    /// that it has to fulfil.
    #[must_use]
    pub fn resource_uses(&self) -> Vec<ResourceUse<'_>> {
        let mut uses = Vec::new();
        for (index, trigger) in self.triggers.iter().enumerate() {
            if let Some(TriggerResource { key, ident, kind }) = trigger.resource() {
                let at = PlaceInItem::trigger_key(index, key);
                uses.push(ResourceUse { at, ident, requirement: Requirement::Kind(kind) });
            }
            for TriggerResource { key, ident, kind } in trigger.secrets() {
                let at = PlaceInItem::trigger_key(index, key);
                uses.push(ResourceUse { at, ident, requirement: Requirement::Kind(kind) });
            }
            if let Some(ident) = trigger.on_failure().and_then(ArnReference::declared) {
                let at = PlaceInItem::trigger_key(index, failure_destination::KEY);
                uses.push(ResourceUse { at, ident, requirement: Requirement::Destination });
            }
            if let Some(ident) = trigger.dead_letters().and_then(ArnReference::declared) {
                let at = PlaceInItem::trigger_key(index, dead_letters::KEY);
                let requirement = Requirement::Kind(ResourceKind::Queue);
                uses.push(ResourceUse { at, ident, requirement });
            }
            if let Some(TriggerDestination { key, ident }) = trigger.error_action() {
                let at = PlaceInItem::trigger_key(index, key);
                uses.push(ResourceUse { at, ident, requirement: Requirement::ErrorAction });
            }
        }
        for (key, value) in &self.settings.env {
            if let CfnValue::Resource(ident) = value {
                let at = PlaceInItem::Env(key.to_string());
                uses.push(ResourceUse { at, ident, requirement: Requirement::Anything });
            }
        }
        for (statement, allow) in self.settings.allow.iter().enumerate() {
            for (at, value) in allow.placed_values(statement) {
                if let CfnValue::Resource(ident) = value {
                    uses.push(ResourceUse { at, ident, requirement: Requirement::Anything });
                }
            }
        }
        for outcome in Outcome::ALL {
            if let Some(ResultTarget::Declared(ident)) = self.settings.lambda.target(outcome) {
                let at = PlaceInItem::key(outcome.key());
                uses.push(ResourceUse { at, ident, requirement: Requirement::Result(outcome) });
            }
        }
        let alarms = self.settings.lambda.alarm_settings();
        uses.extend(alarms.into_iter().flat_map(ResourceUse::of_alarms));
        if let Some(ident) = self.idempotent.as_ref().and_then(|it| it.store.as_deref()) {
            uses.push(ResourceUse {
                at: PlaceInItem::Store,
                ident,
                requirement: Requirement::Kind(ResourceKind::Table),
            });
        }
        let capabilities = self.capabilities.iter().filter(|it| it.access != Access::Invoke);
        uses.extend(capabilities.map(|Capability { access, target, parameter, .. }| ResourceUse {
            at: PlaceInItem::Param(*parameter),
            ident: target,
            requirement: Requirement::Access(*access),
        }));
        uses
    }

    /// Returns the functions that this function invokes, each as the index of the parameter and the identifier
    /// of the invoked function.
    pub fn invokes(&self) -> impl Iterator<Item = (usize, &str)> {
        let invokers = self.capabilities.iter().filter(|it| it.access == Access::Invoke);
        invokers.map(|it| (it.parameter, it.target.as_str()))
    }

    /// Returns the name of the log group that the user set in the function's `properties`. Returns `None` if the user set
    /// none: the function then has a log group of its own.
    #[must_use]
    pub fn user_log_group(&self) -> Option<&Node> {
        let Some(Node::Map(logging)) = self.properties.get("LoggingConfig") else { return None };
        logging.get("LogGroup").filter(|name| **name != Node::Null)
    }

    /// Returns Lambda's own settings of the function, with the application's defaults for what it does not set.
    #[must_use]
    pub fn lambda_settings(&self, defaults: &FunctionSettings) -> LambdaSettings {
        self.settings.lambda.with_defaults(&defaults.lambda)
    }

    /// Adds the properties of all functions for what the function does not set, with a property or with a key.
    pub(crate) fn add_default_properties(&mut self, defaults: &Map) {
        if defaults.is_empty() {
            return;
        }
        let mut all = defaults.clone();
        for (property, key) in function_keys::optionally_keyed_properties() {
            if self.settings.lambda.sets(key) {
                all.remove_path(property);
            }
        }
        all.merge(std::mem::take(&mut self.properties));
        self.properties = all;
    }

    /// Returns the metrics that have the age of the function's events, each once. A function without triggers is invoked
    /// asynchronously, or by a caller that waits.
    #[must_use]
    pub fn age_metrics(&self) -> Vec<AgeMetric> {
        if self.triggers.is_empty() {
            return vec![AgeMetric::AsyncEventAge];
        }
        let mut metrics = Vec::new();
        for metric in self.triggers.iter().filter_map(Trigger::age_metric) {
            if !metrics.contains(&metric) {
                metrics.push(metric);
            }
        }
        metrics
    }

    /// Returns whether at least one alarm follows from these settings: a threshold of a metric that the function has.
    #[must_use]
    pub fn has_alarms(&self, alarms: &AlarmSettings) -> bool {
        alarms.errors.is_some()
            || alarms.throttles.is_some()
            || alarms.duration.is_some()
            || (alarms.age.is_some() && !self.age_metrics().is_empty())
            || (alarms.offset_lag.is_some() && self.reads_kafka())
    }

    /// Returns whether Lambda reads a Kafka topic for the function.
    #[must_use]
    pub fn reads_kafka(&self) -> bool {
        self.triggers.iter().any(|trigger| trigger.kafka_mapping().is_some())
    }

    /// Returns the processor architecture of the function, if the function or the application's defaults set
    /// one.
    #[must_use]
    pub fn architecture(&self, defaults: &FunctionSettings) -> Option<Architecture> {
        self.settings.architecture.or(defaults.architecture)
    }
}

/// A resource that a function names, with the place that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceUse<'a> {
    /// The place in the function that names the resource.
    pub at: PlaceInItem,
    /// The identifier of the resource's struct.
    pub ident: &'a str,
    /// The requirement that the resource has to fulfil at this place.
    pub requirement: Requirement,
}

impl<'a> ResourceUse<'a> {
    /// Returns the topics that alarms notify.
    pub(crate) fn of_alarms(alarms: &'a AlarmSettings) -> impl Iterator<Item = Self> {
        alarms.topics().map(|ident| Self {
            at: PlaceInItem::key(ALARM_TOPICS),
            ident,
            requirement: Requirement::Kind(ResourceKind::Topic),
        })
    }
}

/// The requirement that a resource has to fulfil at the place that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// A resource of any kind.
    Anything,
    /// A resource of this kind.
    Kind(ResourceKind),
    /// A failure destination, to which Lambda can send failed records.
    Destination,
    /// A resource to which a rule of AWS IoT can send errors.
    ErrorAction,
    /// A resource to which Lambda can send these results of asynchronous invocations.
    Result(Outcome),
    /// A resource that offers this access.
    Access(Access),
}

impl Requirement {
    /// Returns whether a resource of this kind fulfils the requirement.
    #[must_use]
    pub fn accepts(self, kind: ResourceKind) -> bool {
        match self {
            Self::Anything => true,
            Self::Kind(wanted) => wanted == kind,
            // AWS IoT sends to the same kinds as Lambda, among others.
            Self::Destination | Self::ErrorAction => kind.failure_destination().is_some(),
            Self::Result(outcome) => kind.results().contains(&outcome),
            Self::Access(access) => !kind.calls(access).is_empty(),
        }
    }
}
