//! Lowers a trigger of a custom resource, which adds nothing to the templates: the resource is in the overlay, and
//! CloudFormation invokes its function with the permissions of whoever deploys the stack. Checks the resources of the
//! overlay whose `ServiceToken` is the function.

use std::collections::HashSet;

use skylift_model::aws::node::Node;
use skylift_model::message::Message;
use skylift_model::source::custom_resource::CustomResource;

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext, TriggerOverlayResource};
use crate::lower::invoke;
use crate::messages;
use crate::overlay::{Overlay, OverlayEntry, PropertyValue, Section};
use crate::stack::references::add_references;

/// The type that a custom resource has if its author gave it no name.
const TYPE: &str = "AWS::CloudFormation::CustomResource";

/// How the types begin that the authors of custom resources name.
const NAMED_TYPE: &str = "Custom::";

/// The property with the ARN of the function.
const SERVICE_TOKEN: &str = "ServiceToken";

/// The property with the seconds that CloudFormation waits for the answer.
const SERVICE_TIMEOUT: &str = "ServiceTimeout";

impl LowerTrigger for CustomResource {
    fn lower(&self, _: &TriggerContext<'_>, _: &mut LoweredTriggers) {}

    fn overlay_resource(&self) -> Option<TriggerOverlayResource<'_>> {
        Some(TriggerOverlayResource {
            key: "resource",
            id: self.resource.as_ref()?.as_str(),
            kind: ("a custom resource", TYPE),
            accepts: is_custom,
        })
    }

    /// Reports that the resource that the trigger names is not served by this function, or that CloudFormation does
    /// not wait as long as the function may take.
    fn check_overlay(&self, entry: &OverlayEntry, context: &TriggerContext<'_>) -> Option<Message> {
        let (id, origin) = (entry.name.as_str(), &entry.origin);
        let function = context.function.id.as_str();
        match find_token(entry, context) {
            Token::Function => check_timeout(entry, context),
            Token::FunctionName => Some(messages::service_token_is_name(id, origin, function)),
            Token::Other => Some(messages::service_token_of_another(id, origin, function)),
            Token::Missing => Some(messages::service_token_missing(id, origin, function)),
            Token::Unknown => None,
        }
    }

    /// Reports other custom resources of the function for which CloudFormation does not wait as long as it may take,
    /// and those whose `ServiceToken` is its name.
    fn check_users_in_overlay(
        &self,
        overlay: &Overlay,
        context: &TriggerContext<'_>,
    ) -> Vec<Message> {
        let named = self.resource.as_ref().map(|id| id.as_str());
        let others = overlay.entries_of(Section::Resources).filter(|entry| {
            entry.kind().is_some_and(is_custom) && Some(entry.name.as_str()) != named
        });
        let check = |entry: &OverlayEntry| match find_token(entry, context) {
            Token::Function => check_timeout(entry, context),
            Token::FunctionName => Some(messages::service_token_is_name(
                &entry.name,
                &entry.origin,
                context.function.id.as_str(),
            )),
            Token::Other | Token::Missing | Token::Unknown => None,
        };
        others.filter_map(check).collect()
    }
}

/// Returns whether a resource of this type is a custom resource.
fn is_custom(kind: &str) -> bool {
    kind == TYPE || kind.starts_with(NAMED_TYPE)
}

/// What the `ServiceToken` of a custom resource is.
enum Token {
    /// The ARN of the function, or of its alias.
    Function,
    /// The name of the function.
    FunctionName,
    /// Something else.
    Other,
    /// The resource has none.
    Missing,
    /// It is known only when the stack is deployed.
    Unknown,
}

