//! The content of template parameters: contradicting uses, and values in Cargo.toml.

use super::http::http;
use super::*;
use crate::allow_statement::AllowStatement;
use crate::aws::name::EnvKey;
use crate::aws::parameter_content::ParameterContent;
use crate::aws::sub_text::SubText;
use crate::aws::value::CfnValue;
use crate::number_setting::{NumberParameters, ParameterSetting};
use crate::resource::bucket::Bucket;
use crate::resource::queue::Queue;
use crate::settings::Timeout;
use crate::{TemplateParameter, resource::topic::Topic};

fn by_param(ident: &str, settings: ResourceSettings, name: &str) -> Resource {
    existing(ident, settings, Existing::Param(parameter(name)))
}

fn bucket(ident: &str, name: &str) -> Resource {
    by_param(ident, ResourceSettings::Bucket(Bucket::default()), name)
}

fn queue(ident: &str, name: &str) -> Resource {
    by_param(ident, ResourceSettings::Queue(Queue::default()), name)
}

#[test]
fn a_parameter_has_a_content_that_fits_all_of_its_uses() {
    let table = by_param("T", ResourceSettings::Table(table()), "Name");
    let app = app(Vec::new(), vec![table, bucket("B", "Name")]);
    assert_eq!(found(&app), []);
    assert_eq!(app.parameters.len(), 1);
    let content = app.parameters[0].content.unwrap();
    assert_eq!(
        (content.noun().as_str(), content.lengths()),
        ("the name of an S3 bucket", Some((3, 63)))
    );
}

#[test]
fn contradicting_uses_are_an_error_at_the_second() {
    let topic = ResourceSettings::Topic(Topic { name: None, fifo: false, tls_only: true });
    for (other, noun) in [
        (by_param("B", topic, "It"), "the ARN of an SNS topic"),
        (bucket("B", "It"), "the name of an S3 bucket"),
    ] {
        let app = app(Vec::new(), vec![queue("A", "It"), other]);
        let (item, at, message, help) = problem(&app);
        assert_eq!((item, at), (ItemIndex::Resource(1), PlaceInItem::key("existing")));
        let expected =
            format!("parameter `It` is {noun} here, and the ARN of an SQS queue at A.rs:7");
        assert_eq!(message, expected);
        assert_eq!(help, "no text is both: use two parameters");
    }
}

#[test]
fn a_parameter_in_a_policy_statement_is_an_arn() {
    let mut allowed = function("f");
    let resources = vec![CfnValue::Param(parameter("It"))];
    allowed.settings.allow = vec![AllowStatement {
        actions: vec!["s3:GetObject".to_owned()],
        resources,
        ..AllowStatement::default()
    }];
    let alone = app(vec![allowed.clone()], Vec::new());
    assert_eq!(alone.parameters[0].content, Some(ParameterContent::ANY_ARN));
    let beside = app(vec![allowed.clone()], vec![queue("A", "It")]);
    assert_eq!(found(&beside), []);
    assert_eq!(beside.parameters[0].content.unwrap().noun(), "the ARN of an SQS queue");
    let (item, at, message, _) = problem(&app(vec![allowed], vec![bucket("A", "It")]));
    assert_eq!(item, ItemIndex::Function(0));
    assert_eq!(at, PlaceInItem::Allow { statement: 0, resource: 0 });
    assert!(message.starts_with("parameter `It` is the ARN of a resource here, and "), "{message}");
}

#[test]
fn a_parameter_in_an_arn_has_no_wildcards() {
    let app_with = |resources: Vec<Resource>, declared: bool| {
        let mut allowed = function("f");
        let arn = SubText::parse("arn:aws:s3:::${It}/*").unwrap();
        let allow = AllowStatement {
            actions: vec!["s3:GetObject".to_owned()],
            resources: vec![CfnValue::Sub(arn)],
            ..AllowStatement::default()
        };
        allowed.settings.allow = vec![allow];
        if declared {
            let key = EnvKey::try_from("IT").unwrap();
            allowed.settings.env = vec![(key, CfnValue::Param(parameter("It")))];
        }
        app(vec![allowed], resources)
    };
    assert_eq!(app_with(Vec::new(), true).parameters[0].content, Some(ParameterContent::ARN_PART));
    let named = app_with(vec![bucket("A", "It")], false);
    assert_eq!(found(&named), []);
    assert_eq!(named.parameters[0].content.unwrap().noun(), "the name of an S3 bucket");
    assert!(app_with(Vec::new(), false).parameters.is_empty());
}

