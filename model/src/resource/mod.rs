//! The resources that an application declares: one file for each kind, and one list of all kinds.
//! [`ResourceKind`] and [`ResourceSettings`] are generated from this list.

pub mod bucket;
pub mod bus;
mod existing;
pub mod identity;
mod kind_definition;
pub mod parameter;
pub mod queue;
pub mod secret;
pub mod state_machine;
pub mod stream;
pub mod table;
pub mod topic;
pub mod view;

use serde::Serialize;

pub use existing::Existing;
pub use identity::{KnownBy, ResourceIdentity};
pub use kind_definition::{FailureDestination, KindDefinition};
pub use view::{View, ViewPart};

use crate::access::Access;
use crate::aws::arn::Arn;
use crate::aws::iam::{ApiCall, CallGroup};
use crate::aws::lambda_settings::Outcome;
use crate::aws::limits;
use crate::aws::name::{InvalidName, LogicalId};
use crate::aws::node::Map;
use crate::aws::parameter_content::ParameterContent;
use crate::aws::value::CfnValue;
use crate::location::SourceLocation;
use crate::message::Message;
use crate::number_setting::{NumberFields, NumberParameters};

/// A resource of the application, which the user declared or Skylift added for a function.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resource {
    /// The identifier of the resource's struct, by which triggers and handlers name the resource.
    pub ident: String,
    /// The logical id of the resource in the template.
    pub id: LogicalId,
    /// The kind of the resource with the settings of that kind.
    #[serde(flatten)]
    pub settings: ResourceSettings,
    /// The existing resource that the struct names. `None` if the template creates the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing: Option<Existing>,
    /// The part of another resource that the struct names. `None` if the struct is a whole resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<View>,
    /// Whether CloudFormation retains the resource when the stack is deleted, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retain: Option<bool>,
    /// The properties that the user wrote, which are merged over Skylift's properties.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub properties: Map,
    /// The ARN of the KMS key that encrypts the resource, if it is set. The key is one of the user's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key: Option<CfnValue>,
    /// The statements that the user adds to the resource's own policy.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policy: Vec<Map>,
    /// The statements of the policy of the table's stream.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stream_policy: Vec<Map>,
    /// The index of the function for which Skylift added the resource. `None` if the user declared the
    /// resource.
    #[serde(skip)]
    pub owner: Option<usize>,
    /// The location of the resource in the source code.
    pub origin: SourceLocation,
}

impl Resource {
    /// The key of the attribute that sets the KMS key of the resource.
    pub const KMS_KEY: &'static str = "kms_key";

    /// Returns the kind of the resource.
    #[must_use]
    pub const fn kind(&self) -> ResourceKind {
        self.settings.kind()
    }

    /// Returns the name of the environment variable through which a function finds the resource:
    /// `UPLOADS_BUCKET_NAME`.
    #[must_use]
    pub fn variable_name(&self) -> String {
        Existing::variable_name(self.existing.as_ref(), &self.id, self.kind())
    }

    /// Returns whether CloudFormation retains the resource when the stack is deleted: the user's setting, or
    /// the default of the kind.
    #[must_use]
    pub fn is_retained(&self) -> bool {
        self.retain.unwrap_or_else(|| self.kind().is_retained_by_default())
    }

    /// Returns whether the resource is FIFO, by its settings or by the name of the existing resource.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        match &self.existing {
            Some(Existing::Name(name) | Existing::Arn(name)) => self.kind().is_fifo_name(name),
            Some(Existing::Param(_) | Existing::Overlay(_) | Existing::Env(_)) | None => {
                self.settings.is_fifo()
            }
        }
    }

    /// Returns the name of the resource in the account. Returns `None` if the name is not known before the
    /// deployment.
    #[must_use]
    pub fn physical_name(&self) -> Option<&str> {
        match &self.existing {
            Some(Existing::Name(name)) => Some(name),
            Some(Existing::Arn(arn)) => name_from_arn(arn),
            Some(Existing::Param(_) | Existing::Overlay(_) | Existing::Env(_)) => None,
            None => self.settings.name(),
        }
    }
}

/// Returns the name from the ARN of a resource of any kind. Returns `None` if the text is not the ARN of such a
/// resource. The name of a secret includes the six characters that Secrets Manager has appended.
#[must_use]
pub fn name_from_arn(arn: &str) -> Option<&str> {
    ResourceKind::ALL.iter().find_map(|kind| kind.name_from_arn(arn))
}

