//! [`PutOptions`]: what is said of an object beside its content.

use object_store::{Attribute, Attributes};

/// What is said of an object when it is written.
///
/// ```
/// use skylift::resource::PutOptions;
///
/// let options = PutOptions::new().content_type("image/png").cache_control("max-age=3600").user_metadata("room", "7");
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default)]
pub struct PutOptions(pub(super) Attributes);

impl PutOptions {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The media type: `Content-Type`. S3 says `binary/octet-stream` where there is none.
    #[must_use]
    pub fn content_type(self, value: impl Into<String>) -> Self {
        self.with(Attribute::ContentType, value)
    }

    /// For how long it may be cached: `Cache-Control`.
    #[must_use]
    pub fn cache_control(self, value: impl Into<String>) -> Self {
        self.with(Attribute::CacheControl, value)
    }

    /// Something of your own: `x-amz-meta-<name>`.
    #[must_use]
    pub fn user_metadata(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(Attribute::Metadata(name.into().into()), value)
    }

    fn with(mut self, attribute: Attribute, value: impl Into<String>) -> Self {
        self.0.insert(attribute, value.into().into());
        self
    }
}
