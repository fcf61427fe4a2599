use crate::emit::Templates;
use crate::stack::stack_number;
use crate::testing::{nested_templates, templates_from_source};

/// Two functions in different nested stacks.
const PAIR: &str = "#[function]\nasync fn take(_nothing: ()) -> Result<(), Error> { Ok(()) }\n\
    #[function(provisioned_concurrency = 1)]\nasync fn other(_nothing: ()) -> Result<(), Error> { Ok(()) }\n";

/// The `Sub` variable with the id of the application's stack, as the application's stack has it.
const STACK: &str =
    "Stack: !Select [4, !Split [\"-\", !Select [2, !Split [\"/\", !Ref \"AWS::StackId\"]]]]";

/// Returns the lines of an entry of a template's section: a resource, a parameter or an output.
fn entry<'a>(template: &'a str, section: &str, id: &str) -> &'a str {
    let start = template.find(&format!("\n{section}:\n")).unwrap_or_else(|| panic!("{template}"));
    let section = &template[start + 1..];
    let end = section.find("\n\n").filter(|_| !section.starts_with("Resources"));
    let section = &section[..end.unwrap_or(section.len())];
    let start =
        section.find(&format!("\n  {id}:")).unwrap_or_else(|| panic!("no `{id}` in\n{section}"));
    let rest = &section[start + 1..];
    let is_next = |line: &str| !line.starts_with("    ");
    let lines = rest.split_inclusive('\n').skip(1).take_while(|line| !is_next(line));
    let length: usize =
        rest.find('\n').map_or(rest.len(), |end| end + 1) + lines.map(str::len).sum::<usize>();
    rest[..length.min(rest.len())].trim_end()
}

/// Returns the SAM template of the nested stack that has a function.
fn child<'a>(templates: &'a Templates, function: &str) -> &'a str {
    let number = stack_number(function);
    let found = templates.nested.iter().find(|nested| nested.number == number);
    &found.unwrap_or_else(|| panic!("no nested stack {number}")).sam
}

fn nested_id(function: &str) -> String {
    format!("FunctionStack{}", stack_number(function))
}

fn problems(templates: &Templates) -> Vec<String> {
    templates.problems.iter().map(|it| it.full()).collect()
}

#[test]
fn each_function_is_in_the_stack_of_its_id_with_its_own_resources() {
    let templates = nested_templates(PAIR, "");
    assert_eq!(problems(&templates), [] as [&str; 0]);
    assert_ne!(stack_number("Take"), stack_number("Other"));
    let numbers: Vec<usize> = templates.nested.iter().map(|nested| nested.number).collect();
    assert!(numbers.is_sorted() && numbers.len() == 2, "{numbers:?}");
    for nested in &templates.nested {
        let plain = nested.cloudformation.as_deref().unwrap();
        for id in ["Take", "Other"] {
            let is_there = stack_number(id) == nested.number;
            for part in ["", "Role", "Logs"] {
                let resource = format!("\n  {id}{part}:\n");
                assert_eq!(nested.sam.contains(&resource), is_there, "{id}{part}");
                assert_eq!(plain.contains(&resource), is_there, "{id}{part}");
            }
        }
    }
    assert!(!templates.sam.contains("\n  Take:\n") && !templates.sam.contains("Globals"));
    let single = templates_from_source(PAIR, "");
    assert!(single.nested.is_empty() && single.sam.contains("\n  Take:\n"));
}

#[test]
fn a_new_function_changes_no_other_nested_stack() {
    let before = nested_templates(PAIR, "");
    let new = "#[function]\nasync fn third(_nothing: ()) -> Result<(), Error> { Ok(()) }\n";
    let after = nested_templates(&format!("{new}{PAIR}"), "");
    for nested in before.nested.iter().filter(|it| it.number != stack_number("Third")) {
        let same = after.nested.iter().find(|it| it.number == nested.number).unwrap();
        assert_eq!(same.sam, nested.sam);
        assert_eq!(same.cloudformation, nested.cloudformation);
    }
}

