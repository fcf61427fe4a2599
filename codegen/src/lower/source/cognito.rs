//! Lowers a trigger on a user pool to a permission and, for a pool of the overlay, the pool's `LambdaConfig`. A function
//! that sends messages may decrypt with the key of the pool.
//!
//! Both templates have the same resources, not SAM's event `Cognito`: SAM gives all pools of a function one permission.

use skylift_model::aws::node::{Map, Node};
use skylift_model::message::Message;
use skylift_model::source::cognito::{Cognito, PoolTrigger, UserPool};

use super::trigger::{
    LowerTrigger, LoweredTriggers, TriggerContext, TriggerOverlayResource, event_stem,
};
use crate::lower::invoke;
use crate::lower::text::camel_case;
use crate::lower::value::lower_value;
use crate::messages;
use crate::overlay::{OverlayEntry, PropertyValue};
use crate::stack::{IdOwner, OverlayAddition, Purpose, Resource};

/// The service that invokes the function.
const SERVICE: &str = "cognito-idp.amazonaws.com";

/// The CloudFormation types of a user pool.
const TYPE: &str = "AWS::Cognito::UserPool";

/// The property of a user pool that has its functions.
const LAMBDA_CONFIG: &str = "LambdaConfig";

/// The property of a `LambdaConfig` with the KMS key for codes and passwords.
const KEY_OF_POOL: &str = "KMSKeyID";

impl LowerTrigger for Cognito {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let (stem, arn) = match &self.pool {
            UserPool::Overlay(id) => (id.to_string(), Node::attribute(id, "Arn")),
            UserPool::Arn(arn) => {
                let id = arn.rsplit('/').next().unwrap_or_default();
                (event_stem(id, "UserPool"), Node::from(arn.as_str()))
            }
            UserPool::Param(name) => (camel_case(name.as_str()), Node::reference(name.as_str())),
        };
        let properties =
            invoke::permission_properties(invoke::target_arn(context.function), SERVICE)
                .with("SourceArn", arn);
        let part =
            IdOwner::for_function(context.index, Purpose::Beside("a permission", context.cause));
        lowered.add_resource_once(Resource::new(
            format!("{}{stem}Permission", context.function.id),
            "AWS::Lambda::Permission",
            part,
            properties,
        ));
        let key = self.kms_key.as_ref().map(|key| lower_value(key, context.app));
        if let Some(key) = &key {
            lowered.add_calls(vec![(Self::KEY_ACTIONS.into(), key.clone())]);
        }
        if let UserPool::Overlay(id) = &self.pool {
            let mut config = Map::new();
            for trigger in &self.on {
                let arn = invoke::target_arn(context.function);
                config.push(trigger.config_key(), config_value(*trigger, arn));
            }
            config.set_some(KEY_OF_POOL, key);
            lowered.overlay_additions.push(OverlayAddition {
                id: id.to_string(),
                properties: Map::new().with(LAMBDA_CONFIG, config),
            });
        }
    }

    fn overlay_resource(&self) -> Option<TriggerOverlayResource<'_>> {
        let UserPool::Overlay(id) = &self.pool else { return None };
        Some(TriggerOverlayResource {
            key: "pool",
            id: id.as_str(),
            kind: ("a user pool", TYPE),
            accepts: |kind| kind == TYPE,
        })
    }

    /// Reports that the overlay sets the function of one of the triggers, or a `LambdaConfig` that only AWS can read.
    fn check_overlay(
        &self,
        entry: &OverlayEntry,
        _context: &TriggerContext<'_>,
    ) -> Option<Message> {
        let config = match entry.property(&[LAMBDA_CONFIG]) {
            PropertyValue::Missing => return None,
            PropertyValue::Value(Node::Map(config)) => config,
            PropertyValue::Value(_) | PropertyValue::Unknown => {
                return Some(messages::overlay_pool_config_unknown(&entry.name, &entry.origin));
            }
        };
        let mut keys = self.on.iter().flat_map(|trigger| {
            trigger.config_keys().iter().map(move |key| (trigger.word(), *key))
        });
        if let Some((word, key)) = keys.find(|(_, key)| config.get(key).is_some()) {
            return Some(messages::overlay_pool_has_trigger(&entry.name, &entry.origin, key, word));
        }
        let has_key = self.kms_key.is_some() && config.get(KEY_OF_POOL).is_some();
        has_key.then(|| messages::overlay_pool_has_key(&entry.name, &entry.origin))
    }
}

