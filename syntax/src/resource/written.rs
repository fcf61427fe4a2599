//! What the file of each kind of resource implements: how the kind is written.

use proc_macro2::TokenStream;

use super::common::{Grammar, NamedType};
use super::items::Runtime;
use crate::errors::Errors;
use crate::tree::Args;

/// How a kind of resource is written, and what it tells the runtime.
pub(super) trait Written: Sized {
    /// What the common keys have to know of it.
    const GRAMMAR: Grammar;

    /// Reads the arguments of its own.
    fn read(args: &Args, errors: &mut Errors) -> Option<Self>;

    /// The items of the runtime's trait for the kind.
    fn items(&self, _types: &[NamedType], _runtime: Runtime<'_>) -> TokenStream {
        TokenStream::new()
    }
}
