//! Shutdown hooks of the application: stores the hooks, and runs them when the host stops.

use std::sync::{Mutex, PoisonError};

use crate::Error;
use crate::invocation::{BoxFuture, catch_failure};
use crate::messages;
use crate::observability::log;

/// A shutdown hook, which runs once.
pub(crate) type Hook = Box<dyn FnOnce() -> BoxFuture<'static, Result<(), Error>> + Send>;

static HOOKS: Mutex<Vec<Hook>> = Mutex::new(Vec::new());

/// Registers a shutdown hook, which runs before the process ends.
pub(crate) fn register(hook: Hook) {
    with_hooks(|hooks| hooks.push(hook));
}

/// Runs the shutdown hooks, the last registered hook first. A hook that fails or panics is logged, and the next
/// one runs.
pub(crate) async fn run_hooks() {
    while let Some(hook) = with_hooks(Vec::pop) {
        // The hook itself is called inside the future, so that a panic in any part of it is caught.
        if let Err(error) = catch_failure(async { hook().await }).await {
            log::error(messages::invocation::shutdown_hook_failed(&error));
        }
    }
}

/// Calls `work` with the list of registered hooks, and returns its result.
fn with_hooks<T>(work: impl FnOnce(&mut Vec<Hook>) -> T) -> T {
    // A panic while the lock is held leaves the list intact.
    work(&mut HOOKS.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::testing::block_on;

    #[test]
    fn hooks_run_from_the_last_to_the_first_even_if_some_fail() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let hook = |name: &'static str, done: fn() -> Result<(), Error>| {
            let seen = Arc::clone(&seen);
            register(Box::new(move || {
                Box::pin(async move {
                    seen.lock().unwrap().push(name);
                    done()
                })
            }));
        };
        hook("first", || Ok(()));
        hook("second", || Err(Error::msg("no")));
        hook("third", || panic!("no"));
        block_on(run_hooks());
        assert_eq!(*seen.lock().unwrap(), ["third", "second", "first"]);
        block_on(run_hooks());
        assert_eq!(seen.lock().unwrap().len(), 3);
    }
}