#[test]
fn each_template_names_the_files_of_its_own_kind_and_passes_the_code_parameters() {
    let templates = nested_templates(PAIR, "");
    let (number, id) = (stack_number("Take"), nested_id("Take"));
    let sam = entry(&templates.sam, "Resources", &id);
    assert!(sam.contains(&format!("TemplateURL: stacks/{number}.yaml")), "{sam}");
    assert!(!sam.contains("CodeKey"), "{sam}");
    assert!(child(&templates, "Take").contains("CodeUri: \"../code/\""));
    let plain = templates.cloudformation.as_deref().unwrap();
    let plain = entry(plain, "Resources", &id);
    assert!(plain.contains(&format!("TemplateURL: cloudformation/{number}.yaml")), "{plain}");
    assert!(
        plain.contains("CodeBucket: !Ref CodeBucket\n        CodeKey: !Ref CodeKey"),
        "{plain}"
    );
}

#[test]
fn a_nested_stack_takes_what_it_uses_as_parameters() {
    let overlay = "Parameters:\n  Names:\n    Type: List<String>\n  Path:\n    Type: AWS::SSM::Parameter::Value<String>\n    NoEcho: true\nConditions:\n  Live: !Equals [!Ref AWS::StackName, live]\nResources:\n  Group:\n    Type: AWS::EC2::SecurityGroup\n    Condition: Live\n    Properties: { GroupDescription: A group }\n";
    let source = "#[resource(queue)]\npub struct Jobs;\n\
        #[function(env(AT = param(\"Path\"), GROUP = overlay(\"Group\", \"GroupId\"), ROOT = sub(\"${!Kept}/${AWS::StackName}/${Jobs.Arn}/${Jobs}\")),\n\
        vpc(subnets = param(\"Names\"), security_groups = [overlay(\"Group\", \"GroupId\")]))]\n\
        async fn take(jobs: Sender<Jobs>) -> Result<(), Error> { Ok(()) }\n";
    let templates = nested_templates(source, overlay);
    let nested = entry(&templates.sam, "Resources", &nested_id("Take"));
    for argument in [
        "RootStackName: !Ref AWS::StackName",
        "RootStackId: !Ref AWS::StackId",
        "Path: !Ref Path",
        "Names: !Join [\",\", !Ref Names]",
        "GroupGroupId: !If [Live, !GetAtt Group.GroupId, \"\"]",
        "JobsArn: !GetAtt Jobs.Arn",
        "Jobs: !Ref Jobs",
    ] {
        assert!(
            nested.contains(&format!("        {argument}\n")) || nested.ends_with(argument),
            "{argument} in {nested}"
        );
    }
    let child = child(&templates, "Take");
    for line in [
        "GROUP: !Ref GroupGroupId",
        "ROOT: !Sub \"${!Kept}/${RootStackName}/${JobsArn}/${Jobs}\"",
        "LogGroupName: !Sub /aws/lambda/${RootStackName}-nested-Take",
        "  Path:\n    Type: String\n    NoEcho: true\n",
        "  Names:\n    Type: CommaDelimitedList\n",
        "SubnetIds: !Ref Names",
    ] {
        assert!(child.contains(line), "{line} in {child}");
    }
    assert!(!child.contains("AWS::StackName") && !child.contains("AWS::StackId"), "{child}");
    assert!(!child.contains("Conditions:"), "{child}");
}

#[test]
fn a_parameter_does_not_take_the_name_of_something_else() {
    let source = "#[resource(queue)]\npub struct Jobs;\n#[resource(queue)]\npub struct JobsArn;\n\
        #[function(env(AT = sub(\"${Jobs.Arn} ${JobsArn}\")))]\nasync fn take(_nothing: ()) -> Result<(), Error> { Ok(()) }\n";
    let templates = nested_templates(source, "");
    let nested = entry(&templates.sam, "Resources", &nested_id("Take"));
    assert!(nested.contains("        JobsArn: !Ref JobsArn\n"), "{nested}");
    let hashed = nested.lines().find(|line| line.ends_with(": !GetAtt Jobs.Arn")).unwrap();
    let name = hashed.trim().split(':').next().unwrap();
    assert!(name.starts_with("JobsArn") && name.len() == "JobsArn".len() + 8, "{name}");
    assert!(child(&templates, "Take").contains(&format!("AT: !Sub \"${{{name}}} ${{JobsArn}}\"")));
}

