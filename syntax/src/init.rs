//! `#[init]`: the function that makes an application's state once per process.

use proc_macro2::TokenStream;
use skylift_model::problem::PlaceInItem;

use crate::errors::Errors;
use crate::place::Place;
use crate::signature::Signature;
use crate::tree;

const WHAT: &str = "#[init]";

/// A function under `#[init]`.
pub struct Item {
    /// Its name, parameters and return type.
    pub signature: Signature,
}

impl Item {
    /// Reads the attribute and the function below it. None where the item cannot be an `#[init]`.
    pub fn parse(args: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Self> {
        errors.scope(|errors| {
            tree::parse(args, errors).read(WHAT, errors, |_, _| {});
            let signature = Signature::parse(item, WHAT, errors)?;
            check(&signature, errors);
            Some(Self { signature })
        })
    }

    /// Where in the source this place is.
    #[must_use]
    pub fn place(&self, _at: &PlaceInItem) -> Place {
        Place::of(self.signature.ident.span())
    }
}

fn check(signature: &Signature, errors: &mut Errors) {
    if let Some(param) = signature.params.first() {
        errors
            .push(&param.place, "an `#[init]` takes no parameters")
            .help("it runs before the first event: read what it needs from the environment");
    }
    if signature.output.is_none() {
        let place = Place::of(signature.ident.span());
        errors
            .push(&place, "an `#[init]` gives the state")
            .help(format!("write `async fn {}() -> Result<T, Error>`", signature.ident));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &str, item: &str) -> Result<Item, Vec<String>> {
        let mut errors = Errors::new();
        let item = Item::parse(args.parse().unwrap(), item.parse().unwrap(), &mut errors);
        item.ok_or_else(|| errors.into_messages().iter().map(|it| it.full()).collect())
    }

    #[test]
    fn an_init_takes_nothing_and_gives_the_state() {
        let item = parse("", "async fn start() -> Result<State, Error> {}").unwrap();
        assert_eq!(item.signature.ident, "start");
        assert!(matches!(item.place(&PlaceInItem::Name), Place::Tokens { .. }));
    }

    #[test]
    fn what_is_wrong_with_an_init_is_told_at_once() {
        for (args, item, message) in [
            (
                "",
                "async fn start(c: Context) -> State {}",
                "an `#[init]` takes no parameters\n\nhelp: it runs before the first event: read what it needs from the environment",
            ),
            (
                "",
                "async fn start() {}",
                "an `#[init]` gives the state\n\nhelp: write `async fn start() -> Result<T, Error>`",
            ),
            (
                "name = 1",
                "async fn start() -> State {}",
                "unknown key `name` in `#[init]`\n\nhelp: `#[init]` takes no arguments",
            ),
            (
                "",
                "struct Start;",
                "`#[init]` goes on a function\n\nhelp: write `#[init] async fn name(…) { … }`",
            ),
        ] {
            assert_eq!(parse(args, item).err().unwrap(), [message], "{args} {item}");
        }
        assert_eq!(parse("x", "async fn start(c: Context) {}").err().unwrap().len(), 3);
    }
}
