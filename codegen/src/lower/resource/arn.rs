//! Builds ARNs for templates. It takes a kind and a name and returns a text for `Sub`, or appends a suffix to
//! another ARN.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::ResourceKind;

/// Returns the ARN of a resource of the stack's account and region, as a text for `Sub`. The caller must escape a
/// name from the user with `escape_sub`.
pub(crate) fn arn_in_account(kind: ResourceKind, name: &str) -> String {
    let (service, prefix) = (kind.arn_service(), kind.arn_prefix());
    let place = if kind.is_global() { ":" } else { "${AWS::Region}:${AWS::AccountId}" };
    // A hierarchical name begins with a slash; the ARN has that slash only once.
    let prefix = if name.starts_with('/') { prefix.trim_end_matches('/') } else { prefix };
    format!("arn:${{AWS::Partition}}:{service}:{place}:{prefix}{name}")
}

/// Returns the ARN `whole`, a text or an intrinsic function, with `suffix` appended.
pub(crate) fn append_to_arn(whole: &Node, suffix: &str) -> Node {
    let escaped = escape_sub(suffix);
    match whole {
        Node::Str(arn) => Node::Str(format!("{arn}{suffix}")),
        Node::Tag("Sub", argument) => match &**argument {
            Node::Str(text) => Node::sub(format!("{text}{escaped}")),
            Node::Seq(items) => {
                let mut items = items.clone();
                if let Some(Node::Str(text)) = items.first_mut() {
                    text.push_str(&escaped);
                }
                Node::Tag("Sub", Box::new(Node::Seq(items)))
            }
            other => other.clone(),
        },
        Node::Tag("Ref" | "GetAtt", argument) => match &**argument {
            Node::Str(name) => Node::sub(format!("${{{name}}}{escaped}")),
            other => other.clone(),
        },
        // An intrinsic function in its long form, as users write it.
        Node::Map(_) => {
            let text = Node::from(format!("${{Arn}}{escaped}"));
            let whole = Map::new().with("Arn", whole.clone());
            Node::Tag("Sub", Box::new(Node::Seq(vec![text, whole.into()])))
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_is_appended_to_every_form_of_an_arn() {
        let json = |arn: &Node| serde_json::to_string(&append_to_arn(arn, "/*")).unwrap();
        assert_eq!(json(&Node::from("arn:a")), r#""arn:a/*""#);
        assert_eq!(json(&Node::sub("${A}:b")), r#"{"Fn::Sub":"${A}:b/*"}"#);
        assert_eq!(json(&Node::attribute("A", "Arn")), r#"{"Fn::Sub":"${A.Arn}/*"}"#);
        assert_eq!(json(&Node::reference("A")), r#"{"Fn::Sub":"${A}/*"}"#);
        let long = Node::from(Map::new().with("Ref", "A"));
        assert_eq!(json(&long), r#"{"Fn::Sub":["${Arn}/*",{"Arn":{"Ref":"A"}}]}"#);
        let with_variables = Node::Tag("Sub", Box::new(Node::Seq(vec!["${A}".into(), Node::Null])));
        assert_eq!(json(&with_variables), r#"{"Fn::Sub":["${A}/*",null]}"#);
    }

    #[test]
    fn the_arn_of_a_parameter_has_one_slash_before_its_name() {
        assert!(
            arn_in_account(ResourceKind::Parameter, "/app/key").ends_with(":parameter/app/key")
        );
        assert!(arn_in_account(ResourceKind::Parameter, "key").ends_with(":parameter/key"));
    }
}