/// Returns the value of a trigger's key in `LambdaConfig`.
fn config_value(trigger: PoolTrigger, function: Node) -> Node {
    match trigger.event_version() {
        Some(version) => {
            Map::new().with("LambdaArn", function).with("LambdaVersion", version).into()
        }
        None => function,
    }
}

#[cfg(test)]
mod tests {
    use crate::overlay::{Overlay, read_for_test};
    use crate::testing::{assemble_unchecked, templates_from_source};

    const POOL: &str = "Resources:\n  Users: { Type: AWS::Cognito::UserPool }\n";

    fn function(arguments: &str) -> String {
        format!(
            "#[function(trigger = cognito({arguments}), timeout = \"5s\")]\nasync fn take(event: CognitoEventUserPoolsPreSignup) -> Result<CognitoEventUserPoolsPreSignup, Error> {{ Ok(event) }}"
        )
    }

    /// Returns both templates of a function with this trigger and this overlay.
    fn templates(arguments: &str, overlay: &str) -> [String; 2] {
        let templates = templates_from_source(&function(arguments), overlay);
        [templates.sam, templates.cloudformation.unwrap()]
    }

    /// Returns the one problem of a function with this trigger and this overlay.
    fn problem(arguments: &str, overlay: &Overlay) -> String {
        let assembled = assemble_unchecked(&function(arguments), overlay);
        let mut problems: Vec<String> = assembled
            .notes
            .iter()
            .flat_map(|(_, note)| &note.problems)
            .map(|problem| format!("{}: {}", problem.at, problem.message.full()))
            .collect();
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems.remove(0)
    }

    #[test]
    fn both_templates_have_the_permission_and_the_functions_of_the_pool() {
        let overlay = "Resources:\n  Users:\n    Type: AWS::Cognito::UserPool\n    Properties:\n      UserPoolName: users\n      LambdaConfig: { PostConfirmation: !Ref Old }\nParameters:\n  Old: { Type: String }\n";
        let on = "pool = overlay(\"Users\"), on = [pre_sign_up, pre_token_generation_v2]";
        for template in templates(on, overlay) {
            let permission = "
  TakeUsersPermission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !GetAtt Take.Arn
      Principal: cognito-idp.amazonaws.com
      SourceArn: !GetAtt Users.Arn
";
            assert!(template.contains(permission), "{template}");
            let pool = "
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: users
      LambdaConfig:
        PostConfirmation: !Ref Old
        PreSignUp: !GetAtt Take.Arn
        PreTokenGenerationConfig:
          LambdaArn: !GetAtt Take.Arn
          LambdaVersion: V2_0
";
            assert!(template.contains(pool), "{template}");
        }
    }

    const KEY: &str =
        "Resources:\n  Users: { Type: AWS::Cognito::UserPool }\n  Key: { Type: AWS::KMS::Key }\n";

    #[test]
    fn a_sender_has_the_key_of_its_pool() {
        let sender = "on = [custom_email_sender, custom_sms_sender], kms_key = ";
        let overlay = format!("pool = overlay(\"Users\"), {sender}overlay(\"Key\", \"Arn\")");
        for template in templates(&overlay, KEY) {
            let pool = "
      LambdaConfig:
        CustomEmailSender:
          LambdaArn: !GetAtt Take.Arn
          LambdaVersion: V1_0
        CustomSMSSender:
          LambdaArn: !GetAtt Take.Arn
          LambdaVersion: V1_0
        KMSKeyID: !GetAtt Key.Arn
";
            assert!(template.contains(pool), "{template}");
            assert_eq!(template.matches("kms:Decrypt").count(), 1, "{template}");
            assert!(template.contains("- kms:Decrypt\n                Resource:\n                  - !GetAtt Key.Arn\n"), "{template}");
        }
        for template in templates(&format!("pool = param(\"PoolArn\"), {sender}param(\"Key\")"), "")
        {
            assert!(
                template.contains(
                    "- kms:Decrypt\n                Resource:\n                  - !Ref Key\n"
                ),
                "{template}"
            );
            assert!(!template.contains("KMSKeyID"), "{template}");
        }
    }

