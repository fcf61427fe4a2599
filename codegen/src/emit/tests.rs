use crate::emit::Templates;
use crate::testing::templates_from_source;

const FUNCTION: &str = "#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }";

/// Returns the names of a template's sections.
fn section_names(template: &str) -> Vec<&str> {
    let names = template.lines().filter(|line| line.starts_with(char::is_alphabetic));
    names.filter_map(|line| line.split(':').next()).collect()
}

/// Returns the lines of one resource.
fn resource_text<'a>(template: &'a str, id: &str) -> &'a str {
    let begin = format!("\n  {id}:\n");
    let at = template.find(&begin).unwrap_or_else(|| panic!("no `{id}` in\n{template}"));
    let rest = &template[at + 1..];
    rest.find("\n\n").map_or(rest, |end| &rest[..end])
}

fn plain_template(templates: &Templates) -> &str {
    templates.cloudformation.as_deref().unwrap_or_else(|| panic!("{:?}", templates.unsupported))
}

#[test]
fn plain_cloudformation_has_no_transform_and_has_code_parameters() {
    let templates = templates_from_source(FUNCTION, "");
    assert_eq!(templates.unsupported, Vec::<String>::new());
    assert_eq!(templates.problems, []);
    let plain = plain_template(&templates);
    assert!(plain.starts_with("# Made from `app`.\nAWSTemplateFormatVersion: \"2010-09-09\"\n"));
    assert_eq!(section_names(plain), ["AWSTemplateFormatVersion", "Parameters", "Resources"]);
    assert!(plain.contains("\n  CodeBucket:\n    Type: String\n"), "{plain}");
    assert!(!plain.contains("Serverless"), "{plain}");
    let sam = &templates.sam;
    let want = ["AWSTemplateFormatVersion", "Transform", "Globals", "Resources"];
    assert_eq!(section_names(sam), want);
    assert_eq!(
        resource_text(sam, "Take"),
        "  Take:\n    Type: AWS::Serverless::Function\n    Metadata:\n      SkipBuild: true\n    Properties:\n      Handler: take\n      CodeUri: code/\n      LoggingConfig:\n        LogGroup: !Ref TakeLogs\n      Role: !GetAtt TakeRole.Arn"
    );
    assert!(!sam.contains("CodeBucket"), "{sam}");
}

#[test]
fn resources_that_both_templates_have_are_identical() {
    let templates = templates_from_source(
        "#[resource(bucket)]\npub struct Uploads;\n#[function]\nasync fn take(it: Writer<Uploads>) -> Result<(), Error> { Ok(()) }",
        "",
    );
    for id in ["TakeRole", "TakeLogs", "Uploads", "UploadsPolicy"] {
        assert_eq!(
            resource_text(&templates.sam, id),
            resource_text(plain_template(&templates), id),
            "{id}"
        );
    }
    assert!(
        resource_text(plain_template(&templates), "Uploads")
            .contains("DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain")
    );
}

#[test]
fn references_to_an_alias_differ_between_the_templates() {
    let templates = templates_from_source(
        "#[resource(bucket)]\npub struct Uploads;\n#[function(trigger = s3(bucket = Uploads), provisioned_concurrency = 1)]\nasync fn take(event: S3Event) -> Result<(), Error> { Ok(()) }",
        "Resources:\n  Late:\n    Type: AWS::Lambda::Url\n    Properties: {TargetFunctionArn: !Ref Take.Alias, AuthType: AWS_IAM}\nOutputs:\n  Version: {Value: !Sub '${Take.Version}'}\n",
    );
    let (sam, plain) = (&templates.sam, plain_template(&templates));
    for id in ["TakeUploadsPermission", "Uploads"] {
        assert!(resource_text(sam, id).contains("!Ref Take.Alias"), "{sam}");
        assert!(resource_text(plain, id).contains("!Ref TakeAliaslive"), "{plain}");
    }
    assert!(resource_text(sam, "Late").contains("TargetFunctionArn: !Ref Take.Alias"), "{sam}");
    assert!(
        resource_text(plain, "Late").contains("TargetFunctionArn: !Ref TakeAliaslive"),
        "{plain}"
    );
    assert!(sam.contains("Value: !Sub \"${Take.Version}\""), "{sam}");
    assert!(plain.contains("Value: !Sub \"${TakeVersion}\""), "{plain}");
    assert!(
        resource_text(plain, "TakeAliaslive")
            .contains("FunctionVersion: !GetAtt TakeVersion.Version")
    );
    assert!(!sam.contains("TakeAliaslive") && !sam.contains("TakeVersion"), "{sam}");
}