/// Passes the list of resource kinds to another macro, one line for each kind: the module and its type. The other
/// crates register their files of each kind by it.
#[doc(hidden)]
#[macro_export]
macro_rules! for_each_resource_kind {
    ($with:ident) => {
        $with! {
            bucket: Bucket,
            bus: Bus,
            parameter: Parameter,
            queue: Queue,
            secret: Secret,
            state_machine: StateMachine,
            stream: Stream,
            table: Table,
            topic: Topic,
        }
    };
}

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        /// The kinds of resources that an application can declare.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ResourceKind {
            $(
                #[doc = concat!("`", stringify!($module), "`")]
                $Kind,
            )*
        }

        impl ResourceKind {
            /// The names of all kinds of resources in the grammar.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($module),)*];

            /// All kinds of resources.
            pub const ALL: &'static [Self] = &[$(Self::$Kind,)*];

            /// Returns the name of the kind in the grammar.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Kind => stringify!($module),)*
                }
            }

            /// Returns the name of the kind's type in the runtime: `Bucket`.
            #[must_use]
            pub const fn runtime_name(self) -> &'static str {
                match self {
                    $(Self::$Kind => stringify!($Kind),)*
                }
            }

            /// Returns the name of the kind with its article, for messages: `a bucket`.
            #[must_use]
            pub const fn with_article(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::WITH_ARTICLE,)*
                }
            }

            /// Returns the minimal content of `#[resource(…)]` that declares a resource of this kind.
            #[must_use]
            pub const fn minimal_declaration(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::MINIMAL_DECLARATION,)*
                }
            }

            /// Returns the suffix of the environment variable through which a function finds the resource.
            #[must_use]
            pub const fn variable_suffix(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::VARIABLE_SUFFIX,)*
                }
            }

            /// Returns the content of a template parameter that names an existing resource of this kind.
            #[must_use]
            pub const fn parameter_content(self) -> ParameterContent {
                match self {
                    $(Self::$Kind => $module::$Kind::PARAMETER,)*
                }
            }

            /// Returns the CloudFormation types of resources of this kind. New resources have the first type; a
            /// resource of the overlay may have any of them. `Ref` returns the same identifier for all of them.
            #[must_use]
            pub const fn cloudformation_types(self) -> &'static [&'static str] {
                match self {
                    $(Self::$Kind => $module::$Kind::CLOUDFORMATION_TYPES,)*
                }
            }

            /// Returns the service name in the ARNs of this kind.
            #[must_use]
            pub const fn arn_service(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::ARN_SERVICE,)*
                }
            }

            /// Returns the text before the name in the last part of the kind's ARNs, which can be empty.
            #[must_use]
            pub const fn arn_prefix(self) -> &'static str {
                match self {
                    $(Self::$Kind => $module::$Kind::ARN_PREFIX,)*
                }
            }

            /// Returns whether the ARNs of this kind have neither a region nor an account, because the names
            /// are globally unique.
            #[must_use]
            pub const fn is_global(self) -> bool {
                match self {
                    $(Self::$Kind => $module::$Kind::ARN_IS_GLOBAL,)*
                }
            }

            /// Returns whether the kind has FIFO resources, whose names end in `.fifo`.
            #[must_use]
            pub const fn can_be_fifo(self) -> bool {
                match self {
                    $(Self::$Kind => $module::$Kind::CAN_BE_FIFO,)*
                }
            }

            /// Returns the results of asynchronous invocations that Lambda can send to a resource of this kind.
            #[must_use]
            pub const fn results(self) -> &'static [Outcome] {
                match self {
                    $(Self::$Kind => $module::$Kind::RESULTS,)*
                }
            }

            /// Returns how Lambda sends failed records to a resource of this kind. Returns `None` if the kind
            /// cannot be a failure destination.
            #[must_use]
            pub const fn failure_destination(self) -> Option<FailureDestination> {
                match self {
                    $(Self::$Kind => $module::$Kind::FAILURE_DESTINATION,)*
                }
            }

            /// Returns the property of CloudFormation that sets the KMS key of a resource of this kind. Returns `None`
            /// if CloudFormation cannot set it.
            #[must_use]
            pub const fn key_property(self) -> Option<&'static str> {
                match self {
                    $(Self::$Kind => $module::$Kind::KEY_PROPERTY,)*
                }
            }

            /// Returns whether CloudFormation retains a resource of this kind by default when the stack is
            /// deleted.
            #[must_use]
            pub const fn is_retained_by_default(self) -> bool {
                match self {
                    $(Self::$Kind => $module::$Kind::RETAINED_BY_DEFAULT,)*
                }
            }

            /// Checks that an existing resource of this kind can have this name.
            ///
            /// # Errors
            ///
            /// Returns an error if no resource of this kind can have the name.
            pub fn check_name(self, name: &str) -> Result<(), InvalidName> {
                match self {
                    $(Self::$Kind => $module::$Kind::check_name(name),)*
                }
            }

            /// Returns the resource's name from the last part of an ARN of this kind, without a check of the
            /// name.
            fn name_in_arn(self, resource: &str) -> Option<&str> {
                match self {
                    $(Self::$Kind => $module::$Kind::name_in_arn(resource),)*
                }
            }

            /// Returns the API calls of the kind's typed client, for each access that the kind offers.
            const fn calls_by_access(self) -> &'static [(Access, &'static [&'static [ApiCall]])] {
                match self {
                    $(Self::$Kind => $module::$Kind::CALLS,)*
                }
            }
        }

        /// The settings of a resource of any kind.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ResourceSettings {
            $(
                #[doc = concat!("`", stringify!($module), "`")]
                $Kind($module::$Kind),
            )*
        }

        impl ResourceSettings {
            /// Returns the kind of the resource.
            #[must_use]
            pub const fn kind(&self) -> ResourceKind {
                match self {
                    $(Self::$Kind(_) => ResourceKind::$Kind,)*
                }
            }

            /// Returns the name of the resource in the account, if the user set one.
            #[must_use]
            pub fn name(&self) -> Option<&str> {
                match self {
                    $(Self::$Kind(it) => it.name(),)*
                }
            }

            /// Returns the numbers that are template parameters. Returns `None` if the kind has no such numbers.
            #[must_use]
            pub fn number_parameters(&self) -> Option<&NumberParameters> {
                match self {
                    $(Self::$Kind(it) => it.number_parameters(),)*
                }
            }

            /// Returns the numbers that template parameters can have. Returns `None` if the kind has no such numbers.
            pub(crate) fn numbers(&mut self) -> Option<NumberFields<'_>> {
                match self {
                    $(Self::$Kind(it) => it.numbers(),)*
                }
            }

            /// Returns the key of a number that is a parameter and does not fit another setting with its worst value,
            /// with the message.
            pub(crate) fn check_parameters(&self) -> Option<(&'static str, Message)> {
                match self {
                    $(Self::$Kind(it) => it.check_parameters(),)*
                }
            }

            /// Returns whether the typed client of the resource makes the call, if its kind has it.
            #[must_use]
            pub fn makes(&self, call: &ApiCall) -> bool {
                match self {
                    $(Self::$Kind(it) => it.makes(call),)*
                }
            }

            /// Returns whether the settings declare a FIFO resource.
            #[must_use]
            pub fn is_fifo(&self) -> bool {
                match self {
                    $(Self::$Kind(it) => it.is_fifo(),)*
                }
            }
        }
    };
}

