//! Applies environments to small applications, and reads the stacks and the errors.

use serde_json::{Value, json};

use super::AppliedEnvironments;
use crate::assemble::Assembled;
use crate::emit::{EmitInput, Templates, emit_templates};
use crate::metadata::read_for_test;
use crate::overlay::Overlay;
use crate::testing::{assemble_environments, read_overlay_for_test};

const TAKE: &str = "#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }\n";

fn apply(items: &str, metadata: &str) -> (Assembled, AppliedEnvironments) {
    assemble_environments(items, read_for_test(metadata), &Overlay::default())
}

/// Returns the stack of an application without errors.
fn stack(items: &str, metadata: &str) -> crate::stack::Stack {
    let (assembled, applied) = apply(items, metadata);
    let problems: Vec<_> = assembled.notes.iter().flat_map(|(_, note)| &note.problems).collect();
    assert!(!assembled.wrong && applied.errors.is_empty(), "{problems:?} {:?}", applied.errors);
    assembled.stack
}

/// Returns the errors of environments, each with the text at its place in the metadata, and the problems of items.
fn errors(items: &str, metadata: &str) -> Vec<String> {
    let (assembled, applied) = apply(items, metadata);
    let at = |span: &skylift_syntax::span::SourceSpan| match span {
        skylift_syntax::span::SourceSpan::Bytes(range) => metadata[range.clone()].to_owned(),
        skylift_syntax::span::SourceSpan::Tokens { .. } => String::new(),
    };
    let mut found: Vec<String> =
        applied.errors.iter().map(|(span, it)| format!("{}: {}", at(span), it.full())).collect();
    let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
    found.extend(problems.map(|problem| format!("{}: {}", problem.at, problem.message.full())));
    found.extend(assembled.default_problems.iter().map(|it| it.message.full()));
    found.extend(assembled.package_problems.iter().map(skylift_model::message::Message::full));
    assert_eq!(assembled.wrong || !assembled.package_problems.is_empty(), !found.is_empty());
    found
}

fn to_json(map: &skylift_model::aws::node::Map) -> Value {
    serde_json::to_value(map).unwrap()
}

fn find(key: &str) -> Value {
    json!({ "Fn::FindInMap": ["Environments", { "Ref": "Environment" }, key] })
}

#[test]
fn a_function_has_the_value_of_the_environment_that_the_parameter_chooses() {
    let stack = stack(
        &TAKE.replace("#[function]", "#[function(timeout = \"10s\")]"),
        "memory = 256\n[environment.prod]\nmemory = 1024\n[environment.prod.functions.take]\ntimeout = \"1m\"\n",
    );
    assert_eq!(stack.resource("Take").property("Timeout"), find("TakeTimeout"));
    assert_eq!(stack.resource("Take").property("MemorySize"), find("FunctionsMemorySize"));
    let environment = |memory: u32, timeout: u32| json!({ "FunctionsMemorySize": memory, "TakeTimeout": timeout });
    let mapping = json!({ "default": environment(256, 10), "prod": environment(1024, 60) });
    assert_eq!(to_json(&stack.mappings), json!({ "Environments": mapping }));
    let parameter = &to_json(&stack.parameters)["Environment"];
    assert_eq!(parameter["AllowedValues"], json!(["default", "prod"]));
    assert_eq!(parameter["Default"], "default");
}

#[test]
fn an_application_without_environments_has_no_parameter_and_no_mapping() {
    let stack = stack(TAKE, "memory = 256");
    assert!(stack.parameters.is_empty() && stack.mappings.is_empty());
    assert!(stack.conditions.is_empty());
}

#[test]
fn a_function_keeps_the_default_where_only_another_environment_sets_it() {
    let stack = stack(
        TAKE,
        "memory = 256\nenv = { LOG = \"info\" }\n[environment.prod.functions.take]\nmemory = 512\nenv = { LOG = \"warn\", NEW = \"x\" }\n",
    );
    let take = stack.resource("Take");
    let values = &to_json(&stack.mappings)["Environments"];
    assert_eq!(take.property("MemorySize"), find("TakeMemorySize"));
    assert_eq!(values["default"], json!({ "TakeMemorySize": 256, "TakeLOG": "info" }));
    let new = json!({ "Fn::If": ["EnvironmentIsProd", "x", { "Ref": "AWS::NoValue" }] });
    assert_eq!(take.property("Environment.Variables.NEW"), new);
    let equals = json!({ "Fn::Equals": [{ "Ref": "Environment" }, "prod"] });
    assert_eq!(to_json(&stack.conditions), json!({ "EnvironmentIsProd": equals }));
}

