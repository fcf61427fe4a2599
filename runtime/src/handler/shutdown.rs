//! What is to be done before the process ends: hooks of the application, kept until the host is told to
//! stop and runs them.

use std::sync::{Mutex, PoisonError};

use crate::Error;
use crate::invocation::{BoxFuture, catch_panic};
use crate::messages;
use crate::observability::log;

/// What is to be done, once.
pub(crate) type Hook = Box<dyn FnOnce() -> BoxFuture<'static, Result<(), Error>> + Send>;

static HOOKS: Mutex<Vec<Hook>> = Mutex::new(Vec::new());

/// Has a hook run before the process ends.
pub(crate) fn register(hook: Hook) {
    with_hooks(|hooks| hooks.push(hook));
}

/// Runs the hooks, the last first.
pub(crate) async fn run_hooks() {
    while let Some(hook) = with_hooks(Vec::pop) {
        // In the future and not around its making, so that no panic of any part escapes.
        if let Err(error) = catch_panic(async { hook().await }).await.flatten() {
            log::error(messages::invocation::shutdown_hook_failed(&error));
        }
    }
}

fn with_hooks<T>(work: impl FnOnce(&mut Vec<Hook>) -> T) -> T {
    // A list of hooks is whole, wherever somebody panicked.
    work(&mut HOOKS.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::testing::block_on;

    #[test]
    fn hooks_run_from_the_last_to_the_first_whatever_becomes_of_them() {
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
