//! A parameter of Systems Manager: a plain text, with the value that the user gave it.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::parameter::Parameter;
use skylift_model::resource::{Kind, Resource};
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use super::Emitted;
use super::arn::arn_of;

pub(super) fn emit(
    resource: &Resource,
    parameter: &Parameter,
    _consumers: &[(&Function, &Trigger)],
    _app: &App,
) -> Emitted {
    let mut properties = Map::new();
    properties.set_some("Name", parameter.name.as_ref().map(|name| name.as_str()));
    properties.set("Type", "String");
    properties.set("Value", parameter.value.as_str());
    Emitted {
        resources: vec![super::itself(resource, "AWS::SSM::Parameter", properties)],
        outputs: vec![super::output(resource.id.as_str(), "Name", "Name of the parameter")],
    }
}

pub(super) fn name(resource: &Resource, _parameter: &Parameter) -> Node {
    Node::reference(resource.id.as_str())
}

/// CloudFormation tells no ARN of a parameter; a name that it makes up has no levels.
pub(super) fn arn(resource: &Resource, parameter: &Parameter) -> Node {
    match &parameter.name {
        Some(name) => Node::sub(arn_of(Kind::Parameter, &escape_sub(name.as_str()))),
        None => Node::sub(arn_of(Kind::Parameter, &format!("${{{}}}", resource.id))),
    }
}
