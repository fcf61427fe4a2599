//! What an application declares beside its functions: a file for each kind, registered here in one line.

pub mod bucket;
pub mod bus;
mod definition;
pub mod parameter;
pub mod queue;
pub mod secret;
pub mod stream;
pub mod table;
pub mod topic;

use serde::Serialize;

pub use definition::{FailureDestination, ResourceDefinition};

use crate::access::Access;
use crate::aws::arn::Arn;
use crate::aws::iam::ApiCall;
use crate::aws::limits;
use crate::aws::name::{InvalidName, LogicalId, ParameterName};
use crate::aws::node::Map;
use crate::location::SourceLocation;

/// A resource of the application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resource {
    /// The identifier of its struct, by which triggers and handlers name it.
    pub ident: String,
    /// The id of its resource in the template.
    pub id: LogicalId,
    /// What it is, and what was set on it.
    #[serde(flatten)]
    pub settings: ResourceSettings,
    /// Which one it is, where it exists already and the template does not make it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing: Option<Existing>,
    /// Whether it outlives its stack, where the user said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retain: Option<bool>,
    /// Properties of the user's own, merged over ours.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub properties: Map,
    /// The function that brought it, by a bare trigger or for what it does once: its index.
    #[serde(skip)]
    pub owner: Option<usize>,
    /// Where it stands in the source.
    pub origin: SourceLocation,
}

/// A resource that exists already, or that a template of the user's own makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Existing {
    /// By its name.
    Name(String),
    /// By its ARN.
    Arn(String),
    /// Given to the template when it is deployed: what it is, its kind's `PARAMETER` says.
    Param(ParameterName),
    /// The resource of this id in the package's overlay, and so in the same stack.
    Overlay(LogicalId),
}

impl Resource {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> ResourceKind {
        self.settings.kind()
    }

    /// The environment variable by which a function finds it: `UPLOADS_BUCKET_NAME`.
    #[must_use]
    pub fn variable_name(&self) -> String {
        self.id.variable_name(self.kind().variable_suffix())
    }

    /// Whether it outlives its stack.
    #[must_use]
    pub fn is_retained(&self) -> bool {
        self.retain.unwrap_or_else(|| self.kind().is_retained_by_default())
    }

    /// Whether it is FIFO, as what was set on it says, or the name of one that exists.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        match &self.existing {
            Some(Existing::Name(name) | Existing::Arn(name)) => self.kind().is_fifo_name(name),
            Some(Existing::Param(_) | Existing::Overlay(_)) | None => self.settings.is_fifo(),
        }
    }

    /// Its name in the account, where it is known already.
    #[must_use]
    pub fn physical_name(&self) -> Option<&str> {
        match &self.existing {
            Some(Existing::Name(name)) => Some(name),
            Some(Existing::Arn(arn)) => name_from_arn(arn),
            Some(Existing::Param(_) | Existing::Overlay(_)) => None,
            None => self.settings.name(),
        }
    }
}

