//! The trait that the file of each kind of resource implements: how the kind is written.

use proc_macro2::TokenStream;

use super::common::{KindKeys, NamedType};
use super::trait_items::RuntimeNames;
use crate::errors::Errors;
use crate::tree::Args;

/// The grammar of a kind of resource, and the items of its trait in the runtime.
pub(super) trait ResourceGrammar: Sized {
    /// What the keys that all kinds share have to know of this kind.
    const KEYS: KindKeys;

    /// Reads the arguments that only this kind has.
    fn read(args: &Args, errors: &mut Errors) -> Option<Self>;

    /// Returns the items of the runtime's trait for the kind.
    fn trait_items(&self, _types: &[NamedType], _runtime: RuntimeNames<'_>) -> TokenStream {
        TokenStream::new()
    }
}