#[test]
fn a_reference_to_a_function_becomes_its_computed_name_or_arn() {
    let arn = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";
    for (written, text) in [
        ("!Ref Take", "Take-nested-${Stack}".to_owned()),
        ("!GetAtt Take.Arn", format!("{arn}Take-nested-${{Stack}}")),
        ("!Sub \"a ${Take.Arn}:b\"", format!("a {arn}Take-nested-${{Stack}}:b")),
        ("!Ref Other.Alias", format!("{arn}Other-nested-${{Stack}}:live")),
        ("!Ref OtherAliaslive", format!("{arn}Other-nested-${{Stack}}:live")),
        ("{ \"Fn::GetAtt\": [Other, Arn] }", format!("{arn}Other-nested-${{Stack}}")),
        ("{ Ref: Take }", "Take-nested-${Stack}".to_owned()),
    ] {
        let overlay = format!("Outputs:\n  Out:\n    Value: {written}\n");
        let templates = nested_templates(PAIR, &overlay);
        for template in [&templates.sam, templates.cloudformation.as_ref().unwrap()] {
            let output = entry(template, "Outputs", "Out");
            let expected = format!("  Out:\n    Value: !Sub\n      - {text}\n      - {STACK}");
            assert_eq!(output, expected, "{written}");
        }
    }
    let own = "Outputs:\n  Out:\n    Value: !Sub [\"${Stack} ${Take}\", { Stack: mine }]\n";
    let templates = nested_templates(PAIR, own);
    let output = entry(&templates.sam, "Outputs", "Out");
    assert!(
        output.contains("${Stack} Take-nested-${Stack2}") && output.contains("Stack2: !Select"),
        "{output}"
    );
    let named =
        "#[function(name = \"it\")]\nasync fn take(_nothing: ()) -> Result<(), Error> { Ok(()) }";
    let templates = nested_templates(named, "Outputs:\n  Out:\n    Value: !GetAtt Take.Arn\n");
    let output = entry(&templates.sam, "Outputs", "Out");
    assert_eq!(output, format!("  Out:\n    Value: !Sub {arn}it"));
}

#[test]
fn any_other_part_of_a_function_becomes_an_output() {
    let overlay = "Outputs:\n  Out:\n    Value: !GetAtt TakeRole.Arn\n  Text:\n    Value: !Sub \"${TakeLogs} ${TakeRole.Arn}\"\n";
    let templates = nested_templates(PAIR, overlay);
    let id = nested_id("Take");
    let output = |name| entry(&templates.sam, "Outputs", name);
    assert_eq!(output("Out"), format!("  Out:\n    Value: !GetAtt {id}.Outputs.TakeRoleArn"));
    let text = format!("\"${{{id}.Outputs.TakeLogs}} ${{{id}.Outputs.TakeRoleArn}}\"");
    assert_eq!(output("Text"), format!("  Text:\n    Value: !Sub {text}"));
    let child = child(&templates, "Take");
    assert!(child.ends_with("Outputs:\n  TakeRoleArn:\n    Value: !GetAtt TakeRole.Arn\n  TakeLogs:\n    Value: !Ref TakeLogs\n"), "{child}");
}

#[test]
fn a_nested_stack_gets_the_output_of_another_through_the_applications_stack() {
    let source =
        PAIR.replacen("#[function]", "#[function(env(ROLE = sub(\"${OtherRole.Arn}\")))]", 1);
    let templates = nested_templates(&source, "");
    let nested = entry(&templates.sam, "Resources", &nested_id("Take"));
    let argument = format!("OtherRoleArn: !GetAtt {}.Outputs.OtherRoleArn", nested_id("Other"));
    assert!(nested.contains(&argument), "{nested}");
    assert!(child(&templates, "Take").contains("ROLE: !Ref OtherRoleArn"));
    assert!(child(&templates, "Other").contains("Value: !GetAtt OtherRole.Arn"));
}

#[test]
fn routes_are_in_the_api_and_their_permissions_beside_the_functions() {
    let source =
        "#[function(trigger = http(\"GET /a\"))]\nasync fn take() -> &'static str { \"\" }";
    let templates = nested_templates(source, "");
    let api = entry(&templates.sam, "Resources", "ServerlessHttpApi");
    assert!(
        api.contains("AWS::Serverless::HttpApi")
            && api.contains("function:Take-nested-${Stack}/invocations"),
        "{api}"
    );
    assert!(!api.contains("DependsOn"), "the permission needs the API: {api}");
    let child = child(&templates, "Take");
    assert!(
        !child.contains("Events:") && child.contains("${ServerlessHttpApi}/*/GET/a"),
        "{child}"
    );
    assert!(
        entry(&templates.sam, "Resources", &nested_id("Take"))
            .contains("ServerlessHttpApi: !Ref ServerlessHttpApi")
    );
}

