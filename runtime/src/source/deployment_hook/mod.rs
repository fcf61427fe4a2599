//! The source `deployment_hook`: takes the event of CodeDeploy, delivers it as a whole, and tells CodeDeploy whether the
//! handler succeeded. A failure brings the traffic back to the version before.
// See decision 0127.

#[cfg(feature = "deployment_hook")]
mod answer;
#[cfg(feature = "deployment_hook")]
mod deliver;
#[cfg(feature = "deployment_hook")]
mod hook;
pub(crate) mod registration;
#[cfg(all(test, feature = "deployment_hook"))]
mod tests;

#[cfg(feature = "deployment_hook")]
pub(crate) use deliver::answer_failed_hook;
#[cfg(feature = "deployment_hook")]
pub use hook::DeploymentHook as DeploymentHookEvent;

pub use registration::{DeliveredByDeploymentHook, DeploymentHook, SOURCE, deployment_hook};