#[test]
fn an_overlay_is_merged_into_both_templates() {
    let overlay = "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\nDescription: Extra\nMetadata: {A: b}\nParameters:\n  Size: {Type: Number}\nRules:\n  R: {Assertions: []}\nMappings:\n  M: {a: {b: c}}\nConditions:\n  C: !Equals [a, b]\nResources:\n  Topic: {Type: AWS::SNS::Topic}\nOutputs:\n  Arn: {Value: !Ref Topic}\n";
    let templates = templates_from_source(FUNCTION, overlay);
    let (sam, plain) = (&templates.sam, plain_template(&templates));
    let common =
        ["Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Resources", "Outputs"];
    let with = |before: &[&'static str]| {
        let all = before.iter().chain(&common).copied();
        all.collect::<Vec<_>>()
    };
    assert_eq!(
        section_names(plain),
        with(&["AWSTemplateFormatVersion", "Transform", "Description"])
    );
    let mut want = with(&["AWSTemplateFormatVersion", "Transform", "Description"]);
    want.insert(4, "Globals");
    assert_eq!(section_names(sam), want);
    assert!(plain.contains("\nTransform: AWS::LanguageExtensions\n"), "{plain}");
    assert!(
        sam.contains("\nTransform:\n  - AWS::LanguageExtensions\n  - AWS::Serverless"),
        "{sam}"
    );
    for template in [sam.as_str(), plain] {
        assert!(template.contains("  Size:\n    Type: Number"), "{template}");
        assert_eq!(resource_text(template, "Topic").trim_end().lines().count(), 2, "{template}");
        assert!(template.contains("\n  Arn:\n    Value: !Ref Topic"), "{template}");
    }
}

#[test]
fn sam_only_parts_of_an_overlay_are_not_supported() {
    for (overlay, why) in [
        (
            "Resources:\n  Old: {Type: AWS::Serverless::Function}\n",
            "`Old` at extra.yaml:2 is of SAM's type `AWS::Serverless::Function`",
        ),
        (
            "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Each:\n    - Name\n    - [A, B]\n    - Old${Name}: {Type: AWS::Serverless::Function}\n",
            "`Fn::ForEach::Each` at extra.yaml:3 is of SAM's type `AWS::Serverless::Function`",
        ),
        (
            "Globals:\n  HttpApi: {}\n",
            "`Globals` at extra.yaml:2 apply only to resources that SAM generates",
        ),
        (
            "Resources:\n  Topic: {Type: AWS::SNS::Topic, Connectors: {}}\n",
            "`Topic` at extra.yaml:2 has `Connectors`, which only SAM knows",
        ),
        (
            "Resources:\n  Topic: {Type: AWS::SNS::Topic, IgnoreGlobals: [A]}\n",
            "`Topic` at extra.yaml:2 has `IgnoreGlobals`, which only SAM knows",
        ),
    ] {
        let templates = templates_from_source(FUNCTION, overlay);
        assert_eq!(templates.unsupported, [why]);
        assert_eq!(templates.cloudformation, None);
        assert!(templates.sam.contains("\n  TakeLogs:\n"), "{}", templates.sam);
    }
}

#[test]
fn sam_only_properties_of_a_function_are_not_supported() {
    let templates = templates_from_source(
        "#[function(provisioned_concurrency = 1, properties = { \"VersionDescription\": { \"Ref\": \"AWS::StackName\" } })]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        "",
    );
    assert_eq!(templates.cloudformation, None);
    let [why] = templates.unsupported.as_slice() else { panic!("{:?}", templates.unsupported) };
    assert!(
        why.starts_with("`VersionDescription` of function `take` at main.rs:2 must be "),
        "{why}"
    );
}

