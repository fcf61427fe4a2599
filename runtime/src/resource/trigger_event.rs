//! Checks that a handler's event accepts what the resource of its trigger delivers: the messages of a queue,
//! the records of a stream, the changes to a table. The module of a source implements [`Accepts`] for its
//! events, by the markers of `message = …` and `item = …`. The macro writes the assertions.

use super::kinds::kind;

/// An event type that accepts what a resource of the kind `K` with the marker `M` delivers.
///
/// A `Message<T>`, a `Data<T>` and a `Change<T>` accept a resource whose type is `T`, and any resource whose
/// attribute names no type. Whole batches and raw records accept any resource. `#[derive(Event)]` implements this
/// trait for an enum, which accepts what all its variants accept. Other types do not implement it.
pub trait Accepts<K, M> {}

/// A kind of resource that is not the kind `K`.
#[cfg_attr(
    not(any(feature = "_shards", feature = "event", feature = "sns", feature = "sqs")),
    allow(dead_code, reason = "only typed events of a resource use it")
)]
pub(crate) trait DiffersFrom<K> {}

/// Implements `DiffersFrom` for every two kinds of resources in the list, in both directions.
macro_rules! all_kinds_differ {
    ($($kind:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        all_kinds_differ!(@ [] [$($Trait)*]);
    };
    (@ [$($before:ident)*] [$Trait:ident $($after:ident)*]) => {
        $(impl DiffersFrom<kind::$before> for kind::$Trait {})*
        $(impl DiffersFrom<kind::$after> for kind::$Trait {})*
        all_kinds_differ!(@ [$($before)* $Trait] [$($after)*]);
    };
    (@ [$($before:ident)*] []) => {};
}

for_each_kind!(all_kinds_differ);
