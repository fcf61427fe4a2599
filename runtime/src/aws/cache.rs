//! [`Cache`]: a value that is fetched when the process starts, and again when it is too old. While one caller fetches
//! a new value, the others get the old one. If a fetch fails, the old value stays.
// See decision 0032.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::invocation::BoxFuture;
use crate::observability::log;
use crate::{Error, messages};

/// How long a cache waits after a failed fetch before it fetches its value again.
const RETRY_INTERVAL: Duration = Duration::from_secs(10);

/// A function that fetches the value of a [`Cache`].
pub(crate) type Fetch<T> = Box<dyn Fn() -> BoxFuture<'static, Result<T, Error>> + Send + Sync>;

/// A cached value with the function that fetches it again.
pub(crate) struct Cache<T> {
    fetch: Fetch<T>,
    entry: Mutex<CacheEntry<T>>,
    fetching: AtomicBool,
}

/// The value of a cache, when it was fetched, and when the last fetch failed.
struct CacheEntry<T> {
    value: Arc<T>,
    // Not an `Instant`: its clock may stop while Lambda has frozen the process.
    fetched: SystemTime,
    failed: Option<SystemTime>,
}

impl<T> Cache<T> {
    /// Creates a cache and fetches its first value. Returns the error of the fetch if it fails.
    pub(crate) async fn new(fetch: Fetch<T>) -> Result<Self, Error> {
        let value = Arc::new(fetch().await?);
        let entry = CacheEntry { value, fetched: SystemTime::now(), failed: None };
        Ok(Self { fetch, entry: Mutex::new(entry), fetching: AtomicBool::new(false) })
    }

    /// Returns the cached value. If it was fetched `max_age` ago or earlier, fetches it again first. Returns the old
    /// value if the fetch fails, if another caller is fetching, or if a fetch failed a short time ago.
    pub(crate) async fn get(&self, max_age: Duration) -> Arc<T> {
        let (value, is_outdated) = {
            let entry = self.lock_entry();
            let may_retry =
                entry.failed.is_none_or(|failed| has_age(failed, max_age.min(RETRY_INTERVAL)));
            (Arc::clone(&entry.value), may_retry && has_age(entry.fetched, max_age))
        };
        if !is_outdated || self.fetching.swap(true, Ordering::AcqRel) {
            return value;
        }
        let _guard = FetchGuard(&self.fetching);
        match (self.fetch)().await {
            Ok(value) => {
                let value = Arc::new(value);
                let fetched = SystemTime::now();
                *self.lock_entry() =
                    CacheEntry { value: Arc::clone(&value), fetched, failed: None };
                value
            }
            Err(error) => {
                log::warning(messages::aws::cached_value_used(&error));
                self.lock_entry().failed = Some(SystemTime::now());
                value
            }
        }
    }

    /// Fetches the cached value again, whatever its age, and returns it. If the fetch fails, returns its error and
    /// keeps the old value.
    pub(crate) async fn refresh(&self) -> Result<Arc<T>, Error> {
        let value = Arc::new((self.fetch)().await?);
        let fetched = SystemTime::now();
        *self.lock_entry() = CacheEntry { value: Arc::clone(&value), fetched, failed: None };
        Ok(value)
    }

    fn lock_entry(&self) -> MutexGuard<'_, CacheEntry<T>> {
        // Nothing panics while it is locked.
        self.entry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns whether `time` is at least `age` ago. Returns `true` for a time in the future: the clock was set back.
fn has_age(time: SystemTime, age: Duration) -> bool {
    time.elapsed().map_or(true, |elapsed| elapsed >= age)
}

/// A guard of a running fetch. When it is dropped, the cache may fetch again, even if the running fetch was
/// cancelled.
struct FetchGuard<'a>(&'a AtomicBool);

impl Drop for FetchGuard<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;
    use crate::testing::block_on;

    /// Returns a fetch that counts up, takes 5 ms and fails for the numbers that `fails` selects.
    fn counting(fails: fn(u32) -> bool) -> (Arc<AtomicU32>, Fetch<u32>) {
        let count = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&count);
        let fetch = move || -> BoxFuture<'static, Result<u32, Error>> {
            let number = counted.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(5)).await;
                if fails(number) { Err(Error::msg("gone")) } else { Ok(number) }
            })
        };
        (count, Box::new(fetch))
    }

    #[test]
    fn a_value_is_fetched_once_until_it_is_old() {
        block_on(async {
            let cache = Cache::new(counting(|_| false).1).await.unwrap();
            assert_eq!(*cache.get(Duration::from_mins(5)).await, 0);
            assert_eq!(*cache.get(Duration::ZERO).await, 1);
            assert_eq!(*cache.get(Duration::from_mins(5)).await, 1);
        });
    }

    #[test]
    fn after_a_failed_fetch_the_old_value_stays_and_the_fetch_is_not_repeated_at_once() {
        block_on(async {
            let (count, fetch) = counting(|number| number > 0);
            let cache = Cache::new(fetch).await.unwrap();
            cache.lock_entry().fetched -= Duration::from_hours(1);
            for _ in 0..3 {
                assert_eq!(*cache.get(Duration::from_mins(5)).await, 0);
            }
            assert_eq!(count.load(Ordering::Relaxed), 2);
        });
    }

    #[test]
    fn a_first_fetch_that_fails_is_an_error() {
        assert!(block_on(Cache::new(counting(|_| true).1)).is_err());
    }

    #[test]
    fn while_one_caller_fetches_the_others_get_the_old_value() {
        block_on(async {
            let (count, fetch) = counting(|_| false);
            let cache = Arc::new(Cache::new(fetch).await.unwrap());
            let mut tasks = tokio::task::JoinSet::new();
            for _ in 0..5 {
                let cache = Arc::clone(&cache);
                tasks.spawn(async move { *cache.get(Duration::ZERO).await });
            }
            let mut values = tasks.join_all().await;
            values.sort_unstable();
            assert_eq!(values, [0, 0, 0, 0, 1]);
            assert_eq!(count.load(Ordering::Relaxed), 2);
        });
    }

    #[test]
    fn a_cancelled_fetch_does_not_prevent_the_next() {
        block_on(async {
            let count = AtomicU32::new(0);
            let fetch = move || -> BoxFuture<'static, Result<u32, Error>> {
                let number = count.fetch_add(1, Ordering::Relaxed);
                Box::pin(async move {
                    if number == 1 { std::future::pending().await } else { Ok(number) }
                })
            };
            let cache = Cache::new(Box::new(fetch)).await.unwrap();
            let moment = Duration::from_millis(1);
            assert!(tokio::time::timeout(moment, cache.get(Duration::ZERO)).await.is_err());
            assert_eq!(*cache.get(Duration::ZERO).await, 2);
        });
    }
}