/// Returns what the `ServiceToken` of a custom resource is.
fn find_token(entry: &OverlayEntry, context: &TriggerContext<'_>) -> Token {
    let Node::Map(resource) = &entry.node else { return Token::Unknown };
    let properties = match resource.get("Properties") {
        Some(Node::Map(properties)) => properties,
        Some(_) => return Token::Unknown,
        None => return Token::Missing,
    };
    let token = match (properties.get(SERVICE_TOKEN), entry.property(&[SERVICE_TOKEN])) {
        (Some(token), _) => token,
        (None, PropertyValue::Unknown) => return Token::Unknown,
        (None, _) => return Token::Missing,
    };
    let function = context.function.id.as_str();
    if referenced_name(token) == Some(function) {
        return Token::FunctionName;
    }
    let mut names = HashSet::new();
    add_references(token, &mut names);
    let alias = invoke::alias_id(context.function);
    if names.contains(function) || names.contains(alias.as_str()) {
        return Token::Function;
    }
    // A parameter, an import or a text may be the ARN of this function. Another function is not.
    let is_another = |name: &&str| context.app.functions.iter().any(|it| it.id.as_str() == *name);
    if names.iter().any(is_another) { Token::Other } else { Token::Unknown }
}

/// Returns the name in a `Ref`, in its short or long form.
fn referenced_name(node: &Node) -> Option<&str> {
    let name = match node {
        Node::Tag("Ref", name) => name.as_ref(),
        Node::Map(map) => map.get("Ref")?,
        _ => return None,
    };
    match name {
        Node::Str(name) => Some(name),
        _ => None,
    }
}

/// Reports that CloudFormation does not wait for a custom resource as long as the function may take.
fn check_timeout(entry: &OverlayEntry, context: &TriggerContext<'_>) -> Option<Message> {
    let PropertyValue::Value(value) = entry.property(&[SERVICE_TIMEOUT]) else { return None };
    let waits: u32 = match value {
        Node::Int(seconds) => u32::try_from(*seconds).ok()?,
        Node::Str(seconds) => seconds.trim().parse().ok()?,
        _ => return None,
    };
    let timeout = context.function.timeout(&context.app.defaults).get();
    (waits < timeout)
        .then(|| messages::service_timeout_too_short(&entry.name, &entry.origin, waits, timeout))
}

#[cfg(test)]
mod tests {
    use crate::overlay::{Overlay, read_for_test};
    use crate::testing::{assemble_unchecked, templates_from_source};

    fn functions(trigger: &str) -> String {
        format!(
            "#[function(trigger = {trigger}, timeout = \"30s\")]\nasync fn setup(request: CustomResource<Seed>) -> Result<(), Error> {{ Ok(()) }}\n\
             #[function]\nasync fn other() -> Result<(), Error> {{ Ok(()) }}"
        )
    }

    /// Returns an overlay with a custom resource of this type and these properties.
    fn overlay(kind: &str, properties: &str) -> String {
        format!(
            "Parameters:\n  Token: {{ Type: String }}\nResources:\n  Seed: {{ Type: {kind}, Properties: {{ {properties} }} }}\n  Bus: {{ Type: AWS::Events::EventBus, Properties: {{ Name: bus }} }}\n"
        )
    }

    /// Returns the problems of a function with this trigger and this overlay.
    fn problems(trigger: &str, overlay: &Overlay) -> Vec<String> {
        let assembled = assemble_unchecked(&functions(trigger), overlay);
        let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
        problems.map(|it| format!("{}: {}", it.at, it.message.full())).collect()
    }

    const NAMED: &str = "custom_resource(resource = overlay(\"Seed\"))";

    #[test]
    fn the_templates_get_the_resource_as_it_is_and_nothing_else() {
        let properties = "ServiceToken: !GetAtt Setup.Arn, Table: orders";
        let overlay = overlay("Custom::Seed", properties);
        for trigger in ["custom_resource", NAMED] {
            let templates = templates_from_source(&functions(trigger), &overlay);
            for template in [templates.sam, templates.cloudformation.unwrap()] {
                let seed = "\n  Seed:\n    Type: Custom::Seed\n    Properties:\n      ServiceToken: !GetAtt Setup.Arn\n      Table: orders\n";
                assert!(template.contains(seed), "{template}");
                assert!(!template.contains("Permission"), "{template}");
            }
        }
    }

