//! Checks the references in texts of the user, such as `${Api}` in the ARNs of `allow`. It takes the application, its stack and the overlay. It reports references to
//! nothing, and references with which a role would depend on its own function.

use std::cell::LazyCell;
use std::collections::HashSet;

use skylift_model::aws::function_keys;
use skylift_model::aws::sub_text::SubText;
use skylift_model::aws::value::CfnValue;
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem, Problems};
use skylift_model::resource::Resource;
use skylift_model::{App, Function, FunctionSettings, Outputs};

use super::allowed_arns::check_allowed_arns;
use super::references::KnownNames;
use super::setting_targets::check_setting_targets;
use crate::lower::function::role_id;
use crate::lower::http_api::{API_ID, DOMAIN_ID};
use crate::lower::invoke;
use crate::messages;
use crate::overlay::Overlay;
use crate::overlay::cycles::{ReferenceGraph, reference_graph, shortest_cycle};
use crate::reference::to_target;
use crate::stack::Stack;

/// The result of checking the references in texts.
#[derive(Debug, Default)]
pub(crate) struct CheckedTexts {
    pub(crate) problems: Vec<Problem>,
    pub(crate) warnings: Vec<Message>,
    /// The logical ids of the resources in the circular dependencies that are reported here.
    pub(crate) in_cycles: HashSet<String>,
}

/// Checks the references in all texts of the application; `names` are the names of the template, and `None` if not all
/// of them are known.
pub(crate) fn check_text_references(
    app: &App,
    stack: &Stack,
    overlay: &Overlay,
    names: Option<&KnownNames<'_>>,
) -> CheckedTexts {
    let mut checked = CheckedTexts::default();
    let mut problems = Problems::default();
    let graph = LazyCell::new(|| reference_graph(overlay, stack));
    for WrittenText { item, dependent, at, text } in written_texts(app) {
        let unknown = names.and_then(|names| {
            text.references().iter().find_map(|reference| names.check(&to_target(reference)))
        });
        if let Some((message, is_certain)) = unknown {
            let has_overlay = overlay.named || !overlay.entries.is_empty();
            let meant = message.help.as_ref().is_some_and(|help| help.starts_with("did you mean"));
            let missing = text.whole_reference().filter(|it| {
                !has_overlay && !meant && names.is_some_and(|names| !names.resolves(&it.id))
            });
            let message = missing.map_or(message, |it| messages::reference_without_overlay(&it.id));
            if is_certain {
                problems.push(item, at, message);
            } else {
                checked.warnings.push(message);
            }
        } else if let Some(cycle) = dependent.and_then(|it| find_cycle(&it, text, &graph)) {
            let cycle: Vec<&str> = cycle.iter().map(String::as_str).collect();
            let message = match at {
                PlaceInItem::Allow { .. } | PlaceInItem::AllowCondition { .. } => {
                    messages::circular_permission(&cycle)
                }
                _ => messages::circular_setting(&cycle),
            };
            problems.push(item, at, message);
            checked.in_cycles.extend(cycle.into_iter().map(str::to_owned));
        }
    }
    if let Some(names) = names {
        check_arns(app, names, &mut problems);
        check_setting_targets(app, names, &mut problems);
    }
    checked.problems = problems.into_vec();
    checked
}

/// Checks the ARNs that the references in `allow` make. A reference with a mistake of its own is not reported again.
fn check_arns(app: &App, names: &KnownNames<'_>, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        for (statement, allow) in function.settings.allow.iter().enumerate() {
            for (resource, message) in check_allowed_arns(allow, &|id| names.kind_of(id)) {
                let at = PlaceInItem::Allow { statement, resource };
                problems.push(ItemIndex::Function(index), at, message);
            }
        }
    }
}

/// A text with references, and its place.
struct WrittenText<'a> {
    item: ItemIndex,
    /// The logical id of the resource that the text makes dependent: the role, or the function itself. `None` for a
    /// default of all functions.
    dependent: Option<String>,
    at: PlaceInItem,
    text: &'a SubText,
}

/// Returns the texts with references in `env`, in `tags` and in Lambda's own settings, each with its place.
fn in_settings(settings: &FunctionSettings) -> impl Iterator<Item = (PlaceInItem, &SubText)> {
    let env = settings.texts().filter_map(|(at, value)| Some((at, value.sub()?)));
    let own = settings.lambda.values().into_iter();
    env.chain(own.filter_map(|(key, value, _)| Some((PlaceInItem::key(key), value.sub()?))))
}

