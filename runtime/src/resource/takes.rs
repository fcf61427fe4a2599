//! The check that a handler takes what the resource of its trigger carries: a consumer the messages of
//! its queue, the records of its stream, the items of its table. The room of a source says what its events
//! take, by the types that `message = …` and `item = …` name, as markers; the macro asserts the rest.

use super::kinds::kind;

/// An event that takes what a resource of the kind `K` carries. A `Message<T>`, a `Data<T>` and a
/// `Change<T>` take what is a `T`, and anything where the attribute names no type; whole batches and
/// raw records take anything. `#[derive(Event)]` makes an enum take what all its variants do.
pub trait Takes<K, M> {}

/// A kind that is not the kind `K`.
#[cfg_attr(
    not(feature = "_partial_batches"),
    allow(dead_code, reason = "only events of records ask")
)]
pub(crate) trait Differs<K> {}

/// Every two kinds of the list differ, both ways.
macro_rules! differ {
    ($($room:ident: $Trait:ident, $feature:ident = $on:literal $(, $takes:ident)?;)*) => {
        differ!(@ [] [$($Trait)*]);
    };
    (@ [$($before:ident)*] [$Trait:ident $($after:ident)*]) => {
        $(impl Differs<kind::$before> for kind::$Trait {})*
        $(impl Differs<kind::$after> for kind::$Trait {})*
        differ!(@ [$($before)* $Trait] [$($after)*]);
    };
    (@ [$($before:ident)*] []) => {};
}

kinds!(differ);