#[test]
fn a_resource_waits_for_the_functions_that_it_names() {
    let source = "#[resource(bucket)]\npub struct Uploads;\n\
        #[function(trigger = s3(bucket = Uploads))]\nasync fn take(event: S3Event) -> Result<(), Error> { Ok(()) }\n\
        #[function(trigger = cognito(pool = overlay(\"Pool\"), on = pre_sign_up))]\nasync fn other(mut step: CognitoEventUserPoolsPreSignup) -> Result<CognitoEventUserPoolsPreSignup, Error> { Ok(step) }";
    let overlay = "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n  Alarm:\n    Type: AWS::CloudWatch::Alarm\n    DependsOn: TakeLogs\n    Properties: { AlarmName: !Ref Other }\n";
    let templates = nested_templates(source, overlay);
    assert_eq!(problems(&templates), [] as [&str; 0]);
    let (take, other) = (nested_id("Take"), nested_id("Other"));
    let resource = |id| entry(&templates.sam, "Resources", id);
    let depends = format!("DependsOn:\n      - {take}\n    Properties");
    assert!(resource("Uploads").contains(&depends), "{}", resource("Uploads"));
    // The permission in the nested stack needs the pool.
    assert!(!resource("Pool").contains("DependsOn"), "{}", resource("Pool"));
    assert!(resource("Pool").contains("PreSignUp: !Sub"), "{}", resource("Pool"));
    let both = format!("DependsOn:\n      - {take}\n      - {other}\n");
    assert!(resource("Alarm").contains(&both), "{}", resource("Alarm"));
}

#[test]
fn a_custom_resource_whose_own_function_waits_for_it_is_an_error() {
    let mut ids = (0..).map(|n| format!("Same{n}"));
    let same = ids.find(|id| stack_number(id) == stack_number("Take")).unwrap();
    let source = format!(
        "#[function]\nasync fn take(_nothing: ()) -> Result<(), Error> {{ Ok(()) }}\n#[function(id = \"{same}\", env(ROWS = overlay(\"Seed\", \"Rows\")))]\nasync fn same(_nothing: ()) -> Result<(), Error> {{ Ok(()) }}"
    );
    let overlay = "Resources:\n  Seed:\n    Type: Custom::Seed\n    Properties: { ServiceToken: !GetAtt Take.Arn }\n";
    let id = nested_id("Take");
    let expected = format!(
        "with `stacks = \"nested\"`, these resources depend on each other: `{id}` -> `Seed` -> `{id}`"
    );
    let found = problems(&nested_templates(&source, overlay));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(&expected), "{found:?}");
}

#[test]
fn the_id_of_a_nested_stack_is_reserved() {
    let id = nested_id("Take");
    let overlay = format!("Resources:\n  {id}:\n    Type: AWS::SNS::Topic\n");
    let found = problems(&nested_templates(PAIR, &overlay));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(&format!("logical id `{id}` is taken")), "{found:?}");
}

#[test]
fn each_nested_stack_with_deployments_has_its_own_codedeploy_application() {
    let source = PAIR
        .replace("#[function]", "#[function(deploy = all_at_once)]")
        .replace("provisioned_concurrency = 1", "deploy = all_at_once");
    let templates = nested_templates(&source, "");
    assert_eq!(templates.nested.len(), 2);
    for nested in &templates.nested {
        let plain = nested.cloudformation.as_deref().unwrap();
        assert_eq!(plain.matches("\n  ServerlessDeploymentApplication:\n").count(), 1, "{plain}");
        assert!(plain.contains("ApplicationName: !Ref ServerlessDeploymentApplication"), "{plain}");
    }
}

#[test]
fn a_hook_answers_for_the_deployments_of_all_nested_stacks() {
    let hook = "#[function(trigger = deployment_hook)]\nasync fn check(_hook: DeploymentHook) -> Result<(), Error> { Ok(()) }\n";
    let source = PAIR
        .replace("#[function]", "#[function(deploy = all_at_once(before = check))]")
        .replace("provisioned_concurrency = 1", "deploy = all_at_once(before = check)");
    let templates = nested_templates(&format!("{source}{hook}"), "");
    let role = entry(child(&templates, "Check"), "Resources", "CheckRole");
    assert!(role.contains(":deploymentgroup:${RootStackName}-*/*"), "{role}");
    assert!(!role.contains("ServerlessDeploymentApplication"), "{role}");
}

