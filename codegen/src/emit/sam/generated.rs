//! The ids that SAM makes and the stack does not have: SAM makes them anew with a hash, or for a case that
//! the stack does not know.

use skylift_model::Function;

use crate::lower::function::{has_other_role, role_id};
use crate::stack::{OfFunction, Part, Purpose};

/// That of the version of a function with an alias: ten digits of a hash end it.
const VERSION: &str = "Version0000000000";

/// The ids that SAM makes of a function.
pub(crate) fn ids(function: &Function, of: &OfFunction) -> Vec<(String, Part)> {
    let part = |purpose| Part { owner: of.function.part.owner, purpose };
    let mut ids = Vec::new();
    if has_other_role(function) {
        ids.push((role_id(function), part(Purpose::ConditionalRole)));
    }
    if of.published.is_some() {
        ids.push((format!("{}{VERSION}", function.id), part(Purpose::Version)));
    }
    ids
}
