//! [`DeploymentHook`]: the event with which CodeDeploy calls a hook.

use serde::Deserialize;

/// The call of a hook by CodeDeploy, before or after the traffic of a function moves to a new version.
///
/// The handler checks whatever has to be right: `Ok` lets the deployment go on, an error ends it, and the traffic goes back to
/// the version before. The runtime tells CodeDeploy, also if the handler panics or takes too long. Mirrors "`AppSpec`
/// 'hooks' section" of the AWS CodeDeploy User Guide.
///
/// ```
/// use skylift::prelude::*;
///
/// async fn check(hook: DeploymentHook) -> Result<(), Error> {
///     println!("deployment {}", hook.deployment_id);
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let hook = DeploymentHook::new("d-1A2B3C4D5", "execution");
/// # let _ = check(hook);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct DeploymentHook {
    /// The id of the deployment, such as `d-1A2B3C4D5`.
    pub deployment_id: String,
    /// The id of the call of the hook, by which it is answered.
    pub lifecycle_event_hook_execution_id: String,
}

impl DeploymentHook {
    /// Makes the call of a hook, for tests of a handler.
    pub fn new(
        deployment_id: impl Into<String>,
        lifecycle_event_hook_execution_id: impl Into<String>,
    ) -> Self {
        Self {
            deployment_id: deployment_id.into(),
            lifecycle_event_hook_execution_id: lifecycle_event_hook_execution_id.into(),
        }
    }
}
