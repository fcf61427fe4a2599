//! What the stream of a table tells of a change: markers that the macro writes from `stream = …`.

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
