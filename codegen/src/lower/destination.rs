//! The calls that Lambda makes, with a function's role, to send failed events to a destination. This module takes
//! the kind and the ARN of the destination; the model has the actions that each kind needs.

use std::borrow::Cow;

use skylift_model::aws::mapping::failure_destination::kinds;
use skylift_model::aws::node::Node;
use skylift_model::resource::{FailureDestination, ResourceKind};

use super::resource::arn::append_to_arn;
use super::resource::bucket::OBJECTS_SUFFIX;
use super::source::RoleCalls;

/// Returns the API calls by which Lambda sends failed events to a destination of this kind. Returns none if Lambda
/// does not send to this kind.
pub(crate) fn destination_calls(kind: ResourceKind, arn: &Node) -> RoleCalls {
    let Some(FailureDestination { actions_on_itself, actions_on_objects, .. }) =
        kind.failure_destination()
    else {
        return RoleCalls::new();
    };
    drop_empty_calls([
        (actions_on_objects.into(), append_to_arn(arn, OBJECTS_SUFFIX)),
        (actions_on_itself.into(), arn.clone()),
    ])
}

/// Returns the API calls by which Lambda sends failed events to a destination whose kind is known only when the
/// stack is deployed. They are the calls of all kinds.
pub(crate) fn any_destination_calls(arn: &Node) -> RoleCalls {
    let all = || kinds().into_iter().filter_map(ResourceKind::failure_destination);
    let on_itself: Vec<_> = all().flat_map(|it| it.actions_on_itself).copied().collect();
    let on_objects: Vec<_> = all().flat_map(|it| it.actions_on_objects).copied().collect();
    drop_empty_calls([
        (on_itself.into(), arn.clone()),
        (on_objects.into(), append_to_arn(arn, OBJECTS_SUFFIX)),
    ])
}

/// Returns the calls that have at least one action.
fn drop_empty_calls(calls: [(Cow<'static, [&'static str]>, Node); 2]) -> RoleCalls {
    calls.into_iter().filter(|(actions, _)| !actions.is_empty()).collect()
}
