//! What Lambda calls, with the function's role, to send what the function could not take. It takes the kind
//! and the ARN of the destination; each kind says in the model which actions that needs.

use std::borrow::Cow;

use skylift_model::aws::mapping::destination::kinds;
use skylift_model::aws::node::Node;
use skylift_model::resource::{Destination, Kind};

use super::resource::arn::arn_of_part;
use super::resource::bucket::OBJECTS;
use super::source::Calls;

/// The calls that send to a destination of this kind; none where Lambda sends nothing to one.
pub(crate) fn calls(kind: Kind, arn: &Node) -> Calls {
    let Some(Destination { itself, objects, .. }) = kind.destination() else { return Calls::new() };
    with_actions([(objects.into(), arn_of_part(arn, OBJECTS)), (itself.into(), arn.clone())])
}

/// The calls that send to a destination whose kind is known when the stack is deployed.
pub(crate) fn calls_of_any(arn: &Node) -> Calls {
    let all = || kinds().into_iter().filter_map(Kind::destination);
    let itself: Vec<_> = all().flat_map(|it| it.itself).copied().collect();
    let objects: Vec<_> = all().flat_map(|it| it.objects).copied().collect();
    with_actions([(itself.into(), arn.clone()), (objects.into(), arn_of_part(arn, OBJECTS))])
}

fn with_actions(calls: [(Cow<'static, [&'static str]>, Node); 2]) -> Calls {
    calls.into_iter().filter(|(actions, _)| !actions.is_empty()).collect()
}
