//! Lowers a trigger on a user pool to a permission and, for a pool of the overlay, the pool's `LambdaConfig`.
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
use crate::messages;
use crate::overlay::{OverlayEntry, PropertyValue};
use crate::stack::{IdOwner, OverlayAddition, Purpose, Resource};

/// The service that invokes the function.
const SERVICE: &str = "cognito-idp.amazonaws.com";

/// The CloudFormation types of a user pool.
const TYPE: &str = "AWS::Cognito::UserPool";

/// The property of a user pool that has its functions.
const LAMBDA_CONFIG: &str = "LambdaConfig";

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
        if let UserPool::Overlay(id) = &self.pool {
            let mut config = Map::new();
            for trigger in &self.on {
                let arn = invoke::target_arn(context.function);
                config.push(trigger.config_key(), config_value(*trigger, arn));
            }
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
        let (word, key) = keys.find(|(_, key)| config.get(key).is_some())?;
        Some(messages::overlay_pool_has_trigger(&entry.name, &entry.origin, key, word))
    }
}

/// Returns the value of a trigger's key in `LambdaConfig`.
fn config_value(trigger: PoolTrigger, function: Node) -> Node {
    match trigger {
        PoolTrigger::PreTokenGenerationV2 => {
            Map::new().with("LambdaArn", function).with("LambdaVersion", "V2_0").into()
        }
        _ => function,
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
