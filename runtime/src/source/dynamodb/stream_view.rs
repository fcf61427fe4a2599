//! Checks that a handler takes only images that the table's stream has, and only items of the table's own type.

use super::change::Change;
use super::image::{FullImage, ItemImage, KeysOnlyImage};
use crate::resource::kind;
use crate::resource::markers::{Typed, Untyped};
use crate::resource::table::stream_view::{
    KeysOnly, NewAndOldImages, NewImage, OldImage, StreamOf,
};
use crate::resource::trigger_event::{Accepts, DiffersFrom};

impl<T: ItemImage, O: ItemImage, M, V> Accepts<kind::Table, StreamOf<M, V>> for Change<T, O>
where
    T::Of: ReadFromTable<M>,
    O::Of: ReadFromTable<M>,
    (T::Of, O::Of): InStreamView<V>,
{
}

/// Accepts any resource that is not a table. Such a resource does not deliver a `Change`, which the compiler reports
/// elsewhere; this implementation avoids a second message about the same mistake.
impl<M, T, O, K: DiffersFrom<kind::Table>> Accepts<K, M> for Change<T, O> {}

/// An image that items of a table can be decoded as; `M` says which type the table's items have.
trait ReadFromTable<M> {}

impl<T> ReadFromTable<Typed<T>> for FullImage<T> {}
impl<T> ReadFromTable<Untyped> for FullImage<T> {}
impl<M> ReadFromTable<M> for KeysOnlyImage {}

/// A pair of a new and an old image that a stream with the view type `V` has.
trait InStreamView<V> {}

impl<T, O> InStreamView<NewAndOldImages> for (T, O) {}
impl<T> InStreamView<NewImage> for (T, KeysOnlyImage) {}
impl<O> InStreamView<OldImage> for (KeysOnlyImage, O) {}
impl InStreamView<KeysOnly> for (KeysOnlyImage, KeysOnlyImage) {}
