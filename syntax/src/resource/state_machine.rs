//! The kind `state_machine(asl = "workflow.asl.json", express, input = Order)`: reads the settings of a state machine of
//! Step Functions. The build step reads the file.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::allow_statement::AllowStatement;
use skylift_model::aws::states::ExecutionLogLevel;
use skylift_model::aws::value::CfnValue;
use skylift_model::number_setting::NumberParameters;
use skylift_model::resource::state_machine::StateMachine;

use super::common::{KindKeys, KindWords, NamedType};
use super::grammar::ResourceGrammar;
use super::trait_items::{RuntimeNames, expand_type_marker};
use crate::errors::Errors;
use crate::function::settings::allow::read_allow;
use crate::messages::{self, phrases};
use crate::readers::{read_name, read_number, read_text, read_word, take_number};
use crate::tree::{ArgValue, Args};

impl ResourceGrammar for StateMachine {
    const KEYS: KindKeys = KindKeys {
        creation: &["asl", "log_level", "log_data", "log_retention", "tracing", "allow"],
        types: &["input", "output"],
        policy: None,
        sources: &[],
        view: None,
        properties: &[
            ("StateMachineName", "name"),
            ("StateMachineType", "express"),
            ("Definition", "asl"),
            ("DefinitionString", "asl"),
            ("DefinitionS3Location", "asl"),
            ("LoggingConfiguration", "log_level"),
            ("TracingConfiguration", "tracing"),
        ],
    };

    const WORDS: KindWords = KindWords {
        names: &[(
            &["stepfunctions", "stepfunction", "sfn", "workflow", "statemachine", "states"],
            "write `state_machine`",
        )],
        keys: &[
            (
                &["definition", "definitionuri", "definitionstring", "file", "path"],
                "write `asl = \"workflow.asl.json\"`",
            ),
            (&["type"], "write `express` for an express workflow; a standard one is the default"),
            (&["logging"], "write `log_level = all`"),
            (&["policies", "policy", "role"], "write `allow(actions = […], resources = […])`"),
            (
                &["definitionsubstitutions", "substitutions"],
                "write the name of a function or of a resource into the file: `${charge}`",
            ),
            (&["message", "event"], "write `input = Order`"),
            (&["result", "answer"], "write `output = Receipt`"),
        ],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let exists = args.has_key("existing");
        let asl = args.take(Self::ASL, read_path, errors);
        if asl.is_none() && !exists && !args.has_key(Self::ASL) {
            errors.push_missing(&args.span, messages::state_machine_without_definition());
        }
        let level = |value: &ArgValue, errors: &mut Errors| {
            read_word(value, phrases::EXECUTION_LOG_LEVEL, &ExecutionLogLevel::ALL, errors)
        };
        let log_level = args.take("log_level", level, errors);
        let log_data = args.take_flag("log_data", errors);
        let mut parameters = NumberParameters::default();
        let log_retention =
            take_number(args, Self::LOG_RETENTION, read_number, &mut parameters, errors);
        if log_level == Some(ExecutionLogLevel::Off) {
            let set = [
                ("log_data", log_data.is_some()),
                (Self::LOG_RETENTION, args.has_key(Self::LOG_RETENTION)),
            ];
            for (key, _) in set.into_iter().filter(|(_, is_set)| *is_set) {
                errors.push(args.span_of(key), messages::log_key_without_log(key));
            }
        }
        Some(Self {
            name: args.take("name", read_name, errors),
            express: args.take_flag("express", errors).unwrap_or(false),
            asl,
            definition: None,
            log_level,
            log_data: log_data.unwrap_or(false),
            log_retention,
            tracing: args.take_flag("tracing", errors).unwrap_or(true),
            allow: read_role_statements(args, errors),
            from_parameters: parameters,
        })
    }

    fn trait_items(&self, types: &[NamedType], runtime: RuntimeNames<'_>) -> TokenStream {
        let skylift = runtime.path;
        let input = expand_type_marker(types, "input", runtime);
        let output = expand_type_marker(types, "output", runtime);
        let kind = if self.express { quote!(Express) } else { quote!(Standard) };
        quote!(type Input = #input; type Output = #output; type Workflow = #skylift::resource::#kind;)
    }
}

/// Reads the path of a definition. Returns `None` after an error was recorded.
fn read_path(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    let path = read_text(value, errors)?;
    let is_outside = path.starts_with(['/', '\\']) || path.split(['/', '\\']).any(|it| it == "..");
    if path.trim().is_empty() || is_outside {
        errors.push(&value.span, messages::definition_outside_the_package(path));
        return None;
    }
    Some(path.to_owned())
}

/// Reads the statements for the role of the state machine.
fn read_role_statements(args: &Args, errors: &mut Errors) -> Vec<AllowStatement> {
    let statements = read_allow(args, errors);
    let is_known = |value: &CfnValue| match value {
        CfnValue::Literal(_) | CfnValue::Resource(_) => true,
        // Pseudo parameters are no references.
        CfnValue::Sub(text) => text.references().is_empty(),
        _ => false,
    };
    if !statements.iter().flat_map(AllowStatement::values).all(is_known) {
        errors.push(args.span_of("allow"), messages::computed_resource_of_state_machine());
    }
    statements
}

#[cfg(test)]
mod tests {
    use quote::quote;
    use skylift_model::aws::states::ExecutionLogLevel;
    use skylift_model::aws::value::CfnValue;
    use skylift_model::resource::ResourceSettings;
    use skylift_model::resource::state_machine::StateMachine;

