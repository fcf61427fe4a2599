//! What a change is decoded into: an image of the item, or [`Keys`] if the stream has no image.
// See decision 0046.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::Error;
use crate::error::short_type_name;
use crate::messages;

/// The keys of an item, in place of an image that the table's stream does not have.
///
/// A stream of new images does not have the item before a change, nor a deleted item: `Change<Order,
/// Keys<OrderKey>>`. A stream of keys has no images: `Change<Keys<OrderKey>>`.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::Keys;
///
/// #[derive(Deserialize)]
/// struct OrderKey { id: String }
///
/// let keys = Keys(OrderKey { id: "1".into() });
/// assert_eq!(keys.id, "1");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Keys<K>(pub K);

impl<K> Deref for Keys<K> {
    type Target = K;

    fn deref(&self) -> &K {
        &self.0
    }
}

impl<K> DerefMut for Keys<K> {
    fn deref_mut(&mut self) -> &mut K {
        &mut self.0
    }
}

/// What an image of a change can be decoded into: an item, by its attributes, or [`Keys`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an item of a table",
    label = "cannot be read from an item",
    note = "help: put `#[derive(serde::Deserialize)]` on `{Self}`"
)]
pub trait ItemImage: Sized + Send + 'static {
    /// What the image has of an item.
    #[doc(hidden)]
    type Of;

    /// Decodes it.
    #[doc(hidden)]
    fn read(item: &RecordImage<'_>) -> Result<Self, Error>;
}

/// An image with all attributes of an item of type `T`.
#[doc(hidden)]
pub struct FullImage<T>(T);

/// The keys of an item of any type.
#[doc(hidden)]
pub enum KeysOnlyImage {}

/// The data of an item in a record.
#[doc(hidden)]
pub struct RecordImage<'a> {
    /// Which image it is: `new` or `old`.
    pub(super) which: &'static str,
    pub(super) image: Option<&'a RawValue>,
    pub(super) keys: Option<&'a RawValue>,
}

impl<T: DeserializeOwned + Send + 'static> ItemImage for T {
    type Of = FullImage<T>;

    fn read(item: &RecordImage<'_>) -> Result<Self, Error> {
        let which = item.which;
        let image = item.image.ok_or_else(|| messages::batch::image_missing(which))?;
        read_attributes(image, &|| messages::batch::image(which))
    }
}

impl<K: DeserializeOwned + Send + 'static> ItemImage for Keys<K> {
    type Of = KeysOnlyImage;

    fn read(item: &RecordImage<'_>) -> Result<Self, Error> {
        let keys = item.keys.ok_or_else(messages::batch::record_without_keys)?;
        read_attributes(keys, &messages::batch::keys).map(Self)
    }
}

/// Decodes attributes as `DynamoDB` writes them.
pub(super) fn read_attributes<T: DeserializeOwned>(
    attributes: &RawValue,
    what: &dyn Fn() -> Cow<'static, str>,
) -> Result<T, Error> {
    let read = serde_json::from_str::<serde_dynamo::Item>(attributes.get())
        .map_err(|error| error.to_string())
        .and_then(|item| serde_dynamo::from_item(item).map_err(|error| error.to_string()));
    read.map_err(|error| {
        messages::batch::invalid_item(&what(), short_type_name(std::any::type_name::<T>()), &error)
    })
}
