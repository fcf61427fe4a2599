//! Checks that the `#[init]` function of a handler's binary builds the states that the handler takes.

use skylift_model::App;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};

use super::TypedHandler;
use crate::messages;
use crate::types::{PackageTypes, ResolvedType, TypeUse, are_different};

/// Checks the states of the function with the index `index` in the application.
pub(super) fn check_states(
    app: &App,
    index: usize,
    handler: &TypedHandler,
    inits: &[Option<TypeUse>],
    types: &PackageTypes<'_>,
    problems: &mut Problems,
) {
    let function = &app.functions[index];
    if function.binary.is_none() {
        return;
    }
    let mut serving = app
        .inits
        .iter()
        .zip(inits)
        .filter(|(init, _)| init.binary.is_none() || init.binary == function.binary);
    // A second `#[init]` is an error of its own.
    let (Some((init, Some(output))), None) = (serving.next(), serving.next()) else { return };
    let Some(built) = argument_of(types, output, "Result") else { return };
    for (param, state) in &handler.states {
        let Some(taken) = argument_of(types, state, "State") else { continue };
        if are_different(types, &taken, &built) {
            let inner = wrapped(types, &taken).is_some_and(|it| same(types, &it, &built));
            let is_built_shared = wrapped(types, &built).is_some_and(|it| same(types, &it, &taken));
            let (taken, built) = (taken.text(), built.text());
            let message =
                messages::state_of_another_type(&taken, &built, &init.path, inner, is_built_shared);
            problems.push(ItemIndex::Function(index), PlaceInItem::Param(*param), message);
        }
    }
}

fn same(types: &PackageTypes<'_>, one: &TypeUse, other: &TypeUse) -> bool {
    !are_different(types, one, other)
}

/// Returns the first type argument of the foreign type `name`, such as `T` of `Result<T, E>`.
fn argument_of(types: &PackageTypes<'_>, used: &TypeUse, name: &str) -> Option<TypeUse> {
    match types.resolve(used) {
        ResolvedType::Named { path, args } if path.last().is_some_and(|last| last == name) => {
            args.into_iter().next()
        }
        _ => None,
    }
}

/// Returns `T` of `Arc<T>`, `Box<T>` or `Rc<T>`.
fn wrapped(types: &PackageTypes<'_>, used: &TypeUse) -> Option<TypeUse> {
    ["Arc", "Box", "Rc"].iter().find_map(|name| argument_of(types, used, name))
}