    use crate::resource::RuntimeNames;
    use crate::resource::testing::{accepted, rejected, settings};

    fn machine(attribute: &str) -> StateMachine {
        let ResourceSettings::StateMachine(machine) = settings(attribute) else {
            panic!("{attribute}")
        };
        machine
    }

    #[test]
    fn every_key_is_read() {
        let plain = machine(r#"state_machine(asl = "a.asl.json")"#);
        let expected = StateMachine {
            asl: Some("a.asl.json".to_owned()),
            tracing: true,
            ..StateMachine::default()
        };
        assert_eq!(plain, expected);
        let read = machine(
            r#"state_machine(asl = "flows/a.yaml", name = "shop", express, log_level = all, log_data, log_retention = 7, tracing = false,
                allow(actions = ["sqs:SendMessage"], resources = [Jobs]), allow(actions = ["s3:GetObject"], resources = ["arn:aws:s3:::a/*"]))"#,
        );
        assert_eq!(read.name.unwrap().as_str(), "shop");
        assert!(read.express && read.log_data && !read.tracing);
        assert_eq!(
            (read.log_level, read.log_retention.unwrap().get()),
            (Some(ExecutionLogLevel::All), 7)
        );
        assert_eq!(read.allow.len(), 2);
        assert_eq!(read.allow[0].resources, [CfnValue::Resource("Jobs".to_owned())]);
    }

    #[test]
    fn every_key_is_checked() {
        for (attribute, message) in [
            (
                "state_machine",
                "a state machine needs the file that defines it\n\nhelp: write `state_machine(asl = \"workflow.asl.json\")`, or `existing = \"…\"` for one that exists",
            ),
            ("state_machine(asl = 3)", "expected a string, found a number\n\nhelp: write `\"3\"`"),
            (
                r#"state_machine(asl = "../a.json")"#,
                "`../a.json` does not lead to a file of the package\n\nhelp: write the path relative to Cargo.toml: `workflow.asl.json`",
            ),
            (
                r#"state_machine(asl = "a.json", log_level = info)"#,
                "`info` is not a log level of a state machine\n\nhelp: one of `all`, `error`, `fatal` and `off`",
            ),
            (
                r#"state_machine(asl = "a.json", log_level = off, log_data)"#,
                "`log_level = off` leaves no log for `log_data`\n\nhelp: leave `log_data` out",
            ),
            (
                r#"state_machine(asl = "a.json", allow(actions = ["s3:GetObject"], resources = [param("A")]))"#,
                "the `allow` of a state machine takes ARNs in quotes and paths of resources\n\nhelp: write `resources = [Jobs]` or `resources = [\"arn:…\"]`",
            ),
            (
                r#"state_machine(asl = "a.json", kms_key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b")"#,
                "`kms_key` does not encrypt a state machine\n\nhelp: set `EncryptionConfiguration` among the `properties`, and `allow(…)` what the key needs",
            ),
        ] {
            assert_eq!(rejected(attribute), message, "{attribute}");
        }
        for wrong in ["/a.json", "a/../../b.json", "", " "] {
            let found = rejected(&format!("state_machine(asl = {wrong:?})"));
            assert!(found.contains("does not lead to a file"), "{found}");
        }
        let found = rejected(r#"state_machine(asl = "a.json", name = "a b")"#);
        assert!(found.contains("is not a name of a state machine"), "{found}");
        let found = rejected(r#"state_machine(asl = "a.json", log_retention = 8)"#);
        assert!(found.contains('8'), "{found}");
    }

    #[test]
    fn an_existing_state_machine_has_a_type_and_no_definition() {
        let arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:shop";
        for existing in ["\"shop\"", &format!("{arn:?}"), "param(\"Shop\")", "overlay(\"Shop\")"] {
            assert!(machine(&format!("state_machine(existing = {existing}, express)")).express);
        }
        let found = rejected(r#"state_machine(existing = "shop", asl = "a.json")"#);
        assert!(found.contains("`asl`"), "{found}");
    }

    #[test]
    fn the_trait_has_the_types_of_the_attribute() {
        let items = |attribute: &str| {
            let runtime = RuntimeNames { path: &quote!(rt), package: "shop" };
            accepted(attribute).trait_items(runtime).to_string().replace(' ', "")
        };
        assert_eq!(
            items(r#"state_machine(asl = "a.json")"#),
            "typeInput=rt::resource::Untyped;typeOutput=rt::resource::Untyped;typeWorkflow=rt::resource::Standard;"
        );
        assert_eq!(
            items(r#"state_machine(asl = "a.json", express, input = a::Order, output = Receipt)"#),
            "typeInput=rt::resource::Typed<a::Order>;typeOutput=rt::resource::Typed<Receipt>;typeWorkflow=rt::resource::Express;"
        );
    }
}
