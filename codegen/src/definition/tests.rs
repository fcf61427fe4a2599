//! Tests of definitions that are files of a package.

use std::fs;

use skylift_model::App;
use skylift_model::allow_statement::AllowStatement;
use skylift_model::aws::value::CfnValue;
use skylift_model::message::Message;
use skylift_model::resource::state_machine::StateMachine;
use skylift_model::resource::{Resource, ResourceSettings};

use super::{ReadDefinitions, check_functions, read_definitions};
use crate::fixtures;

fn machine(asl: &str, express: bool) -> Resource {
    let settings = StateMachine { asl: Some(asl.to_owned()), express, ..StateMachine::default() };
    fixtures::resource("Checkout", ResourceSettings::StateMachine(settings))
}

/// Reads a definition with this text, and returns the application and the messages about its file and its names.
fn read_as(name: &str, text: &[u8], express: bool) -> (App, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    let queue = fixtures::one_of_each().swap_remove(3);
    let mut resources = vec![queue, machine(name, express)];
    let ReadDefinitions { files, problems, names } =
        read_definitions(&mut resources, folder.path());
    assert_eq!(files, [folder.path().join(name)]);
    let app =
        fixtures::app(vec![fixtures::function("charge"), fixtures::function("refund")], resources);
    let named = check_functions(&app, &["broken".to_owned()], &names);
    let all = problems.into_iter().chain(named);
    let messages = all.map(|problem| {
        assert_eq!(problem.at.to_string(), "key asl");
        Message::full(&problem.message)
    });
    let messages = messages.collect();
    (app, messages)
}

fn read(text: &str) -> (App, Vec<String>) {
    read_as("checkout.asl.json", text.as_bytes(), false)
}

fn definition(app: &App) -> &StateMachine {
    match &app.resources[1].settings {
        ResourceSettings::StateMachine(machine) => machine,
        other => panic!("{other:?}"),
    }
}

fn task(resource: &str) -> String {
    format!(
        "{{\n\t\"StartAt\": \"A\",\n\t\"States\": {{\n\t\t\"A\": {{ \"Type\": \"Task\", \"Resource\": \"{resource}\", \"End\": true }}\n\t}}\n}}"
    )
}

#[test]
fn a_definition_is_json_or_yaml_and_becomes_json() {
    let (app, messages) = read(&task("${charge}\", \"ResultPath\": null, \"Comment\": \""));
    assert!(messages.is_empty(), "{messages:?}");
    let machine = definition(&app);
    assert_eq!(machine.functions().collect::<Vec<_>>(), ["charge"]);
    let json = &machine.definition.as_ref().unwrap().json;
    assert!(json.contains("\"ResultPath\": null"), "{json}");
    assert!(json.starts_with("{\n  \"StartAt\": \"A\",\n"), "{json}");
    let yaml = "StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: ${charge}\n    Parameters:\n      queue: ${Queue}\n    End: true\n";
    let (app, messages) = read_as("checkout.asl.yaml", yaml.as_bytes(), false);
    assert!(messages.is_empty(), "{messages:?}");
    let definition = definition(&app).definition.as_ref().unwrap();
    assert_eq!(
        (&*definition.functions, &*definition.names),
        (&["charge".to_owned()][..], &["charge".to_owned(), "Queue".to_owned()][..])
    );
    assert!(definition.json.contains("\"End\": true"), "{}", definition.json);
}

#[test]
fn a_mistake_has_its_place_in_the_file() {
    for (text, message) in [
        (
            task("${chrage}"),
            "checkout.asl.json:4:38: no `#[function]` has the name `chrage`\n\nhelp: did you mean `${charge}`?",
        ),
        (
            task("${Queue}"),
            "checkout.asl.json:4:38: `Queue` is a queue, and a task calls a function\n\nhelp: name a function, or write the ARN of a service integration as `Resource`",
        ),
        (
            task("${pay}"),
            "checkout.asl.json:4:38: no `#[function]` has the name `pay`\n\nhelp: the functions are `charge` and `refund`",
        ),
        (
            task("arn:aws:states:::sqs:sendMessage\", \"Comment\": \"${Quue}"),
            "checkout.asl.json:4:85: `Quue` is neither a `#[function]` nor a `#[resource]`\n\nhelp: did you mean `${Queue}`?",
        ),
        ("{ \"StartAt\": \"A\" }".to_owned(), "checkout.asl.json:1:1: a definition needs `States`"),
        (
            "StartAt: !Ref A\nStates: { A: { Type: Succeed } }".to_owned(),
            "checkout.asl.json:1:10: `!Ref` is not replaced in a definition\n\nhelp: name a function or a resource of the application: `${charge}`",
        ),
        (
            task("arn:aws:states:::sqs:sendMessage\", \"Comment\": \"{{resolve:ssm:a}}"),
            "`checkout.asl.json` has a dynamic reference, `{{resolve:…}}`\n\nhelp: read the value in a function, through `Reader` of a `secret` or a `parameter`",
        ),
        (
            "\n".to_owned(),
            "`checkout.asl.json` is empty\n\nhelp: write a definition with `StartAt` and `States`",
        ),
    ] {
        assert_eq!(read(&text).1, [message], "{text}");
    }
    assert!(read(&task("${broken}")).1.is_empty());
    let cut = read("{ \"StartAt\": ").1;
    assert!(cut[0].starts_with("checkout.asl.json:"), "{cut:?}");
    let twice = read(
        "{ \"StartAt\": \"A\", \"StartAt\": \"A\", \"States\": { \"A\": { \"Type\": \"Fail\" } } }",
    );
    assert!(twice.1[0].contains("`StartAt`"), "{:?}", twice.1);
    let (app, messages) = read_as("a.json", b"\xff", false);
    assert_eq!(messages, ["`a.json` is not UTF-8\n\nhelp: save the file as UTF-8"]);
    assert_eq!(definition(&app).definition, None);
    let waits = task("arn:aws:states:::ecs:runTask.sync");
    assert_eq!(read_as("a.json", waits.as_bytes(), true).1.len(), 1);
}

#[test]
fn a_file_that_cannot_be_read_is_a_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let found = read_definitions(&mut [machine("missing.json", false)], folder.path());
    let message = found.problems[0].message.full();
    assert!(message.starts_with("cannot read `missing.json`: "), "{message}");
    assert_eq!(found.files.len(), 1);
}

#[test]
fn a_name_in_allow_is_that_of_a_resource() {
    let mut machine = machine("a.json", false);
    let allow = |name: &str| AllowStatement {
        actions: vec!["sqs:SendMessage".to_owned()],
        resources: vec![CfnValue::Resource(name.to_owned())],
        conditions: Vec::new(),
    };
    if let ResourceSettings::StateMachine(machine) = &mut machine.settings {
        machine.allow = vec![allow("Queue"), allow("Quue"), allow("broken")];
    }
    let queue = fixtures::one_of_each().swap_remove(3);
    let app = fixtures::app(Vec::new(), vec![queue, machine]);
    let problems = check_functions(&app, &["broken".to_owned()], &[]);
    let found: Vec<(String, String)> =
        problems.iter().map(|it| (it.at.to_string(), it.message.full())).collect();
    let message = "no `#[resource]` has the name `Quue`\n\nhelp: did you mean `Queue`?";
    assert_eq!(found, [("key allow".to_owned(), message.to_owned())]);
}
