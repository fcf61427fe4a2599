//! What the stream of a table tells of a change: markers that the macro writes from `stream = …`, and the
//! check that a handler asks for no image that the stream does not have.

#[cfg(feature = "dynamodb")]
use super::{Takes, Typed, Untyped, kind};
#[cfg(feature = "dynamodb")]
use crate::event::Change;
#[cfg(feature = "dynamodb")]
use crate::source::dynamodb::{Image, Part, Whole};

/// The item before the change and after it, or nobody knows.
pub enum NewAndOld {}

/// The item after the change.
pub enum New {}

/// The item before the change.
pub enum Old {}

/// The keys of the item.
pub enum KeysOnly {}

/// What a table holds, seen through its stream.
pub struct Viewed<M, V>(std::marker::PhantomData<(M, V)>);

#[cfg(feature = "dynamodb")]
impl<T: Image, O: Image, M, V> Takes<kind::Table, Viewed<M, V>> for Change<T, O>
where
    T::Of: Holds<M>,
    O::Of: Holds<M>,
    (T::Of, O::Of): SeenBy<V>,
{
}

/// An image of what the table holds.
#[cfg(feature = "dynamodb")]
trait Holds<M> {}

#[cfg(feature = "dynamodb")]
impl<T> Holds<Typed<T>> for Whole<T> {}
#[cfg(feature = "dynamodb")]
impl<T> Holds<Untyped> for Whole<T> {}
#[cfg(feature = "dynamodb")]
impl<M> Holds<M> for Part {}

/// A new image and an old one that a stream has.
#[cfg(feature = "dynamodb")]
trait SeenBy<V> {}

#[cfg(feature = "dynamodb")]
impl<T, O> SeenBy<NewAndOld> for (T, O) {}
#[cfg(feature = "dynamodb")]
impl<T> SeenBy<New> for (T, Part) {}
#[cfg(feature = "dynamodb")]
impl<O> SeenBy<Old> for (Part, O) {}
#[cfg(feature = "dynamodb")]
impl SeenBy<KeysOnly> for (Part, Part) {}
