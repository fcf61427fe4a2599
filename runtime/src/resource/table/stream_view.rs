//! The marker types that say which images of a changed item the stream of a table has. `#[resource]` writes them from
//! `stream = …`. Mirrors `StreamViewType` of the Amazon DynamoDB API Reference.

/// The stream has the item before the change and the item after it. This marker is also used if Skylift does not know
/// which images the stream has.
pub enum NewAndOldImages {}

/// The stream has only the item after the change.
pub enum NewImage {}

/// The stream has only the item before the change.
pub enum OldImage {}

/// The stream has only the keys of the changed item.
pub enum KeysOnly {}

/// The marker of what the stream of a table delivers: changes to items of the type `M`, with the images `V`.
pub struct StreamOf<M, V>(std::marker::PhantomData<(M, V)>);
