//! The types as which a change to an item is decoded: an image of the item, or [`Keys`] if the table's stream
//! does not have the image.
// See decision 0046.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::Error;
use crate::error::short_type_name;
use crate::messages;
use crate::resource::table::item::read_item;

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

/// A type as which an image of a change can be decoded: an item with its attributes, or [`Keys`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an item of a table",
    label = "cannot be read from an item",
    note = "help: put `#[derive(serde::Deserialize)]` on `{Self}`"
)]
pub trait ItemImage: Sized + Send + 'static {
    /// Says which part of an item the type needs: [`FullImage`] or [`KeysOnlyImage`].
    #[doc(hidden)]
    type Of;

    /// Decodes the image, or the keys, of an item.
    #[doc(hidden)]
    fn read(item: &RecordImage<'_>) -> Result<Self, Error>;
}

/// Stands for an image with all attributes of an item of type `T`.
#[doc(hidden)]
pub struct FullImage<T>(T);

/// Stands for the keys of an item of any type.
#[doc(hidden)]
pub enum KeysOnlyImage {}

/// The data of one item in a record of a table's stream.
#[doc(hidden)]
pub struct RecordImage<'a> {
    /// Whether this is the item after the change (`new`) or before it (`old`).
    pub(super) which: &'static str,
    /// The attributes of the item; `None` if the stream does not have this image.
    pub(super) image: Option<&'a RawValue>,
    /// The keys of the item; `None` if the record has none.
    pub(super) keys: Option<&'a RawValue>,
}

impl<T: DeserializeOwned + Send + 'static> ItemImage for T {
    type Of = FullImage<T>;

    fn read(item: &RecordImage<'_>) -> Result<Self, Error> {
        let which = item.which;
        let image = item.image.ok_or_else(|| messages::batch::image_missing(which))?;
        read_attributes(image, &|| messages::batch::describe_image(which))
    }
}

impl<K: DeserializeOwned + Send + 'static> ItemImage for Keys<K> {
    type Of = KeysOnlyImage;

    fn read(item: &RecordImage<'_>) -> Result<Self, Error> {
        let keys = item.keys.ok_or_else(messages::batch::record_without_keys)?;
        read_attributes(keys, &messages::batch::describe_keys).map(Self)
    }
}

/// Decodes attributes from the JSON in which `DynamoDB` writes them. `what` describes the attributes in an
/// error.
pub(super) fn read_attributes<T: DeserializeOwned>(
    attributes: &RawValue,
    what: &dyn Fn() -> Cow<'static, str>,
) -> Result<T, Error> {
    let read = serde_json::from_str::<serde_dynamo::Item>(attributes.get())
        .map_err(|error| error.to_string())
        .and_then(|item| read_item(item).map_err(|error| error.to_string()));
    read.map_err(|error| {
        messages::batch::invalid_item(&what(), short_type_name(std::any::type_name::<T>()), &error)
    })
}
