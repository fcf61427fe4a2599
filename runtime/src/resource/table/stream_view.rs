//! Which images of an item the stream of a table has, as marker types that the macro writes from `stream = …`.
//! Mirrors `StreamViewType` of the Amazon DynamoDB API Reference.

/// The item before the change and the item after it. Also used if Skylift does not know which images the stream
/// has.
pub enum NewAndOldImages {}

/// The item after the change.
pub enum NewImage {}

/// The item before the change.
pub enum OldImage {}

/// The keys of the item.
pub enum KeysOnly {}

/// The stream of a table with items `M` and the images `V`.
pub struct StreamOf<M, V>(std::marker::PhantomData<(M, V)>);
