//! The kind `parameter(value = "50")`, or `parameter(name = "/app/limit", value = "50")`: reads the settings of
//! a parameter of Systems Manager.

use skylift_model::aws::limits;
use skylift_model::resource::parameter::Parameter;

use super::common::{KindKeys, KindWords};
use super::grammar::ResourceGrammar;
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_name, read_non_empty_text, read_short_text};
use crate::tree::{ArgValue, Args};

impl ResourceGrammar for Parameter {
    const KEYS: KindKeys = KindKeys {
        creation: &["value"],
        types: &[],
        policy: None,
        sources: &[],
        view: None,
        properties: &[("Name", "name"), ("Value", "value")],
    };

    const WORDS: KindWords = KindWords {
        names: &[(&["ssm", "param", "parameterstore"], "write `parameter`")],
        keys: &[(
            &["type", "tier"],
            "CloudFormation makes plain texts alone: make a `SecureString` by hand and name it with `existing`, or take a `secret`",
        )],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let name = args.take("name", read_name, errors);
        let value = args.take_if_set("value", read_value, errors);
        if args.has_key("existing") {
            return Some(Self { name, value: String::new() });
        }
        let Some(value) = value else {
            errors.push_missing(&args.span, messages::parameter_without_value());
            return None;
        };
        Some(Self { name, value: value? })
    }
}

/// Reads the initial value of a parameter of Systems Manager. Returns `None` after an error was recorded.
fn read_value(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    read_non_empty_text(value, errors)?;
    read_short_text(value, limits::SSM_VALUE_LEN, phrases::PARAMETER_VALUE, errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::Parameter;
    use crate::resource::testing::{rejected, settings};

    fn parameter(attribute: &str) -> Parameter {
        match settings(attribute) {
            ResourceSettings::Parameter(parameter) => parameter,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_key_is_read() {
        let read = parameter(r#"parameter(name = "/app/limit", value = "50")"#);
        assert_eq!(read.name.unwrap().as_str(), "/app/limit");
        assert_eq!(read.value, "50");
        assert_eq!(parameter(r#"parameter(existing = "/app/key")"#).value, "");
    }

    #[test]
    fn a_new_parameter_needs_a_value() {
        for none in ["parameter", "parameter()", r#"parameter(name = "/app/limit")"#] {
            assert!(rejected(none).starts_with("a parameter needs an initial value"), "{none}");
        }
    }

    #[test]
    fn every_key_is_checked() {
        assert!(rejected(r#"parameter(name = "a/b", value = "1")"#).contains("begins with `/`"));
        assert_eq!(
            rejected("parameter(value = 50)"),
            "expected a string, found a number\n\nhelp: write `\"50\"`"
        );
        assert_eq!(rejected(r#"parameter(value = "")"#), "this text is empty");
        let long = "a".repeat(4_096);
        assert_eq!(parameter(&format!("parameter(value = \"{long}\")")).value, long);
        assert_eq!(
            rejected(&format!("parameter(value = \"{long}a\")")),
            "the value has 4097 characters, AWS takes 4096"
        );
    }
}
