//! `bus`: an event bus of EventBridge.

use serde::Serialize;

use super::declared::{Declared, Destination};
use crate::access::Access;
use crate::aws::iam::Call;
use crate::aws::name::{BusName, InvalidName};

/// What was set on an event bus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bus {
    /// Its name, where the user fixed one; else the template computes one that no stack shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<BusName>,
}

impl Declared for Bus {
    const WITH_ARTICLE: &'static str = "a bus";
    const DECLARATION: &'static str = "bus";
    const VARIABLE: &'static str = "BUS_NAME";
    const PARAMETER: &'static str = "Name of an event bus";
    const SERVICE: &'static str = "events";
    const ARN: &'static str = "event-bus/";
    const GLOBAL: bool = false;
    const RETAINED: bool = false;
    const FIFO: bool = false;
    const DESTINATION: Option<Destination> = None;
    const CALLS: &'static [(Access, &'static [&'static [Call]])] =
        &[(Access::Publish, &[&[Call::new("PutEvents", "events:PutEvents")]])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(BusName::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn is_name(name: &str) -> Result<(), InvalidName> {
        BusName::existing(name).map(drop)
    }
}
