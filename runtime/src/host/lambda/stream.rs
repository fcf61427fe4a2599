//! A streamed answer: a chunked request whose chunks leave one by one, each in a packet of its own. An
//! error on the way is told in the trailers. Mirrors "Implementing response streaming in a custom
//! runtime" of the AWS Lambda Developer Guide.

use std::io::{self, Write as _};
use std::pin::pin;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::api::{Api, log_failure};
use super::connection::write_rest;
use super::invocation_event::InvocationEvent;
use super::request;
use super::request::MAX_COPIED_BYTES;
use crate::host::deadline::Deadline;
use crate::host::error_report;
use crate::invocation::panic::drop_catching_panic;
use crate::observability::log;
use crate::{Error, Streaming, messages};

/// The bytes that Lambda takes in a stream: 200 MB, by "Lambda quotas".
const MAX_STREAM_BYTES: usize = 200 * 1024 * 1024;

/// What a chunk has that was begun in time, of what is kept back to report that there is no more.
const CHUNK_GRACE: Duration = Duration::from_millis(10);

/// The bytes of an error in the trailers: a third more in base64. Go's `net/http`, by which AWS's emulator
/// reads them, takes trailers of 4 KB together.
const MAX_TRAILER_BYTES: usize = 2_250;

impl Api {
    /// Sends an answer as it comes. Once its head is written there is no other way to fail than by
    /// trailers; where the runtime API goes away meanwhile, so does the caller, and the rest with it.
    pub(super) async fn stream(&mut self, event: &InvocationEvent, mut answer: Streaming) {
        match self.try_stream(event, &mut answer).await {
            Ok(200..=299) => {}
            Ok(status) => {
                let refusal = self.describe_response(status);
                log::error(messages::lambda::stream_refused(event.context.request_id(), &refusal));
            }
            Err(error) => {
                log_failure(&event.context, &error.with_context(messages::lambda::stream_broken()))
            }
        }
        // "Close the underlying connection after it has successfully written the response."
        self.connection.close();
        drop_catching_panic(|| drop(answer));
    }

    async fn try_stream(
        &mut self,
        event: &InvocationEvent,
        answer: &mut Streaming,
    ) -> Result<u16, Error> {
        // A connection that was kept open may be dead, which the first write need not show: on a new
        // one nothing is lost. The last event came over the old one, so that it seldom is.
        event.response_post().write_streamed(&mut self.head, &self.common, answer.content_type());
        let stream = self.connection.open_stream()?;
        if write_rest(stream, &self.head, b"", 0).await.is_err() {
            self.connection.close();
            write_rest(self.connection.open_stream()?, &self.head, b"", 0).await?;
        }
        let stream = self.connection.open_stream()?;
        let mut line = std::mem::take(&mut self.head);
        let mut deadline = Deadline::for_context(&event.context);
        let ended = match send_chunks(stream, &mut line, &mut deadline, answer).await {
            Ok(()) => Ok(()),
            // Of a chunk that was not written to its end nothing can be told.
            Err(StreamFailure::MidChunk(error)) => return Err(error),
            Err(StreamFailure::Connection(error)) => Err(error),
            Err(StreamFailure::Response(error)) => {
                log_failure(&event.context, &error);
                line.clear();
                let body =
                    BASE64_STANDARD.encode(error_report::error_body(&error, MAX_TRAILER_BYTES));
                request::write_trailers(&mut line, &error_report::error_header(&error), &body);
                let trailers = write_rest(stream, &line, b"", 0);
                match timeout(event.context.remaining(), trailers).await {
                    Ok(written) => written,
                    // Who does not read them does not answer either.
                    Err(_) => return Err(error),
                }
            }
        };
        self.head = line;
        self.connection.receive_response(ended).await
    }
}

/// Why a stream does not end as it should.
enum StreamFailure {
    /// It has an error, which is to be told.
    Response(Error),
    /// The time was over in the middle of a chunk.
    MidChunk(Error),
    /// Nothing can be written any more. There may be an answer that says why.
    Connection(io::Error),
}

impl From<io::Error> for StreamFailure {
    fn from(error: io::Error) -> Self {
        Self::Connection(error)
    }
}

/// Writes the chunks and the end.
async fn send_chunks(
    stream: &mut TcpStream,
    line: &mut Vec<u8>,
    deadline: &mut Deadline,
    answer: &mut Streaming,
) -> Result<(), StreamFailure> {
    let mut size = 0;
    while let Some(chunk) = deadline.run(answer.next()).await.map_err(StreamFailure::Response)? {
        let chunk = chunk.map_err(StreamFailure::Response)?;
        size += chunk.len();
        if size > MAX_STREAM_BYTES {
            return Err(StreamFailure::Response(messages::invocation::stream_too_large(
                MAX_STREAM_BYTES,
            )));
        }
        line.clear();
        // A `Vec` takes every write.
        let _ = write!(line, "{:x}\r\n", chunk.len());
        let mut writing = pin!(write_chunk(stream, line, &chunk));
        match deadline.run(writing.as_mut()).await {
            Ok(written) => written?,
            Err(late) => {
                // With the chunk whole, its end can still be told.
                return Err(match timeout(CHUNK_GRACE, writing).await {
                    Ok(Ok(())) => StreamFailure::Response(late),
                    Ok(Err(error)) => StreamFailure::Connection(error),
                    Err(_) => StreamFailure::MidChunk(late),
                });
            }
        }
    }
    write_rest(stream, b"0\r\n\r\n", b"", 0).await?;
    Ok(())
}

/// Writes a chunk, of which the line with its length is there.
async fn write_chunk(stream: &mut TcpStream, line: &mut Vec<u8>, chunk: &[u8]) -> io::Result<()> {
    if chunk.len() <= MAX_COPIED_BYTES {
        line.extend_from_slice(chunk);
        line.extend_from_slice(b"\r\n");
        return write_rest(stream, line, b"", 0).await;
    }
    write_rest(stream, line, chunk, 0).await?;
    write_rest(stream, b"\r\n", b"", 0).await
}
