//! [`CachedValue`]: a value that a function fetches when it starts and keeps: a secret's or a parameter's.

use std::fmt::{self, Debug, Formatter};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::kinds::{FromConnection, Resource};
use crate::Error;
use crate::aws::cache::{Cache, Fetch};
use crate::aws::connection::SdkConnection;

/// How old a value becomes where nothing else is said.
const OLDEST: Duration = Duration::from_mins(5);

/// The typed client of a secret or a parameter: its value, fetched when the function starts.
///
/// See [`SecretClient`](crate::resource::SecretClient) and
/// [`ParameterClient`](crate::resource::ParameterClient).
pub struct CachedValue<R, C, T> {
    value: SharedValue<C, T>,
    of: PhantomData<fn() -> R>,
}

/// The value, however many clients share it.
#[doc(hidden)]
pub struct SharedValue<C, T> {
    connection: SdkConnection<C>,
    cache: Arc<Cache<T>>,
}

impl<C, T> SharedValue<C, T> {
    /// Fetches it for the first time.
    pub(super) async fn fetch(
        connection: SdkConnection<C>,
        fetch: Fetch<T>,
    ) -> Result<Self, Error> {
        Ok(Self { connection, cache: Arc::new(Cache::new(fetch).await?) })
    }
}

impl<R: Resource, C, T> CachedValue<R, C, T> {
    /// The value: what was fetched when the function started or, where that is more than five minutes
    /// ago, what is there now.
    ///
    /// Only one call at a time waits for a new value; the others get the one there is. Where a new
    /// one cannot be fetched, the one from before stays and a line in the log says why.
    ///
    /// # Errors
    ///
    /// None as things are: a value that cannot be fetched is an error of the function's start.
    pub async fn get(&self) -> Result<Arc<T>, Error> {
        self.get_max_age(OLDEST).await
    }

    /// The value, as [`get`](Self::get), fetched anew from that age on.
    ///
    /// # Errors
    ///
    /// As of [`get`](Self::get).
    pub async fn get_max_age(&self, oldest: Duration) -> Result<Arc<T>, Error> {
        Ok(self.value.cache.get(oldest).await)
    }

    /// The value that is there now, whatever was fetched before: for one that turned out to be no longer
    /// right, as after a rotation.
    ///
    /// # Errors
    ///
    /// What AWS refused; [`get`](Self::get) goes on with the value from before.
    pub async fn refresh(&self) -> Result<Arc<T>, Error> {
        self.value.cache.refresh().await
    }

    /// The client of AWS's SDK, for what this one does not do. It is allowed what this one does: what
    /// else a call needs, the function has to be granted.
    #[must_use]
    pub fn client(&self) -> &C {
        &self.value.connection.client
    }

    /// The secret's ARN, the parameter's name.
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
        Self { value: self.value.clone(), of: PhantomData }
    }
}

impl<R, C, T> FromConnection<SharedValue<C, T>> for CachedValue<R, C, T>
where
    R: Resource,
    C: Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    fn from_connection(value: SharedValue<C, T>) -> Self {
        Self { value, of: PhantomData }
    }
}

/// Nothing of the value.
impl<R: Resource, C, T> Debug for CachedValue<R, C, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CachedValue").field(&self.value.connection.name).finish()
    }
}
