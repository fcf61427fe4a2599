//! Checks the parameters that the overlay declares and that the application uses as a name or an ARN. Skylift adds
//! nothing to a parameter of the user's. It takes the application and the overlay, and returns a warning for each
//! parameter whose value CloudFormation would not check.

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::parameter_content::ParameterContent;
use skylift_model::message::Message;

use crate::messages;
use crate::overlay::{Overlay, OverlayEntry, Section};

/// The beginning of the types of parameters whose value is the name of a parameter of Systems Manager.
const SSM_TYPE: &str = "AWS::SSM::Parameter::";

/// The keys by which a parameter restricts its value.
const RESTRICTIONS: [&str; 2] = ["AllowedPattern", "AllowedValues"];

/// Returns the warnings about the overlay's parameters.
pub(crate) fn check_overlay_parameters(app: &App, overlay: &Overlay) -> Vec<Message> {
    let mut warnings = Vec::new();
    let uses = app.parameter_uses();
    for entry in overlay.entries_of(Section::Parameters) {
        let contents = uses.iter().filter(|it| it.name.as_str() == entry.name);
        let narrow = |one: ParameterContent, other| one.narrow(other).unwrap_or(one);
        let Some(content) = contents.filter_map(|it| it.content).reduce(narrow) else { continue };
        let Node::Map(parameter) = &entry.node else { continue };
        warnings.extend(check_parameter(entry, parameter, &content));
    }
    warnings
}

/// Returns the warning about a parameter that has to be this content, or `None` if CloudFormation checks its value.
fn check_parameter(
    entry: &OverlayEntry,
    parameter: &Map,
    content: &ParameterContent,
) -> Option<Message> {
    let (name, origin, noun) = (&entry.name, &entry.origin, content.noun());
    if matches!(parameter.get("Type"), Some(Node::Str(kind)) if kind.starts_with(SSM_TYPE)) {
        return Some(messages::unchecked_ssm_parameter(name, origin, &noun));
    }
    let restricted = RESTRICTIONS.iter().any(|key| parameter.get(key).is_some());
    let pattern = content.pattern().filter(|_| !restricted)?;
    Some(messages::unchecked_parameter(name, origin, &noun, &pattern))
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::name::ParameterName;
    use skylift_model::resource::Existing;

    use super::*;
    use crate::fixtures::{app, one_of_each};
    use crate::messages::on_one_line;

    /// Returns the warnings for a bucket whose name is a parameter with this declaration.
    fn warnings(declaration: &str) -> Vec<String> {
        let mut bucket = one_of_each().into_iter().find(|it| it.ident == "Bucket").unwrap();
        bucket.existing = Some(Existing::Param(ParameterName::try_from("It").unwrap()));
        let text = format!("Parameters:\n  It: {declaration}\n  Other: {{Type: String}}\n");
        let overlay = crate::overlay::read_for_test(&text);
        let found = check_overlay_parameters(&app(Vec::new(), vec![bucket]), &overlay);
        found.iter().map(on_one_line).collect()
    }

    #[test]
    fn a_parameter_of_the_overlay_without_a_restriction_is_warned_about() {
        assert_eq!(warnings("{Type: String, AllowedPattern: '[a-z]+'}"), [""; 0]);
        assert_eq!(warnings("{Type: String, AllowedValues: [photos]}"), [""; 0]);
        assert_eq!(
            warnings("{Type: String}"),
            [
                "parameter `It` at extra.yaml:2 takes any text, and the application uses it as the name of an S3 bucket: `*` would grant access to all; help: give it an `AllowedPattern`, such as `[a-z0-9][a-z0-9.-]*[a-z0-9]`"
            ]
        );
    }

    #[test]
    fn a_parameter_of_systems_manager_cannot_be_checked() {
        assert_eq!(
            warnings("{Type: 'AWS::SSM::Parameter::Value<String>', AllowedPattern: /app/.+}"),
            [
                "parameter `It` at extra.yaml:2 is a parameter of Systems Manager, whose value CloudFormation does not check, and the application uses it as the name of an S3 bucket; help: let only those change it who may choose what the functions have access to, or make it a `String` with an `AllowedPattern`"
            ]
        );
    }
}
