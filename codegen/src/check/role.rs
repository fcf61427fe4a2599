//! Checks the roles of functions. Skylift does not change a role that the user set, so a function with such a role
//! must not have settings that need permissions. A generated role has to fit into IAM's limits.

use std::cell::LazyCell;

use skylift_model::App;
use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};

use super::policy_size::{self, StackIds};
use crate::lower::function::user_role;
use crate::messages;
use crate::stack::{Purpose, Stack};

/// Reports generated roles that IAM would reject, and settings that would have no effect on a role that the user
/// set.
pub(super) fn check_roles(app: &App, stack: &Stack, problems: &mut Problems) {
    // Few roles need the exact length: the ids are collected only for those.
    let ids = LazyCell::new(|| -> StackIds<'_> {
        stack.all_resources().map(|it| it.id.as_str()).collect()
    });
    for (index, function) in app.functions.iter().enumerate() {
        if user_role(function).is_none() {
            let parts = stack.functions.get(index).map(|it| it.other_resources.as_slice());
            let mut parts = parts.unwrap_or_default().iter();
            if let Some(role) = parts.find(|it| it.owner.purpose == Purpose::Role) {
                check_role_size(ItemIndex::Function(index), &role.properties, &|| &ids, problems);
            }
            continue;
        }
        let settings = &function.settings;
        let settings_that_need_permissions = [
            (messages::CAPABILITIES, !function.capabilities.is_empty()),
            ("`idempotent`", function.idempotent.is_some()),
            ("`resume`", function.resume.is_some()),
            ("`allow`", !settings.allow.is_empty()),
            ("`policy`", !settings.policies.is_empty()),
        ];
        let Some((what, _)) =
            settings_that_need_permissions.into_iter().find(|(_, is_set)| *is_set)
        else {
            continue;
        };
        let message = messages::no_effect_on_user_role(what);
        problems.push(
            ItemIndex::Function(index),
            PlaceInItem::Key("properties".to_owned()),
            message,
        );
    }
}

/// Reports a generated role with too many managed policies or with policies that are too long. `ids` returns the
/// logical ids of the stack.
fn check_role_size<'a>(
    item: ItemIndex,
    properties: &Map,
    ids: &dyn Fn() -> &'a StackIds<'a>,
    problems: &mut Problems,
) {
    if let Some(Node::Seq(managed)) = properties.get("ManagedPolicyArns")
        && managed.len() > limits::ROLE_MANAGED_POLICIES
    {
        let (count, most) = (managed.len(), limits::ROLE_MANAGED_POLICIES);
        problems.push(item, PlaceInItem::Name, messages::too_many_managed_policies(count, most));
    }
    let most = limits::ROLE_INLINE_POLICY_CHARACTERS;
    let policies = properties.get("Policies").filter(|it| policy_size::max_json_len(it) > most);
    let policies = policies.map_or(0, |it| policy_size::min_documents_len(it, ids()));
    if policies > most {
        problems.push(item, PlaceInItem::Name, messages::role_policy_too_long(policies, most));
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::Function;
    use skylift_model::access::Access;
    use skylift_model::problem::Problem;
    use skylift_model::resource::ResourceSettings;

    use super::*;
    use crate::fixtures::{
        app, app_stack, function, one_of_each, resource, table, with_capability,
    };

    #[test]
    fn a_user_defined_role_gets_no_further_permissions() {
        let mut own = function("F");
        own.properties.set("Role", "arn:aws:iam::123456789012:role/mine");
        let problems = |function: Function| -> Vec<Problem> {
            let app = app(vec![function], one_of_each());
            let mut problems = Problems::default();
            check_roles(&app, &app_stack(&app), &mut problems);
            problems.into_vec()
        };
        assert_eq!(problems(own.clone()), Vec::new());
        let stack = app_stack(&app(vec![own.clone()], Vec::new()));
        assert_eq!(stack.ids(), ["F", "FLogs"]);
        let mine = "arn:aws:iam::123456789012:role/mine";
        assert_eq!(stack.resource("F").property("Role"), mine);

        let capable = problems(with_capability(own.clone(), Access::Read, "Bucket"));
        assert_eq!(capable[0].at, PlaceInItem::Key("properties".to_owned()));
        assert!(
            capable[0].message.text.ends_with("the function's capabilities would have no effect")
        );
        let mut policy = own;
        policy.settings.policies = vec!["ReadOnlyAccess".to_owned()];
        assert!(problems(policy)[0].message.text.ends_with("`policy` would have no effect"));
    }

    /// Returns the problems of a function that uses this number of tables and of managed policies.
    fn with_tables_and_policies(tables: usize, policies: usize) -> Vec<Problem> {
        let ident = |number: usize| format!("Table{number:03}");
        let mut all = function("F");
        for number in 0..tables {
            all = with_capability(all, Access::ReadWrite, &ident(number));
        }
        all.settings.policies = (0..policies).map(|number| format!("Policy{number}")).collect();
        let what = |number: usize| resource(&ident(number), ResourceSettings::Table(table(&[])));
        let app = app(vec![all], (0..tables).map(what).collect());
        let mut problems = Problems::default();
        check_roles(&app, &app_stack(&app), &mut problems);
        problems.into_vec()
    }

    #[test]
    fn a_role_that_iam_would_reject_is_an_error_at_the_function() {
        assert_eq!(with_tables_and_policies(20, 10), []);
        let problems = with_tables_and_policies(1, 11);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.item, &problem.at), (ItemIndex::Function(0), &PlaceInItem::Name));
        assert!(
            problem.message.text.ends_with("11 managed policies, IAM allows 10"),
            "{}",
            problem.message.text
        );
        let problems = with_tables_and_policies(60, 0);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.item, &problem.at), (ItemIndex::Function(0), &PlaceInItem::Name));
        assert!(problem.message.text.ends_with("IAM allows 10240"), "{}", problem.message.text);
    }
}
