//! Two futures, of which the first ends the other.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// What `future` gives, or `None` once `stop` is ready.
pub(crate) async fn unless<T>(stop: impl Future, future: impl Future<Output = T>) -> Option<T> {
    let (mut stop, mut future) = (pin!(stop), pin!(future));
    poll_fn(|cx| match stop.as_mut().poll(cx) {
        Poll::Ready(_) => Poll::Ready(None),
        Poll::Pending => future.as_mut().poll(cx).map(Some),
    })
    .await
}
