//! The kind `bus` of resources: an event bus of EventBridge. This module has the settings and the definition
//! of the kind.

use serde::Serialize;

use super::kind_definition::{FailureDestination, KindDefinition};
use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::lambda_settings::Outcome;
use crate::aws::limits;
use crate::aws::name::{BusName, InvalidName};
use crate::aws::parameter_content::{NameLetters, ParameterContent};
use crate::message::Message;
use crate::messages::values as messages;

/// The `source` of the events that an application publishes to a bus. It is not empty, and does not begin with
/// the prefix of AWS's own services, from which EventBridge accepts no events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct EventSource(String);

impl EventSource {
    /// Returns the source as EventBridge gets it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for EventSource {
    type Error = Message;

    fn try_from(source: &str) -> Result<Self, Message> {
        if source.trim().is_empty() {
            return Err(messages::empty_event_source());
        }
        if source.starts_with(limits::EVENT_SOURCE_RESERVED_PREFIX) {
            return Err(messages::reserved_event_source(source));
        }
        Ok(Self(source.to_owned()))
    }
}

/// The settings of an event bus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bus {
    /// The name of the event bus, if the user set one. `None` means that the template computes a name that no
    /// other stack has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<BusName>,
    /// The `source` of the events that the application publishes, if the user set one. `None` means the name of
    /// the package. The source does not appear in the template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<EventSource>,
}

impl KindDefinition for Bus {
    const WITH_ARTICLE: &'static str = "a bus";
    const MINIMAL_DECLARATION: &'static str = "bus";
    const VARIABLE_SUFFIX: &'static str = "BUS_NAME";
    const CLOUDFORMATION_TYPES: &'static [&'static str] = &["AWS::Events::EventBus"];
    const PARAMETER: ParameterContent = ParameterContent::name(
        "Name of an event bus",
        NameLetters::Path,
        &(1..=limits::BUS_NAME_LEN),
    );
    const ARN_SERVICE: &'static str = "events";
    const ARN_PREFIX: &'static str = "event-bus/";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = false;
    const CAN_BE_FIFO: bool = false;
    const RESULTS: &'static [Outcome] = &[Outcome::Success, Outcome::Failure];
    const FAILURE_DESTINATION: Option<FailureDestination> = None;
    const KEY_PROPERTY: Option<&'static str> = Some("KmsKeyIdentifier");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_a_text_that_does_not_belong_to_aws() {
        for right in ["shop.orders", "com.acme.shop", "aws", "awsome.shop", "Shop Orders"] {
            assert_eq!(EventSource::try_from(right).unwrap().as_str(), right);
        }
        for wrong in ["", " ", "aws.", "aws.s3"] {
            assert!(EventSource::try_from(wrong).is_err(), "{wrong}");
        }
    }
}
