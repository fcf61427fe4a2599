//! Being told to stop, by whoever runs the process.

use crate::Error;

/// ReadyFunction when the process is told to stop: Ctrl-C, or SIGTERM where there is one.
#[cfg(unix)]
pub(super) fn wait_for_stop_signal() -> Result<impl Future<Output = ()>, Error> {
    use std::os::unix::net::UnixStream;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::low_level::pipe;

    let (told, teller) = UnixStream::pair()?;
    pipe::register(SIGINT, teller.try_clone()?)?;
    pipe::register(SIGTERM, teller)?;
    told.set_nonblocking(true)?;
    let told = tokio::net::UnixStream::from_std(told)?;
    Ok(async move {
        let _ = told.readable().await;
    })
}

/// ReadyFunction when the process is told to stop: Ctrl-C.
#[cfg(not(unix))]
pub(super) fn wait_for_stop_signal() -> Result<impl Future<Output = ()>, Error> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
