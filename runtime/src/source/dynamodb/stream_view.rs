//! Checks that a handler asks for no image that the table's stream does not have, and for items of the
//! table's own type.

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

/// A resource of another kind delivers no such event, for which the compiler already has a message. This
/// implementation avoids a second one.
impl<M, T, O, K: DiffersFrom<kind::Table>> Accepts<K, M> for Change<T, O> {}

/// An image of an item of the table.
trait ReadFromTable<M> {}

impl<T> ReadFromTable<Typed<T>> for FullImage<T> {}
impl<T> ReadFromTable<Untyped> for FullImage<T> {}
impl<M> ReadFromTable<M> for KeysOnlyImage {}

/// A new and an old image that a stream with that view type has.
trait InStreamView<V> {}

impl<T, O> InStreamView<NewAndOldImages> for (T, O) {}
impl<T> InStreamView<NewImage> for (T, KeysOnlyImage) {}
impl<O> InStreamView<OldImage> for (KeysOnlyImage, O) {}
impl InStreamView<KeysOnly> for (KeysOnlyImage, KeysOnlyImage) {}
