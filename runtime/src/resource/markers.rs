//! The marker types that `#[resource]` writes from `message = …`, `item = …`, `value = …` and `fifo`: what a
//! resource carries or holds, and in which order it delivers.

use std::borrow::Borrow;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::error::short_type_name;
use crate::messages;
use crate::sealed::Sealed;

/// What a queue, a topic, a stream or a bus carries, and what a table holds: [`Typed`] or [`Untyped`].
pub trait Messages: Sealed + Send + Sync + 'static {
    /// The type of a message, record, event or item of the resource.
    type Type: Send + Sync;
}

/// The marker of messages or items of the type `T`, which `#[resource]` writes for `message = T` or `item = T`.
pub struct Typed<T>(PhantomData<T>);

/// The marker of messages or items that are any JSON, because `#[resource]` names no type.
pub enum Untyped {}

impl<T> Sealed for Typed<T> {}
impl Sealed for Untyped {}

impl<T: Send + Sync + 'static> Messages for Typed<T> {
    type Type = T;
}

impl Messages for Untyped {
    type Type = serde_json::Value;
}

/// The type of a message, for the marker `M` of what a resource carries.
pub type MessageOf<M> = <M as Messages>::Type;

/// A message of the type `T`, or a reference to one, for a method that takes many messages.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message of this resource",
    label = "the resource carries `{T}`",
    note = "help: `message = …` of its `#[resource(…)]` names the type; without it, messages are `serde_json::Value`"
)]
pub trait IsMessage<T> {
    /// Returns the message.
    fn as_message(&self) -> &T;
}

#[diagnostic::do_not_recommend]
impl<T, M: Borrow<T>> IsMessage<T> for M {
    fn as_message(&self) -> &T {
        self.borrow()
    }
}

/// What a secret holds: [`SecretText`] or [`SecretJson`].
#[diagnostic::on_unimplemented(
    message = "a secret cannot hold this value: `{Self}`",
    note = "help: put `#[derive(serde::Deserialize)]` on the type that `value = …` names"
)]
pub trait SecretContents: Sealed + Send + Sync + 'static {
    /// The type of the value of the secret.
    type Type: Send + Sync + 'static;

    /// Parses the text of a secret into its value. The error says what is wrong with the text and shows nothing of
    /// it.
    #[doc(hidden)]
    fn parse(text: String) -> Result<Self::Type, String>;
}

/// The marker of a secret that is any text, because `#[resource]` names no type.
pub enum SecretText {}

impl Sealed for SecretText {}

impl SecretContents for SecretText {
    type Type = String;

    fn parse(text: String) -> Result<String, String> {
        Ok(text)
    }
}

/// The marker of a secret that is JSON of the type `T`, which `#[resource]` writes for `value = T`.
pub struct SecretJson<T>(PhantomData<T>);

impl<T> Sealed for SecretJson<T> {}

impl<T: DeserializeOwned + Send + Sync + 'static> SecretContents for SecretJson<T> {
    type Type = T;

    fn parse(text: String) -> Result<T, String> {
        let mut json = serde_json::Deserializer::from_str(&text);
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            // Not the text of the error: it quotes the value.
            if error.inner().is_data() {
                let expected = short_type_name(std::any::type_name::<T>());
                messages::client::secret_of_another_type(expected, error.path())
            } else {
                messages::client::secret_not_json().to_owned()
            }
        })
    }
}

/// The order in which a queue or a topic delivers its messages: [`Standard`] or [`Fifo`].
pub trait DeliveryOrder: Sealed + Send + Sync + 'static {}

/// The type of a standard workflow, and the order of a standard queue or topic: it delivers each message at least once, in best-effort order.
pub enum Standard {}

/// The order of a FIFO queue or topic: it delivers each message exactly once, in the order in which the messages of a
/// message group were sent.
pub enum Fifo {}

impl Sealed for Standard {}
impl Sealed for Fifo {}

impl DeliveryOrder for Standard {}
impl DeliveryOrder for Fifo {}
