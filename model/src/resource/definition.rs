//! What a kind of resource says of itself, in the file of its name. It is one table for ARN, service, names
//! and calls, and a new kind has to fill in each entry.

use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::name::InvalidName;

/// How Lambda sends to a kind what a function could not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailureDestination {
    /// Its rank among such kinds: the order in which messages name them.
    pub rank: u8,
    /// The actions of IAM that Lambda needs on the resource itself.
    pub actions_on_itself: &'static [&'static str],
    /// The actions of IAM that Lambda needs on each object of the resource.
    pub actions_on_objects: &'static [&'static str],
}

/// What every kind says of itself.
pub trait ResourceDefinition {
    /// Its name with the article before it, for messages.
    const WITH_ARTICLE: &'static str;
    /// What stands in `#[resource(…)]` for the least that can be declared of it.
    const MINIMAL_DECLARATION: &'static str;
    /// What ends the name of the environment variable by which a function finds it.
    const VARIABLE_SUFFIX: &'static str;
    /// What a parameter of the template is that names an existing one.
    const PARAMETER_DESCRIPTION: &'static str;
    /// The service in its ARN.
    const ARN_SERVICE: &'static str;
    /// What stands before its name in its ARN's last part; empty where nothing does.
    const ARN_PREFIX: &'static str;
    /// Whether its ARN has neither a region nor an account, since no two in the world have one name.
    const ARN_IS_GLOBAL: bool;
    /// Whether it outlives its stack where nothing is said.
    const RETAINED_BY_DEFAULT: bool;
    /// Whether one can be CAN_BE_FIFO: the name of one that is ends in `.fifo`.
    const CAN_BE_FIFO: bool;
    /// How Lambda sends to it what a function could not take; none where Lambda sends nothing to it.
    const FAILURE_DESTINATION: Option<FailureDestination>;
    /// The calls that its typed client makes, for each access that it offers.
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])];

    /// Its name in the account, where the user fixed one.
    fn name(&self) -> Option<&str>;

    /// Whether it is FIFO.
    fn is_fifo(&self) -> bool;

    /// Whether one that exists can have this name.
    ///
    /// # Errors
    ///
    /// A name that none can have.
    fn check_name(name: &str) -> Result<(), InvalidName>;

    /// The name in the last part of its ARN, whether or not one can have it.
    #[must_use]
    fn name_in_arn(resource: &str) -> Option<&str> {
        resource.strip_prefix(Self::ARN_PREFIX)
    }
}
