//! Writes nested stacks as resources of the application's stack. A nested stack has its template in a local file, which
//! `sam package` or `aws cloudformation package` uploads.

use skylift_model::aws::node::{Map, Node};
use skylift_syntax::handoff::layout;

use super::TemplateWriters;
use super::resource::{KEY_DEPTH, PROPERTY_DEPTH};
use super::yaml::Writer;
use crate::stack::NestedStack;

/// Writes a nested stack to both templates.
pub(super) fn write_nested_stack(stack: &NestedStack, writers: &mut TemplateWriters) {
    let file = layout::nested_template(layout::NESTED_TEMPLATES, stack.number);
    write_resource(stack, &file, &stack.arguments, &mut writers.sam);
    let Some(plain) = &mut writers.plain else { return };
    let mut arguments = Map::new();
    for name in &stack.code_parameters {
        arguments.push(name.as_str(), Node::reference(name.as_str()));
    }
    for (name, value) in stack.arguments.iter() {
        arguments.push(name, value.clone());
    }
    let file = layout::nested_template(layout::NESTED_CLOUDFORMATION, stack.number);
    write_resource(stack, &file, &arguments, plain);
}

/// Writes a nested stack with this template and these parameters.
fn write_resource(stack: &NestedStack, file: &str, arguments: &Map, to: &mut Writer) {
    to.begin_entry();
    to.write_key(&NestedStack::id(stack.number), 2);
    to.write_text("Type", "AWS::CloudFormation::Stack", KEY_DEPTH);
    if !stack.depends_on.is_empty() {
        let ids: Vec<Node> = stack.depends_on.iter().map(Node::from).collect();
        to.write_entry("DependsOn", &ids.into(), KEY_DEPTH);
    }
    to.write_key("Properties", KEY_DEPTH);
    to.write_entry("TemplateURL", &file.into(), PROPERTY_DEPTH);
    if !arguments.is_empty() {
        to.write_entry("Parameters", &arguments.clone().into(), PROPERTY_DEPTH);
    }
}