#[test]
fn a_nested_stack_has_the_conditions_and_mappings_that_it_uses() {
    let overlay = "Parameters:\n  Stage:\n    Type: String\nMappings:\n  Used: { a: { b: c } }\n  Unused: { a: { b: c } }\nConditions:\n  IsTest: !Equals [!Ref Stage, test]\n  IsLive: !Not [Condition: IsTest]\n  Unused: !Equals [a, b]\n";
    let source = "#[function(properties = { \"RuntimeManagementConfig\": { \"UpdateRuntimeOn\": { \"Fn::If\": [\"IsLive\", { \"Fn::FindInMap\": [\"Used\", \"a\", \"b\"] }, \"Auto\"] } } })]\n\
        async fn take(_nothing: ()) -> Result<(), Error> { Ok(()) }";
    let templates = nested_templates(source, overlay);
    let child = child(&templates, "Take");
    assert!(
        child.contains("Mappings:\n  Used:\n") && child.contains("Conditions:\n  IsTest:"),
        "{child}"
    );
    assert!(child.contains("IsLive:") && !child.contains("Unused"), "{child}");
    assert!(entry(child, "Parameters", "Stage").contains("Type: String"), "{child}");
    let names = ["  Used:", "  IsTest:", "  IsLive:"].map(|it| templates.sam.contains(it));
    assert_eq!(names, [false; 3], "{}", templates.sam);
    assert_eq!(templates.sam.matches("  Unused:").count(), 2, "what nothing uses stays");
    let topic = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Condition: IsLive\n";
    let sam = nested_templates(source, &format!("{overlay}{topic}")).sam;
    let names = ["  Used:", "  IsTest:", "  IsLive:"].map(|it| sam.contains(it));
    assert_eq!(names, [false, true, true], "{sam}");
}

#[test]
fn each_template_is_counted_alone() {
    let queues: String = (0..130)
        .map(|n| format!("#[resource(queue)]\npub struct Queue{n};\n"))
        .collect::<Vec<_>>()
        .concat();
    let found = problems(&nested_templates(&format!("{PAIR}{queues}"), ""));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("the template beside the nested stacks would have 522 resources")
            && found[1].contains("260 outputs"),
        "{found:?}"
    );
    let functions: String = (0..1_000)
        .filter(|n| stack_number(&format!("Take{n}")) == 3)
        .map(|n| format!("#[function(id = \"Take{n}\")]\nasync fn take_{n}(_nothing: ()) -> Result<(), Error> {{ Ok(()) }}\n"))
        .collect::<Vec<_>>()
        .concat();
    let count = functions.matches("#[function").count();
    assert!(count < 100, "{count}");
    assert_eq!(problems(&nested_templates(&functions, "")), [] as [&str; 0]);
    let schedules =
        functions.replace("(id", "(schedule = \"rate(1 day)\", schedule = \"rate(2 days)\", id");
    let found = problems(&nested_templates(&schedules, ""));
    let expected = format!("the template of nested stack 3 would have {} resources", count * 7);
    assert_eq!(found.len(), usize::from(count * 7 > 500), "{found:?}");
    assert!(found.iter().all(|it| it.starts_with(&expected)), "{found:?}");
}

#[test]
fn the_url_of_a_function_is_an_output_of_the_applications_stack() {
    let source =
        "#[function(trigger = url(auth = none))]\nasync fn take() -> &'static str { \"\" }";
    let templates = nested_templates(source, "");
    assert_eq!(problems(&templates), [] as [&str; 0]);
    let output = entry(&templates.sam, "Outputs", "TakeUrl");
    let nested = nested_id("Take");
    assert!(
        output.ends_with(&format!("Value: !GetAtt {nested}.Outputs.TakeUrlFunctionUrl")),
        "{output}"
    );
    let plain = templates.cloudformation.as_deref().unwrap();
    assert_eq!(entry(plain, "Outputs", "TakeUrl"), output);
    let own = entry(child(&templates, "Take"), "Outputs", "TakeUrlFunctionUrl");
    assert!(own.ends_with("Value: !GetAtt TakeUrl.FunctionUrl"), "{own}");
}
