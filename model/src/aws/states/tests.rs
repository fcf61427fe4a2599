//! Tests of the check of definitions. Their definitions are nodes, which have no place.

use super::check_definition;
use super::names::{Substitution, find_substitutions};
use crate::aws::node::{Map, Node};

/// Converts JSON to a node.
fn node(json: &serde_json::Value) -> Node {
    match json {
        serde_json::Value::String(text) => Node::from(text.as_str()),
        serde_json::Value::Bool(value) => Node::Bool(*value),
        serde_json::Value::Number(number) => Node::Int(number.as_i64().unwrap().into()),
        serde_json::Value::Null => Node::Null,
        serde_json::Value::Array(items) => Node::Seq(items.iter().map(node).collect()),
        serde_json::Value::Object(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                map.push(key.as_str(), node(value));
            }
            Node::Map(map)
        }
    }
}

fn messages(json: &str, express: bool) -> Vec<String> {
    let root = node(&serde_json::from_str(json).unwrap());
    let checked = check_definition(&root, express);
    checked.problems.into_iter().map(|((), message)| message.full()).collect()
}

/// Returns the messages for a definition with these states, which starts at `A`.
fn states(states: &str) -> Vec<String> {
    messages(&format!(r#"{{ "StartAt": "A", "States": {{ {states} }} }}"#), false)
}

/// Returns the messages for a definition whose only state has these keys.
fn state(keys: &str) -> Vec<String> {
    states(&format!(r#""A": {{ {keys} }}"#))
}

const RIGHT: &str = r#"{
    "StartAt": "Charge",
    "States": {
        "Charge": {
            "Type": "Task", "Resource": "${charge}",
            "Retry": [{ "ErrorEquals": ["Busy"] }, { "ErrorEquals": ["States.ALL"] }],
            "Catch": [{ "ErrorEquals": ["CardDeclined"], "Next": "Cancel" }],
            "Next": "Decide"
        },
        "Decide": {
            "Type": "Choice",
            "Choices": [{ "Variable": "$.count", "NumericEquals": 1, "Next": "Pause" }],
            "Default": "Both"
        },
        "Pause": { "Type": "Wait", "Seconds": 5, "Next": "Both" },
        "Both": {
            "Type": "Parallel",
            "Branches": [
                { "StartAt": "Mail", "States": { "Mail": {
                    "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                    "Parameters": { "FunctionName": "${mail}", "Payload": { "to": "${Jobs}" } },
                    "End": true
                } } },
                { "StartAt": "Each", "States": { "Each": {
                    "Type": "Map",
                    "ItemProcessor": { "StartAt": "Pack", "States": { "Pack": {
                        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                        "Arguments": { "FunctionName": "${pack}", "Payload": "{% $f(${'a': 1}) %}" },
                        "End": true
                    } } },
                    "End": true
                } } }
            ],
            "Next": "Done"
        },
        "Cancel": { "Type": "Fail" },
        "Done": { "Type": "Succeed" }
    }
}"#;

#[test]
fn a_right_definition_has_no_mistakes_and_names_its_functions() {
    let root = node(&serde_json::from_str(RIGHT).unwrap());
    let checked = check_definition(&root, false);
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    let sorted = |names: Vec<((), String)>| {
        let mut names: Vec<String> = names.into_iter().map(|((), name)| name).collect();
        names.sort();
        names
    };
    assert_eq!(sorted(checked.functions), ["charge", "mail", "pack"]);
    assert_eq!(sorted(checked.names), ["Jobs", "charge", "mail", "pack"]);
}

#[test]
fn an_express_workflow_does_not_wait_for_others() {
    let wrong = "an express workflow has no tasks with `.waitForTaskToken`\n\nhelp: leave `express` out of the `#[resource(state_machine(…))]`";
    assert_eq!(messages(RIGHT, true), [wrong]);
    for resource in
        ["arn:aws:states:eu-west-1:123456789012:activity:a", "arn:aws:states:::ecs:runTask.sync"]
    {
        let json = format!(
            r#"{{ "StartAt": "A", "States": {{ "A": {{ "Type": "Task", "Resource": "{resource}", "End": true }} }} }}"#
        );
        assert_eq!(messages(&json, false), [""; 0], "{resource}");
        assert_eq!(messages(&json, true).len(), 1, "{resource}");
    }
}

#[test]
fn the_frame_of_a_definition_is_checked() {
    for (json, message) in [
        ("[]", "a definition is a map with `StartAt` and `States`, found a list"),
        ("{}", "a definition needs `States`"),
        (r#"{ "States": {} }"#, "`States` is a map of at least one state"),
        (r#"{ "States": [1] }"#, "`States` is a map of at least one state"),
        (r#"{ "States": { "A": { "Type": "Fail" } } }"#, "a definition needs `StartAt`"),
        (
            r#"{ "StartAt": 1, "States": { "A": { "Type": "Fail" } } }"#,
            "`StartAt` takes a string, found a number",
        ),
        (
            r#"{ "StartAt": "Charje", "States": { "Charge": { "Type": "Fail" } } }"#,
            "no state has the name `Charje`\n\nhelp: did you mean `Charge`?",
        ),
        (r#"{ "StartAt": "A", "States": { "A": 3 } }"#, "state `A` is a map, found a number"),
    ] {
        assert_eq!(messages(json, false), [message], "{json}");
    }
}

#[test]
fn each_type_of_state_has_its_keys() {
    let neither = "state `A` has neither `Next` nor `End`\n\nhelp: name the state that follows as `Next`, or write `\"End\": true`";
    let pass = |keys: &str| state(&format!(r#""Type": "Pass", {keys}"#));
    assert_eq!(state(r#""Type": "Pass""#), [neither]);
    assert_eq!(state(r#""End": true"#), ["state `A` needs `Type`"]);
    assert_eq!(
        state(r#""Type": "task""#),
        ["unknown type of state `task`\n\nhelp: did you mean `Task`?"]
    );
    assert!(state(r#""Type": "Lambda""#)[0].contains("help: the types are `Task`, `Pass`"));
    assert_eq!(pass(r#""End": 1"#), ["`End` takes `true`, found a number"]);
    assert_eq!(pass(r#""Next": 1"#), ["`Next` takes a string, found a number"]);
    assert_eq!(
        pass(r#""Next": "A", "End": true"#),
        ["state `A` has `Next` and `End`\n\nhelp: leave one of them out"]
    );
    for kind in ["Choice", "Succeed", "Fail"] {
        let choices = r#""Choices": [{ "Next": "A" }]"#;
        let found = state(&format!(r#""Type": "{kind}", {choices}, "End": true"#));
        let message = format!("a state of the type `{kind}` has no `End`\n\nhelp: leave `End` out");
        assert_eq!(found, [message]);
    }
    for (keys, message) in [
        (r#""Type": "Choice""#, "state `A` needs `Choices`"),
        (
            r#""Type": "Choice", "Choices": []"#,
            "`Choices` takes a list of at least one item, found an empty list",
        ),
        (
            r#""Type": "Choice", "Choices": [{}]"#,
            "an item of `Choices` needs `Next`, the name of the state that follows",
        ),
        (
            r#""Type": "Choice", "Choices": [{ "Next": 1 }]"#,
            "`Next` takes a string, found a number",
        ),
        (
            r#""Type": "Wait", "End": true"#,
            "state `A` does not say how long it waits\n\nhelp: write `Seconds` or `Timestamp`",
        ),
        (
            r#""Type": "Wait", "Seconds": 1, "SecondsPath": "$.a", "End": true"#,
            "a state of the type `Wait` waits for one time\n\nhelp: keep one of `Seconds`, `Timestamp`, `SecondsPath` and `TimestampPath`",
        ),
        (r#""Type": "Parallel", "End": true"#, "state `A` needs `Branches`"),
        (r#""Type": "Parallel", "Branches": [{}], "End": true"#, "state `A` needs `States`"),
        (
            r#""Type": "Parallel", "Branches": [3], "End": true"#,
            "the states in `A` are a map with `StartAt` and `States`, found a number",
        ),
        (r#""Type": "Map", "End": true"#, "state `A` needs `ItemProcessor`"),
        (r#""Type": "Map", "Iterator": {}, "End": true"#, "state `A` needs `States`"),
        (r#""Type": "Task", "End": true"#, "state `A` needs `Resource`"),
    ] {
        assert_eq!(state(keys), [message], "{keys}");
    }
}

#[test]
fn a_task_names_a_function_or_an_arn() {
    let task = |keys: &str| state(&format!(r#""Type": "Task", {keys}, "End": true"#));
    let missing = "state `A` does not name the function that it calls\n\nhelp: write `\"FunctionName\": \"${charge}\"` into its `Parameters` or `Arguments`";
    let part = "`${charge}` is the whole ARN of a function\n\nhelp: write `\"${charge}\"`";
    for (keys, message) in [
        (
            r#""Resource": "charge""#,
            "`charge` is not the resource of a task\n\nhelp: name a function of the application as `${charge}`, or write the ARN of a service integration",
        ),
        (r#""Resource": "${charge}:live""#, part),
        (r#""Resource": "arn:aws:states:::lambda:invoke""#, missing),
        (r#""Resource": "arn:aws:states:::lambda:invoke", "Parameters": {}"#, missing),
        (
            r#""Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "${charge}:live" }"#,
            part,
        ),
        (
            r#""Resource": "${AWS::Region}""#,
            "`${AWS::Region}` is not replaced in a definition\n\nhelp: name a function or a resource of the application: `${charge}`",
        ),
    ] {
        assert_eq!(task(keys), [message], "{keys}");
    }
    for right in [
        r#""Resource": "arn:aws:states:::sqs:sendMessage""#,
        r#""Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName.$": "$.f" }"#,
        r#""Resource": "arn:aws:states:::lambda:invoke", "Arguments": "{% $a %}""#,
        r#""Resource": "arn:aws:states:::lambda:invoke", "Arguments": { "FunctionName": "other" }"#,
    ] {
        assert_eq!(task(right), [""; 0], "{right}");
    }
}

#[test]
fn names_of_errors_are_checked() {
    let task = |keys: &str| {
        state(&format!(r#""Type": "Task", "Resource": "${{a}}", {keys}, "End": true"#))
    };
    let alone = |key: &str| {
        format!(
            "`States.ALL` stands alone in its list, which is the last one\n\nhelp: write it into a last item of `{key}` of its own"
        )
    };
    assert_eq!(task(r#""Retry": [{ "ErrorEquals": ["States.ALL", "Busy"] }]"#), [alone("Retry")]);
    assert_eq!(
        task(r#""Retry": [{ "ErrorEquals": ["States.ALL"] }, { "ErrorEquals": ["Busy"] }]"#),
        [alone("Retry")]
    );
    assert_eq!(
        task(r#""Retry": [{ "ErrorEquals": ["States.Timeot"] }]"#),
        ["Step Functions has no error `States.Timeot`\n\nhelp: did you mean `States.Timeout`?"]
    );
    assert_eq!(
        task(r#""Retry": [{}]"#),
        ["an item of `Retry` needs `ErrorEquals`, a list of the names of errors"]
    );
    assert_eq!(
        task(r#""Retry": [{ "ErrorEquals": "Busy" }]"#),
        ["`ErrorEquals` takes a list of at least one item, found a string"]
    );
    assert_eq!(
        task(r#""Catch": [{ "ErrorEquals": ["Busy"] }]"#),
        ["an item of `Catch` needs `Next`, the name of the state that follows"]
    );
    assert_eq!(
        state(r#""Type": "Pass", "Retry": [], "End": true"#),
        ["a state of the type `Pass` has no `Retry`\n\nhelp: leave `Retry` out"]
    );
    assert_eq!(task(r#""Retry": [{ "ErrorEquals": ["States.SomethingNew"] }]"#), [""; 0]);
}

#[test]
fn every_state_is_reached_and_one_is_the_last() {
    assert_eq!(
        states(r#""A": { "Type": "Pass", "End": true }, "B": { "Type": "Succeed" }"#),
        [
            "no execution reaches state `B`\n\nhelp: name it as `Next` of another state, or remove it"
        ]
    );
    assert_eq!(
        states(r#""A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Pass", "Next": "A" }"#),
        [
            "no execution comes to an end in these states\n\nhelp: give the last state `\"End\": true`, or add a state of the type `Succeed`"
        ]
    );
    let found = states(r#""A": { "Type": "Pass", "Next": "C" }, "B": { "Type": "Fail" }"#);
    assert_eq!(found, ["no state has the name `C`\n\nhelp: did you mean `A`?"]);
    let choice = r#""A": { "Type": "Choice", "Choices": [{ "Next": "B" }], "Default": "C" }"#;
    let ends = r#""B": { "Type": "Fail" }, "C": { "Type": "Succeed" }"#;
    assert_eq!(states(&format!("{choice}, {ends}")), [""; 0]);
}

#[test]
fn a_name_is_short_and_given_once() {
    let branch = r#"{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }"#;
    let found = state(&format!(r#""Type": "Parallel", "Branches": [{branch}], "End": true"#));
    assert_eq!(
        found,
        [
            "another state has the name `A`\n\nhelp: give each state of the definition its own name, also in branches"
        ]
    );
    let named = |name: &str| {
        let json = format!(
            r#"{{ "StartAt": "{name}", "States": {{ "{name}": {{ "Type": "Succeed" }} }} }}"#
        );
        messages(&json, false)
    };
    assert_eq!(named(&"a".repeat(80)), [""; 0]);
    assert!(named(&"a".repeat(81))[0].ends_with("has 81 characters, AWS takes 1 to 80"));
}

#[test]
fn substitutions_are_found_in_texts() {
    let find = |text| find_substitutions(text).collect::<Vec<_>>();
    assert_eq!(find("${a}/${B_1}"), [Substitution::Name("a"), Substitution::Name("B_1")]);
    assert_eq!(
        find("${AWS::Region} ${Db.Arn}"),
        [Substitution::Other("AWS::Region"), Substitution::Other("Db.Arn")]
    );
    assert!(find("${ 'a': 1 } $a ${1} ${").is_empty());
}
