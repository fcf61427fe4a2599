//! An event bus, with a name that every part of the template can compute: its rules will call the
//! functions that publish to it.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::bus::Bus;
use skylift_model::resource::{Kind, Resource};
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use super::Emitted;
use super::arn::arn_of;
use super::computed::{self, Computed};

pub(super) fn emit(
    resource: &Resource,
    bus: &Bus,
    _consumers: &[(&Function, &Trigger)],
    _app: &App,
) -> Emitted {
    let properties = Map::new().with("Name", name(resource, bus));
    Emitted {
        resources: vec![super::itself(resource, "AWS::Events::EventBus", properties)],
        outputs: vec![super::output(resource.id.as_str(), "Name", "Name of the event bus")],
    }
}

pub(super) fn name(resource: &Resource, bus: &Bus) -> Node {
    match &bus.name {
        Some(name) => Node::from(name.as_str()),
        None => computed::sub(Computed::Bus.name(resource.id.as_str())),
    }
}

pub(super) fn arn(resource: &Resource, bus: &Bus) -> Node {
    match &bus.name {
        Some(name) => Node::sub(arn_of(Kind::Bus, &escape_sub(name.as_str()))),
        None => computed::sub(arn_of(Kind::Bus, &Computed::Bus.name(resource.id.as_str()))),
    }
}
