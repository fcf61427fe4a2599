//! `parameter(value = "50")`, `parameter(name = "/app/limit", value = "50")`.

use skylift_model::aws::limits;
use skylift_model::resource::parameter::Parameter;

use super::common::Grammar;
use super::written::Written;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Value};

impl Written for Parameter {
    const GRAMMAR: Grammar = Grammar {
        made: &["value"],
        types: &[],
        properties: &[("Name", "name"), ("Value", "value")],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let name = args.take("name", read::name, errors);
        let value = args.given("value", value, errors);
        if args.has("existing") {
            return Some(Self { name, value: String::new() });
        }
        let Some(value) = value else {
            errors.push(&args.place, "a parameter needs the value that it has first").help(
                "write `parameter(value = \"…\")`, or `existing = \"…\"` for one that has a value",
            );
            return None;
        };
        Some(Self { name, value: value? })
    }
}

fn value(value: &Value, errors: &mut Errors) -> Option<String> {
    read::some_text(value, errors)?;
    read::text_within(value, limits::SSM_VALUE_LEN, "the value", errors)
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::Parameter;
    use crate::resource::testing::{refused, settings};

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
    fn one_that_the_template_makes_has_a_value() {
        for none in ["parameter", "parameter()", r#"parameter(name = "/app/limit")"#] {
            assert!(refused(none).starts_with("a parameter needs the value"), "{none}");
        }
    }

    #[test]
    fn every_key_is_checked() {
        assert!(refused(r#"parameter(name = "a/b", value = "1")"#).contains("begins with `/`"));
        assert_eq!(refused("parameter(value = 50)"), "expected a string, found a number");
        assert_eq!(refused(r#"parameter(value = "")"#), "this text is empty");
        let long = "a".repeat(4_096);
        assert_eq!(parameter(&format!("parameter(value = \"{long}\")")).value, long);
        assert_eq!(
            refused(&format!("parameter(value = \"{long}a\")")),
            "the value has 4097 characters, AWS takes 4096"
        );
    }
}
