//! The sources that can trigger a function: one file for each source, and one list of all sources. The list also
//! registers the files of the other crates that are read at build time. Other code gets what it needs to know about a
//! source from a [`Trigger`], or from the [`SourceFacts`] of the source.

pub mod alexa;
mod batch_concurrency;
pub mod cognito;
pub mod custom_resource;
pub mod dead_letters;
pub mod deployment_hook;
pub mod documentdb;
pub mod dynamodb;
pub mod event;
mod facts;
pub mod http;
pub mod iot;
pub mod kafka;
pub mod kinesis;
mod located_trigger;
mod log_group;
pub mod logs;
pub mod mq;
pub mod msk;
mod payload_schema;
mod pool_trigger;
pub mod rule_target;
pub mod s3;
pub mod schedule;
pub mod scheduler;
pub mod sns;
pub mod sqs;
mod topic_trigger;
mod trigger_source;
pub mod url;
pub(crate) mod waiting_service;

use std::ops::{Deref, DerefMut};

use serde::Serialize;

pub use batch_concurrency::BatchConcurrency;
pub use facts::{EventType, InvocationMode, RecordContent, SourceFacts, SourceInfo};
pub use located_trigger::{LocatedTrigger, ResourcesByIdent, TriggeredFunction};
pub use log_group::LogGroup;
pub use payload_schema::PayloadSchema;
pub use trigger_source::{ResumeConflict, TriggerDestination, TriggerResource, TriggerSource};

use crate::aws::alarms::AgeMetric;
use crate::problem::Problems;
use crate::route::Route;

/// The name of the runtime's type for the event of a tumbling window, which all sources with streams share.
pub const WINDOW: &str = "Window";

/// Passes the list of sources to another macro, one line for each source: the module and the type of its triggers. The
/// other crates register their files of each source by it.
#[doc(hidden)]
#[macro_export]
macro_rules! for_each_source {
    ($with:ident) => {
        $with! {
            s3: S3,
            schedule: Schedule,
            event: EventRule,
            http: Http,
            url: Url,
            sqs: Sqs,
            sns: Sns,
            cognito: Cognito,
            kinesis: Kinesis,
            dynamodb: DynamoDb,
            logs: Logs,
            iot: Iot,
            alexa: Alexa,
            msk: Msk,
            kafka: Kafka,
            mq: Mq,
            documentdb: DocumentDb,
            custom_resource: CustomResource,
            deployment_hook: DeploymentHook,
        }
    };
}

macro_rules! sources {
    ($($module:ident: $Source:ident,)*) => {
        /// A trigger of a function, of any source.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Trigger {
            $(
                #[doc = concat!("`", stringify!($module), "`")]
                $Source($module::$Source),
            )*
        }

        impl Trigger {
            /// The names of all sources in the grammar.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($module),)*];

            /// All sources, each with its names and properties.
            pub const SOURCES: &'static [SourceInfo] = &[
                $(SourceInfo {
                    name: stringify!($module),
                    runtime_name: stringify!($Source),
                    facts: $module::FACTS,
                },)*
            ];

            /// Returns the name of the trigger's source in the grammar and in traces.
            #[must_use]
            pub const fn source(&self) -> &'static str {
                match self {
                    $(Self::$Source(_) => stringify!($module),)*
                }
            }

            /// Returns the properties that all triggers of this trigger's source share.
            #[must_use]
            pub const fn facts(&self) -> &'static SourceFacts {
                match self {
                    $(Self::$Source(_) => $module::FACTS,)*
                }
            }

            /// Runs the check of each source over the triggers of that source.
            pub(crate) fn check(
                all: &[LocatedTrigger<'_, Self>],
                resources: &ResourcesByIdent<'_>,
                problems: &mut Problems,
            ) {
                $({
                    let triggers: Vec<LocatedTrigger<'_, $module::$Source>> = all
                        .iter()
                        .filter_map(|located| {
                            let Self::$Source(trigger) = located.trigger else { return None };
                            Some(located.with_trigger(trigger))
                        })
                        .collect();
                    $module::$Source::check(&triggers, resources, problems);
                })*
                rule_target::check_rule_names(all, problems);
            }
        }

        impl Deref for Trigger {
            type Target = dyn TriggerSource;

            fn deref(&self) -> &Self::Target {
                match self {
                    $(Self::$Source(trigger) => trigger,)*
                }
            }
        }

        impl DerefMut for Trigger {
            fn deref_mut(&mut self) -> &mut Self::Target {
                match self {
                    $(Self::$Source(trigger) => trigger,)*
                }
            }
        }

        $(
            impl From<$module::$Source> for Trigger {
                fn from(trigger: $module::$Source) -> Self {
                    Self::$Source(trigger)
                }
            }
        )*
    };
}

