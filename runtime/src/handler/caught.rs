//! Panics as errors: takes a future, gives what it gives or an [`Error`] named `Panic` with the
//! message and the place. The process lives on; a panic is one invocation's failure.

use std::any::Any;
use std::cell::RefCell;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Once;
use std::task::Poll;

use crate::Error;

thread_local! {
    /// Where this thread panicked last: the hook knows, and only it.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Notes the place of every panic from now on, beside what the hook in place does already.
pub(crate) fn note_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let place = info.location().map(ToString::to_string);
            let _ = PLACE.try_with(|last| last.replace(place));
            previous(info);
        }));
    });
}

/// Runs a future to its end or to its panic.
pub(crate) async fn caught<F: Future>(future: F) -> Result<F::Output, Error> {
    let mut future = pin!(future);
    poll_fn(|cx| {
        // What the panic left half done is dropped with the future, which is not polled again.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(error(panic.as_ref()))),
        }
    })
    .await
}

fn error(panic: &(dyn Any + Send)) -> Error {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panicked with a value that is not text");
    match PLACE.with(RefCell::take) {
        Some(place) => Error::new("Panic", format!("{message}, at {place}")),
        None => Error::new("Panic", message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::block_on;

    #[test]
    fn a_panic_becomes_an_error_with_its_message_and_place() {
        note_panics();
        let error = block_on(caught(async { panic!("out of {}", "stock") })).unwrap_err();
        assert_eq!(error.name(), "Panic");
        let message = error.to_string();
        assert!(message.starts_with("out of stock, at "), "{message}");
        assert!(message.contains("caught.rs:"), "{message}");
    }

    #[test]
    fn what_does_not_panic_passes_through() {
        assert_eq!(block_on(caught(async { 7 })).unwrap(), 7);
    }
}
