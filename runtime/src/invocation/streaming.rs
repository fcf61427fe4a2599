//! [`Streaming`]: an answer that is sent bit by bit while the function still makes it. Takes a function
//! that writes, or any stream of bytes; gives the host chunks, or the error that ends them.

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context as Waker, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::future::BoxFuture;
use super::panic::catch_panic;
use crate::{Error, messages};

pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>;

/// An answer whose bytes are sent as they come.
///
/// The caller has the first of them before the last is made, and an answer may have 200 MB instead of
/// the 6 MiB of others. It reaches callers of `InvokeWithResponseStream`, and of function URLs that are
/// set to stream; any other caller gets it whole. A REST API that streams wants status and headers in
/// front, which the function has to write itself then. Mirrors "Response streaming for Lambda
/// functions" of the AWS Lambda Developer Guide.
///
/// ```
/// use skylift::{Error, Streaming};
///
/// // With `#[function]`
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
/// An error or a panic while the answer is on its way reaches the caller in the stream's trailers: what
/// was sent before stays sent. So does `TimedOut`, 20 ms before the function's timeout, and
/// `ResponseTooLarge` after 200 MB. A content type that no header can hold (ASCII without control
/// characters) fails the invocation with `InvalidContentType`.
pub struct Streaming {
    content_type: Cow<'static, str>,
    chunks: Chunks,
}

impl Streaming {
    /// An answer of that content type that a function writes. It runs while it is sent, and waits where
    /// the caller reads slowly; where the caller goes away it is dropped.
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

    /// An answer of that content type whose bytes are those of a stream.
    pub fn from_stream<S, B, E>(content_type: impl Into<Cow<'static, str>>, stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Error>,
    {
        Self { content_type: content_type.into(), chunks: Box::pin(UserStream(Box::pin(stream))) }
    }

    /// The same with other chunks made of its own.
    #[cfg(feature = "_invocation")]
    pub(crate) fn map_chunks(self, chunks: impl FnOnce(Chunks) -> Chunks) -> Self {
        Self { chunks: chunks(self.chunks), ..self }
    }

    /// Whether its content type can stand in a header: what else stood there would be read as headers too,
    /// and as requests.
    pub(crate) fn has_valid_content_type(&self) -> bool {
        let mut bytes = self.content_type.bytes();
        bytes.all(|byte| matches!(byte, b' '..=b'~' | b'\t'))
    }

    /// Its content type.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// All its bytes, as a test of a handler wants them.
    ///
    /// # Errors
    ///
    /// What it fails with.
    pub async fn collect(mut self) -> Result<Vec<u8>, Error> {
        let mut all = Vec::new();
        while let Some(chunk) = self.next().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all)
    }

    /// The next bytes, which are some; a panic is an error, after which there is nothing.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        loop {
            let chunk = catch_panic(poll_fn(|cx| self.chunks.as_mut().poll_next(cx))).await;
            match chunk {
                Ok(Some(Ok(chunk))) if chunk.is_empty() => {}
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

/// Where the function of [`Streaming::new`] writes to.
#[derive(Debug)]
pub struct StreamWriter(Sender<Bytes>);

impl StreamWriter {
    /// Sends some bytes on. Each call is a chunk that the caller can read at once.
    ///
    /// # Errors
    ///
    /// Where nobody reads the answer any more.
    pub async fn write(&mut self, bytes: impl Into<Bytes>) -> Result<(), Error> {
        self.0.send(bytes.into()).await.map_err(|_| messages::invocation::caller_gone())
    }
}

/// What a function writes, chunk by chunk; what it wrote before it failed comes before its error.
struct WriterStream {
    /// None once it has returned.
    write: Option<BoxFuture<'static, Result<(), Error>>>,
    failed: Option<Error>,
    receiver: Receiver<Bytes>,
}

impl Stream for WriterStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<Option<Self::Item>> {
        loop {
            // Not by polling, which says that nothing is there where a task has used up tokio's budget.
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

/// A stream of the user's.
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

    /// The chunks of a stream, each as text, and the error that ends it.
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
    fn each_write_is_a_chunk_and_empty_ones_are_none() {
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
    fn what_was_written_before_an_error_or_a_panic_comes_first() {
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
    fn what_is_ready_all_along_is_written_to_the_end() {
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
    fn a_writer_may_be_given_to_a_task() {
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
    fn a_content_type_that_no_header_can_hold_is_told() {
        let of = |content_type: &'static str| Streaming::new(content_type, |_| async { Ok(()) });
        assert!(of("text/plain; charset=utf-8").has_valid_content_type());
        assert!(!of("text/plain\r\ncontent-length: 0").has_valid_content_type());
        assert!(!of("text/pläin").has_valid_content_type());
    }

    #[test]
    fn a_function_is_told_that_nobody_reads_any_more() {
        let (sender, receiver) = channel(1);
        drop(receiver);
        let error = block_on(StreamWriter(sender).write("a")).unwrap_err();
        assert_eq!(error.name(), "CallerGone");
    }
}
