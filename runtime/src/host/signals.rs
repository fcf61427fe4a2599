//! The signals that tell a process to stop: SIGINT (Ctrl-C) and SIGTERM.

use crate::Error;

/// Installs handlers for SIGINT (Ctrl-C) and SIGTERM, and returns a future that is ready when the process gets
/// one of these signals.
#[cfg(unix)]
pub(super) fn wait_for_stop_signal() -> Result<impl Future<Output = ()>, Error> {
    use std::os::unix::net::UnixStream;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::low_level::pipe;

    let (receiver, sender) = UnixStream::pair()?;
    pipe::register(SIGINT, sender.try_clone()?)?;
    pipe::register(SIGTERM, sender)?;
    receiver.set_nonblocking(true)?;
    let receiver = tokio::net::UnixStream::from_std(receiver)?;
    Ok(async move {
        let _ = receiver.readable().await;
    })
}

/// Returns a future that is ready when the user presses Ctrl-C.
#[cfg(not(unix))]
pub(super) fn wait_for_stop_signal() -> Result<impl Future<Output = ()>, Error> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
