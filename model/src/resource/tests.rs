//! Tests of the definitions of the kinds, and of their ARNs.

use super::*;

#[test]
fn the_name_is_found_in_the_arns_of_every_kind() {
    let cases = [
        ("arn:aws:s3:::acme", ResourceKind::Bucket, "acme"),
        ("arn:aws:sqs:eu-west-1:123456789012:jobs", ResourceKind::Queue, "jobs"),
        ("arn:aws-cn:sns:cn-north-1:123456789012:news.fifo", ResourceKind::Topic, "news.fifo"),
        ("arn:aws:dynamodb:eu-west-1:123456789012:table/orders", ResourceKind::Table, "orders"),
        ("arn:aws:kinesis:eu-west-1:123456789012:stream/clicks", ResourceKind::Stream, "clicks"),
        ("arn:aws:events:eu-west-1:123456789012:event-bus/events", ResourceKind::Bus, "events"),
        (
            "arn:aws:ssm:eu-west-1:123456789012:parameter/app/key",
            ResourceKind::Parameter,
            "/app/key",
        ),
        ("arn:aws:ssm:eu-west-1:123456789012:parameter/limit", ResourceKind::Parameter, "limit"),
        (
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf",
            ResourceKind::Secret,
            "key-AbCdEf",
        ),
        (
            "arn:aws:states:eu-west-1:123456789012:stateMachine:checkout",
            ResourceKind::StateMachine,
            "checkout",
        ),
    ];
    for (arn, kind, name) in cases {
        assert_eq!(kind.name_from_arn(arn), Some(name), "{arn}");
        assert_eq!(name_from_arn(arn), Some(name), "{arn}");
        let others = ResourceKind::ALL.iter().filter(|other| **other != kind);
        assert!(others.into_iter().all(|other| other.name_from_arn(arn).is_none()), "{arn}");
    }
    for none in [
        "",
        "jobs",
        "arn:aws:sqs",
        "arn:aws:sqs:eu-west-1:123456789012:a/b c",
        "arn:aws:sqs:::jobs",
    ] {
        assert_eq!(name_from_arn(none), None, "{none}");
    }
    assert_eq!(name_from_arn("arn:aws:dynamodb:eu-west-1:123456789012:export/orders"), None);
    assert_eq!(name_from_arn("arn:aws:s3:eu-west-1:123456789012:acme"), None);
}

#[test]
fn the_example_of_an_arn_is_a_valid_arn_of_its_kind() {
    for kind in ResourceKind::ALL.iter().copied() {
        let arn = kind.example_arn().replace("NAME", "name");
        assert_eq!(kind.name_from_arn(&arn), Some("name"), "{arn}");
    }
}

#[test]
fn the_runtimes_name_of_a_kind_is_the_name_in_the_grammar_in_camel_case() {
    for kind in ResourceKind::ALL {
        assert_eq!(kind.runtime_name().to_lowercase(), kind.as_str().replace('_', ""));
        assert!(kind.runtime_name().starts_with(|first: char| first.is_ascii_uppercase()));
    }
}

#[test]
fn every_kind_offers_a_capability_and_needs_exact_actions() {
    for kind in ResourceKind::ALL {
        assert!(!kind.capabilities().is_empty(), "{}", kind.as_str());
        for call in Access::ALL.into_iter().flat_map(|access| kind.calls(access)) {
            let (service, action) = call.action.split_once(':').unwrap();
            assert_eq!(service, kind.arn_service(), "{}", call.action);
            assert!(action.chars().all(|it| it.is_ascii_alphanumeric()), "{}", call.action);
            assert!(!call.operation.is_empty(), "{}", call.action);
        }
    }
}

#[test]
fn read_write_access_grants_the_calls_of_read_and_write_access() {
    for kind in ResourceKind::ALL.iter().filter(|kind| !kind.calls(Access::ReadWrite).is_empty()) {
        let both = [kind.calls(Access::Read), kind.calls(Access::Write)].concat();
        assert_eq!(kind.calls(Access::ReadWrite), both, "{}", kind.as_str());
    }
}

#[test]
fn no_kind_grants_a_write_action_for_read_access() {
    for kind in ResourceKind::ALL {
        let write = kind.calls(Access::Write);
        for call in kind.calls(Access::Read) {
            assert!(write.iter().all(|other| other.action != call.action), "{}", call.action);
        }
    }
}
