//! Sends a streamed response: a request whose chunks are sent one by one, each in a packet of its own. An error
//! while the response is sent is reported in the trailers of the request. Mirrors "Implementing response
//! streaming in a custom runtime" of the AWS Lambda Developer Guide.
// See decision 0071.

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
use crate::invocation::user_error::to_text;
use crate::observability::log;
use crate::{Error, Streaming, messages};

/// The largest streamed response that Lambda accepts: 200 MB, according to "Lambda quotas".
const MAX_STREAM_BYTES: usize = 200 * 1024 * 1024;

/// How long the writing of a chunk may take after the deadline, if it was started before. This is part of the
/// time that is kept to report a timeout.
const CHUNK_GRACE: Duration = Duration::from_millis(10);

/// How long to wait at least for the status after a streamed response, even if the deadline has passed.
const STATUS_GRACE: Duration = Duration::from_secs(2);

/// The largest JSON of an error in the trailers, which grows by a third in base64. AWS's emulator reads the
/// trailers with Go's `net/http`, which accepts trailers of 4 KB together.
const MAX_TRAILER_BYTES: usize = 2_250;

impl Api {
    /// Sends the response of an event while the handler produces it. After the head of the request is written,
    /// a failure can be reported only in the trailers. If the connection to the runtime API breaks in the
    /// meantime, the caller no longer gets the response, and the rest of it is dropped.
    pub(super) async fn stream(&mut self, event: &InvocationEvent, mut response: Streaming) {
        match self.try_stream(event, &mut response).await {
            Ok(200..=299) => {}
            Ok(status) => {
                let refusal = self.describe_response(status);
                log::error(messages::lambda::stream_refused(event.context.request_id(), &refusal));
            }
            Err(error) => {
                log_failure(&event.context, &error.with_context(messages::lambda::stream_broken()));
            }
        }
        // "Close the underlying connection after it has successfully written the response."
        self.connection.close();
        drop_catching_panic(|| drop(response));
    }

    /// Sends a streamed response, and returns the status with which the runtime API answers the request.
    async fn try_stream(
        &mut self,
        event: &InvocationEvent,
        response: &mut Streaming,
    ) -> Result<u16, Error> {
        // A connection that was kept open may be dead, which the first write need not show. Only the head is
        // lost then, and is written again on a new connection. The last event came over this connection, so
        // that this is rare.
        event.response_post().write_streamed(&mut self.head, &self.common, response.content_type());
        let stream = self.connection.open_stream()?;
        if write_rest(stream, &self.head, b"", 0).await.is_err() {
            self.connection.close();
            write_rest(self.connection.open_stream()?, &self.head, b"", 0).await?;
        }
        let stream = self.connection.open_stream()?;
        let mut line = std::mem::take(&mut self.head);
        let mut deadline = Deadline::for_context(&event.context);
        let ended = match send_chunks(stream, &mut line, &mut deadline, response).await {
            Ok(()) => Ok(()),
            // After an incomplete chunk, no trailers can be sent.
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
                    // A server that does not read the trailers does not respond either.
                    Err(_) => return Err(error),
                }
            }
        };
        self.head = line;
        // The status of a response that is complete is not worth waiting for without an end.
        let left = event.context.remaining().max(STATUS_GRACE);
        let received = timeout(left, self.connection.receive_response(ended)).await;
        received.unwrap_or_else(|_| Err(messages::lambda::not_acknowledged()))
    }
}

/// The reason why a streamed response did not end normally.
enum StreamFailure {
    /// The response failed with this error, which has to be reported in the trailers.
    Response(Error),
    /// The deadline passed while a chunk was being written, so that no trailers can follow.
    MidChunk(Error),
    /// The connection cannot be written any more. The runtime API may have sent a response that has the reason.
    Connection(io::Error),
}

impl From<io::Error> for StreamFailure {
    fn from(error: io::Error) -> Self {
        Self::Connection(error)
    }
}

/// Writes the chunks of a response, and the end of the body. `line` is a buffer that is reused for every chunk.
async fn send_chunks(
    stream: &mut TcpStream,
    line: &mut Vec<u8>,
    deadline: &mut Deadline,
    response: &mut Streaming,
) -> Result<(), StreamFailure> {
    let mut size = 0;
    while let Some(chunk) = deadline.run(response.next()).await.map_err(StreamFailure::Response)? {
        let chunk = chunk.map_err(|error| StreamFailure::Response(to_text(error)))?;
        size += chunk.len();
        if size > MAX_STREAM_BYTES {
            return Err(StreamFailure::Response(messages::invocation::stream_too_large(
                MAX_STREAM_BYTES,
            )));
        }
        let written = write_chunk_in_time(stream, line, deadline, &chunk).await;
        // The bytes may belong to a value of the user.
        drop_catching_panic(|| drop(chunk));
        written?;
    }
    let end = deadline.run(write_rest(stream, b"0\r\n\r\n", b"", 0)).await;
    end.map_err(StreamFailure::MidChunk)??;
    Ok(())
}

/// Writes one chunk, or returns an error if the deadline passes before the chunk is written.
async fn write_chunk_in_time(
    stream: &mut TcpStream,
    line: &mut Vec<u8>,
    deadline: &mut Deadline,
    chunk: &[u8],
) -> Result<(), StreamFailure> {
    let mut writing = pin!(write_chunk(stream, line, chunk));
    match deadline.run(writing.as_mut()).await {
        Ok(written) => Ok(written?),
        // If the chunk is complete, the trailers can still be sent.
        Err(late) => Err(match timeout(CHUNK_GRACE, writing).await {
            Ok(Ok(())) => StreamFailure::Response(late),
            Ok(Err(error)) => StreamFailure::Connection(error),
            Err(_) => StreamFailure::MidChunk(late),
        }),
    }
}

/// Writes one chunk, with the line for its size before it.
async fn write_chunk(stream: &mut TcpStream, line: &mut Vec<u8>, chunk: &[u8]) -> io::Result<()> {
    line.clear();
    // Writing to a `Vec` does not fail.
    let _ = write!(line, "{:x}\r\n", chunk.len());
    if chunk.len() <= MAX_COPIED_BYTES {
        line.extend_from_slice(chunk);
        line.extend_from_slice(b"\r\n");
        return write_rest(stream, line, b"", 0).await;
    }
    write_rest(stream, line, chunk, 0).await?;
    write_rest(stream, b"\r\n", b"", 0).await
}