/// Returns the logical id of the resource that a reference at this place makes dependent. Returns `None` if the resource
/// itself depends on the function, and nothing depends on it.
fn find_dependent(function: &Function, at: &PlaceInItem) -> Option<String> {
    match at {
        PlaceInItem::Key(key) if key == function_keys::ALARMS => None,
        PlaceInItem::Key(key) if key == function_keys::DEPLOY.name => {
            Some(invoke::alias_id(function))
        }
        _ => Some(function.id.to_string()),
    }
}

/// Returns the texts with references in the settings of all functions, in the defaults, and in the keys of resources and
/// of event source mappings.
fn written_texts(app: &App) -> Vec<WrittenText<'_>> {
    let mut texts = Vec::new();
    for (at, text) in in_settings(&app.defaults) {
        texts.push(WrittenText { item: ItemIndex::Defaults, dependent: None, at, text });
    }
    if let Outputs::Changed(changes) = &app.outputs {
        for change in changes {
            let Some(text) = change.export.as_ref().and_then(CfnValue::sub) else { continue };
            let at = PlaceInItem::Key(format!("{}.{}", Outputs::KEY, change.output));
            texts.push(WrittenText { item: ItemIndex::Defaults, dependent: None, at, text });
        }
    }
    for (item, at, value) in app.http_values() {
        let id = if item == ItemIndex::Defaults { DOMAIN_ID } else { API_ID };
        if let Some(text) = value.sub() {
            texts.push(WrittenText { item, dependent: Some(id.to_owned()), at, text });
        }
    }
    for (index, resource) in app.resources.iter().enumerate() {
        if let Some(text) = resource.kms_key.as_ref().and_then(CfnValue::sub) {
            let item = ItemIndex::Resource(index);
            let dependent = resource.existing.is_none().then(|| resource.id.to_string());
            texts.push(WrittenText {
                item,
                dependent,
                at: PlaceInItem::key(Resource::KMS_KEY),
                text,
            });
        }
    }
    for (index, function) in app.functions.iter().enumerate() {
        let item = ItemIndex::Function(index);
        for (at, text) in in_settings(&function.settings) {
            let dependent = find_dependent(function, &at);
            texts.push(WrittenText { item, dependent, at, text });
        }
        for (number, trigger) in function.triggers.iter().enumerate() {
            let Some(text) = trigger.kms_key().and_then(CfnValue::sub) else { continue };
            let at = PlaceInItem::trigger_key(number, function_keys::KMS_KEY.name);
            // A mapping depends on the function, and nothing depends on the mapping. The key of another trigger is in
            // the role.
            let dependent = trigger.mapping().is_none().then(|| role_id(function));
            texts.push(WrittenText { item, dependent, at, text });
        }
        for (statement, allow) in function.settings.allow.iter().enumerate() {
            for (at, value) in allow.placed_values(statement) {
                if let CfnValue::Sub(text) = value {
                    let dependent = Some(role_id(function));
                    texts.push(WrittenText { item, dependent, at, text });
                }
            }
        }
    }
    texts
}

