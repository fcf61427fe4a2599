//! The trait [`ResourceGrammar`], which the file of each kind of resource implements. The trait defines how a
//! user writes the kind.

use proc_macro2::TokenStream;

use super::common::{KindKeys, KindWords, NamedType};
use super::trait_items::RuntimeNames;
use crate::errors::Errors;
use crate::tree::Args;

/// The grammar of a kind of resource, and the items of its trait in the runtime.
pub(super) trait ResourceGrammar: Sized {
    /// The facts about this kind that the code for the shared keys needs.
    const KEYS: KindKeys;

    /// The words of other tools for this kind and its keys.
    const WORDS: KindWords;

    /// Reads the arguments that only this kind has. Returns `None` if the settings cannot be read.
    fn read(args: &Args, errors: &mut Errors) -> Option<Self>;

    /// Returns the tokens of the items in the implementation of the runtime's trait for this kind.
    fn trait_items(&self, _types: &[NamedType], _runtime: RuntimeNames<'_>) -> TokenStream {
        TokenStream::new()
    }
}
