//! The bodies of responses: takes the body of an axum response, and returns all of it, or its chunks one by one.

use std::pin::Pin;
use std::task::{Context as Waker, Poll, ready};

use axum::body::{Body, BodyDataStream};
use bytes::Bytes;
use futures_core::Stream;

use crate::invocation::panic::{catch_call, drop_catching_panic};
use crate::{Error, messages};

/// The chunks of a body, with the errors of the body as Skylift's. Nothing comes after the end or an error.
pub(super) struct BodyChunks(Option<BodyDataStream>);

impl BodyChunks {
    pub(super) fn new(body: Body) -> Self {
        Self(Some(body.into_data_stream()))
    }

    /// Collects all chunks. Returns an error if they have more than `limit` bytes.
    pub(super) async fn collect(mut self, limit: usize) -> Result<Bytes, Error> {
        let Some(first) = self.next().await else { return Ok(Bytes::new()) };
        let first = first?;
        let mut all: Option<Vec<u8>> = None;
        let mut size = first.len();
        while size <= limit {
            let Some(chunk) = self.next().await else {
                return Ok(all.map_or(first, Bytes::from));
            };
            let chunk = chunk?;
            size += chunk.len();
            all.get_or_insert_with(|| first.to_vec()).extend_from_slice(&chunk);
        }
        Err(messages::http::body_too_large(limit))
    }

    async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Drops the body, which may be the user's.
    fn finish(&mut self) {
        drop_catching_panic(|| drop(self.0.take()));
    }
}

impl Stream for BodyChunks {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.0 else { return Poll::Ready(None) };
        let item = match catch_call(|| Pin::new(body).poll_next(cx)) {
            Ok(polled) => ready!(polled),
            Err(panic) => {
                self.finish();
                return Poll::Ready(Some(Err(panic)));
            }
        };
        let item = item.map(|item| item.map_err(convert_error));
        if !matches!(item, Some(Ok(_))) {
            self.finish();
        }
        Poll::Ready(item)
    }
}

/// Converts an error of axum to the error that it was made from. Each body around a body wraps it once more.
fn convert_error(error: axum::Error) -> Error {
    let mut inner = error.into_inner();
    loop {
        inner = match inner.downcast::<axum::Error>() {
            Ok(error) => error.into_inner(),
            Err(other) => return Error::from_boxed(other),
        };
    }
}

impl Drop for BodyChunks {
    fn drop(&mut self) {
        if self.0.is_some() {
            self.finish();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::block_on;

    struct Chunks(std::vec::IntoIter<Result<&'static str, Error>>);

    impl Stream for Chunks {
        type Item = Result<&'static str, Error>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Waker<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(Some(self.0.next().expect("polled after the end")))
        }
    }

    fn chunks(list: Vec<Result<&'static str, Error>>) -> BodyChunks {
        BodyChunks::new(Body::from_stream(Chunks(list.into_iter())))
    }

    #[test]
    fn a_body_is_collected_up_to_the_limit() {
        let collect =
            |body: &'static str, limit| block_on(BodyChunks::new(Body::from(body)).collect(limit));
        assert_eq!(collect("", 4).unwrap(), "");
        assert_eq!(collect("abcd", 4).unwrap(), "abcd");
        let error = collect("abcde", 4).unwrap_err();
        assert_eq!(error.name(), "ResponseTooLarge");
        let large = chunks(vec![Ok("abc"), Ok("de")]);
        assert_eq!(block_on(large.collect(4)).unwrap_err().name(), "ResponseTooLarge");
    }

    #[test]
    fn an_error_of_a_body_keeps_its_name_and_is_the_last_chunk() {
        block_on(async {
            let mut body = chunks(vec![Ok("a"), Err(Error::new("NoMore", "b is missing"))]);
            assert_eq!(body.next().await.unwrap().unwrap(), "a");
            let error = body.next().await.unwrap().unwrap_err();
            assert_eq!((error.name(), error.to_string().as_str()), ("NoMore", "b is missing"));
            assert!(body.next().await.is_none());
        });
    }

    #[test]
    fn a_panic_of_a_body_is_its_last_chunk() {
        block_on(async {
            let mut body = chunks(vec![Ok("a")]);
            assert_eq!(body.next().await.unwrap().unwrap(), "a");
            assert_eq!(body.next().await.unwrap().unwrap_err().name(), "Panic");
            assert!(body.next().await.is_none());
        });
    }
}
