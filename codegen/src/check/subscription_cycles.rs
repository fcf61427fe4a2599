//! Finds circular dependencies that the notifications of a bucket make. A bucket waits for the policy of the queue or topic
//! that it notifies. A statement of the user's in that policy can refer to the bucket, and CloudFormation then rejects the
//! template when the stack is deployed.

use std::collections::HashSet;

use skylift_model::App;
use skylift_model::problem::{ItemIndex, Problems};
use skylift_model::subscription::MessageSource;

use crate::messages;
use crate::overlay::Overlay;
use crate::overlay::cycles::{reference_graph, shortest_cycle};
use crate::stack::Stack;

/// Reports each subscription to a bucket that is part of a circular dependency. Adds the ids of its resources to
/// `reported`, so that they are not reported again.
pub(crate) fn check_subscription_cycles(
    app: &App,
    (stack, overlay): (&Stack, &Overlay),
    reported: &mut HashSet<String>,
    problems: &mut Problems,
) {
    let of_buckets: Vec<_> = app
        .subscriptions
        .iter()
        .filter_map(|it| match &it.from {
            MessageSource::Bucket(s3) => Some((it, app.resource(s3.bucket.declared()?)?)),
            MessageSource::Topic(_) | MessageSource::Bus(_) => None,
        })
        .collect();
    if of_buckets.is_empty() {
        return;
    }
    let graph = reference_graph(overlay, stack);
    for (subscription, bucket) in of_buckets {
        let to = app.resources.get(subscription.resource);
        let Some(policy) = to.map(|to| to.id.join("Policy")) else { continue };
        let Some(cycle) = shortest_cycle(bucket.id.as_str(), &graph) else { continue };
        if !cycle.contains(&policy.as_str()) || reported.contains(policy.as_str()) {
            continue;
        }
        reported.extend(cycle.iter().map(|id| (*id).to_owned()));
        let item = ItemIndex::Resource(subscription.resource);
        problems.push(item, subscription.whole_place(), messages::circular_subscription(&cycle));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::problems_of;

    fn problems(policy: &str) -> Vec<String> {
        let source = format!(
            "#[resource(bucket)]\npub struct Uploads;\n#[resource(queue(from = bucket(Uploads), policy = [{{ \"Effect\": \"Allow\", \"Principal\": {{ \"AWS\": \"123456789012\" }}, \"Action\": \"sqs:SendMessage\", \"Condition\": {{ \"ArnEquals\": {{ \"aws:SourceArn\": {policy} }} }} }}]))]\npub struct Files;\n#[function]\nasync fn take() -> Result<(), Error> {{ Ok(()) }}"
        );
        problems_of(&source, None)
    }

    #[test]
    fn a_policy_that_refers_to_the_bucket_that_waits_for_it_is_an_error() {
        let found = problems(r#"{ "Fn::GetAtt": ["Uploads", "Arn"] }"#);
        let [problem] = found.as_slice() else { panic!("{found:?}") };
        let begin = "key from.0: this makes a circular dependency between resources: `Uploads` -> `FilesPolicy` -> `Uploads`";
        assert!(problem.starts_with(begin), "{problem}");
        assert_eq!(problems(r#""arn:aws:s3:::uploads""#), [""; 0]);
    }
}
