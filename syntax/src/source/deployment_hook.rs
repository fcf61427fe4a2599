//! The source `deployment_hook`, which has no arguments: `deploy` of another function names the function.

use skylift_model::source::deployment_hook::DeploymentHook;

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::tree::Args;

impl SourceGrammar for DeploymentHook {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &[
                "codedeploy",
                "hook",
                "deploymenthook",
                "deploymenthooks",
                "pretraffic",
                "posttraffic",
                "lifecyclehook",
            ],
            "write `trigger = deployment_hook`, and name the function in another one: `deploy = canary(\"10m\", before = …)`",
        )],
        keys: &[(
            &["before", "after", "of", "function", "pretraffic", "posttraffic"],
            "name this function in the other one: `deploy = canary(\"10m\", before = …)`",
        )],
        keys_anywhere: &[],
    };

    fn read(_: &Args, _: &mut Errors) -> Option<Self> {
        Some(Self {})
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use crate::source::testing::{rejected, trigger};

    #[test]
    fn a_hook_has_no_arguments() {
        assert!(matches!(trigger("deployment_hook"), Trigger::DeploymentHook(_)));
        assert!(matches!(trigger("deployment_hook()"), Trigger::DeploymentHook(_)));
        assert_eq!(
            rejected("deployment_hook(of = price)"),
            "unknown key `of` in `deployment_hook`\n\nhelp: name this function in the other one: `deploy = canary(\"10m\", before = …)`"
        );
    }
}
