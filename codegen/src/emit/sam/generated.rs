//! The logical ids that SAM generates for a function and that the stack does not have. SAM adds a hash to such an
//! id, or generates it for a case that the stack does not represent.

use skylift_model::Function;

use crate::lower::function::{has_conditional_role, role_id};
use crate::stack::{FunctionInStack, IdOwner, Purpose};

/// The end of the logical id of a function's version, if the function has an alias. SAM appends ten digits of a
/// hash, for which ten zeros stand here.
const VERSION: &str = "Version0000000000";

/// Returns the logical ids that SAM generates for a function and that the stack does not have, each with its owner.
pub(crate) fn generated_ids(
    function: &Function,
    in_stack: &FunctionInStack,
) -> Vec<(String, IdOwner)> {
    let part = |purpose| IdOwner { item: in_stack.function.owner.item, purpose };
    let mut ids = Vec::new();
    if has_conditional_role(function) {
        ids.push((role_id(function), part(Purpose::ConditionalRole)));
    }
    if in_stack.published.is_some() {
        ids.push((format!("{}{VERSION}", function.id), part(Purpose::Version)));
    }
    ids
}
