//! Whether the messages of a function's queues can be in the envelope of another service: they can if a subscription of the
//! queue makes one.
// See decision 0123.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use skylift_model::problem::PlaceInItem;
use skylift_model::resource::ResourceKind;
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::handoff::Note;

/// Expands to a call that tells the deliverer of a source whether messages of its queues can be in envelopes. The expansion
/// is empty if no trigger of the source names the `#[resource]` of a queue.
pub(super) fn expand_envelopes(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
    source: &Ident,
    skylift: &TokenStream,
) -> TokenStream {
    let triggers = definition.triggers.iter().enumerate();
    let queues = triggers.filter_map(|(index, trigger)| {
        let resource = trigger.resource().filter(|it| it.kind == ResourceKind::Queue)?;
        let at = PlaceInItem::trigger_key(index, resource.key);
        // A resource with errors of its own is not among the uses.
        let is_known = *source == trigger.source() && note.uses.iter().any(|(used, _)| *used == at);
        item.path_at(&at).filter(|_| is_known)
    });
    let queues: Vec<TokenStream> =
        queues.map(|path| quote!(<#path as #skylift::resource::Queue>::HAS_ENVELOPES)).collect();
    if queues.is_empty() {
        return TokenStream::new();
    }
    quote!(.with_envelopes(#(#queues)||*))
}
