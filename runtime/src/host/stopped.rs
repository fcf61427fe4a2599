//! Being told to stop, by whoever runs the process.

use crate::Error;

/// Ready when the process is told to stop: Ctrl-C, or SIGTERM where there is one.
#[cfg(unix)]
pub(super) fn stopped() -> Result<impl Future<Output = ()>, Error> {
    use std::future::poll_fn;
    use std::task::Poll;

    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        poll_fn(|cx| match (interrupt.poll_recv(cx), terminate.poll_recv(cx)) {
            (Poll::Pending, Poll::Pending) => Poll::Pending,
            _ => Poll::Ready(()),
        })
        .await;
    })
}

/// Ready when the process is told to stop: Ctrl-C.
#[cfg(not(unix))]
pub(super) fn stopped() -> Result<impl Future<Output = ()>, Error> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
