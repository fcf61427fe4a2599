//! Checks the functions to which Lambda sends the results of asynchronous invocations: the event of such a function is
//! the record of an invocation, and not an event of another service.

use skylift_model::App;
use skylift_model::aws::lambda_settings::{Outcome, ResultTarget};
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::source::Trigger;

use super::TypedHandler;
use crate::messages;
use crate::types::{PackageTypes, ResolvedType};

/// Reports the destinations of the function with the index `index` whose handlers take an event of a service.
pub(super) fn check_results(
    app: &App,
    index: usize,
    handlers: &[(usize, TypedHandler)],
    types: &PackageTypes<'_>,
    problems: &mut Problems,
) {
    for outcome in Outcome::ALL {
        let target = app.functions[index].settings.lambda.target(outcome);
        let Some(ResultTarget::Function(ident)) = target else { continue };
        let handler = handlers.iter().find(|(it, _)| app.functions[*it].ident() == ident);
        let Some(event) = handler.and_then(|(_, handler)| handler.event.as_ref()) else { continue };
        let ResolvedType::Named { path, .. } = types.resolve(event) else { continue };
        if path.last().is_some_and(|name| Trigger::find_event(name).is_some()) {
            let at = PlaceInItem::key(outcome.key());
            let message = messages::result_for_an_event(ident, &event.text());
            problems.push(ItemIndex::Function(index), at, message);
        }
    }
}
