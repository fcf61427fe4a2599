//! [`Streaming`]: a response that is sent while the function still produces it. It is made from a function that
//! writes, or from any stream of bytes. The host takes chunks from it, until the end or until an error.

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context as Waker, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::future::BoxFuture;
use super::panic::{catch_panic, drop_catching_panic};
use crate::{Error, messages};

/// The chunks of a streamed response, with an error as the last item if the response fails.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>;

/// A streamed response: its bytes are sent as the function produces them.
///
/// The caller gets the first bytes before the last are produced, and the response may have 200 MB instead of
/// 6 MiB. It reaches callers of `InvokeWithResponseStream`, and clients of a function URL with `stream`; any other
/// caller gets it as a whole. An HTTP handler can return it as well. Mirrors "Response streaming for Lambda
/// functions" of the AWS Lambda Developer Guide.
///
/// ```
/// use skylift::{Error, Streaming, function};
///
/// #[function]
/// async fn count(to: u32) -> Result<Streaming, Error> {
///     Ok(Streaming::new("text/plain", move |mut out| async move {
///         for number in 1..=to {
///             out.write(format!("{number}\n")).await?;
///         }
///         Ok(())
///     }))
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert_eq!(count(3).await?.collect().await?, b"1\n2\n3\n");
/// # Ok::<(), Error>(()) }).unwrap();
/// ```
///
/// # Errors
///
/// If the function fails or panics while the response is on its way, the error reaches the caller in the
/// trailers of the stream; the bytes before it were sent. The same holds for `TimedOut`, 20 ms before the
/// function's timeout, and for `ResponseTooLarge` after 200 MB. A content type that no header can hold (ASCII
/// without control characters) fails the invocation with `InvalidContentType`.
pub struct Streaming {
    content_type: Cow<'static, str>,
    chunks: Chunks,
}

impl Streaming {
    /// Makes a response with this content type from a function that writes its bytes. The function runs while
    /// the response is sent, waits if the caller reads slowly, and is dropped if the caller goes away.
    pub fn new<F, Fut>(content_type: impl Into<Cow<'static, str>>, write: F) -> Self
    where
        F: FnOnce(StreamWriter) -> Fut,
        Fut: Future<Output = Result<(), Error>> + Send + 'static,
    {
        let (sender, receiver) = channel(1);
        let write = write(StreamWriter(sender));
        let write = Box::pin(async move { catch_panic(write).await.flatten() });
        Self::from_stream(content_type, WriterStream { write: Some(write), failed: None, receiver })
    }

    /// Makes a response with this content type from a stream of bytes.
    ///
    /// ```
    /// use skylift::{Error, Streaming};
    ///
    /// # struct Lines(std::vec::IntoIter<&'static str>);
    /// # impl futures_core::Stream for Lines {
    /// #     type Item = Result<&'static str, Error>;
    /// #     fn poll_next(
    /// #         mut self: std::pin::Pin<&mut Self>,
    /// #         _: &mut std::task::Context<'_>,
    /// #     ) -> std::task::Poll<Option<Self::Item>> {
    /// #         std::task::Poll::Ready(self.0.next().map(Ok))
    /// #     }
    /// # }
    /// # let lines = Lines(vec!["tea\n", "cake\n"].into_iter());
    /// // `lines` is a stream of `Result<&str, Error>`.
    /// let response = Streaming::from_stream("text/plain", lines);
    /// assert_eq!(response.content_type(), "text/plain");
    /// ```
    pub fn from_stream<S, B, E>(content_type: impl Into<Cow<'static, str>>, stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Error>,
    {
        Self { content_type: content_type.into(), chunks: Box::pin(UserStream(Box::pin(stream))) }
    }

    /// Wraps the stream of chunks in another stream.
    #[cfg(feature = "_invocation")]
    pub(crate) fn map_chunks(self, chunks: impl FnOnce(Chunks) -> Chunks) -> Self {
        Self { chunks: chunks(self.chunks), ..self }
    }

    /// Returns the chunks of the response.
    #[cfg(feature = "http")]
    pub(crate) fn into_chunks(self) -> Chunks {
        self.chunks
    }

    /// Returns whether an HTTP header can hold the content type. A reader would take any other characters in
    /// the header for further headers or requests.
    pub(crate) fn has_valid_content_type(&self) -> bool {
        let mut bytes = self.content_type.bytes();
        bytes.all(|byte| matches!(byte, b' '..=b'~' | b'\t'))
    }

    /// Returns the content type of the response.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// Collects all bytes of the response, for tests of a handler.
    ///
    /// # Errors
    ///
    /// Returns the error of the function or of the stream that makes the response.
    pub async fn collect(mut self) -> Result<Vec<u8>, Error> {
        let mut all = Vec::new();
        while let Some(chunk) = self.next().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all)
    }

    /// Returns the next chunk, which is never empty; `None` at the end of the response. A panic of the function
    /// or of the stream is returned as an error, and nothing comes after it.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        loop {
            let chunk = catch_panic(poll_fn(|cx| self.chunks.as_mut().poll_next(cx))).await;
            match chunk {
                Ok(Some(Ok(chunk))) if chunk.is_empty() => drop_catching_panic(|| drop(chunk)),
                Ok(chunk) => return chunk,
                Err(panic) => return Some(Err(panic)),
            }
        }
    }
}

