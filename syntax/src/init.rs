//! `#[init]`: the function that makes an application's state once per process.

use proc_macro2::TokenStream;
use skylift_model::problem::At;

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
        let before = errors.len();
        tree::parse(args, errors).finish(WHAT, errors);
        let signature = Signature::parse(item, WHAT, errors)?;
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
        (errors.len() == before).then_some(Self { signature })
    }

    /// Where in the source this place is.
    #[must_use]
    pub fn place(&self, _at: &At) -> Place {
        Place::of(self.signature.ident.span())
    }
}
