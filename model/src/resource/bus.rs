//! `bus`: an event bus of EventBridge.

use serde::Serialize;

use super::Declared;
use crate::access::{Access, Call};
use crate::name::{BusName, InvalidName};

/// What was set on an event bus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bus {
    /// Its name, where the user fixed one; else the template computes one that no stack shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<BusName>,
}

impl Declared for Bus {
    const VARIABLE: &'static str = "BUS_NAME";
    const PARAMETER: &'static str = "Name of an event bus";
    const SERVICE: &'static str = "events";
    const ARN: &'static str = "event-bus/";

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(BusName::as_str)
    }

    fn is_name(name: &str) -> Result<(), InvalidName> {
        BusName::existing(name).map(drop)
    }

    fn calls(access: Access) -> Vec<Call> {
        match access {
            Access::Publish => vec![Call::new("PutEvents", "events:PutEvents")],
            _ => Vec::new(),
        }
    }
}
