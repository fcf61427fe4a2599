//! A schedule is SAM's `Schedule` event: a rule of EventBridge with its permission.

use skylift_model::node::{Map, Node};
use skylift_model::schedule::Schedule as Expression;
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
    Emitted { events: vec![event("Schedule", properties)], ..Emitted::default() }
}

/// The tick of `keep_warm`: its input names the function, so that the runtime knows it for its own.
pub(crate) fn keep_warm(expression: &Expression, function: &Function) -> Event {
    let detail = Map::new().with("keep-warm", function.id.as_str());
    let input = Map::new()
        .with("version", "0")
        .with("detail-type", "Scheduled Event")
        .with("source", "aws.events")
        .with("resources", Vec::<Node>::new())
        .with("detail", detail);
    event(
        "KeepWarm",
        Map::new().with("Schedule", expression.as_str()).with("Input", json(&input.into())),
    )
}

fn event(stem: &str, properties: Map) -> Event {
    Event { stem: stem.to_owned(), kind: EventType::Schedule, properties }
}

/// EventBridge takes an input as text. A tree that was read from tokens always has a JSON text.
fn json(node: &Node) -> String {
    serde_json::to_string(node).unwrap_or_default()
}
