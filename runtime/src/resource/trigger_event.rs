//! The check that a handler takes what the resource of its trigger carries: a consumer the messages of
//! its queue, the records of its stream, the items of its table. The room of a source says what its events
//! take, by the types that `message = …` and `item = …` name, as markers; the macro asserts the rest.

use super::kinds::kind;

/// An event that takes what a resource of the kind `K` carries. A `Message<T>`, a `Data<T>` and a
/// `Change<T>` take what is a `T`, and anything where the attribute names no type; whole batches and
/// raw records take anything. `#[derive(Event)]` makes an enum take what all its variants do.
pub trait Accepts<K, M> {}

/// A kind that is not the kind `K`.
#[cfg_attr(
    not(feature = "_partial_batches"),
    allow(dead_code, reason = "only events of records ask")
)]
pub(crate) trait DiffersFrom<K> {}

/// Implements `DiffersFrom` for every two kinds of the list, both ways.
macro_rules! all_kinds_differ {
    ($($room:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        all_kinds_differ!(@ [] [$($Trait)*]);
    };
    (@ [$($before:ident)*] [$Trait:ident $($after:ident)*]) => {
        $(impl DiffersFrom<kind::$before> for kind::$Trait {})*
        $(impl DiffersFrom<kind::$after> for kind::$Trait {})*
        all_kinds_differ!(@ [$($before)* $Trait] [$($after)*]);
    };
    (@ [$($before:ident)*] []) => {};
}

kinds!(all_kinds_differ);