for_each_resource_kind!(resources);

impl ResourceKind {
    /// Returns the API calls that the kind's typed client makes for this access. The list is empty if the kind
    /// does not offer the access.
    #[must_use]
    pub fn calls(self, access: Access) -> Vec<ApiCall> {
        let lists = self.calls_by_access().iter().find(|(offered, _)| *offered == access);
        lists.map_or_else(Vec::new, |(_, lists)| lists.concat())
    }

    /// Returns the groups of calls to which a capability with this access can be narrowed, each once. The list is empty
    /// if the access cannot be narrowed.
    #[must_use]
    pub fn call_groups(self, access: Access) -> Vec<CallGroup> {
        let mut groups = Vec::new();
        for group in self.calls(access).iter().filter_map(|call| call.group) {
            if access.can_be_narrowed() && !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    /// Returns the type names of the capabilities that the kind offers.
    #[must_use]
    pub fn capabilities(self) -> Vec<&'static str> {
        let offered = Access::ALL.into_iter().filter(|access| !self.calls(*access).is_empty());
        offered.map(Access::capability).collect()
    }

    /// Returns the resource's name from an ARN. Returns `None` if the text is not the ARN of a resource of this
    /// kind.
    #[must_use]
    pub fn name_from_arn(self, arn: &str) -> Option<&str> {
        let arn = Arn::parse(arn)?;
        let is_located = if self.is_global() {
            arn.region.is_empty() && arn.account.is_empty()
        } else {
            arn.has_region_and_account()
        };
        if arn.service != self.arn_service() || !is_located {
            return None;
        }
        self.name_in_arn(arn.resource).filter(|name| self.check_name(name).is_ok())
    }

    /// Returns an example of an ARN of this kind, for messages.
    #[must_use]
    pub fn example_arn(self) -> String {
        let place = if self.is_global() { ":" } else { "eu-west-1:123456789012" };
        format!("arn:aws:{}:{place}:{}NAME", self.arn_service(), self.arn_prefix())
    }

    /// Returns whether a name or an ARN belongs to a FIFO resource of this kind.
    #[must_use]
    pub fn is_fifo_name(self, name: &str) -> bool {
        self.can_be_fifo() && name.ends_with(limits::FIFO_SUFFIX)
    }
}

#[cfg(test)]
mod tests;