for_each_source!(sources);

impl Trigger {
    /// Returns the event type with this name, and the first source that delivers it. Returns `None` if no source has
    /// such an event type.
    #[must_use]
    pub fn find_event(name: &str) -> Option<(&'static SourceInfo, EventType)> {
        Self::SOURCES.iter().find_map(|source| {
            let event = source.facts.events.iter().find(|event| event.name == name)?;
            Some((source, *event))
        })
    }

    /// Returns all sources that deliver the event type with this name. Only the events of Kafka have two.
    pub fn sources_of_event(name: &str) -> impl Iterator<Item = &'static SourceInfo> {
        Self::SOURCES.iter().filter(move |source| source.facts.has_event(name))
    }

    /// Returns the routes that the handler of these triggers serves. A function URL takes every path, or the routes that
    /// the function has as well.
    #[must_use]
    pub fn served_routes(triggers: &[Self]) -> Vec<&Route> {
        let is_url = |trigger: &&Self| matches!(trigger, Self::Url(_));
        let routes = triggers.iter().filter(|trigger| !is_url(trigger));
        let mut routes: Vec<&Route> = routes.filter_map(|trigger| trigger.route()).collect();
        if routes.is_empty() {
            routes.extend(triggers.iter().find(is_url).and_then(|trigger| trigger.route()));
        }
        routes
    }

    /// Returns the function URL among these triggers, with its index.
    #[must_use]
    pub fn find_url(triggers: &[Self]) -> Option<(usize, &url::Url)> {
        triggers.iter().enumerate().find_map(|(index, trigger)| match trigger {
            Self::Url(url) => Some((index, url)),
            _ => None,
        })
    }

    /// Returns how the trigger invokes the function.
    fn invocation(&self) -> InvocationMode {
        self.own_invocation().unwrap_or(self.facts().invocation)
    }

    /// Returns whether the trigger invokes the function asynchronously: no caller waits for the result, and
    /// Lambda drops an event after three attempts. In contrast, a queue or a stream keeps failed records, and
    /// the client of a request waits.
    #[must_use]
    pub fn invokes_asynchronously(&self) -> bool {
        matches!(self.invocation(), InvocationMode::Asynchronous | InvocationMode::Reported)
    }

    /// Returns the metric that has the age of the trigger's events. Returns `None` if no metric has it.
    #[must_use]
    pub fn age_metric(&self) -> Option<AgeMetric> {
        if self.invokes_asynchronously() {
            return Some(AgeMetric::AsyncEventAge);
        }
        self.polled_age_metric()
    }

    /// Returns whether the service that invokes the function waits for the answer, which is the event with its response
    /// filled in.
    #[must_use]
    pub fn expects_event_back(&self) -> bool {
        self.invocation() == InvocationMode::Answered
    }

    /// Returns whether the service that invokes the function waits for an answer that has a type of its own: the result
    /// of the invocation, or an answer that the runtime sends to the service.
    #[must_use]
    pub fn expects_answer(&self) -> bool {
        matches!(self.invocation(), InvocationMode::Synchronous | InvocationMode::Reported)
    }

    /// Returns the schema of the requests, if the trigger handles requests instead of events.
    #[must_use]
    pub const fn request_schema(&self) -> Option<&'static PayloadSchema> {
        match self.facts().invocation {
            InvocationMode::Request(schema) => Some(schema),
            InvocationMode::Asynchronous
            | InvocationMode::Answered
            | InvocationMode::Synchronous
            | InvocationMode::Reported
            | InvocationMode::Polled => None,
        }
    }

    /// Returns whether the trigger's events are ticks of a schedule, which can also keep the function warm.
    #[must_use]
    pub const fn is_tick(&self) -> bool {
        self.facts().is_tick
    }
}
