//! Names in an overlay that AWS or the template does not have: properties, and references to nothing.

use super::package::{Built, build};
use super::*;

/// Returns the warnings about properties in a file without errors, as `line:column: text`.
fn property_warnings(text: &str) -> Vec<String> {
    let warnings = read_one(text).unwrap().warnings;
    let one =
        |it: &OverlayError| format!("{}:{}: {}", it.origin.line, it.origin.column, it.message.text);
    warnings.iter().map(one).collect()
}

#[test]
fn a_property_with_a_typing_mistake_is_an_error_at_its_name() {
    for (yaml, message) in [
        (
            "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimout: 3\n",
            "5:7: `AWS::SQS::Queue` has no property `VisibilityTimout`\n\nhelp: did you mean `VisibilityTimeout`?",
        ),
        (
            "Resources:\n  B: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabld}}}\n",
            "2:77: `Status` cannot be `Enabld`\n\nhelp: did you mean `Enabled`?",
        ),
        (
            "Resources:\n  P: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [a]}}\n",
            "2:48: `AWS::SQS::QueuePolicy` needs the property `PolicyDocument`",
        ),
        (
            "Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {VpcConfg: {}}}\n",
            "2:53: `AWS::Serverless::Function` has no property `VpcConfg`",
        ),
        ("Globals:\n  HttpApi:\n    Name: shop\n", "3:5: `Globals.HttpApi` has no property `Name`"),
        (
            "Globals:\n  HttpApi: {CorsConfiguration: {AllowOrigin: ['*']}}\n",
            "2:33: `CorsConfiguration` has no property `AllowOrigin`\n\nhelp: did you mean `AllowOrigins`?",
        ),
        (
            "Globals:\n  Api: {TracingEnabled: maybe}\n",
            "2:25: `TracingEnabled` takes `true` or `false`, found a string",
        ),
    ] {
        let error = read_error(yaml);
        assert!(error.starts_with(message), "{yaml}: {error}");
    }
}

#[test]
fn a_property_that_cloudformation_may_have_added_is_a_warning() {
    let yaml = "Resources:\n  Q: {Type: AWS::SQS::Queue, Properties: {Bananas: 3}}\n";
    assert_eq!(property_warnings(yaml), ["2:43: `AWS::SQS::Queue` has no property `Bananas`"]);
    for right in [
        "Resources:\n  A: {Type: Acme::A::B, Properties: {Bananas: 3}}\n",
        "Resources:\n  Q: {Type: AWS::SQS::Queue, Properties: !If [A, {}, {}]}\n",
        "Resources:\n  Q: {Type: AWS::SQS::Queue, Properties: {Fn::Transform: {Name: M}}}\n",
        "Resources:\n  Q: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: !Ref T, DelaySeconds: '3'}}\n",
        "Globals:\n  HttpApi: {Auth: {DefaultAuthorizer: A, Authorizers: {A: {JwtConfiguration: {issuer: a}}}}}\n",
    ] {
        assert_eq!(property_warnings(right), [""; 0], "{right}");
    }
}

const MAIN: &str = "#[skylift::resource(queue)]\npub struct Jobs;\n#[skylift::function(id = \"Health\", trigger = sqs(queue = Jobs), timeout = \"5s\")]\nasync fn work(event: SqsEvent) -> Result<(), Error> { Ok(()) }\nskylift::main!();";

fn build_with(overlay: &str) -> Built {
    build(MAIN, &[("infra/a.yaml", overlay)], "")
}

