//! Tests of triggers on brokers of Amazon MQ and on clusters of `DocumentDB`: two triggers on one source, secrets, and the
//! timeouts of managed instances.

use super::*;
use crate::bounded::InstanceLimited as _;
use crate::resource::ResourceSettings;
use crate::resource::secret::Secret;
use crate::settings::Timeout;
use crate::tests::sources::{documentdb, mq};

/// Returns the messages of an application with one function.
fn problems(function: Function) -> Vec<String> {
    let app =
        app(vec![function], vec![resource("Login", ResourceSettings::Secret(Secret::default()))]);
    check(&app, &[], &[]).iter().map(|problem| problem.message.full()).collect()
}

#[test]
fn a_function_has_one_trigger_on_a_queue_and_on_a_change_stream() {
    let same = problems(triggered("F", vec![mq("a").into(), mq("a").into()]));
    assert_eq!(same.len(), 1, "{same:?}");
    assert!(same[0].starts_with("this function has a trigger on the same queue already"));
    let same = problems(triggered("F", vec![documentdb("a").into(), documentdb("a").into()]));
    assert_eq!(same.len(), 1, "{same:?}");
    assert!(same[0].starts_with("this function has a trigger on the same change stream already"));
    let mut tenant = mq("a");
    tenant.virtual_host = Some("tenant".try_into().unwrap());
    let others = vec![mq("a").into(), mq("b").into(), tenant.into(), documentdb("a").into()];
    assert_eq!(problems(triggered("F", others)), Vec::<String>::new());
}

#[test]
fn a_secret_has_to_be_declared() {
    let app = app(vec![triggered("F", vec![mq("a").into(), documentdb("a").into()])], Vec::new());
    let found = check(&app, &[], &[]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|problem| problem.message.full().contains("`Login`")), "{found:?}");
}

/// Sets the timeout of a function on managed instances, in seconds.
fn on_instances(mut function: Function, seconds: u64) -> Function {
    function.settings.timeout = Some(Timeout::try_on_instances(seconds).unwrap());
    function
}

#[test]
fn managed_instances_give_these_functions_no_more_time() {
    for (trigger, behind) in [
        (Trigger::from(mq("a")), "a queue of a broker"),
        (documentdb("a").into(), "a change stream of DocumentDB"),
    ] {
        let timed = |seconds| on_instances(triggered("F", vec![trigger.clone()]), seconds);
        assert_eq!(problems(timed(1_800)), Vec::<String>::new());
        let found = problems(timed(1_801));
        assert_eq!(found.len(), 1, "{found:?}");
        let expected = format!("timeout of 1801 s behind {behind}: Lambda gives up after 1800 s");
        assert!(found[0].starts_with(&expected), "{found:?}");
    }
    assert_eq!(problems(on_instances(function("F"), 5_400)), Vec::<String>::new());
}
