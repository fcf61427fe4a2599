//! Tests of the content of template parameters.

use super::*;
use crate::resource::ResourceKind;

fn content(kind: ResourceKind) -> ParameterContent {
    kind.parameter_content()
}

#[test]
fn no_content_accepts_a_wildcard_alone_or_a_text_with_spaces() {
    for kind in ResourceKind::ALL.iter().copied() {
        for wrong in ["*", "", "a b", "a*", "${A}", "arn:aws:s3:::*"] {
            assert!(!content(kind).accepts(wrong), "{kind:?}: {wrong}");
        }
        let pattern = content(kind).pattern().unwrap();
        assert!(!pattern.contains(".*"), "{kind:?}: {pattern}");
    }
    assert!(!ParameterContent::ANY_ARN.accepts("*"));
    assert!(ParameterContent::ANY_ARN.accepts("arn:aws:s3:::reports/*"));
}

#[test]
fn every_kind_accepts_its_own_example() {
    for kind in ResourceKind::ALL.iter().copied() {
        let arn = kind.example_arn().replace("NAME", "name");
        let name = kind.name_from_arn(&arn).unwrap();
        let text = if content(kind).lengths().is_some() { name } else { arn.as_str() };
        assert!(content(kind).accepts(text), "{kind:?}: {text}");
    }
    assert!(content(ResourceKind::Parameter).accepts("/app/limit"));
    assert!(content(ResourceKind::Bus).accepts("aws.partner/example.com/orders"));
    assert!(!content(ResourceKind::Bucket).accepts("Photos"));
    assert!(!content(ResourceKind::Table).accepts("ab"));
    assert!(!content(ResourceKind::Queue).accepts("arn:aws:sns:eu-west-1:123456789012:jobs"));
}

#[test]
fn a_pattern_is_that_of_the_name_or_of_the_whole_arn() {
    let pattern = |kind| content(kind).pattern().unwrap();
    assert_eq!(pattern(ResourceKind::Bucket), "[a-z0-9][a-z0-9.-]*[a-z0-9]");
    assert_eq!(
        pattern(ResourceKind::Queue),
        r"arn:aws(-[a-z]+)*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(\.fifo)?"
    );
    assert_eq!(content(ResourceKind::Bucket).lengths(), Some((3, 63)));
    assert_eq!(content(ResourceKind::Queue).lengths(), None);
    assert_eq!(content(ResourceKind::Bucket).noun(), "the name of an S3 bucket");
    assert_eq!(content(ResourceKind::Queue).noun(), "the ARN of an SQS queue");
}

#[test]
fn a_parameter_of_two_uses_fits_both_or_is_impossible() {
    let (bucket, table) = (content(ResourceKind::Bucket), content(ResourceKind::Table));
    for both in [bucket.narrow(table), table.narrow(bucket)] {
        let both = both.unwrap();
        assert_eq!((both.pattern(), both.lengths()), (bucket.pattern(), Some((3, 63))));
        assert_eq!(both.description, bucket.description);
    }
    let stream = table.narrow(content(ResourceKind::Stream)).unwrap();
    assert_eq!(stream.lengths(), Some((3, 128)));
    let (queue, topic) = (content(ResourceKind::Queue), content(ResourceKind::Topic));
    assert_eq!(queue.narrow(topic), None);
    assert_eq!(queue.narrow(table), None);
    assert_eq!(queue.narrow(ParameterContent::ANY_ARN), Some(queue));
    assert_eq!(ParameterContent::ANY_ARN.narrow(queue), Some(queue));
    let part = ParameterContent::ARN_PART;
    for content in [queue, bucket] {
        assert_eq!(content.narrow(part), Some(content));
        assert_eq!(part.narrow(content), Some(content));
    }
    assert!(part.accepts("reports/2026") && !part.accepts("*") && !part.accepts("a${b}"));
    assert_eq!(part.noun(), "a part of an ARN");
}

#[test]
fn a_list_has_a_type_of_cloudformation_in_place_of_a_pattern() {
    let (subnets, groups) = (ParameterContent::SUBNETS, ParameterContent::SECURITY_GROUPS);
    assert_eq!(subnets.parameter_type(), "List<AWS::EC2::Subnet::Id>");
    assert_eq!((subnets.pattern(), subnets.lengths()), (None, None));
    assert_eq!(subnets.noun(), "the ids of subnets");
    assert!(subnets.accepts("subnet-0a1b, subnet-0c2d") && !subnets.accepts("sg-1"));
    assert_eq!(subnets.narrow(subnets), Some(subnets));
    for other in [groups, ParameterContent::SUBNET, ParameterContent::ARN_PART] {
        assert_eq!((subnets.narrow(other), other.narrow(subnets)), (None, None));
    }
    assert_eq!(ParameterContent::SUBNET.parameter_type(), "String");
}

#[test]
fn a_schedule_has_the_form_of_a_rule_or_of_scheduler() {
    let (rule, scheduler) = (ParameterContent::RULE_SCHEDULE, ParameterContent::SCHEDULE);
    for text in ["rate(5 minutes)", "rate(1 hour)", "cron(0 8 ? * MON-FRI *)"] {
        assert!(rule.accepts(text) && scheduler.accepts(text), "{text}");
    }
    let moment = "at(2099-01-01T08:00:00)";
    assert!(!rule.accepts(moment) && scheduler.accepts(moment));
    assert!(!scheduler.accepts("rate(1 minutes)") && !scheduler.accepts("daily"));
    assert_eq!(rule.noun(), "`rate(…)` or `cron(…)`");
    assert_eq!(scheduler.noun(), "`rate(…)`, `cron(…)` or `at(…)`");
    assert_eq!((rule.lengths(), rule.parameter_type()), (Some((1, 256)), "String".to_owned()));
    let pattern = scheduler.pattern().unwrap();
    assert!(pattern.starts_with(&rule.pattern().unwrap()) && pattern.contains("at"));
    for both in [rule.narrow(scheduler), scheduler.narrow(rule)] {
        assert_eq!(both, Some(rule));
    }
    assert_eq!(scheduler.narrow(scheduler), Some(scheduler));
    for other in [ParameterContent::ARN_PART, ParameterContent::SWITCH] {
        assert_eq!((rule.narrow(other), other.narrow(rule)), (None, None));
    }
}

#[test]
fn a_switch_and_a_state_have_different_words() {
    let (switch, state) = (ParameterContent::SWITCH, ParameterContent::STATE);
    assert!(switch.accepts("true") && switch.accepts("false") && !switch.accepts("ENABLED"));
    assert!(state.accepts("ENABLED") && state.accepts("DISABLED") && !state.accepts("true"));
    assert_eq!(state.noun(), "one of ENABLED, DISABLED");
    assert_eq!(switch.narrow(switch), Some(switch));
    assert_eq!((switch.narrow(state), state.pattern(), state.bounds()), (None, None, None));
    assert_eq!(state.words(), Some(["ENABLED", "DISABLED"].as_slice()));
}
