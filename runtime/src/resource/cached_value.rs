//! [`CachedValue`]: the value of a secret or a parameter, which a function fetches when it starts and caches.

use std::fmt::{self, Debug, Formatter};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::kinds::{FromConnection, Resource};
use crate::Error;
use crate::aws::cache::{Cache, Fetch};
use crate::aws::connection::SdkConnection;

/// The age at which [`CachedValue::get`] fetches the value again.
const DEFAULT_MAX_AGE: Duration = Duration::from_mins(5);

/// The typed client of a secret or a parameter: its value, fetched when the function starts.
///
/// | method | what it does |
/// | --- | --- |
/// | [`get`](Self::get) | returns the value, at most five minutes old |
/// | [`get_max_age`](Self::get_max_age) | returns the value, at most as old as you say |
/// | [`refresh`](Self::refresh) | fetches the value now |
/// | [`client`](Self::client) | returns the client of the AWS SDK |
/// | [`name`](Self::name) | returns the ARN of the secret or the name of the parameter |
///
/// See [`SecretClient`](crate::resource::SecretClient) and
/// [`ParameterClient`](crate::resource::ParameterClient) for examples.
#[cfg_attr(docsrs, doc(cfg(any(feature = "parameter", feature = "secret"))))]
pub struct CachedValue<R, C, T> {
    value: SharedValue<C, T>,
    resource: PhantomData<fn() -> R>,
}

/// The connection and the cached value of a secret or a parameter, which all typed clients of the resource share.
#[doc(hidden)]
pub struct SharedValue<C, T> {
    connection: SdkConnection<C>,
    cache: Arc<Cache<T>>,
}

impl<C, T> SharedValue<C, T> {
    /// Fetches the value of a secret or a parameter for the first time, with the function `fetch`.
    pub(super) async fn fetch(
        connection: SdkConnection<C>,
        fetch: Fetch<T>,
    ) -> Result<Self, Error> {
        Ok(Self { connection, cache: Arc::new(Cache::new(fetch).await?) })
    }
}

impl<R: Resource, C, T> CachedValue<R, C, T> {
    /// Returns the value of the secret or the parameter. If it was fetched five minutes ago or earlier, fetches it
    /// again first.
    ///
    /// Only one call at a time waits for a new value; meanwhile other calls get the cached value. If a new value
    /// cannot be fetched, the method returns the cached value, and the log says why.
    ///
    /// # Errors
    ///
    /// This method does not fail at present: if the value cannot be fetched when the function starts, the function
    /// does not start.
    pub async fn get(&self) -> Result<Arc<T>, Error> {
        self.get_max_age(DEFAULT_MAX_AGE).await
    }

    /// Returns the value as [`get`](Self::get) does, but at most as old as `max_age`. If it was fetched `max_age` ago
    /// or earlier, fetches it again first.
    ///
    /// # Errors
    ///
    /// Fails with the same errors as [`get`](Self::get).
    pub async fn get_max_age(&self, max_age: Duration) -> Result<Arc<T>, Error> {
        Ok(self.value.cache.get(max_age).await)
    }

    /// Fetches the value now, whatever the age of the cached value, and returns it. Use this method for a value that
    /// turned out to be outdated, after a rotation for example.
    ///
    /// # Errors
    ///
    /// Fails with the error of AWS. [`get`](Self::get) continues to return the cached value.
    pub async fn refresh(&self) -> Result<Arc<T>, Error> {
        self.value.cache.refresh().await
    }

    /// Returns the client of the AWS SDK, for operations that this client does not have.
    ///
    /// The function's role allows only the operations of the capability. Any other operation needs a permission
    /// of its own, by `allow(…)` of the function for example.
    #[must_use]
    pub fn client(&self) -> &C {
        &self.value.connection.client
    }

    /// Returns the ARN of the secret or the name of the parameter.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.value.connection.name
    }
}

impl<C: Clone, T> Clone for SharedValue<C, T> {
    fn clone(&self) -> Self {
        Self { connection: self.connection.clone(), cache: Arc::clone(&self.cache) }
    }
}

impl<R, C: Clone, T> Clone for CachedValue<R, C, T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), resource: PhantomData }
    }
}

impl<R, C, T> FromConnection<SharedValue<C, T>> for CachedValue<R, C, T>
where
    R: Resource,
    C: Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    fn from_connection(value: SharedValue<C, T>) -> Self {
        Self { value, resource: PhantomData }
    }
}

/// Shows the name or ARN of the secret or the parameter, and nothing of its value.
impl<R: Resource, C, T> Debug for CachedValue<R, C, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CachedValue").field(&self.value.connection.name).finish()
    }
}