#[test]
fn a_default_or_an_allowed_value_has_to_be_the_content() {
    let declared = |default: Option<&str>, allowed: &[&str]| {
        let declared = TemplateParameter {
            name: parameter("It"),
            description: None,
            default: default.map(str::to_owned),
            allowed: allowed.iter().map(|it| (*it).to_owned()).collect(),
            min: None,
            max: None,
            no_echo: false,
            content: None,
        };
        let resources = vec![bucket("A", "It")];
        App::new(AppParts { parameters: vec![declared], resources, ..AppParts::default() })
    };
    assert_eq!(found(&declared(Some("photos"), &["photos", "films"])), []);
    for (app, key, value) in [
        (declared(Some("*"), &[]), "default", "*"),
        (declared(Some(""), &[]), "default", ""),
        (declared(None, &["photos", "Films"]), "allowed", "Films"),
    ] {
        let (item, at, message, help) = problem(&app);
        assert_eq!((item, at), (ItemIndex::Defaults, PlaceInItem::Property("It".to_owned())));
        let expected =
            format!("`{value}` is not the name of an S3 bucket, which parameter `It` has to be");
        assert!(message.starts_with(&expected), "{message}");
        assert_eq!(help, format!("change `{key}` of `It` in Cargo.toml, or leave it out"));
    }
}

/// Returns an application whose function has a timeout that is the parameter `Seconds`, declared with these limits.
fn app_with_timeout(min: Option<u32>, max: Option<u32>) -> App {
    let name = ParameterName::try_from("Seconds").unwrap();
    let declared = TemplateParameter {
        name: name.clone(),
        description: None,
        default: None,
        allowed: Vec::new(),
        no_echo: false,
        min,
        max,
        content: None,
    };
    let mut function = function("take");
    function.settings.from_parameters =
        NumberParameters(vec![ParameterSetting::new::<Timeout>("timeout", name)]);
    App::new(AppParts {
        parameters: vec![declared],
        functions: vec![function],
        ..AppParts::default()
    })
}

#[test]
fn a_number_is_checked_with_the_worst_value_of_its_parameter() {
    let app = app_with_timeout(Some(5), Some(20));
    let function = &app.functions[0];
    assert_eq!(function.timeout(&app.defaults).get(), 20);
    assert_eq!(function.least_timeout(&app.defaults), 5);
    assert_eq!(check(&app, &[], &[]), []);
    let open = app_with_timeout(None, None);
    assert_eq!(open.functions[0].timeout(&open.defaults).get(), 1_800);
    assert_eq!(open.functions[0].least_timeout(&open.defaults), 1);
}

#[test]
fn limits_of_a_parameter_are_within_what_its_use_takes() {
    let messages = |min, max| -> Vec<String> {
        let problems = check(&app_with_timeout(min, max), &[], &[]);
        problems.into_iter().map(|it| it.message.text).collect()
    };
    let do_not_fit = "`min` and `max` of `Seconds` do not fit: the parameter has to be a whole number from 1 to 1800";
    assert_eq!(messages(Some(0), None), [do_not_fit]);
    assert_eq!(messages(None, Some(1_801)), [do_not_fit]);
    assert_eq!(messages(Some(2_000), Some(3_000)), [do_not_fit]);
    assert_eq!(messages(Some(1), Some(1_800)), [""; 0]);
}

#[test]
fn a_timeout_that_is_a_parameter_is_limited_where_a_service_waits() {
    let mut app = app_with_timeout(None, Some(60));
    app.functions[0].triggers = vec![http("GET", "/")];
    let problems = check(&app, &[], &[]);
    assert_eq!(
        problems[0].message.full(),
        "timeout of 60 s behind an HTTP route: API Gateway gives up after 30 s\n\nhelp: limit the parameter in Cargo.toml: `[package.metadata.skylift.parameters.Seconds]` with `max = 30`"
    );
}