    #[test]
    fn a_resource_that_the_function_serves_is_accepted_in_every_form() {
        for token in [
            "!GetAtt Setup.Arn",
            "!GetAtt [Setup, Arn]",
            "{ 'Fn::GetAtt': [Setup, Arn] }",
            "!Sub '${Setup.Arn}'",
            "!Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Setup}'",
            "!Ref Token",
            "'arn:aws:lambda:eu-west-1:123456789012:function:setup'",
        ] {
            for kind in ["Custom::Seed", "AWS::CloudFormation::CustomResource"] {
                for timeout in ["", ", ServiceTimeout: 30", ", ServiceTimeout: '60'"] {
                    let text = overlay(kind, &format!("ServiceToken: {token}{timeout}"));
                    let overlay = read_for_test(&text);
                    assert_eq!(problems(NAMED, &overlay), [""; 0], "{text}");
                    assert_eq!(problems("custom_resource", &overlay), [""; 0], "{text}");
                }
            }
        }
    }

    #[test]
    fn a_resource_that_the_function_does_not_serve_is_reported() {
        for (properties, message) in [
            (
                "ServiceToken: !GetAtt Other.Arn",
                "the `ServiceToken` of `Seed` at extra.yaml:4 is not this function\n\nhelp: write `ServiceToken: !GetAtt Setup.Arn`",
            ),
            (
                "ServiceToken: !Ref Setup",
                "the `ServiceToken` of `Seed` at extra.yaml:4 is the name",
            ),
            (
                "ServiceToken: {Ref: Setup}",
                "the `ServiceToken` of `Seed` at extra.yaml:4 is the name",
            ),
            ("Table: a", "`Seed` at extra.yaml:4 has no `ServiceToken`"),
            (
                "ServiceToken: !GetAtt Setup.Arn, ServiceTimeout: 29",
                "CloudFormation waits 29 s for `Seed` at extra.yaml:4, and this function has a timeout of 30 s\n\nhelp: write a `ServiceTimeout` of more than 30",
            ),
        ] {
            let found = problems(NAMED, &read_for_test(&overlay("Custom::Seed", properties)));
            let [found] = &found[..] else { panic!("{found:?}") };
            assert!(found.contains(message), "{found}");
            assert!(found.starts_with("trigger 0 resource: "), "{found}");
        }
        let found = problems(
            "custom_resource(resource = overlay(\"Sead\"))",
            &read_for_test(&overlay("Custom::Seed", "ServiceToken: a")),
        );
        assert!(
            found[0].ends_with("the overlay has no resource `Sead`\n\nhelp: did you mean `Seed`?"),
            "{found:?}"
        );
        let found = problems(
            "custom_resource(resource = overlay(\"Bus\"))",
            &read_for_test(&overlay("Custom::Seed", "ServiceToken: a")),
        );
        assert!(
            found[0].contains("is of type `AWS::Events::EventBus`, not a custom resource"),
            "{found:?}"
        );
    }

    #[test]
    fn a_resource_that_no_trigger_names_is_checked_if_the_function_serves_it() {
        let found = |properties: &str| {
            problems("custom_resource", &read_for_test(&overlay("Custom::Seed", properties)))
        };
        let slow = found("ServiceToken: !GetAtt Setup.Arn, ServiceTimeout: '10'");
        assert!(slow.len() == 1 && slow[0].contains("CloudFormation waits 10 s"), "{slow:?}");
        let named = found("ServiceToken: !Ref Setup");
        assert!(named.len() == 1 && named[0].contains("not its ARN"), "{named:?}");
        assert_eq!(found("ServiceToken: !GetAtt Other.Arn, ServiceTimeout: 1"), [""; 0]);
        assert_eq!(found("Table: a"), [""; 0]);
    }
}
