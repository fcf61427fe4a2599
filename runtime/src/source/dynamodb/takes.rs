//! The check that a handler asks for no image that the table's stream does not have, and for items of the
//! table's own type.

use super::change::Change;
use super::image::{Image, Part, Whole};
use crate::resource::kind;
use crate::resource::markers::{Typed, Untyped};
use crate::resource::table::stream_view::{
    KeysOnly, NewAndOldImages, NewImage, OldImage, StreamOf,
};
use crate::resource::trigger_event::{Accepts, DiffersFrom};

impl<T: Image, O: Image, M, V> Accepts<kind::Table, StreamOf<M, V>> for Change<T, O>
where
    T::Of: Holds<M>,
    O::Of: Holds<M>,
    (T::Of, O::Of): SeenBy<V>,
{
}

/// What another kind of resource would deliver is no event of its source, which is one message of the
/// compiler already: not a second one.
impl<M, T, O, K: DiffersFrom<kind::Table>> Accepts<K, M> for Change<T, O> {}

/// An image of what the table holds.
trait Holds<M> {}

impl<T> Holds<Typed<T>> for Whole<T> {}
impl<T> Holds<Untyped> for Whole<T> {}
impl<M> Holds<M> for Part {}

/// A new image and an old one that a stream has.
trait SeenBy<V> {}

impl<T, O> SeenBy<NewAndOldImages> for (T, O) {}
impl<T> SeenBy<NewImage> for (T, Part) {}
impl<O> SeenBy<OldImage> for (Part, O) {}
impl SeenBy<KeysOnly> for (Part, Part) {}
