//! A schedule: a rule of EventBridge with its permission.

use skylift_model::aws::node::{Map, Node};
use skylift_model::source::schedule::Schedule;

use super::lowered::{Lowered, Of, Source};
use super::rule;

impl Source for Schedule {
    fn lower(&self, of: &Of<'_>, to: &mut Lowered) {
        let mut properties = Map::new().with("ScheduleExpression", self.expression.as_str());
        properties.set_some("Name", self.name.as_ref().map(|name| name.as_str()));
        properties.set_some("Description", self.description.as_deref());
        if !self.enabled {
            properties.set("State", "DISABLED");
        }
        rule::event("Schedule", properties, self.input.as_ref().map(json), of, to);
    }
}

/// EventBridge takes an input as text. A tree that was read from tokens always has a JSON text.
fn json(node: &Node) -> String {
    serde_json::to_string(node).unwrap_or_default()
}
