//! The source `custom_resource(resource = overlay("Seed"))`. Reads a trigger of a custom resource.

use skylift_model::aws::name::LogicalId;
use skylift_model::source::custom_resource::CustomResource;

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_overlay_id, report_expected};
use crate::tree::{ArgValue, ArgValueKind, Args};

impl SourceGrammar for CustomResource {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &[
                "customresource",
                "custom",
                "cloudformation",
                "cfn",
                "cloudformationcustomresource",
                "customresourceprovider",
                "cfnresponse",
            ],
            "write `trigger = custom_resource`, and `ServiceToken: !GetAtt <Function>.Arn` in the overlay's resource",
        )],
        keys: &[
            (
                &["id", "logicalid", "logicalresourceid", "name", "overlay"],
                "write `resource = overlay(\"Seed\")`, the logical id of the resource",
            ),
            (
                &["type", "resourcetype"],
                "write the type in the overlay, and `resource = overlay(\"Seed\")`, the logical id of the resource",
            ),
            (
                &["servicetoken", "oneventhandler", "onevent"],
                "write `ServiceToken: !GetAtt <Function>.Arn` in the overlay's resource",
            ),
            (
                &["servicetimeout", "totaltimeout"],
                "write `ServiceTimeout` in the overlay's resource, and `timeout = \"…\"` for the function",
            ),
            (
                &["properties", "resourceproperties"],
                "write the properties in the overlay: they are the `T` of `CustomResource<T>`",
            ),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let resource = args.take_if_set("resource", read_resource, errors);
        Some(Self { resource: resource.map_or(Some(None), |id| id.map(Some))? })
    }
}

/// Reads the value of `resource`: a resource of the overlay. Returns `None` after an error was recorded.
fn read_resource(value: &ArgValue, errors: &mut Errors) -> Option<LogicalId> {
    match &value.kind {
        ArgValueKind::Call(function, args) if function.text == "overlay" => {
            read_overlay_id(function, args, value, errors)
        }
        ArgValueKind::Str(id) => {
            errors.push(&value.span, messages::custom_resource_not_of_overlay(id));
            None
        }
        ArgValueKind::Path(segments, _) => {
            let id = segments.last().map(String::as_str).unwrap_or_default();
            errors.push(&value.span, messages::custom_resource_not_of_overlay(id));
            None
        }
        _ => report_expected(phrases::CUSTOM_RESOURCE, value, errors),
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use crate::source::testing::{rejected, trigger};

    fn resource(written: &str) -> Option<String> {
        match trigger(written) {
            Trigger::CustomResource(trigger) => trigger.resource.map(|id| id.to_string()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_trigger_names_a_resource_of_the_overlay_or_none() {
        assert_eq!(resource("custom_resource"), None);
        assert_eq!(resource("custom_resource()"), None);
        let named = resource("custom_resource(resource = overlay(\"Seed\"))");
        assert_eq!(named.as_deref(), Some("Seed"));
    }

    #[test]
    fn every_argument_is_checked() {
        for (wrong, message) in [
            (
                "resource = \"Seed\"",
                "a custom resource is a resource of the overlay\n\nhelp: write `resource = overlay(\"Seed\")`",
            ),
            (
                "resource = Seed",
                "a custom resource is a resource of the overlay\n\nhelp: write `resource = overlay(\"Seed\")`",
            ),
            ("resource = 3", "expected `overlay(\"…\")`, found a number"),
            ("resource = overlay(\"a-b\")", "`a-b` is not a logical id"),
            (
                "service_timeout = \"30s\"",
                "unknown key `service_timeout` in `custom_resource`\n\nhelp: write `ServiceTimeout` in the overlay's resource",
            ),
            (
                "service_token = \"a\"",
                "unknown key `service_token` in `custom_resource`\n\nhelp: write `ServiceToken: !GetAtt <Function>.Arn`",
            ),
        ] {
            let found = rejected(&format!("custom_resource({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
