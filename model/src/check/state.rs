//! Who takes a `State` has an `#[init]` that makes it, and a binary has one at the most.

use crate::App;
use crate::problem::{ItemIndex, PlaceInItem, Problems};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, init) in app.inits.iter().enumerate() {
        let clash = |other: &&crate::Init| {
            other.binary.is_none() || init.binary.is_none() || other.binary == init.binary
        };
        if let Some(other) = app.inits[..index].iter().find(clash) {
            let message =
                format!("a second `#[init]`: `{}` at {} is the first", other.path, other.origin);
            problems
                .push(ItemIndex::Init(index), PlaceInItem::Name, message)
                .help("the state is made once per process: build both in one function, as the fields of one struct");
        }
    }
    for (index, function) in app.functions.iter().enumerate() {
        let Some(param) = function.state else {
            continue;
        };
        let made =
            app.inits.iter().any(|init| init.binary.is_none() || init.binary == function.binary);
        if !made {
            problems
                .push(ItemIndex::Function(index), PlaceInItem::Param(param), "this package has no `#[init]` that makes the state")
                .help("write one: `#[init] async fn start() -> Result<T, Error> { … }` for a `State<T>`");
        }
    }
}
