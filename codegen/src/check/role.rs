//! The roles of functions: one of the user's own is granted nothing, so that nothing may ask for it; one
//! of ours has to be one that IAM takes.

use skylift_model::App;
use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};
use skylift_model::problem::{At, Item, Problems};

use super::policy_size::{self, Made};
use crate::lower::function::own_role;
use crate::stack::{Role, Stack};

/// Finds what IAM would refuse of the roles, and what would have no effect.
pub(super) fn check(app: &App, stack: &Stack, problems: &mut Problems) {
    let made: Made<'_> = stack.all().map(|it| it.id.as_str()).collect();
    for (index, function) in app.functions.iter().enumerate() {
        if own_role(function).is_none() {
            let parts = stack.functions.get(index).map(|it| it.beside.as_slice());
            let mut parts = parts.unwrap_or_default().iter();
            if let Some(role) = parts.find(|it| it.part.role == Role::IamRole) {
                check_size(Item::Function(index), &role.properties, &made, problems);
            }
            continue;
        }
        let settings = &function.settings;
        let asked = [
            ("the function's capabilities", !function.capabilities.is_empty()),
            ("`idempotent`", function.idempotent.is_some()),
            ("`resume`", function.resume.is_some()),
            ("`allow`", !settings.allow.is_empty()),
            ("`policy`", !settings.policies.is_empty()),
        ];
        let Some((what, _)) = asked.into_iter().find(|(_, asked)| *asked) else { continue };
        let message = format!(
            "`Role` is a role of your own, to which Skylift adds nothing: {what} would have no effect"
        );
        problems
            .push(Item::Function(index), At::Key("properties".to_owned()), message)
            .help("leave `Role` out: the function gets a role that allows what it asks for");
    }
}

/// What IAM takes of one role.
fn check_size(item: Item, properties: &Map, made: &Made<'_>, problems: &mut Problems) {
    if let Some(Node::Seq(managed)) = properties.get("ManagedPolicyArns")
        && managed.len() > limits::ROLE_MANAGED_POLICIES
    {
        let (count, most) = (managed.len(), limits::ROLE_MANAGED_POLICIES);
        let message = format!(
            "the role of this function would have {count} managed policies, IAM takes {most}"
        );
        problems
            .push(item, At::Name, message)
            .help("say what the code needs with capabilities and `allow` in their place, or split the function");
    }
    let policies = properties.get("Policies").map_or(0, |it| policy_size::of_documents(it, made));
    let most = limits::ROLE_INLINE_POLICY_CHARACTERS;
    if policies > most {
        let message = format!(
            "the policy of this function's role would have {policies} characters at the least, IAM takes {most}"
        );
        problems
            .push(item, At::Name, message)
            .help("split the function: one that uses fewer resources has a smaller policy");
    }
}
