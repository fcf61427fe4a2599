//! Checks of a function with a URL: its other settings that exclude the URL or a part of it.

use skylift_model::aws::function_keys::FUNCTION_URL_CONFIG as PROPERTY;
use skylift_model::problem::PlaceInItem;
use skylift_model::source::Trigger;

use super::{FunctionDefinition, FunctionItem};
use crate::errors::Errors;
use crate::messages;

impl FunctionItem {
    /// Checks that the settings of a function fit its URL.
    pub(super) fn check_url(
        &self,
        definition: &FunctionDefinition,
        triggers: &[Trigger],
        errors: &mut Errors,
    ) {
        let Some((index, url)) = Trigger::find_url(triggers) else { return };
        if url.streams && definition.idempotent.is_some() {
            let span = self.span_at(&PlaceInItem::trigger_key(index, "stream"));
            errors.push(&span, messages::stream_of_idempotent());
        }
        if definition.properties.get(PROPERTY).is_some() {
            let place = PlaceInItem::Property(PROPERTY.to_owned());
            errors.push(&self.span_at(&place), messages::url_in_properties(PROPERTY));
        }
        if definition.settings.lambda.tenants.is_some() {
            errors.push(&self.span_of_source(index), messages::url_of_tenants());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::function::testing::{accepted_on, rejected_on};

    const URL: &str = "trigger = url(auth = none, stream)";

    #[test]
    fn settings_that_exclude_a_url_are_errors() {
        let item = "async fn f() -> String { String::new() }";
        for (attribute, message) in [
            (
                format!("{URL}, idempotent(key = \"$.body\")"),
                "`idempotent` cannot keep an answer that is sent while it is made\n\nhelp: leave `stream` out, or leave `idempotent` out",
            ),
            (
                format!(
                    "{URL}, properties = {{ \"FunctionUrlConfig\": {{ \"AuthType\": \"NONE\" }} }}"
                ),
                "`trigger = url` sets `FunctionUrlConfig` already\n\nhelp: leave the property out",
            ),
            (
                format!("{URL}, tenants = isolated"),
                "Lambda has no URL for functions with isolated tenants\n\nhelp: leave `tenants` out",
            ),
        ] {
            let found = rejected_on(&attribute, item);
            assert!(found.starts_with(message), "{attribute}: {found}");
        }
        accepted_on("trigger = url(auth = iam), idempotent(key = \"$.body\")", item);
    }
}