/// The name in the ARN of a resource, whatever its kind; none in any other ARN. That of a secret ends
/// in six characters which Secrets Manager has added.
#[must_use]
pub fn name_from_arn(arn: &str) -> Option<&str> {
    ResourceKind::ALL.iter().find_map(|kind| kind.name_from_arn(arn))
}

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        /// The kinds of resources.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ResourceKind {
            $(
                #[doc = concat!("`", stringify!($module), "`")]
                $Kind,
            )*
        }

        impl ResourceKind {
            /// The names of all kinds, as the grammar has them.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($module),)*];

            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$Kind,)*];

            /// The kind's name in the grammar.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Kind => stringify!($module),)*
                }
            }

            /// The runtime's name for the kind: `Bucket`.
            #[must_use]
            pub const fn runtime_name(self) -> &'static str {
                match self {
                    $(Self::$Kind => stringify!($Kind),)*
                }
            }

            /// Its name with the article before it, for messages: `a bucket`.
            #[must_use]
            pub const fn with_article(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::WITH_ARTICLE,)*
                }
            }

            /// What stands in `#[resource(…)]` for the least that can be declared of it.
            #[must_use]
            pub const fn minimal_declaration(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::MINIMAL_DECLARATION,)*
                }
            }

            /// What ends the name of the environment variable by which a function finds it.
            #[must_use]
            pub const fn variable_suffix(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::VARIABLE_SUFFIX,)*
                }
            }

            /// What a parameter of the template is that names an existing one.
            #[must_use]
            pub const fn parameter_description(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::PARAMETER_DESCRIPTION,)*
                }
            }

            /// The service in its ARN.
            #[must_use]
            pub const fn arn_service(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::ARN_SERVICE,)*
                }
            }

            /// What stands before its name in its ARN's last part.
            #[must_use]
            pub const fn arn_prefix(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::ARN_PREFIX,)*
                }
            }

            /// Whether its ARN has neither a region nor an account, since no two in the world have one name.
            #[must_use]
            pub const fn is_global(self) -> bool {
                match self {
                    $(Self::$Kind => $module::$Kind::ARN_IS_GLOBAL,)*
                }
            }

            /// Whether one can be FIFO: the name of one that is ends in `.fifo`.
            #[must_use]
            pub const fn can_be_fifo(self) -> bool {
                match self {
                    $(Self::$Kind => $module::$Kind::CAN_BE_FIFO,)*
                }
            }

            /// How Lambda sends to it what a function could not take; none where Lambda sends nothing to it.
            #[must_use]
            pub const fn failure_destination(self) -> Option<FailureDestination> {
                match self {
                    $(Self::$Kind => $module::$Kind::FAILURE_DESTINATION,)*
                }
            }

            /// Whether it outlives its stack where nothing is said.
            #[must_use]
            pub const fn is_retained_by_default(self) -> bool {
                match self {
                    $(Self::$Kind => $module::$Kind::RETAINED_BY_DEFAULT,)*
                }
            }

            /// Whether one that exists can have this name.
            ///
            /// # Errors
            ///
            /// A name that none can have.
            pub fn check_name(self, name: &str) -> Result<(), InvalidName> {
                match self {
                    $(Self::$Kind => $module::$Kind::check_name(name),)*
                }
            }

            fn name_in_arn(self, resource: &str) -> Option<&str> {
                match self {
                    $(Self::$Kind => $module::$Kind::name_in_arn(resource),)*
                }
            }

            /// The calls that its typed client makes, for each access that it offers.
            const fn calls_by_access(self) -> &'static [(Access, &'static [&'static [ApiCall]])] {
                match self {
                    $(Self::$Kind => $module::$Kind::CALLS,)*
                }
            }
        }

        /// What was set on a resource.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ResourceSettings {
            $(
                #[doc = concat!("`", stringify!($module), "`")]
                $Kind($module::$Kind),
            )*
        }

        impl ResourceSettings {
            /// The kind of the resource.
            #[must_use]
            pub const fn kind(&self) -> ResourceKind {
                match self {
                    $(Self::$Kind(_) => ResourceKind::$Kind,)*
                }
            }

            /// Its name in the account, where the user fixed one.
            #[must_use]
            pub fn name(&self) -> Option<&str> {
                match self {
                    $(Self::$Kind(it) => it.name(),)*
                }
            }

            /// Whether it is FIFO.
            #[must_use]
            pub fn is_fifo(&self) -> bool {
                match self {
                    $(Self::$Kind(it) => it.is_fifo(),)*
                }
            }
        }
    };
}

resources! {
    bucket: Bucket,
    bus: Bus,
    parameter: Parameter,
    queue: Queue,
    secret: Secret,
    stream: Stream,
    table: Table,
    topic: Topic,
}

impl ResourceKind {
    /// The calls that its typed client makes for this access; none where it offers none.
    #[must_use]
    pub fn calls(self, access: Access) -> Vec<ApiCall> {
        let lists = self.calls_by_access().iter().find(|(offered, _)| *offered == access);
        lists.map_or_else(Vec::new, |(_, lists)| lists.concat())
    }