#[test]
fn a_value_replaces_a_template_parameter() {
    let stack = stack(
        TAKE,
        "memory = { param = \"Memory\" }\nparameters = { Memory = { default = \"256\", min = 128, max = 512 } }\n[environment.prod.functions.take]\nmemory = 1024\n",
    );
    let choice = json!({ "Fn::If": ["EnvironmentIsProd", 1024, { "Ref": "Memory" }] });
    assert_eq!(stack.resource("Take").property("MemorySize"), choice);
    assert_eq!(to_json(&stack.parameters)["Memory"]["MaxValue"], 512);
}

#[test]
fn a_version_has_a_hash_for_each_environment() {
    let items = TAKE.replace("#[function]", "#[function(provisioned_concurrency = 1)]");
    let of = |memory: u32| {
        let metadata = format!("[environment.prod]\nmemory = {memory}\n");
        let values = to_json(&stack(&items, &metadata).mappings);
        let of = |name: &str| values["Environments"][name]["TakeVersionDescription"].clone();
        (of("default"), of("prod"))
    };
    let (one, other) = (of(512), of(1024));
    assert_eq!(one.0, other.0);
    assert_ne!(one.1, other.1);
}

#[test]
fn sams_template_publishes_a_version_if_any_environment_changes() {
    let hash = |metadata: &str| {
        let items = TAKE.replace("#[function]", "#[function(provisioned_concurrency = 1)]");
        let (assembled, _) = apply(&items, metadata);
        let Assembled { app, stack, resources, .. } = assembled;
        let input = EmitInput { app: &app, resources, made_by: "Made" };
        let Templates { sam, .. } = emit_templates(stack, Overlay::default(), &input);
        let start = sam.find("SKYLIFT_SETTINGS").unwrap();
        sam[start..].lines().next().unwrap().to_owned()
    };
    let plain = hash("[environment.prod.functions.take]\ntimeout = \"10s\"\n");
    assert_eq!(hash("[environment.prod.functions.take]\ntimeout = \"10s\"\n"), plain);
    assert_ne!(hash("[environment.prod.functions.take]\ntimeout = \"11s\"\n"), plain);
}

#[test]
fn the_program_works_with_the_settings_of_each_environment() {
    let (assembled, _) = apply(
        &TAKE.replace("#[function]", "#[function(timeout = \"10s\")]"),
        "[environment.long.functions.take]\ntimeout = \"1m\"\n[environment.short.functions.take]\ntimeout = \"2s\"\n",
    );
    let note = &assembled.notes[0].1;
    assert_eq!(note.timeout, 60);
    assert!(note.deadline_margin < 2_000, "{}", note.deadline_margin);
}

#[test]
fn mistakes_are_reported_at_their_keys_and_name_the_environment() {
    let scheduled = "#[resource(queue(visibility = \"30s\"))]\nstruct Jobs;\n#[function(trigger = sqs(queue = Jobs), timeout = \"5s\")]\nasync fn take(job: SqsMessage) -> Result<(), Error> { Ok(()) }\n";
    let long =
        TAKE.replace("#[function]", "#[function(timeout = \"10s\", deadline_margin = \"5s\")]");
    for (items, metadata, message) in [
        (
            long.as_str(),
            "[environment.prod.functions.take]\ntimeout = \"5s\"\n",
            "in the environment `prod`: ",
        ),
        (
            TAKE,
            "[environment.prod.functions.tke]\nmemory = 512\n",
            "tke: the environment `prod` has settings of `tke`, and the application has no function of this name\n\nhelp: did you mean `take`?",
        ),
        (
            TAKE,
            "[environment.prod.functions.take]\nmemory = 1\n",
            "1: memory of 1 MB is out of range",
        ),
        (
            scheduled,
            "[environment.prod.functions.take]\ntimeout = \"1m\"\n",
            "trigger 0 queue: in the environment `prod`: messages of `Jobs` are visible again after 30 s",
        ),
        (
            TAKE,
            "alarms = { throttles = 1, to = \"arn:aws:sns:eu-west-1:123456789012:alerts\" }\n[environment.prod]\nmemory = 512\nalarms = { errors = 1 }\n",
            "alarms: `alarms` of the environment `prod` changes more than values: `TakeErrorsAlarm` is not in every environment\n\nhelp: set `alarms` for all environments, and another value of it in `prod`",
        ),
        (
            TAKE,
            "[environment.prod]\ntags = { team = \"a\" }\n",
            "tags: `tags` of the environment `prod` changes more than values: ",
        ),
        (
            TAKE,
            "parameters = { Environment = { default = \"a\" } }\nenv = { NAME = { param = \"Environment\" } }\n[environment.prod]\nmemory = 512\n",
            "the template has a parameter `Environment` already, which chooses the environment",
        ),
    ] {
        let found = errors(items, metadata);
        let [found] = found.as_slice() else { panic!("{metadata}: {found:?}") };
        assert!(found.contains(message), "{metadata}: {found}");
    }
}