/// Returns the circular dependency that a text causes which makes the resource `dependent` depend on others. Returns
/// `None` if it causes none.
fn find_cycle(dependent: &str, text: &SubText, graph: &ReferenceGraph<'_>) -> Option<Vec<String>> {
    if text.references().is_empty() {
        return None;
    }
    let cycle = shortest_cycle(dependent, graph)?;
    let through = cycle.get(1)?;
    let causes = text.references().iter().any(|reference| reference.id == *through);
    causes.then(|| cycle.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::assemble_unchecked;

    /// Returns the problems and the warnings of a function whose `allow` has this ARN.
    fn check(arn: &str, overlay: &str) -> (Vec<String>, Vec<String>) {
        let overlay = if overlay.is_empty() {
            Overlay::default()
        } else {
            crate::overlay::read_for_test(overlay)
        };
        let source = format!(
            "#[resource(queue)]\npub struct Jobs;\n#[function(trigger = http(\"GET /a\", auth = none), allow(actions = [\"a:B\"], resources = [\"{arn}\"]))]\nasync fn take() -> &'static str {{ \"\" }}"
        );
        let assembled = assemble_unchecked(&source, &overlay);
        let notes = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
        let problems = notes.map(|it| it.message.text.clone()).collect();
        (problems, assembled.warnings.iter().map(|it| it.text.clone()).collect())
    }

    #[test]
    fn a_reference_names_a_resource_or_a_parameter() {
        let none = (Vec::new(), Vec::new());
        assert_eq!(check("${Jobs.Arn}", ""), none);
        assert_eq!(check("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${aws:username}", ""), none);
        assert_eq!(
            check(
                "arn:aws:s3:::${Api}/*",
                "Parameters:\n  Api: {Type: String, AllowedPattern: a+}\n"
            ),
            none
        );
        let api = "Resources:\n  Api: {Type: AWS::ApiGatewayV2::Api}\n";
        assert_eq!(check("arn:aws:execute-api:eu-west-1:123456789012:${Api}/*", api), none);
        let unknown = "the template has no resource and no parameter `Job`".to_owned();
        assert_eq!(check("arn:aws:s3:::${Job}/*", ""), (vec![unknown.clone()], Vec::new()));
        let attribute =
            vec!["`Jobs` has no attribute `Ar`: its type is `AWS::SQS::Queue`".to_owned()];
        assert_eq!(check("${Jobs.Ar}", ""), (attribute, Vec::new()));
        let sam = "Resources:\n  Api: {Type: AWS::Serverless::Api}\n";
        assert_eq!(check("arn:aws:s3:::${Job}/*", sam), (Vec::new(), vec![unknown]));
    }

    #[test]
    fn a_role_cannot_depend_on_its_own_function() {
        for (arn, cycle) in [
            ("${Take.Arn}", "`TakeRole` -> `Take` -> `TakeRole`"),
            (
                "arn:aws:execute-api:eu-west-1:123456789012:${ServerlessHttpApi}/*",
                "`TakeRole` -> `ServerlessHttpApi` -> `Take` -> `TakeRole`",
            ),
        ] {
            let (problems, _) = check(arn, "");
            let message = format!("this makes a circular dependency between resources: {cycle}");
            assert_eq!(problems, [message]);
        }
    }

    /// Returns the problems of a function with this value of a variable in `env`, each with its place.
    fn check_env(value: &str, overlay: &str) -> Vec<String> {
        let overlay = crate::overlay::read_for_test(overlay);
        let source = format!(
            "#[function(trigger = http(\"GET /a\"), env(KEY = {value}))]\nasync fn take() -> &'static str {{ \"\" }}"
        );
        let assembled = assemble_unchecked(&source, &overlay);
        let notes = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
        notes.map(|it| format!("{}: {}", it.at, it.message.full())).collect()
    }

    #[test]
    fn a_reference_in_a_variable_names_something_that_does_not_need_the_function() {
        let db = "Resources:\n  Db: {Type: AWS::RDS::DBInstance}\n";
        for right in [
            r#"overlay("Db", "Endpoint.Address")"#,
            r#"overlay("Db")"#,
            r#"sub("postgres://${Db.Endpoint.Address}:${Db.Endpoint.Port}/${AWS::StackName}")"#,
        ] {
            assert_eq!(check_env(right, db), [""; 0], "{right}");
        }
        assert_eq!(
            check_env(r#"overlay("Bd", "Endpoint.Address")"#, db),
            ["env KEY: the template has no resource `Bd`\n\nhelp: did you mean `Db`?"]
        );
        assert_eq!(
            check_env(r#"sub("http://${ServerlessHttpApi}.example.com")"#, db),
            [
                "env KEY: this makes a circular dependency between resources: `Take` -> `ServerlessHttpApi` -> `Take`\n\nhelp: give the other resource a fixed name and write that name, or take the value from the event"
            ]
        );
    }

    #[test]
    fn a_reference_in_the_key_of_a_mapping_and_in_a_tag_is_checked() {
        let check = |key: &str, tag: &str| {
            let source = format!(
                "#[function(trigger = sqs(filters = {{ \"body\": [\"a\"] }}, kms_key = {key}), tags(db = {tag}))]\nasync fn take(event: SqsEvent) -> Result<(), Error> {{ Ok(()) }}"
            );
            let overlay =
                crate::overlay::read_for_test("Resources:\n  Key: {Type: AWS::KMS::Key}\n");
            let assembled = assemble_unchecked(&source, &overlay);
            let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            problems.map(|it| format!("{}: {}", it.at, it.message.full())).collect::<Vec<_>>()
        };
        let (key, tag) = (r#"overlay("Key", "Arn")"#, r#"sub("${Key}")"#);
        assert_eq!(check(key, tag), [""; 0]);
        let help = "help: did you mean `Key`?";
        assert_eq!(
            check(r#"overlay("Kee", "Arn")"#, tag),
            [format!("trigger 0 kms_key: the template has no resource `Kee`\n\n{help}")]
        );
        let found = check(key, r#"sub("a-${Kee}")"#);
        assert!(found[0].starts_with("key tags.db: the template has "), "{found:?}");
        assert!(found[0].ends_with(help), "{found:?}");
    }
}