    /// The capabilities that it offers, by the names of their types.
    #[must_use]
    pub fn capabilities(self) -> Vec<&'static str> {
        let offered = Access::ALL.into_iter().filter(|access| !self.calls(*access).is_empty());
        offered.map(Access::capability).collect()
    }

    /// The name in the ARN of a resource of this kind; none in any other ARN.
    #[must_use]
    pub fn name_from_arn(self, arn: &str) -> Option<&str> {
        let arn = Arn::parse(arn)?;
        let placed = if self.is_global() {
            arn.region.is_empty() && arn.account.is_empty()
        } else {
            arn.has_region_and_account()
        };
        if arn.service != self.arn_service() || !placed {
            return None;
        }
        self.name_in_arn(arn.resource).filter(|name| self.check_name(name).is_ok())
    }

    /// What the ARN of one looks like, for messages.
    #[must_use]
    pub fn example_arn(self) -> String {
        let place = if self.is_global() { ":" } else { "eu-west-1:123456789012" };
        format!("arn:aws:{}:{place}:{}NAME", self.arn_service(), self.arn_prefix())
    }

    /// Whether a name, or an ARN, is that of a FIFO resource of this kind.
    #[must_use]
    pub fn is_fifo_name(self, name: &str) -> bool {
        self.can_be_fifo() && name.ends_with(limits::FIFO_SUFFIX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_the_arn_of_every_kind() {
        let cases = [
            ("arn:aws:s3:::acme", ResourceKind::Bucket, "acme"),
            ("arn:aws:sqs:eu-west-1:123456789012:jobs", ResourceKind::Queue, "jobs"),
            ("arn:aws-cn:sns:cn-north-1:123456789012:news.fifo", ResourceKind::Topic, "news.fifo"),
            ("arn:aws:dynamodb:eu-west-1:123456789012:table/orders", ResourceKind::Table, "orders"),
            (
                "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks",
                ResourceKind::Stream,
                "clicks",
            ),
            ("arn:aws:events:eu-west-1:123456789012:event-bus/events", ResourceKind::Bus, "events"),
            (
                "arn:aws:ssm:eu-west-1:123456789012:parameter/app/key",
                ResourceKind::Parameter,
                "/app/key",
            ),
            (
                "arn:aws:ssm:eu-west-1:123456789012:parameter/limit",
                ResourceKind::Parameter,
                "limit",
            ),
            (
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf",
                ResourceKind::Secret,
                "key-AbCdEf",
            ),
        ];
        for (arn, kind, name) in cases {
            assert_eq!(kind.name_from_arn(arn), Some(name), "{arn}");
            assert_eq!(name_from_arn(arn), Some(name), "{arn}");
            let others = ResourceKind::ALL.iter().filter(|other| **other != kind);
            assert!(others.into_iter().all(|other| other.name_from_arn(arn).is_none()), "{arn}");
        }
        for none in [
            "",
            "jobs",
            "arn:aws:sqs",
            "arn:aws:sqs:eu-west-1:123456789012:a/b c",
            "arn:aws:sqs:::jobs",
        ] {
            assert_eq!(name_from_arn(none), None, "{none}");
        }
        assert_eq!(name_from_arn("arn:aws:dynamodb:eu-west-1:123456789012:export/orders"), None);
        assert_eq!(name_from_arn("arn:aws:s3:eu-west-1:123456789012:acme"), None);
    }

    #[test]
    fn the_form_of_an_arn_is_one_of_its_kind() {
        for kind in ResourceKind::ALL.iter().copied() {
            let arn = kind.example_arn().replace("NAME", "name");
            assert_eq!(kind.name_from_arn(&arn), Some("name"), "{arn}");
        }
    }

    #[test]
    fn the_runtimes_name_for_a_kind_is_that_of_the_grammar_in_capitals() {
        for kind in ResourceKind::ALL {
            assert_eq!(kind.runtime_name().to_lowercase(), kind.as_str().replace('_', ""));
            assert!(kind.runtime_name().starts_with(|first: char| first.is_ascii_uppercase()));
        }
    }

    #[test]
    fn every_kind_offers_something_and_asks_for_exact_actions() {
        for kind in ResourceKind::ALL {
            assert!(!kind.capabilities().is_empty(), "{}", kind.as_str());
            for call in Access::ALL.into_iter().flat_map(|access| kind.calls(access)) {
                let (service, action) = call.action.split_once(':').unwrap();
                assert_eq!(service, kind.arn_service(), "{}", call.action);
                assert!(action.chars().all(|it| it.is_ascii_alphanumeric()), "{}", call.action);
                assert!(!call.operation.is_empty(), "{}", call.action);
            }
        }
    }

    #[test]
    fn reading_and_writing_together_grant_what_each_grants_alone() {
        for kind in
            ResourceKind::ALL.iter().filter(|kind| !kind.calls(Access::ReadWrite).is_empty())
        {
            let both = [kind.calls(Access::Read), kind.calls(Access::Write)].concat();
            assert_eq!(kind.calls(Access::ReadWrite), both, "{}", kind.as_str());
        }
    }

    #[test]
    fn no_kind_lets_a_reader_write() {
        for kind in ResourceKind::ALL {
            let write = kind.calls(Access::Write);
            for call in kind.calls(Access::Read) {
                assert!(write.iter().all(|other| other.action != call.action), "{}", call.action);
            }
        }
    }
}
