//! The kind `bus` of resources: an event bus of EventBridge. This module has the settings and the definition
//! of the kind.

use serde::Serialize;

use super::kind_definition::{FailureDestination, KindDefinition};
use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::name::{BusName, InvalidName};

/// The settings of an event bus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bus {
    /// The name of the event bus, if the user set one. `None` means that the template computes a name that no
    /// other stack has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<BusName>,
}

impl KindDefinition for Bus {
    const WITH_ARTICLE: &'static str = "a bus";
    const MINIMAL_DECLARATION: &'static str = "bus";
    const VARIABLE_SUFFIX: &'static str = "BUS_NAME";
    const PARAMETER_DESCRIPTION: &'static str = "Name of an event bus";
    const ARN_SERVICE: &'static str = "events";
    const ARN_PREFIX: &'static str = "event-bus/";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = false;
    const CAN_BE_FIFO: bool = false;
    const FAILURE_DESTINATION: Option<FailureDestination> = None;
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] =
        &[(Access::Publish, &[&[ApiCall::new("PutEvents", "events:PutEvents")]])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(BusName::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        BusName::parse_existing(name).map(drop)
    }
}
