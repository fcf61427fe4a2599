//! The part of the source `deployment_hook` that exists whether its feature is on or not: the marker, the registry entry,
//! and the check of the type that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// A hook of a deployment: `trigger = deployment_hook`. SAM has no event for it: `deploy` of another function names the
/// function.
pub enum DeploymentHook {}

/// The registry entry of the source `deployment_hook`.
pub const SOURCE: SourceEntry = SourceEntry { name: "deployment_hook", trigger: "other" };

/// An event that `deployment_hook` delivers. The macro requires this trait and not `TriggeredBy<DeploymentHook>`, so that
/// the compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `deployment_hook` delivers",
    label = "not an event of `deployment_hook`",
    note = "`deployment_hook` delivers `skylift::event::DeploymentHook`, the call of a hook by CodeDeploy"
)]
#[cfg_attr(
    not(feature = "deployment_hook"),
    diagnostic::on_unimplemented(
        note = "help: `DeploymentHook` needs the feature `deployment_hook` of `skylift`"
    )
)]
pub trait DeliveredByDeploymentHook: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<DeploymentHook>> DeliveredByDeploymentHook for E {}

/// Returns the deliverer by which CodeDeploy delivers an `E`.
#[must_use]
pub fn deployment_hook<E: DeliveredByDeploymentHook>() -> Deliverer<E> {
    Deliverer::for_event()
}
