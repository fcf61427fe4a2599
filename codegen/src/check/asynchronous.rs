//! Checks that `retries`, `max_event_age`, `on_success`, `on_failure` and `dead_letters` have an effect. They are about
//! asynchronous invocations, and a function whose triggers are all polled or wait for the answer has none.

use std::collections::HashSet;

use skylift_model::aws::function_keys;
use skylift_model::aws::lambda_settings::Outcome;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use crate::messages;
use crate::overlay::{Overlay, OverlayEntry};
use crate::stack::references::{add_map_references, add_references};

/// Reports settings of asynchronous invocations of functions that nothing invokes asynchronously.
pub(crate) fn check_asynchronous_settings(app: &App, overlay: &Overlay, problems: &mut Problems) {
    if overlay.broken || overlay.may_have_more_resources() {
        return;
    }
    let mut referenced = HashSet::new();
    for OverlayEntry { node, .. } in &overlay.entries {
        add_references(node, &mut referenced);
    }
    let properties = app.functions.iter().map(|it| &it.properties);
    for properties in properties.chain(app.resources.iter().map(|it| &it.properties)) {
        add_map_references(properties, &mut referenced);
    }
    for (index, function) in app.functions.iter().enumerate() {
        if referenced.contains(function.id.as_str()) || may_be_invoked(function, app) {
            continue;
        }
        let Some(trigger) = function.triggers.first() else { continue };
        let settings = &function.settings;
        let set = [
            (function_keys::RETRIES.name, settings.retries.is_some()),
            (function_keys::MAX_EVENT_AGE.name, settings.max_event_age.is_some()),
        ];
        let targets = Outcome::ALL.map(|it| (it.key(), settings.lambda.target(it).is_some()));
        for (key, _) in set.into_iter().chain(targets).filter(|(_, is_set)| *is_set) {
            let is_request = trigger.request_schema().is_some()
                || trigger.expects_event_back()
                || trigger.expects_answer();
            let is_stream = trigger.stream_mapping().is_some();
            let message =
                messages::asynchronous_setting(key, trigger.source(), is_request, is_stream);
            problems.push(ItemIndex::Function(index), PlaceInItem::key(key), message);
        }
    }
}

/// Returns whether the function may be invoked asynchronously: by a trigger, by another function, directly, or under
/// the name that the user gave it.
fn may_be_invoked(function: &Function, app: &App) -> bool {
    function.triggers.is_empty()
        || function.triggers.iter().any(Trigger::invokes_asynchronously)
        || function.name.is_some()
        || app.is_invoked(function)
}

#[cfg(test)]
mod tests {
    use skylift_model::SourceLocation;
    use skylift_model::access::Access;
    use skylift_model::aws::node::{Map, Node};
    use skylift_model::aws::value::ResourceReference;
    use skylift_model::problem::Problem;

    use super::*;
    use crate::fixtures;
    use crate::overlay::Section;

    /// Returns the messages for a function with `retries` and this trigger. `change` changes the function.
    fn found(
        trigger: Option<Trigger>,
        overlay: &Overlay,
        change: fn(&mut Function),
    ) -> Vec<String> {
        let mut function = fixtures::function("Take");
        function.triggers = trigger.into_iter().collect();
        function.settings.retries = 1.try_into().ok();
        change(&mut function);
        let app: App = fixtures::app(vec![function], Vec::new());
        let mut problems = Problems::default();
        check_asynchronous_settings(&app, overlay, &mut problems);
        let text = |Problem { at, message, .. }: Problem| format!("{at}: {}", message.text);
        problems.into_vec().into_iter().map(text).collect()
    }

    fn queue() -> Trigger {
        fixtures::sqs(ResourceReference::Own).into()
    }

    /// Returns an overlay with a subscription whose endpoint is this function.
    fn overlay(endpoint: &str) -> Overlay {
        let properties = Map::new().with("Endpoint", Node::attribute(endpoint, "Arn"));
        let entry = OverlayEntry {
            section: Section::Resources,
            name: "Subscription".to_owned(),
            node: Map::new().with("Properties", properties).into(),
            origin: SourceLocation::default(),
            references: Vec::new(),
        };
        Overlay { entries: vec![entry], ..Overlay::default() }
    }

    #[test]
    fn settings_of_asynchronous_invocations_need_one() {
        let none = Overlay::default();
        assert_eq!(
            found(Some(queue()), &none, |_| {}),
            [
                "key retries: `retries` has no effect: `sqs` does not invoke the function asynchronously"
            ]
        );
        let both = |it: &mut Function| it.settings.max_event_age = 60.try_into().ok();
        assert_eq!(found(Some(queue()), &none, both).len(), 2);
        assert_eq!(found(None, &none, |_| {}), [""; 0]);
        let named = |it: &mut Function| it.name = "known".try_into().ok();
        assert_eq!(found(Some(queue()), &none, named), [""; 0]);
        let invoked = |it: &mut Function| {
            *it = fixtures::with_capability(it.clone(), Access::Invoke, "Take");
        };
        assert_eq!(found(Some(queue()), &none, invoked), [""; 0]);
    }

    #[test]
    fn an_overlay_that_names_the_function_may_invoke_it() {
        assert_eq!(found(Some(queue()), &overlay("Take"), |_| {}), [""; 0]);
        assert_eq!(found(Some(queue()), &overlay("Other"), |_| {}).len(), 1);
        let destination = |it: &mut Function| {
            it.properties = Map::new().with("EventInvokeConfig", Node::attribute("Take", "Arn"));
        };
        assert_eq!(found(Some(queue()), &Overlay::default(), destination), [""; 0]);
    }
}
