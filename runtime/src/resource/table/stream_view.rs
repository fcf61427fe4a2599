//! What the stream of a table tells of a change: markers that the macro writes from `stream = …`.

/// The item before the change and after it, or nobody knows.
pub enum NewAndOldImages {}

/// The item after the change.
pub enum NewImage {}

/// The item before the change.
pub enum OldImage {}

/// The keys of the item.
pub enum KeysOnly {}

/// What a table holds, seen through its stream.
pub struct StreamOf<M, V>(std::marker::PhantomData<(M, V)>);
