//! Compares the types that signatures and attributes name with what the application does with their values: the keys
//! of tables, the parameters of routes, the constant inputs of schedules, filters, idempotency keys, results, and states. It
//! takes the application with the types of its items, and reports only what the source certainly shows.
// See decision 0101.

mod content;
mod filter;
mod idempotency;
mod input;
mod path;
mod result;
mod state;
mod table;
#[cfg(test)]
mod tests;

use skylift_model::App;
use skylift_model::problem::Problems;

use crate::types::{PackageTypes, TypeUse};

/// The types that the items of an application name.
#[derive(Default)]
pub(crate) struct TypedItems {
    /// The types of the items of tables, each with the index of its resource.
    pub(crate) tables: Vec<(usize, TypeUse)>,
    /// The handlers of the functions, each with the index of its function.
    pub(crate) handlers: Vec<(usize, TypedHandler)>,
    /// The return types of the `#[init]` functions, in the order of the application.
    pub(crate) inits: Vec<Option<TypeUse>>,
}

/// The types in the signature of a handler.
#[derive(Default)]
pub(crate) struct TypedHandler {
    /// Whether the handler has no parameter that may be the event.
    pub(crate) takes_no_event: bool,
    /// The type of the event, if the handler takes one.
    pub(crate) event: Option<TypeUse>,
    /// The types of all parameters, each with its index.
    pub(crate) params: Vec<(usize, TypeUse)>,
    /// The types of the parameters that are states, each with its index.
    pub(crate) states: Vec<(usize, TypeUse)>,
}

/// The types that the source does not show well enough to check them.
#[derive(Default)]
pub(crate) struct UnseenTypes {
    /// The indexes of the resources with such types.
    pub(crate) resources: Vec<usize>,
    /// The indexes of the functions with such types.
    pub(crate) functions: Vec<usize>,
}

/// Reports each type that does not fit what the application does with it. Returns the types that the process has to
/// check when it starts.
pub(crate) fn check_types(
    app: &App,
    items: &TypedItems,
    types: &PackageTypes<'_>,
    problems: &mut Problems,
) -> UnseenTypes {
    let mut unseen = UnseenTypes::default();
    for (index, item) in &items.tables {
        if !table::check_table(app, *index, item, types, problems) {
            unseen.resources.push(*index);
        }
    }
    for (index, handler) in &items.handlers {
        state::check_states(app, *index, handler, &items.inits, types, problems);
        filter::check_filters(app, *index, handler, types, problems);
        result::check_results(app, *index, &items.handlers, types, problems);
        idempotency::check_keys(app, *index, handler, types, problems);
        let sees_paths = path::check_paths(app, *index, handler, types, problems);
        let sees_inputs = input::check_inputs(app, *index, handler, types, problems);
        if !(sees_paths && sees_inputs) {
            unseen.functions.push(*index);
        }
    }
    unseen
}