impl Debug for Streaming {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streaming")
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

/// The writer that [`Streaming::new`] passes to the function that writes a response.
///
/// ```
/// use skylift::streaming::StreamWriter;
/// use skylift::{Error, Streaming};
///
/// async fn write_rows(mut out: StreamWriter) -> Result<(), Error> {
///     for row in ["tea,2\n", "cake,1\n"] {
///         out.write(row).await?;
///     }
///     Ok(())
/// }
///
/// let response = Streaming::new("text/csv", write_rows);
/// # let _ = response;
/// ```
#[derive(Debug)]
pub struct StreamWriter(Sender<Bytes>);

impl StreamWriter {
    /// Sends bytes to the caller. Each call makes one chunk, which the caller can read at once.
    ///
    /// # Errors
    ///
    /// Returns `CallerGone` if the caller no longer reads the response.
    pub async fn write(&mut self, bytes: impl Into<Bytes>) -> Result<(), Error> {
        self.0.send(bytes.into()).await.map_err(|_| messages::invocation::caller_gone())
    }
}

/// The stream of the chunks that a writing function sends. If the function fails, the chunks that it wrote
/// before come first, and then its error.
struct WriterStream {
    /// The running function; `None` after it has returned.
    write: Option<BoxFuture<'static, Result<(), Error>>>,
    /// The error of the function, which is returned after the last chunk.
    failed: Option<Error>,
    receiver: Receiver<Bytes>,
}

impl Stream for WriterStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<Option<Self::Item>> {
        loop {
            // Not by polling, which reports that the channel is empty if the task has used up tokio's budget.
            if let Ok(chunk) = self.receiver.try_recv() {
                return Poll::Ready(Some(Ok(chunk)));
            }
            let Some(write) = &mut self.write else {
                return Poll::Ready(self.failed.take().map(Err));
            };
            match write.as_mut().poll(cx) {
                Poll::Ready(done) => {
                    self.failed = done.err();
                    self.write = None;
                }
                Poll::Pending if self.receiver.is_empty() => {
                    // The writer may be in another task by now.
                    return match self.receiver.poll_recv(cx) {
                        Poll::Ready(Some(chunk)) => Poll::Ready(Some(Ok(chunk))),
                        _ => Poll::Pending,
                    };
                }
                Poll::Pending => {}
            }
        }
    }
}

/// A stream that the user made, with its items converted to bytes and its errors to [`Error`].
struct UserStream<S>(Pin<Box<S>>);

impl<B: Into<Bytes>, E: Into<Error>, S: Stream<Item = Result<B, E>>> Stream for UserStream<S> {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(item.map(|item| item.map(Into::into).map_err(Into::into)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::block_on;

    /// Returns the chunks of a stream as text, and the error that ends it.
    fn chunks(mut stream: Streaming) -> (Vec<String>, Option<Error>) {
        block_on(async {
            let mut chunks = Vec::new();
            while let Some(chunk) = stream.next().await {
                match chunk {
                    Ok(chunk) => chunks.push(String::from_utf8(chunk.to_vec()).unwrap()),
                    Err(error) => return (chunks, Some(error)),
                }
            }
            (chunks, None)
        })
    }

    #[test]
    fn each_write_is_a_chunk_and_empty_writes_are_skipped() {
        let stream = Streaming::new("text/plain", |mut out| async move {
            for text in ["a", "", "b"] {
                out.write(text).await?;
                tokio::task::yield_now().await;
            }
            Ok(())
        });
        assert_eq!(stream.content_type(), "text/plain");
        let (chunks, error) = chunks(stream);
        assert_eq!((chunks, error.is_none()), (vec!["a".to_owned(), "b".to_owned()], true));
    }

    #[test]
    fn chunks_written_before_an_error_or_a_panic_are_sent_first() {
        for panics in [false, true] {
            let stream = Streaming::new("text/plain", move |mut out| async move {
                out.write("a").await?;
                out.write("b").await?;
                assert!(!panics, "boom");
                Err(Error::new("NoMore", "c is missing"))
            });
            let (chunks, error) = chunks(stream);
            assert_eq!(chunks, ["a", "b"]);
            let name = error.unwrap();
            assert_eq!(name.name(), if panics { "Panic" } else { "NoMore" });
        }
    }

    #[test]
    fn a_writer_that_never_waits_is_written_to_the_end() {
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        for number in 0..1_000 {
            sender.send(number).unwrap();
        }
        drop(sender);
        let stream = Streaming::new("text/plain", |mut out| async move {
            while let Some(number) = receiver.recv().await {
                out.write(format!("{number} ")).await?;
            }
            Ok(())
        });
        let (chunks, error) = chunks(stream);
        assert_eq!((chunks.len(), chunks[999].as_str(), error.is_none()), (1_000, "999 ", true));
    }

    #[test]
    fn a_writer_may_move_to_another_task() {
        let stream = Streaming::new("text/plain", |mut out| async move {
            let task = tokio::spawn(async move {
                tokio::task::yield_now().await;
                out.write("a").await?;
                tokio::time::sleep(std::time::Duration::from_millis(2)).await;
                out.write("b").await
            });
            task.await?
        });
        let (chunks, error) = chunks(stream);
        assert_eq!((chunks, error.is_none()), (vec!["a".to_owned(), "b".to_owned()], true));
    }

    #[test]
    fn a_content_type_that_no_header_can_hold_is_recognised() {
        let of = |content_type: &'static str| Streaming::new(content_type, |_| async { Ok(()) });
        assert!(of("text/plain; charset=utf-8").has_valid_content_type());
        assert!(!of("text/plain\r\ncontent-length: 0").has_valid_content_type());
        assert!(!of("text/pläin").has_valid_content_type());
    }

    #[test]
    fn writing_fails_after_the_caller_has_gone() {
        let (sender, receiver) = channel(1);
        drop(receiver);
        let error = block_on(StreamWriter(sender).write("a")).unwrap_err();
        assert_eq!(error.name(), "CallerGone");
    }
}
