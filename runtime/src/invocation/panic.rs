//! Turns panics into errors: takes a future or a function and returns its output, or an [`Error`] named `Panic` with
//! the message and the location of the panic. The process continues, because a panic fails only one invocation.
// See decision 0093.

use std::any::Any;
use std::cell::RefCell;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Once;
use std::task::{Context, Poll};

use crate::{Error, messages};

thread_local! {
    /// The location of the last panic of this thread; only the panic hook gets the location of a panic.
    static LAST_LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Installs a panic hook that records the location of every panic, and then calls the hook that was installed
/// before.
pub(crate) fn record_panic_locations() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let place = info.location().map(ToString::to_string);
            let _ = LAST_LOCATION.try_with(|last| last.replace(place));
            previous(info);
        }));
    });
}

/// Runs a future and returns its output, or its panic as an error. Also catches a panic that happens when the
/// future is dropped before its end.
pub(crate) async fn catch_panic<F: Future>(future: F) -> Result<F::Output, Error> {
    let mut guarded = CaughtFuture(pin!(Some(future)));
    poll_fn(|cx| guarded.poll_caught(cx)).await
}

/// A future; a panic while it is polled or dropped is caught.
pub(super) struct CaughtFuture<'a, F>(pub(super) Pin<&'a mut Option<F>>);

impl<F: Future> CaughtFuture<'_, F> {
    /// Polls the future, and returns its output, or its panic as an error.
    pub(super) fn poll_caught(&mut self, cx: &mut Context<'_>) -> Poll<Result<F::Output, Error>> {
        let Some(future) = self.0.as_mut().as_pin_mut() else { return Poll::Pending };
        // The state that the panic left half done is dropped with the future, which is not polled again.
        match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic_error(panic))),
        }
    }
}

impl<F> Drop for CaughtFuture<'_, F> {
    fn drop(&mut self) {
        drop_catching_panic(|| self.0.set(None));
    }
}

/// Calls a function of the user's code and returns its output, or its panic as an error.
pub(crate) fn catch_call<T>(call: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(call)).map_err(panic_error)
}

/// Calls `drop`, which drops a value whose drop may panic, and ignores the panic: the panic hook has reported
/// it.
pub(crate) fn drop_catching_panic(drop: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(drop)) {
        drop_payload(panic);
    }
}

/// Makes the error of a panic from the value of the panic, and from the location that the panic hook recorded.
#[cold]
fn panic_error(panic: Box<dyn Any + Send>) -> Error {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or(messages::invocation::panicked_without_text());
    let location = LAST_LOCATION.try_with(RefCell::take).ok().flatten();
    let error = messages::invocation::panicked(message, location.as_deref());
    drop_payload(panic);
    error
}

/// Drops the value of a panic, and forgets the location of the panic. If the value panics when it is dropped, the
/// value of that second panic is leaked: to drop it may panic again and again.
fn drop_payload(panic: Box<dyn Any + Send>) {
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(panic))) {
        std::mem::forget(second);
    }
    let _ = LAST_LOCATION.try_with(RefCell::take);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::block_on;

    #[test]
    fn a_panic_becomes_an_error_with_its_message_and_location() {
        record_panic_locations();
        let error = block_on(catch_panic(async { panic!("out of {}", "stock") })).unwrap_err();
        assert_eq!(error.name(), "Panic");
        let message = error.to_string();
        assert!(message.starts_with("out of stock, at "), "{message}");
        assert!(message.contains("panic.rs:"), "{message}");
    }

    #[test]
    fn a_panic_in_the_drop_of_a_future_is_caught() {
        struct Loud;
        impl Drop for Loud {
            fn drop(&mut self) {
                panic!("still busy")
            }
        }
        let stopped = block_on(async {
            let waiting = catch_panic(async {
                let _loud = Loud;
                std::future::pending::<()>().await;
            });
            tokio::time::timeout(std::time::Duration::from_millis(1), waiting).await.is_err()
        });
        assert!(stopped);
        let error = block_on(catch_panic(async {
            let _loud = Loud;
        }));
        assert_eq!(error.unwrap_err().name(), "Panic");
    }

    /// A value that panics with another such value when it is dropped.
    struct Endless;

    impl Drop for Endless {
        fn drop(&mut self) {
            std::panic::panic_any(Self);
        }
    }

    #[test]
    fn a_panic_whose_value_panics_when_it_is_dropped_is_caught() {
        let error = block_on(catch_panic(async { std::panic::panic_any(Endless) }));
        let message = error.map(|()| "no panic").unwrap_err().to_string();
        assert!(message.starts_with("panicked with a value that is not text"), "{message}");
        drop_catching_panic(|| drop(Endless));
        assert_eq!(catch_call(|| drop(Endless)).unwrap_err().name(), "Panic");
    }

    #[test]
    fn the_output_of_a_future_that_does_not_panic_is_returned() {
        assert_eq!(block_on(catch_panic(async { 7 })).unwrap(), 7);
    }
}