#[test]
fn a_destination_that_exists_in_one_branch_has_a_condition() {
    let templates = templates_from_source(
        "#[function(properties = { \"EventInvokeConfig\": { \"DestinationConfig\": { \"OnFailure\": { \"Type\": \"SQS\", \"Destination\": { \"Fn::If\": [\"Own\", \"arn:a\", { \"Ref\": \"AWS::NoValue\" }] } } } } })]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        "Conditions:\n  Own: !Equals [a, b]\n",
    );
    let plain = plain_template(&templates);
    let condition = "TakeEventInvokeConfigOnFailureQueueIsMade";
    assert!(plain.contains(&format!("\n  {condition}: !Not")), "{plain}");
    let queue = resource_text(plain, "TakeEventInvokeConfigOnFailureQueue");
    assert!(queue.contains(&format!("Condition: {condition}")), "{queue}");
    assert!(!templates.sam.contains(condition), "{}", templates.sam);
}

#[test]
fn a_condition_of_the_overlay_is_never_replaced() {
    let templates = templates_from_source(
        "#[function(properties = { \"EventInvokeConfig\": { \"DestinationConfig\": { \"OnFailure\": { \"Type\": \"SQS\", \"Destination\": { \"Fn::If\": [\"Own\", \"arn:a\", { \"Ref\": \"AWS::NoValue\" }] } } } } })]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        "Conditions:\n  TakeEventInvokeConfigOnFailureQueueIsMade: !Equals [a, b]\n  Own: !Equals [a, b]\n",
    );
    assert_eq!(templates.cloudformation, None);
    let [why] = templates.unsupported.as_slice() else { panic!("{:?}", templates.unsupported) };
    let begin =
        "condition `TakeEventInvokeConfigOnFailureQueueIsMade` at extra.yaml:2 has the name of one";
    assert!(why.starts_with(begin), "{why}");
}

#[test]
fn too_many_parameters_for_the_code_parameters_are_not_an_error() {
    let overlay = |count: usize| {
        let parameters = (0..count).map(|number| format!("  P{number}: {{Type: String}}\n"));
        format!("Parameters:\n{}", parameters.collect::<String>())
    };
    let fits = templates_from_source(FUNCTION, &overlay(198));
    assert_eq!((fits.unsupported.len(), fits.cloudformation.is_some()), (0, true));
    let most = templates_from_source(FUNCTION, &overlay(200));
    assert_eq!((most.problems.len(), most.cloudformation), (0, None));
    assert!(most.unsupported[0].starts_with("it would have 202 parameters"));
    let beyond = templates_from_source(FUNCTION, &overlay(201));
    assert!(beyond.problems[0].text.starts_with("the template would have 201 parameters"));
}

#[test]
fn a_deployment_preference_updates_the_alias() {
    let templates = templates_from_source(
        "#[function(provisioned_concurrency = 1, properties = { \"DeploymentPreference\": { \"Type\": \"AllAtOnce\" } })]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        "",
    );
    let alias = resource_text(plain_template(&templates), "TakeAliaslive");
    assert!(alias.contains("    UpdatePolicy:\n      CodeDeployLambdaAliasUpdate:\n"), "{alias}");
    assert!(templates.sam.contains("      DeploymentPreference:\n        Type: AllAtOnce"));
}

#[test]
fn properties_of_the_role_are_not_on_the_sam_function() {
    let function = |more: &str| {
        let items = format!(
            "#[function(properties = {{ \"RolePath\": \"/a/\"{more} }})]\nasync fn take() -> Result<(), Error> {{ Ok(()) }}"
        );
        let templates = templates_from_source(&items, "");
        resource_text(&templates.sam, "Take").to_owned()
    };
    assert!(!function("").contains("RolePath"));
    // SAM itself reports that it does not accept both.
    assert!(function(", \"Role\": \"arn:a\"").contains("RolePath: /a/"));
}

#[test]
fn each_of_several_programs_has_its_folder_and_its_key() {
    use crate::fixtures::{app, app_stack, function};
    let served = |id: &str, binary: &str| skylift_model::Function {
        binary: Some(binary.to_owned()),
        ..function(id)
    };
    let app = app(vec![served("A", "web"), served("B", "worker")], Vec::new());
    let input = super::EmitInput { app: &app, resources: 6, made_by: "Made" };
    let templates =
        super::emit_templates(app_stack(&app), crate::overlay::Overlay::default(), &input);
    for (id, folder, key) in
        [("A", "code/web/", "CodeKeyWeb"), ("B", "code/worker/", "CodeKeyWorker")]
    {
        assert!(resource_text(&templates.sam, id).contains(&format!("CodeUri: {folder}")));
        assert!(
            resource_text(plain_template(&templates), id).contains(&format!("S3Key: !Ref {key}"))
        );
    }
}
