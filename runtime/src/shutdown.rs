//! What is to be done before the process ends: hooks that the application registers, and that the host
//! runs when it is told to stop.

use std::sync::{Mutex, PoisonError};

use crate::handler::{BoxFuture, caught};
use crate::{Error, host, log};

type Hook = Box<dyn FnOnce() -> BoxFuture<'static, Result<(), Error>> + Send>;

static HOOKS: Mutex<Vec<Hook>> = Mutex::new(Vec::new());

/// Has something done before the process ends: what was gathered is sent, a connection is closed in good
/// order.
///
/// To be called while the application starts, most naturally in its `#[init]`: under Lambda, a process
/// is told of its end only where that is asked for before the first event. Hooks run one after another,
/// the last registered first. A hook that fails, or panics, is logged, and the others run all the same.
///
/// Lambda gives a process half a second from SIGTERM to its end. Invocations in flight have 150 ms of it to
/// be answered, and are dropped then; all hooks together have 200 ms. The local host runs the hooks when it is
/// stopped with Ctrl-C or SIGTERM. A process that crashes runs none. Mirrors "Shutdown phase" in
/// "Understanding the Lambda execution environment lifecycle" of the AWS Lambda Developer Guide.
///
/// ```
/// use std::sync::Arc;
/// use skylift::Error;
///
/// struct Journal { /* … */ }
///
/// impl Journal {
///     async fn flush(&self) -> Result<(), Error> { Ok(()) }
/// }
///
/// // With `#[init]`
/// async fn start() -> Result<Arc<Journal>, Error> {
///     let journal = Arc::new(Journal {});
///     let last = Arc::clone(&journal);
///     skylift::on_shutdown(|| async move { last.flush().await });
///     Ok(journal)
/// }
/// # let _ = start;
/// ```
pub fn on_shutdown<F, Fut>(hook: F)
where
    F: FnOnce() -> Fut + Send + 'static,
    Fut: Future<Output = Result<(), Error>> + Send + 'static,
{
    hooks(|hooks| hooks.push(Box::new(|| Box::pin(hook()))));
    host::attend_the_end();
}

/// Runs the hooks, the last first.
pub(crate) async fn run_hooks() {
    while let Some(hook) = hooks(Vec::pop) {
        // In the future and not around its making, so that no panic of any part escapes.
        if let Err(error) = caught(async { hook().await }).await.flatten() {
            log::line(format_args!("a shutdown hook failed: {}: {error:#}", error.name()));
        }
    }
}

fn hooks<T>(work: impl FnOnce(&mut Vec<Hook>) -> T) -> T {
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
            on_shutdown(move || async move {
                seen.lock().unwrap().push(name);
                done()
            });
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