#[test]
fn a_problem_of_one_environment_outside_its_settings_names_it() {
    let items = "#[resource(queue(visibility = \"30s\"))]\nstruct Jobs;\n#[function(trigger = sqs(queue = Jobs))]\nasync fn take(job: SqsMessage) -> Result<(), Error> { Ok(()) }\n";
    let found = errors(items, "[environment.prod]\ntimeout = \"1m\"\n");
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert!(found.contains("in the environment `prod`: "), "{found}");
}

#[test]
fn a_function_is_named_by_its_path_if_several_have_the_name() {
    let items = "#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }\nmod other { use skylift::prelude::*;\n#[function(id = \"Other\")]\nasync fn take() -> Result<(), Error> { Ok(()) } }\n";
    let settings = |name: &str| format!("[environment.prod.functions.{name}]\ntimeout = \"10s\"\n");
    let stack = stack(items, &settings("\"other::take\""));
    assert_eq!(stack.resource("Other").property("Timeout"), find("OtherTimeout"));
    assert_eq!(stack.resource("Take").property("Timeout"), Value::Null);
    let twice = format!(
        "mod more {{ use skylift::prelude::*;\n{} }}\n{}",
        &items[items.find("#[function(id").unwrap()..]
            .replace("Other", "More")
            .replace(" }\n", "\n"),
        items.replacen("async fn take", "async fn first", 1)
    );
    let found = errors(&twice, &settings("take"));
    assert!(found[0].starts_with("take: 2 functions have the name `take`"), "{found:?}");
}

#[test]
fn the_names_of_the_overlay_are_its_own() {
    let found = |text: &str| {
        let overlay = read_overlay_for_test(text);
        let metadata = "[environment.prod]\nenv = { NAME = \"b\" }\nmemory = 512\n";
        let (assembled, _) = assemble_environments(TAKE, read_for_test(metadata), &overlay);
        assembled.errors.iter().map(|error| error.message.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        found("Parameters:\n  Environment: { Type: String }\n"),
        [
            "parameter `Environment` has the name of the template parameter `Environment`, which chooses the environment"
        ]
    );
    assert_eq!(
        found(
            "Mappings:\n  Environments:\n    a: { B: c }\nConditions:\n  EnvironmentIsProd: !Equals [a, a]\n"
        ),
        [
            "mapping `Environments` has the name of the values of the environments",
            "condition `EnvironmentIsProd` has the name of the values of the environments",
        ]
    );
    let free = "Conditions:\n  IsTest: !Equals [!Ref Environment, test]\n";
    assert_eq!(found(free), Vec::<String>::new());
}

#[test]
fn a_nested_stack_has_the_values_that_it_looks_up() {
    let items = "#[function(provisioned_concurrency = 1)]\nasync fn take() -> Result<(), Error> { Ok(()) }\n#[function]\nasync fn resize() -> Result<(), Error> { Ok(()) }\n#[resource(queue)]\nstruct Jobs;\n#[function(trigger = sqs(queue = Jobs))]\nasync fn report(job: SqsMessage) -> Result<(), Error> { Ok(()) }\n";
    let metadata = "stacks = \"nested\"\n[environment.prod.functions.take]\ntimeout = \"10s\"\nreserved_concurrency = 2\n[environment.prod.functions.report]\ntimeout = \"20s\"\n";
    let (assembled, _) = apply(items, metadata);
    let Assembled { app, stack, resources, .. } = assembled;
    let input = EmitInput { app: &app, resources, made_by: "Made" };
    let templates = emit_templates(stack, Overlay::default(), &input);
    assert!(templates.problems.is_empty(), "{:?}", templates.problems);
    let nested = |id: &str| {
        let number = crate::stack::stack_number(id);
        let found = templates.nested.iter().find(|nested| nested.number == number).unwrap();
        [&found.sam, found.cloudformation.as_ref().unwrap()]
    };
    for take in nested("Take") {
        assert!(
            take.contains("\n      TakeTimeout: 10\n") && !take.contains("ReportTimeout"),
            "{take}"
        );
        assert!(
            take.contains("\n  EnvironmentIsProd: !Equals [!Ref Environment, prod]\n"),
            "{take}"
        );
        assert!(take.contains("\n  Environment:\n    Type: String\n"), "{take}");
    }
    for resize in nested("Resize") {
        assert!(
            !resize.contains("Environments") && !resize.contains("EnvironmentIsProd"),
            "{resize}"
        );
        assert!(!resize.contains("\n  Environment:"), "{resize}");
    }
    // The visibility of the queue, which is in the stack of the application, follows from the timeout.
    for root in [&templates.sam, templates.cloudformation.as_ref().unwrap()] {
        assert!(root.contains("\n      JobsVisibilityTimeout: 120\n"), "{root}");
        assert!(!root.contains("Timeout: 10\n") && !root.contains("EnvironmentIsProd"), "{root}");
        assert!(root.contains("\n        Environment: !Ref Environment\n"), "{root}");
    }
}