    #[test]
    fn the_versions_of_the_events_are_in_the_pool() {
        let on = "on = [pre_token_generation_v3, inbound_federation]";
        for template in templates(&format!("pool = overlay(\"Users\"), {on}"), POOL) {
            for (key, version) in
                [("PreTokenGenerationConfig", "V3_0"), ("InboundFederation", "V1_0")]
            {
                let config = format!(
                    "        {key}:\n          LambdaArn: !GetAtt Take.Arn\n          LambdaVersion: {version}\n"
                );
                assert!(template.contains(&config), "{template}");
            }
        }
    }

    #[test]
    fn a_pool_has_one_key() {
        let sender = |on: &str, key: &str| {
            function(&format!("pool = overlay(\"Users\"), on = {on}, kms_key = {key}"))
        };
        let email = sender("custom_email_sender", "overlay(\"Key\", \"Arn\")");
        let texts = |key: &str| {
            let sms = sender("custom_sms_sender", key).replace("take", "again");
            let assembled = assemble_unchecked(&format!("{email}\n{sms}"), &read_for_test(KEY));
            let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            problems.map(|it| format!("{}: {}", it.at, it.message.text)).collect::<Vec<String>>()
        };
        assert_eq!(texts("overlay(\"Key\", \"Arn\")"), [""; 0]);
        let found = texts("param(\"Key2\")");
        assert!(
            found.len() == 1
                && found[0].starts_with("trigger 0 kms_key: this user pool has another"),
            "{found:?}"
        );
    }

    #[test]
    fn the_key_of_a_sender_is_a_key_that_does_not_depend_on_the_function() {
        let sender = "pool = param(\"PoolArn\"), on = custom_email_sender, kms_key = overlay(\"Key\", \"Arn\")";
        for (key, message) in [
            (
                "{ Type: AWS::SQS::Queue }",
                "`kms_key` cannot be `Key`: its type is `AWS::SQS::Queue`",
            ),
            (
                "{ Type: AWS::KMS::Key, Properties: { KeyPolicy: !GetAtt TakeRole.Arn } }",
                "this makes a circular dependency",
            ),
        ] {
            let overlay = read_for_test(&format!("Resources:\n  Key: {key}\n"));
            let found = problem(sender, &overlay);
            assert!(found.starts_with(&format!("trigger 0 kms_key: {message}")), "{found}");
        }
    }

    #[test]
    fn a_pool_without_properties_gets_them() {
        for template in templates("pool = overlay(\"Users\"), on = pre_sign_up", POOL) {
            let pool = "
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      LambdaConfig:
        PreSignUp: !GetAtt Take.Arn
";
            assert!(template.contains(pool), "{template}");
        }
    }

    #[test]
    fn an_existing_pool_gets_the_permission_alone() {
        let arn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC";
        for (pool, id, source) in [
            (format!("{arn:?}"), "TakeEuWest1AbC", arn),
            ("param(\"PoolArn\")".to_owned(), "TakePoolArn", "!Ref PoolArn"),
        ] {
            for template in templates(&format!("pool = {pool}, on = pre_sign_up"), "") {
                let permission = format!(
                    "
  {id}Permission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !GetAtt Take.Arn
      Principal: cognito-idp.amazonaws.com
      SourceArn: {source}
"
                );
                assert!(template.contains(&permission), "{template}");
                assert!(!template.contains("LambdaConfig"));
            }
        }
    }

    #[test]
    fn a_function_with_provisioned_concurrency_is_invoked_through_its_alias() {
        let source = function("pool = overlay(\"Users\"), on = pre_sign_up")
            .replace("timeout", "provisioned_concurrency = 1, timeout");
        let template = templates_from_source(&source, POOL).cloudformation.unwrap();
        assert!(template.contains("        PreSignUp: !Ref TakeAliaslive\n"), "{template}");
        assert!(template.contains("      FunctionName: !Ref TakeAliaslive\n"), "{template}");
    }

