//! Tests of triggers on schedules.

use super::{app, found, problem, triggered};
use crate::aws::name::RuleName;
use crate::aws::node::Node;
use crate::location::{ItemIndex, PlaceInItem};
use crate::source::rule_target::RuleTarget;
use crate::source::schedule::{Expression, Schedule};
use crate::source::scheduler::{FlexibleWindow, SchedulerSettings};
use crate::source::{Trigger, TriggerSource as _};
use crate::time_zone::TimeZone;

pub(super) fn schedule(name: Option<&str>) -> Schedule {
    Schedule {
        expression: Expression::Known("rate(5 minutes)".parse().unwrap()),
        scheduler: SchedulerSettings::default(),
        name: name.map(|name| RuleName::try_from(name).unwrap()),
        description: None,
        enabled: true,
        enabled_by: None,
        input: None,
        target: RuleTarget::default(),
    }
}

#[test]
fn two_rules_cannot_have_the_same_name() {
    let of = |names: [Option<&str>; 2]| {
        let functions = names.into_iter().zip(["a", "b"]);
        let functions =
            functions.map(|(name, ident)| triggered(ident, vec![schedule(name).into()]));
        app(functions.collect(), Vec::new())
    };
    for apart in [[None, None], [Some("one"), None], [Some("one"), Some("two")]] {
        assert_eq!(found(&of(apart)), []);
    }
    let (item, at, message, help) = problem(&of([Some("one"), Some("one")]));
    assert_eq!((item, at), (ItemIndex::Function(1), PlaceInItem::trigger_key(0, "name")));
    assert_eq!(message, "rule name `one` is taken by function `a` at a.rs:7");
    assert_eq!(help, "");
}

#[test]
fn a_schedule_with_an_input_has_a_custom_input() {
    let plain = schedule(None);
    assert!(!plain.has_custom_input());
    assert_eq!(plain.summary(), "schedule rate(5 minutes)");
    assert!(Schedule { input: Some(Node::Null), ..plain.clone() }.has_custom_input());
    assert!(Trigger::from(plain).is_tick());
}

#[test]
fn only_what_a_rule_cannot_do_needs_scheduler() {
    let plain = schedule(None);
    assert!(!plain.needs_scheduler());
    let moment = Expression::Known("at(2027-01-01T08:00:00)".parse().unwrap());
    assert!(Schedule { expression: moment, ..plain.clone() }.needs_scheduler());
    let time_zone = TimeZone::try_from("Europe/Berlin").ok();
    let scheduler = SchedulerSettings { time_zone, ..SchedulerSettings::default() };
    assert!(Schedule { scheduler, ..plain }.needs_scheduler());
}

#[test]
fn a_rule_and_a_schedule_of_scheduler_can_have_the_same_name() {
    let rule = schedule(Some("one"));
    let window = FlexibleWindow::try_from(60).ok();
    let scheduler = SchedulerSettings { window, ..SchedulerSettings::default() };
    let other = Schedule { scheduler, ..rule.clone() };
    let app_of = |triggers: [&Schedule; 2]| {
        let functions = triggers.into_iter().zip(["a", "b"]);
        let functions =
            functions.map(|(trigger, ident)| triggered(ident, vec![trigger.clone().into()]));
        app(functions.collect(), Vec::new())
    };
    assert_eq!(found(&app_of([&rule, &other])), []);
    assert_eq!(found(&app_of([&other, &other])).len(), 1);
}
