//! [`GuardedKeys`]: the keys of a bucket that a function does not write, because its own trigger matches them and each
//! write would invoke the function again.

/// Keys of a bucket that a function does not write.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "bucket"), expect(dead_code, reason = "only buckets have keys"))]
pub struct GuardedKeys {
    prefix: &'static str,
    suffix: &'static str,
    put: bool,
    upload: bool,
}

impl GuardedKeys {
    /// Makes the entry of a trigger with this prefix and this suffix, which can be empty. `put` and `upload` are
    /// whether it follows objects that are written in one request, and in parts.
    #[must_use]
    pub const fn new(prefix: &'static str, suffix: &'static str, put: bool, upload: bool) -> Self {
        Self { prefix, suffix, put, upload }
    }

    /// Returns whether an object that is written in one request under this key would invoke the function.
    #[cfg(feature = "bucket")]
    pub(crate) fn forbid_put(&self, key: &str) -> bool {
        self.put && self.matches(key)
    }

    /// Returns whether an object that is written in parts under this key would invoke the function.
    #[cfg(feature = "bucket")]
    pub(crate) fn forbid_upload(&self, key: &str) -> bool {
        self.upload && self.matches(key)
    }

    #[cfg(feature = "bucket")]
    fn matches(&self, key: &str) -> bool {
        key.starts_with(self.prefix) && key.ends_with(self.suffix)
    }
}
