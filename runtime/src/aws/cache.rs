//! A value that is fetched when the process starts and again when it has become old. Whoever asks
//! gets the value there is: only one waits for the new one, and a fetch that fails leaves the old.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::Error;
use crate::invocation::BoxFuture;
use crate::observability::log;

/// How long a fetch that failed is not tried again.
const PAUSE: Duration = Duration::from_secs(10);

/// Fetches the value.
pub(crate) type Fetch<T> = Box<dyn Fn() -> BoxFuture<'static, Result<T, Error>> + Send + Sync>;

/// The value and how to get it anew.
pub(crate) struct Cache<T> {
    fetch: Fetch<T>,
    held: Mutex<Held<T>>,
    fetching: AtomicBool,
}

struct Held<T> {
    value: Arc<T>,
    // Not an `Instant`: that may stand still while Lambda has the process frozen.
    fetched: SystemTime,
    failed: Option<SystemTime>,
}

impl<T> Cache<T> {
    /// Fetches the first value.
    pub(crate) async fn new(fetch: Fetch<T>) -> Result<Self, Error> {
        let value = Arc::new(fetch().await?);
        let held = Held { value, fetched: SystemTime::now(), failed: None };
        Ok(Self { fetch, held: Mutex::new(held), fetching: AtomicBool::new(false) })
    }

    /// The value, fetched anew where it is that old.
    pub(crate) async fn get(&self, oldest: Duration) -> Arc<T> {
        let (value, old) = {
            let held = self.held();
            let again = held.failed.is_none_or(|failed| is_older(failed, oldest.min(PAUSE)));
            (Arc::clone(&held.value), again && is_older(held.fetched, oldest))
        };
        if !old || self.fetching.swap(true, Ordering::AcqRel) {
            return value;
        }
        let _done = Done(&self.fetching);
        match (self.fetch)().await {
            Ok(value) => {
                let value = Arc::new(value);
                let fetched = SystemTime::now();
                *self.held() = Held { value: Arc::clone(&value), fetched, failed: None };
                value
            }
            Err(error) => {
                log::warning(format_args!(
                    "the value from before is used: {}: {error}",
                    error.name()
                ));
                self.held().failed = Some(SystemTime::now());
                value
            }
        }
    }

    /// The value, fetched anew whatever its age; an error leaves the old one in place.
    pub(crate) async fn refresh(&self) -> Result<Arc<T>, Error> {
        let value = Arc::new((self.fetch)().await?);
        let fetched = SystemTime::now();
        *self.held() = Held { value: Arc::clone(&value), fetched, failed: None };
        Ok(value)
    }

    fn held(&self) -> MutexGuard<'_, Held<T>> {
        // Nothing panics while it is locked.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A clock that was set back makes everything old.
fn is_older(time: SystemTime, than: Duration) -> bool {
    time.elapsed().map_or(true, |age| age >= than)
}

/// Lets the next one fetch, also where this one was dropped half way.
struct Done<'a>(&'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;
    use crate::testing::block_on;

    /// Counts up; where `fails` says so, a fetch fails. Each takes a moment.
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
    fn a_fetch_that_fails_leaves_the_old_value_and_is_not_repeated_at_once() {
        block_on(async {
            let (count, fetch) = counting(|number| number > 0);
            let cache = Cache::new(fetch).await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
            for _ in 0..3 {
                assert_eq!(*cache.get(Duration::from_millis(20)).await, 0);
            }
            assert_eq!(count.load(Ordering::Relaxed), 2);
        });
    }

    #[test]
    fn a_first_fetch_that_fails_is_an_error() {
        assert!(block_on(Cache::new(counting(|_| true).1)).is_err());
    }

    #[test]
    fn while_one_fetches_the_others_get_the_old_value() {
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
    fn a_fetch_that_was_dropped_half_way_does_not_stop_the_next() {
        block_on(async {
            let cache = Cache::new(counting(|_| false).1).await.unwrap();
            let moment = Duration::from_millis(1);
            assert!(tokio::time::timeout(moment, cache.get(Duration::ZERO)).await.is_err());
            assert_eq!(*cache.get(Duration::ZERO).await, 2);
        });
    }
}
