//! Messages about the hooks of deployments.

use crate::Error;

/// The service that waits for the answer.
pub(crate) const SERVICE: &str = "CodeDeploy";

/// Reports that a payload is no event of CodeDeploy.
pub(crate) fn not_a_hook(why: Error) -> Error {
    why.with_context("an event of CodeDeploy that cannot be answered")
}
