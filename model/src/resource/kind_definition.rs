//! The trait [`KindDefinition`], which the settings of each kind of resource implement in the kind's file:
//! names, ARN, API calls and defaults of the kind. A new kind has to define everything that has no default.

use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::lambda_settings::Outcome;
use crate::aws::name::InvalidName;
use crate::aws::parameter_content::ParameterContent;
use crate::message::Message;
use crate::number_setting::{NumberFields, NumberParameters};

/// How Lambda sends failed records to a resource of a kind that can be a failure destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailureDestination {
    /// The position of the kind in messages that list all kinds that can be a failure destination.
    pub rank: u8,
    /// The IAM actions that Lambda needs on the resource itself.
    pub actions_on_itself: &'static [&'static str],
    /// The IAM actions that Lambda needs on the objects of the resource.
    pub actions_on_objects: &'static [&'static str],
}

/// The definition of a kind of resource.
pub trait KindDefinition {
    /// The name of the kind with its article, for messages.
    const WITH_ARTICLE: &'static str;
    /// The minimal content of `#[resource(…)]` that declares a resource of this kind.
    const MINIMAL_DECLARATION: &'static str;
    /// The suffix of the environment variable through which a function finds the resource.
    const VARIABLE_SUFFIX: &'static str;
    /// The CloudFormation types of resources of this kind. New resources have the first type; a resource of the
    /// overlay may have any of them. `Ref` returns the same identifier for all of them.
    const CLOUDFORMATION_TYPES: &'static [&'static str];
    /// The content of a template parameter that names an existing resource of this kind.
    const PARAMETER: ParameterContent;
    /// The service name in the ARNs of this kind.
    const ARN_SERVICE: &'static str;
    /// The text before the name in the last part of the kind's ARNs, which can be empty.
    const ARN_PREFIX: &'static str;
    /// Whether the ARNs of this kind have neither a region nor an account, because the names are globally
    /// unique.
    const ARN_IS_GLOBAL: bool;
    /// Whether CloudFormation retains a resource of this kind by default when the stack is deleted.
    const RETAINED_BY_DEFAULT: bool;
    /// Whether the kind has FIFO resources, whose names end in `.fifo`.
    const CAN_BE_FIFO: bool;
    /// The results of asynchronous invocations that Lambda can send to a resource of this kind.
    const RESULTS: &'static [Outcome];
    /// How Lambda sends failed records to a resource of this kind. `None` if the kind cannot be a failure
    /// destination.
    const FAILURE_DESTINATION: Option<FailureDestination>;
    /// The property of CloudFormation that sets the KMS key of the resource. `None` if CloudFormation cannot set it.
    const KEY_PROPERTY: Option<&'static str>;
    /// The API calls of the kind's typed client, for each access that the kind offers.
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])];

    /// Returns the name of the resource in the account, if the user set one.
    fn name(&self) -> Option<&str>;

    /// Returns the numbers that are template parameters. Returns `None` if the kind has no such numbers.
    fn number_parameters(&self) -> Option<&NumberParameters> {
        None
    }

    /// Returns the numbers that template parameters can have. Returns `None` if the kind has no such numbers.
    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        None
    }

    /// Returns the key of a number that is a parameter and does not fit another setting with its worst value, with the
    /// message. Returns `None` if all numbers fit.
    fn check_parameters(&self) -> Option<(&'static str, Message)> {
        None
    }

    /// Returns whether the settings declare a FIFO resource.
    fn is_fifo(&self) -> bool;

    /// Returns whether the typed client of a resource with these settings makes the call, if its kind has it.
    fn makes(&self, _call: &ApiCall) -> bool {
        true
    }

    /// Checks that an existing resource of this kind can have this name.
    ///
    /// # Errors
    ///
    /// Returns an error if no resource of this kind can have the name.
    fn check_name(name: &str) -> Result<(), InvalidName>;

    /// Returns the resource's name from the last part of its ARN, without a check of the name. Returns `None`
    /// if this part of the ARN does not belong to the kind.
    #[must_use]
    fn name_in_arn(resource: &str) -> Option<&str> {
        resource.strip_prefix(Self::ARN_PREFIX)
    }
}
