//! [`PutOptions`]: the metadata of an object that is written.

use object_store::{Attribute, Attributes};

/// Options of [`put_with`](super::BucketClient::put_with) and [`upload_with`](super::BucketClient::upload_with): the
/// metadata of the object that is written. By default an object has no metadata.
///
/// ```
/// use skylift::resource::PutOptions;
///
/// let options = PutOptions::new()
///     .content_type("image/png")
///     .cache_control("max-age=3600")
///     .user_metadata("room", "7");
/// # let _ = options;
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[derive(Clone, Debug, Default)]
pub struct PutOptions(pub(super) Attributes);

impl PutOptions {
    /// Creates options without metadata.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the media type of the object (`Content-Type`). Without one, S3 uses `binary/octet-stream`.
    #[must_use]
    pub fn content_type(self, value: impl Into<String>) -> Self {
        self.with_attribute(Attribute::ContentType, value)
    }

    /// Sets how long the object may be cached (`Cache-Control`).
    #[must_use]
    pub fn cache_control(self, value: impl Into<String>) -> Self {
        self.with_attribute(Attribute::CacheControl, value)
    }

    /// Adds user-defined metadata to the object: the header `x-amz-meta-<name>`.
    #[must_use]
    pub fn user_metadata(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with_attribute(Attribute::Metadata(name.into().into()), value)
    }

    fn with_attribute(mut self, attribute: Attribute, value: impl Into<String>) -> Self {
        self.0.insert(attribute, value.into().into());
        self
    }
}
