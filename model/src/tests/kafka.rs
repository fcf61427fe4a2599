//! Tests of triggers on Kafka topics: topics with two triggers, consumer groups, secrets and failure destinations.

use super::*;
use crate::aws::mapping::kafka::{KafkaDestination, Pollers};
use crate::aws::value::ArnReference;
use crate::source::msk::Msk;
use crate::tests::sources::{kafka, msk};

/// Returns the messages of an application with one function for each list of triggers.
fn problems(functions: Vec<Vec<Trigger>>) -> Vec<String> {
    let functions = functions
        .into_iter()
        .enumerate()
        .map(|(index, triggers)| Function { triggers, ..function(&format!("F{index}")) });
    let app = app(functions.collect(), Vec::new());
    check(&app, &[], &[]).iter().map(|problem| problem.message.full()).collect()
}

fn in_group(topic: &str, group: &str) -> Msk {
    let mut msk = msk(topic);
    msk.mapping.consumer_group = Some(group.try_into().unwrap());
    msk
}

#[test]
fn a_function_has_one_trigger_on_a_topic_of_a_cluster() {
    let same = problems(vec![vec![msk("a1").into(), msk("a1").into()]]);
    assert_eq!(same.len(), 1, "{same:?}");
    assert!(same[0].starts_with("this function has a trigger on the same topic already"));
    for right in [
        vec![vec![msk("a1").into(), msk("a2").into()]],
        vec![vec![msk("a1").into()], vec![msk("a1").into()]],
        vec![vec![msk("a1").into(), kafka("a1").into()]],
    ] {
        assert_eq!(problems(right), Vec::<String>::new());
    }
}

#[test]
fn a_consumer_group_belongs_to_one_trigger() {
    let found = problems(vec![
        vec![in_group("a1", "billing").into()],
        vec![in_group("a2", "billing").into()],
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("consumer group `billing` is taken by function"), "{found:?}");
    let other = problems(vec![vec![in_group("a1", "x").into(), in_group("a2", "y").into()]]);
    assert_eq!(other, Vec::<String>::new());
}

#[test]
fn secrets_and_destinations_have_to_be_declared() {
    let mut trigger = msk("a1");
    trigger.credentials.secret = Some(ArnReference::Declared("Broker".to_owned()));
    trigger.mapping.on_failure =
        Some(KafkaDestination::Resource(ArnReference::Declared("Lost".to_owned())));
    let found = problems(vec![vec![trigger.into()]]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().any(|it| it.contains("`Broker`")), "{found:?}");
    assert!(found.iter().any(|it| it.contains("`Lost`")), "{found:?}");
}

#[test]
fn failures_are_reported_and_batches_split_in_provisioned_mode_alone() {
    let mut mapping = msk("a1").mapping;
    mapping.retries = 3_u64.try_into().ok();
    assert!(!mapping.reports_failures() && !mapping.bisects());
    assert_eq!(mapping.check_pollers().len(), 1);
    mapping.pollers = Some(Pollers::default());
    assert!(mapping.reports_failures() && mapping.bisects() && mapping.check_pollers().is_empty());
    mapping.retries = None;
    assert!(!mapping.bisects());
    let too_many =
        Pollers { min: 200_u64.try_into().ok(), max: 199_u64.try_into().ok(), group: None };
    assert!(too_many.check_range().is_some());
    let default_max = Pollers { max: None, ..too_many };
    assert_eq!(default_max.check_range(), None);
}
