//! Futures: [`BoxFuture`], which the registry and the sources pass around, and two combinators that run several
//! futures inside one task.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Runs `future` until `stop` is ready. Returns the output of `future`, or `None` if `stop` was ready first.
/// `stop` comes first if both are ready.
pub(crate) async fn run_until<T>(stop: impl Future, future: impl Future<Output = T>) -> Option<T> {
    let (mut stop, mut future) = (pin!(stop), pin!(future));
    poll_fn(|cx| match stop.as_mut().poll(cx) {
        Poll::Ready(_) => Poll::Ready(None),
        Poll::Pending => future.as_mut().poll(cx).map(Some),
    })
    .await
}

/// Runs all futures at the same time and returns their outputs, in the order of the futures. It is meant for a
/// few futures: each wake-up polls all of them.
pub(crate) async fn join_all<T>(futures: Vec<BoxFuture<'_, T>>) -> Vec<T> {
    let mut futures: Vec<_> = futures.into_iter().map(|future| (future, None)).collect();
    poll_fn(|cx| {
        for (future, done) in futures.iter_mut().filter(|(_, done)| done.is_none()) {
            if let Poll::Ready(value) = future.as_mut().poll(cx) {
                *done = Some(value);
            }
        }
        if futures.iter().all(|(_, done)| done.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    futures.into_iter().filter_map(|(_, done)| done).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::testing::block_on;

    #[test]
    fn futures_run_concurrently_and_their_outputs_are_in_order() {
        let start = std::time::Instant::now();
        let wait = |millis: u64| -> BoxFuture<'static, u64> {
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(millis)).await;
                millis
            })
        };
        assert_eq!(block_on(join_all(vec![wait(30), wait(0), wait(20)])), [30, 0, 20]);
        assert!(start.elapsed() >= Duration::from_millis(30));
        assert!(block_on(join_all::<u8>(Vec::new())).is_empty());
    }

    #[test]
    fn no_future_waits_for_another() {
        // Each sends what the other waits for.
        let (to_second, from_first) = tokio::sync::oneshot::channel();
        let (to_first, from_second) = tokio::sync::oneshot::channel();
        let first: BoxFuture<'_, bool> =
            Box::pin(async { to_second.send(()).is_ok() && from_second.await.is_ok() });
        let second: BoxFuture<'_, bool> =
            Box::pin(async { to_first.send(()).is_ok() && from_first.await.is_ok() });
        assert_eq!(block_on(join_all(vec![first, second])), [true, true]);
    }
}