#[test]
fn a_reference_to_nothing_is_an_error_at_its_name() {
    let output = |value: &str| format!("Outputs:\n  A:\n    Value: {value}\n");
    let topic = |rest: &str| format!("Resources:\n  A:\n    Type: AWS::SNS::Topic\n{rest}");
    for (yaml, message) in [
        (
            output("!Ref Helth"),
            "3:12: the template has no resource and no parameter `Helth`\n\nhelp: did you mean `Health`?",
        ),
        (
            output("!Ref AWS::Regoin"),
            "3:12: the template has no resource and no parameter `AWS::Regoin`\n\nhelp: did you mean `AWS::Region`?",
        ),
        (
            output("!Sub '${Jobz.Arn}-${AWS::Region}'"),
            "3:12: the template has no resource `Jobz`\n\nhelp: did you mean `Jobs`?",
        ),
        (
            output("!Sub ['${Nothing}${Own}', {Own: a}]"),
            "3:18: the template has no resource and no parameter `Nothing`",
        ),
        (
            output("{Fn::GetAtt: [NoSuchFunction, Arn]}"),
            "3:26: the template has no resource `NoSuchFunction`",
        ),
        (
            output("!GetAtt Health.Url"),
            "3:12: `Health` has no attribute `Url`: its type is `AWS::Lambda::Function`\n\nhelp: it has `Arn`, ",
        ),
        (
            output("!GetAtt Jobs.Arm"),
            "3:12: `Jobs` has no attribute `Arm`: its type is `AWS::SQS::Queue`\n\nhelp: did you mean `Arn`?",
        ),
        (
            output("!If [Prod, a, b]"),
            "3:17: the template has no condition `Prod`\n\nhelp: define it in the section",
        ),
        (output("!FindInMap [Sizes, a, b]"), "3:24: the template has no mapping `Sizes`"),
        (
            format!(
                "Mappings:\n  Sizes: {{small: {{a: b}}}}\n{}",
                output("!FindInMap [Sizes, smal, a]")
            ),
            "5:24: the mapping `Sizes` has no key `smal`\n\nhelp: did you mean `small`?",
        ),
        (
            format!(
                "Mappings:\n  Sizes: {{small: {{min: b}}}}\n{}",
                output("!FindInMap [Sizes, small, minn]")
            ),
            "5:24: the mapping `Sizes.small` has no key `minn`\n\nhelp: did you mean `min`?",
        ),
        (
            format!(
                "Mappings:\n  Sizes: {{a: {{min: b}}, b: {{max: c}}}}\n{}",
                output("!FindInMap [Sizes, !Ref AWS::Region, minn]")
            ),
            "5:24: the mapping `Sizes` has no key `minn`\n\nhelp: did you mean `min`?",
        ),
        (topic("    DependsOn: [Jobs, Jobss]\n"), "4:23: the template has no resource `Jobss`"),
        (topic("    Condition: Live\n"), "4:16: the template has no condition `Live`"),
        (
            "Conditions:\n  A: !Not [{Condition: B}]\n".to_owned(),
            "2:24: the template has no condition `B`",
        ),
    ] {
        let error = build_with(&yaml).error();
        assert!(error.starts_with(&format!("infra/a.yaml:{message}")), "{yaml}\n{error}");
    }
}

#[test]
fn references_to_what_exists_are_accepted() {
    let yaml = "Parameters:\n  Stage: {Type: String}\nMappings:\n  Sizes: {a: {b: c}}\nConditions:\n  Prod: !Equals [!Ref Stage, prod]\n  Both: !And [{Condition: Prod}, !Condition Prod]\nResources:\n  Alarms:\n    Type: AWS::SNS::Topic\n    Condition: Both\n    DependsOn: [HealthRole, JobsPolicy, HealthLogs]\n    Properties: {TopicName: !Sub '${AWS::StackName}-${Jobs.QueueName}-${Stage}-${!Literal}'}\n  Thing: {Type: Custom::Thing, Properties: {ServiceToken: !GetAtt Health.Arn}}\nOutputs:\n  A: {Condition: Prod, Value: !Join ['', [!GetAtt Thing.Anything, !Ref Jobs, !FindInMap [Sizes, a, b], !FindInMap [Sizes, !Ref Stage, b]]]}\n";
    assert_eq!(build_with(yaml).errors, Vec::<String>::new());
}

