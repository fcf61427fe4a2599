//! Adds the alias of a function with provisioned concurrency to the properties of SAM's function, in a way that
//! publishes a new version whenever a setting changes.
//!
//! The alias points to a version. SAM publishes a new version only if code, memory or environment change. If only a
//! timeout or a log level changed, the change would apply to `$LATEST`, which nobody calls. SAM's
//! `AutoPublishAliasAllProperties` publishes too often: also if only tags or the reserved concurrency change.
//! Lambda creates no version for those, and the deployment fails (aws/serverless-application-model#3281). So the
//! environment has a variable that changes with the settings.
// See decision 0082.

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::provisioned_concurrency;
use skylift_model::{App, Function};
use skylift_syntax::handoff;

use crate::lower::function::{all_user_properties, settings_text};
use crate::stack::Published;

/// Adds the alias of a function to the properties of SAM's function, and the environment variable that changes with
/// the function's settings.
pub(super) fn set_alias(
    published: Published,
    function: &Function,
    app: &App,
    properties: &mut Map,
) {
    let hash = settings_hash(function, app, properties, &published);
    let variable = Map::new().with(provisioned_concurrency::SETTINGS_VARIABLE, hash);
    properties.merge(Map::new().with("Environment", Map::new().with("Variables", variable)));
    for (key, value) in published.alias.properties {
        match key.as_str() {
            "Name" => properties.set("AutoPublishAlias", value),
            "ProvisionedConcurrencyConfig" => properties.set(key, value),
            _ => {}
        }
    }
}

/// Returns a hash of all settings of a function, its own and the defaults of all functions, in all environments. The
/// number of provisioned environments is not included, because it is a setting of the alias.
///
/// SAM compares the text of the template, and sees no value in a mapping. So one hash changes with the settings in any
/// environment.
fn settings_hash(function: &Function, app: &App, properties: &Map, published: &Published) -> Node {
    let user = all_user_properties(function, app);
    let all = if published.settings_of_others.is_empty() {
        serde_json::to_string(&(properties, user, &app.defaults))
    } else {
        let Published { settings, settings_of_others, .. } = published;
        serde_json::to_string(&(properties, user, &app.defaults, settings, settings_of_others))
    };
    settings_text(handoff::hash_text(&all.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use skylift_model::ProvisionedConcurrency;
    use skylift_model::aws::limits;
    use skylift_model::aws::logs::{LogLevel, Tracing};
    use skylift_model::aws::name::EnvKey;
    use skylift_model::aws::value::CfnValue;
    use skylift_model::check::check;
    use skylift_model::settings::{FunctionSettings, Timeout};

    use super::*;
    use crate::emit::sam::function::fold_function;
    use crate::fixtures::{app, app_stack, function, scaled_concurrency};

    /// Returns the SAM properties of the function with provisioned concurrency.
    fn fold_with_alias(function: &Function, defaults: FunctionSettings) -> Map {
        let mut function = function.clone();
        function.settings.provisioned_concurrency = Some(scaled_concurrency());
        let mut app = app(vec![function], Vec::new());
        app.defaults = defaults;
        let in_stack = app_stack(&app).functions.remove(0);
        fold_function(in_stack, &app.functions[0], "code/", &app).0
    }

    /// Returns the variable's value in the template.
    fn settings_variable(function: &Function, defaults: FunctionSettings) -> Node {
        let folded = fold_with_alias(function, defaults);
        let Some(Node::Map(environment)) = folded.get("Environment") else { panic!() };
        let Some(Node::Map(variables)) = environment.get("Variables") else { panic!() };
        variables.get(provisioned_concurrency::SETTINGS_VARIABLE).unwrap().clone()
    }

    #[test]
    fn the_alias_and_its_concurrency_are_sam_properties() {
        let folded = fold_with_alias(&function("A"), FunctionSettings::default());
        assert_eq!(folded.get("AutoPublishAlias"), Some(&Node::from("live")));
        let config = Map::new().with("ProvisionedConcurrentExecutions", 1);
        assert_eq!(folded.get("ProvisionedConcurrencyConfig"), Some(&config.into()));
        assert_eq!(folded.get("FunctionVersion"), None);
    }

    #[test]
    fn every_setting_changes_the_variable() {
        let plain = function("A");
        let unchanged = settings_variable(&plain, FunctionSettings::default());
        assert_eq!(settings_variable(&plain, FunctionSettings::default()), unchanged);
        let Node::Str(text) = &unchanged else { panic!("{unchanged:?}") };
        assert_eq!(text.len(), provisioned_concurrency::SETTINGS_LEN);
        let mut with_layers = plain.clone();
        with_layers
            .properties
            .set("Layers", vec![Node::from("arn:aws:lambda:eu-west-1:123456789012:layer:a:1")]);
        assert_ne!(settings_variable(&with_layers, FunctionSettings::default()), unchanged);
        for defaults in [
            FunctionSettings { timeout: Timeout::try_from(10).ok(), ..FunctionSettings::default() },
            FunctionSettings { log_level: Some(LogLevel::Debug), ..FunctionSettings::default() },
            FunctionSettings { tracing: Some(Tracing::Active), ..FunctionSettings::default() },
        ] {
            assert_ne!(settings_variable(&plain, defaults), unchanged);
        }
    }

    #[test]
    fn the_variable_counts_towards_the_limit_of_the_environment() {
        let problems = |room: usize, provisioned: Option<ProvisionedConcurrency>| {
            let mut function = function("A");
            let key = EnvKey::try_from("KEY").unwrap();
            let value = "a".repeat(limits::ENVIRONMENT_BYTES - key.as_str().len() - room);
            function.settings.env = vec![(key, CfnValue::Literal(value))];
            function.settings.provisioned_concurrency = provisioned;
            check(&app(vec![function], Vec::new()), &[], &[]).len()
        };
        let bytes = provisioned_concurrency::SETTINGS_VARIABLE.len()
            + provisioned_concurrency::SETTINGS_LEN;
        assert_eq!(problems(0, None), 0);
        assert_eq!(problems(bytes, Some(scaled_concurrency())), 0);
        assert_eq!(problems(bytes - 1, Some(scaled_concurrency())), 1);
    }
}
