//! [`PublishOptions`]: the subject and the attributes of a message to a topic.

/// Options of [`publish_with`](super::TopicClient::publish_with): a subject, which emails show, and message
/// attributes, by which subscriptions can filter. By default a message has neither.
///
/// ```
/// use skylift::resource::PublishOptions;
///
/// let options = PublishOptions::new().subject("Too hot").attribute("severity", "high");
/// # let _ = options;
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "topic")))]
#[derive(Clone, Debug, Default)]
pub struct PublishOptions {
    pub(super) subject: Option<String>,
    pub(super) attributes: Vec<(String, String)>,
}

impl PublishOptions {
    /// Creates options without a subject and attributes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the subject of the message: up to 100 characters on one line.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Adds an attribute of the type `String` to the message.
    #[must_use]
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }
}