    #[test]
    fn a_pool_that_cannot_have_the_trigger_is_an_error() {
        let none = Overlay::default();
        let on = "pool = overlay(\"Users\"), on = pre_sign_up";
        let pool = |properties: &str| {
            read_for_test(&format!(
                "Resources:\n  Users:\n    Type: AWS::Cognito::UserPool\n    Properties: {properties}\n"
            ))
        };
        assert!(
            problem(on, &none).contains("this package has no overlay"),
            "{}",
            problem(on, &none)
        );
        for (arguments, overlay, message) in [
            (
                "pool = overlay(\"User\"), on = pre_sign_up",
                read_for_test(POOL),
                "the overlay has no resource `User`\n\nhelp: did you mean `Users`?",
            ),
            (
                on,
                read_for_test("Resources:\n  Users: { Type: AWS::SQS::Queue }\n"),
                "`Users` at extra.yaml:2 is of type `AWS::SQS::Queue`, not a user pool\n\nhelp: a user pool has the type `AWS::Cognito::UserPool`",
            ),
            (
                on,
                pool(
                    "{ LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:123456789012:function:old' } }",
                ),
                "`Users` at extra.yaml:2 sets `PreSignUp` in its `LambdaConfig`, which is the function of `pre_sign_up`\n\nhelp: remove one of the two",
            ),
            (
                "pool = overlay(\"Users\"), on = pre_token_generation",
                pool(
                    "{ LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: 'arn:aws:lambda:eu-west-1:123456789012:function:old', LambdaVersion: V2_0 } } }",
                ),
                "`Users` at extra.yaml:2 sets `PreTokenGenerationConfig` in its `LambdaConfig`, which is the function of `pre_token_generation`",
            ),
            (
                "pool = overlay(\"Users\"), on = custom_email_sender, kms_key = param(\"Key\")",
                pool("{ LambdaConfig: { KMSKeyID: 'arn:aws:kms:eu-west-1:123456789012:key/a' } }"),
                "`Users` at extra.yaml:2 sets `KMSKeyID` in its `LambdaConfig`, which is the `kms_key` of this trigger\n\nhelp: remove it from the overlay",
            ),
            (
                on,
                pool("{ LambdaConfig: !If [A, {}, {}] }"),
                "the `LambdaConfig` of `Users` at extra.yaml:2 is known only when the stack is deployed",
            ),
        ] {
            let found = problem(arguments, &overlay);
            let expected = format!("trigger 0 pool: {message}");
            assert!(found.starts_with(&expected), "{arguments}: {found}");
        }
    }

    #[test]
    fn one_pool_has_one_function_for_a_trigger() {
        let second = function("pool = overlay(\"Users\"), on = [post_confirmation, pre_sign_up]")
            .replace("take", "again");
        let first = function("pool = overlay(\"Users\"), on = pre_sign_up");
        let assembled = assemble_unchecked(&format!("{first}\n{second}"), &read_for_test(POOL));
        let problems: Vec<String> = assembled
            .notes
            .iter()
            .flat_map(|(_, note)| &note.problems)
            .map(|problem| problem.message.full())
            .collect();
        let [message] = problems.as_slice() else { panic!("{problems:?}") };
        assert!(
            message.starts_with("`pre_sign_up` of this user pool already invokes"),
            "{message}"
        );
    }

    #[test]
    fn a_function_cannot_take_longer_than_cognito_waits() {
        let source = function("pool = param(\"PoolArn\"), on = pre_sign_up");
        let problems = |timeout: &str| {
            let source = source.replace("\"5s\"", &format!("\"{timeout}\""));
            let assembled = assemble_unchecked(&source, &Overlay::default());
            let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            problems.map(|it| it.message.full()).collect::<Vec<String>>()
        };
        assert_eq!(problems("5s"), [""; 0]);
        assert_eq!(
            problems("6s"),
            [
                "timeout of 6 s behind a user pool: Cognito gives up after 5 s\n\nhelp: write `timeout = \"5s\"`, and send the long work to a queue"
            ]
        );
    }

    #[test]
    fn a_function_that_refers_to_its_pool_is_a_circular_dependency() {
        let function = function("pool = overlay(\"Users\"), on = pre_sign_up");
        let found = |setting: &str| {
            let source = function.replace("timeout", &format!("{setting}, timeout"));
            let assembled = assemble_unchecked(&source, &read_for_test(POOL));
            let errors = assembled.errors.iter().map(|it| it.message.full());
            let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            errors.chain(problems.map(|it| it.message.full())).collect::<Vec<String>>()
        };
        for setting in [
            "properties = { \"CodeSigningConfigArn\": { \"Ref\": \"Users\" } }",
            "allow(actions = [\"cognito-idp:AdminGetUser\"], resources = [\"${Users.Arn}\"])",
        ] {
            let found = found(setting);
            assert!(found.len() == 1 && found[0].contains("circular"), "{setting}: {found:?}");
        }
    }
}