#[test]
fn names_that_another_transform_may_create_are_warnings() {
    let output = "Outputs:\n  A: {Value: !Ref Made}\n";
    for (overlay, warnings) in [
        (format!("Transform: Mine\n{output}"), 1),
        (format!("Resources:\n  Old: {{Type: AWS::Serverless::SimpleTable}}\n{output}"), 1),
        (format!("Resources:\n  Mad: {{Type: AWS::Serverless::SimpleTable}}\n{output}"), 0),
        (
            format!(
                "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [X, [a], {{}}]\n{output}"
            ),
            0,
        ),
    ] {
        let built = build_with(&overlay);
        assert_eq!(built.errors, Vec::<String>::new(), "{overlay}");
        let found: Vec<&String> =
            built.warnings.iter().filter(|it| it.contains("no parameter `Made`")).collect();
        assert_eq!(found.len(), warnings, "{overlay}: {:?}", built.warnings);
    }
}

#[test]
fn a_reference_in_properties_is_reported_by_the_macro_at_its_name() {
    let main = MAIN.replace(
        "timeout = \"5s\"",
        "timeout = \"5s\", properties = { \"Layers\": [{ \"Ref\": \"NoSuchLayer\" }, { \"Ref\": \"NoSuchLayer\" }] }",
    );
    let problems = build(&main, &[], "").problems();
    assert_eq!(problems.matches("property NoSuchLayer").count(), 1, "{problems}");
    assert!(problems.contains("no resource and no parameter `NoSuchLayer`"), "{problems}");
    let other = "Transform: Mine\nOutputs:\n  A: {Value: b}\n";
    let warnings = build(&main, &[("infra/a.yaml", other)], "").warnings.join("\n");
    assert!(
        warnings.contains(
            "`properties` of `work`: the template has no resource and no parameter `NoSuchLayer`"
        ),
        "{warnings}"
    );
    let layer = "Resources:\n  NoSuchLayer: {Type: AWS::Lambda::LayerVersion, Properties: {Content: {S3Bucket: a, S3Key: b}}}\n";
    let problems = build(&main, &[("infra/a.yaml", layer)], "").problems();
    assert!(!problems.contains("NoSuchLayer"), "{problems}");
}

#[test]
fn a_function_that_cloudformation_does_not_have_is_an_error_at_its_name() {
    let output = |value: &str| format!("Outputs:\n  A:\n    Value: {value}\n");
    let needs = "is a function of the transform `AWS::LanguageExtensions`\n\nhelp: write `Transform: AWS::LanguageExtensions` in an overlay";
    for (yaml, message) in [
        (
            output("{Fn::GetAttr: [Jobs, Arn]}"),
            "3:13: CloudFormation has no function `Fn::GetAttr`\n\nhelp: did you mean `Fn::GetAtt`?".to_owned(),
        ),
        (
            output("{Fn::Getatt: [Jobs, Arn]}"),
            "3:13: CloudFormation has no function `Fn::Getatt`\n\nhelp: did you mean `Fn::GetAtt`?".to_owned(),
        ),
        (
            output("{fn::sub: '${Jobs}'}").replace("${Jobs}", "a"),
            "3:13: CloudFormation has no function `fn::sub`\n\nhelp: did you mean `Fn::Sub`?".to_owned(),
        ),
        (output("!Length [a]"), format!("3:12: `Fn::Length` {needs}")),
        (output("{Fn::ToJsonString: {a: b}}"), format!("3:13: `Fn::ToJsonString` {needs}")),
        (
            "Resources:\n  Fn::ForEach::Topics: [Name, [a, b], {}]\n".to_owned(),
            format!("2:3: `Fn::ForEach` {needs}"),
        ),
    ] {
        assert_eq!(build_with(&yaml).error(), format!("infra/a.yaml:{message}"), "{yaml}");
        for transform in ["Mine", "[AWS::LanguageExtensions, {Name: Mine}]"] {
            let built = build_with(&format!("Transform: {transform}\n{yaml}"));
            assert_eq!(built.errors, Vec::<String>::new(), "{transform} {yaml}");
        }
    }
    let extensions = "Transform: AWS::LanguageExtensions\nOutputs:\n  A: {Value: !Length [a]}\n";
    assert_eq!(build_with(extensions).errors, Vec::<String>::new());
    let built = build_with(&output("{Fn::Frobnicate: a}"));
    assert_eq!(built.errors, Vec::<String>::new());
    let warning = "3:13: CloudFormation has no function `Fn::Frobnicate`";
    assert!(built.warnings[0].ends_with(warning), "{:?}", built.warnings);
}

