//! What goes through a queue, a topic, a stream or a bus, or lies in a table or a secret, and in which
//! order: markers that the macro writes from `message = …`, `item = …` and `fifo`.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

/// What a queue, a topic, a stream or a bus carries: [`Typed`] or [`Untyped`].
pub trait Messages: Send + Sync + 'static {
    /// The type of a message.
    type Type: Send + Sync;
}

/// Messages of that type, as JSON: `message = Job`.
pub struct Typed<T>(PhantomData<T>);

/// Messages of any JSON, where the attribute names no type.
pub enum Untyped {}

impl<T: Send + Sync + 'static> Messages for Typed<T> {
    type Type = T;
}

impl Messages for Untyped {
    type Type = serde_json::Value;
}

/// The type of a message, for what a queue, a topic, a stream or a bus carries.
pub type MessageOf<M> = <M as Messages>::Type;

/// What a secret holds: [`SecretText`] or [`SecretJson`].
#[diagnostic::on_unimplemented(
    message = "a secret cannot hold this value: `{Self}`",
    note = "help: put `#[derive(serde::Deserialize)]` on the type that `value = …` names"
)]
pub trait SecretContents: Send + Sync + 'static {
    /// The type of the value.
    type Type: Send + Sync + 'static;

    /// Reads it, or says what is wrong with it, and shows nothing of it.
    #[doc(hidden)]
    fn parse(text: String) -> Result<Self::Type, String>;
}

/// SecretText as it is, where the attribute names no type.
pub enum SecretText {}

impl SecretContents for SecretText {
    type Type = String;

    fn parse(text: String) -> Result<String, String> {
        Ok(text)
    }
}

/// JSON of that type: `value = Credentials`.
pub struct SecretJson<T>(PhantomData<T>);

impl<T: DeserializeOwned + Send + Sync + 'static> SecretContents for SecretJson<T> {
    type Type = T;

    fn parse(text: String) -> Result<T, String> {
        let mut json = serde_json::Deserializer::from_str(&text);
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            // Not the error's own words: they quote what they found.
            if error.inner().is_data() {
                let expected = crate::invocation::error::short_name(std::any::type_name::<T>());
                format!("is not a `{expected}`: look at `{}`", error.path())
            } else {
                "is not JSON".to_owned()
            }
        })
    }
}

/// In which order a queue or a topic delivers: [`Standard`] or [`Fifo`].
pub trait DeliveryOrder: Send + Sync + 'static {}

/// At least once, in about the order sent.
pub enum Standard {}

/// Exactly once, in the order sent within each message group.
pub enum Fifo {}

impl DeliveryOrder for Standard {}
impl DeliveryOrder for Fifo {}
