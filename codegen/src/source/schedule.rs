//! A schedule is SAM's `Schedule` event: a rule of EventBridge with its permission.

use skylift_model::aws::node::{Map, Node};
use skylift_model::source::schedule::Schedule;
use skylift_model::{App, Function};

use super::{Emitted, Event, EventType};

pub(super) fn emit(schedule: &Schedule, _function: &Function, _app: &App) -> Emitted {
    let mut properties = Map::new().with("Schedule", schedule.expression.as_str());
    properties.set_some("Name", schedule.name.as_ref().map(|name| name.as_str()));
    properties.set_some("Description", schedule.description.as_deref());
    if !schedule.enabled {
        properties.set("State", "DISABLED");
    }
    properties.set_some("Input", schedule.input.as_ref().map(json));
    let event = Event { stem: "Schedule".to_owned(), kind: EventType::Schedule, properties };
    Emitted { events: vec![event], ..Emitted::default() }
}

/// EventBridge takes an input as text. A tree that was read from tokens always has a JSON text.
fn json(node: &Node) -> String {
    serde_json::to_string(node).unwrap_or_default()
}