#[test]
fn a_reference_outside_of_a_sub_is_an_error_at_its_text() {
    let topic = |name: &str| {
        format!(
            "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties: {{TopicName: {name}}}\n"
        )
    };
    let error = build_with(&topic("'${AWS::StackName}-news'")).error();
    assert_eq!(
        error,
        "infra/a.yaml:4:29: `${AWS::StackName}` stays as it is written: only `Fn::Sub` replaces it\n\nhelp: write `{ \"Fn::Sub\": \"${AWS::StackName}-news\" }`"
    );
    let error = build_with(&topic("!Join ['-', ['${Jobs.QueueName}', a]]")).error();
    assert!(error.starts_with("infra/a.yaml:4:42: `${Jobs}` stays as it is written"), "{error}");
    for right in [
        topic("!Sub '${AWS::StackName}-news'"),
        topic("'${stage}-news'"),
        topic("!Sub ['${A}', {A: !Ref AWS::Region}]"),
        "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Role: arn:aws:iam::123456789012:role/a\n      Runtime: nodejs22.x\n      Handler: index.a\n      Code: {ZipFile: 'console.log(`${Jobs}`)'}\n".to_owned(),
        "Resources:\n  T: {Type: Custom::Thing, Properties: {ServiceToken: a, Text: '${AWS::Region}'}}\n".to_owned(),
    ] {
        assert_eq!(build_with(&right).errors, Vec::<String>::new(), "{right}");
    }
    let made = build_with(&format!("Transform: Mine\n{}", topic("'${AWS::Region}'")));
    assert_eq!(made.errors, Vec::<String>::new());
    assert!(made.warnings[0].contains("`${AWS::Region}` stays"), "{:?}", made.warnings);
}

#[test]
fn a_generated_resource_is_suggested_only_for_a_name_that_begins_like_it() {
    let main = MAIN.replace("id = \"Health\"", "id = \"F\"");
    let error = |name: &str| {
        let overlay = format!("Outputs:\n  A: {{Value: !Ref {name}}}\n");
        build(&main, &[("infra/a.yaml", &overlay)], "").error()
    };
    assert!(error("Logs").contains("help: a reference names a resource"), "{}", error("Logs"));
    assert!(error("FLog").ends_with("help: did you mean `FLogs`?"), "{}", error("FLog"));
}

#[test]
fn a_wrong_attribute_and_a_wrong_function_in_properties_are_found_at_their_own_names() {
    for (layers, place) in [
        (r#"{ "Fn::GetAtt": ["Jobs", "Arm"] }"#, "property Jobs.Arm"),
        (r#"{ "Fn::GetAttr": ["Jobs", "Arn"] }"#, "property Fn::GetAttr"),
        (r#""${AWS::Region}-a""#, "property ${AWS::Region}-a"),
    ] {
        let properties = format!("timeout = \"5s\", properties = {{ \"Layers\": [{layers}] }}");
        let problems = build(&MAIN.replace("timeout = \"5s\"", &properties), &[], "").problems();
        assert!(problems.contains(place), "{layers}: {problems}");
    }
}
