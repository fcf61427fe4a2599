//! Checks that the templates of rules are JSON, which is what Lambda takes. EventBridge accepts any text when the rule is
//! deployed, and then fails to invoke the function.

use serde::de::IgnoredAny;
use skylift_model::App;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem, Problems};
use skylift_model::source::Trigger;
use skylift_model::source::event::RuleInput;

use crate::messages;

/// The key of a trigger that has the template.
const KEY: &str = "input_template";

/// Returns the problems of all templates of rules that are not JSON.
pub(crate) fn check_input_templates(app: &App) -> Vec<Problem> {
    let mut problems = Problems::default();
    for (index, trigger) in app.triggers() {
        let Trigger::EventRule(rule) = trigger else { continue };
        let Some(RuleInput::Transformer { template, .. }) = &rule.input else { continue };
        if !is_json(template) {
            let message = messages::template_without_json(template);
            let at = PlaceInItem::trigger_key(index.trigger, KEY);
            problems.push(ItemIndex::Function(index.function), at, message);
        }
    }
    problems.into_vec()
}

/// Returns whether a template is JSON after its parts in angle brackets were replaced. A part is a JSON value, or text
/// within a string. A template that is neither an object nor a list is text, with which EventBridge makes a string.
fn is_json(template: &str) -> bool {
    if !template.trim_start().starts_with(['{', '[']) {
        return true;
    }
    let mut parts = template.split('<');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('>') {
            // A `0` is a value, and can also be a part of a string.
            Some((_, rest)) => filled.extend(["0", rest]),
            None => filled.extend(["<", part]),
        }
    }
    serde_json::from_str::<IgnoredAny>(&filled).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::problems_of;

    #[test]
    fn a_template_is_json_with_parts_in_it() {
        for right in [
            r#"{ "order": <id>, "text": "order <id>, at <aws.events.event.ingestion-time>" }"#,
            r#"[<id>, "<id>"]"#,
            r#""order <id>""#,
            r#"<id> is "placed""#,
            r#"{ "text": "1 < 2" }"#,
            "<id>",
            "order <id> is placed",
        ] {
            assert!(is_json(right), "{right}");
        }
        for wrong in [
            r#"{ "order": <id>"#,
            r"{ order: <id> }",
            r#"{ "order": order <id> }"#,
            r#"{ "order": <id>, }"#,
            "[<id>",
        ] {
            assert!(!is_json(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_template_that_is_not_json_is_reported_at_its_key() {
        let items = r#"#[function(trigger = event(source = "shop", input_paths = { "id": "$.detail.id" }, input_template = "{ \"id\": <id>"))]
async fn take(order: serde_json::Value) -> Result<(), Error> { Ok(()) }"#;
        assert_eq!(
            problems_of(items, None),
            [
                "trigger 0 input_template: `{ \"id\": <id>` is not JSON, and Lambda takes nothing else\n\nhelp: write JSON in which the parts are values, or text within strings: `{ \"order\": <order> }`"
            ]
        );
    }
}
