//! Converts values that name no resource of the application to nodes of a template, as text or as intrinsic functions.

use skylift_model::aws::node::Node;
use skylift_model::aws::sub_text::{SubReference, SubText};
use skylift_model::aws::value::CfnValue;

/// Returns the node for a value. If the value is known only when the stack is deployed, the node is an intrinsic function or
/// a dynamic reference. It is null for a resource of the application.
pub(crate) fn lower_plain_value(value: &CfnValue) -> Node {
    match value {
        CfnValue::Literal(text) => Node::from(text),
        CfnValue::Sub(text) => lower_text(text),
        CfnValue::Param(name) => Node::reference(name.as_str()),
        CfnValue::Import(export) => Node::Tag("ImportValue", Box::new(Node::from(export.as_str()))),
        CfnValue::Ssm(path) => Node::from(format!("{{{{resolve:ssm:{path}}}}}")),
        CfnValue::Resource(_) => Node::Null,
    }
}

/// The names that SAM gives to resources that it generates, in the place of attributes: `Page.Alias`. In these, SAM
/// replaces `Ref` and `Fn::Sub` alone.
const SAM_NAMES: [&str; 5] = ["Alias", "DestinationQueue", "DestinationTopic", "Stage", "Version"];

/// Returns the node for a text with references: `Ref` or `Fn::GetAtt` if the text is one reference, and `Fn::Sub`
/// otherwise.
fn lower_text(text: &SubText) -> Node {
    match text.whole_reference() {
        Some(SubReference { id, attribute: None }) => Node::reference(id.as_str()),
        Some(SubReference { id, attribute: Some(attribute) })
            if !SAM_NAMES.contains(&attribute.as_str()) =>
        {
            Node::attribute(id, attribute)
        }
        _ => Node::sub(text.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_one_reference_has_the_short_form() {
        let lower = |text: &str| lower_plain_value(&CfnValue::Sub(SubText::parse(text).unwrap()));
        assert_eq!(lower("${Machine}"), Node::reference("Machine"));
        assert_eq!(lower("${Db.Endpoint.Address}"), Node::attribute("Db", "Endpoint.Address"));
        for text in ["${A}${B}", "${A}/*", "${AWS::Region}", "${Page.Alias}", "${!A}${B}"] {
            assert_eq!(lower(text), Node::sub(text), "{text}");
        }
    }
}
