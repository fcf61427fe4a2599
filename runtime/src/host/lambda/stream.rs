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
use super::connection::write;
use super::event::Event;
use super::request;
use super::request::COPIED;
use crate::host::deadline::Deadline;
use crate::host::failure;
use crate::invocation::panic::ended;
use crate::observability::log;
use crate::{Error, Streaming, messages};

/// The bytes that Lambda takes in a stream: 200 MB, by "Lambda quotas".
const LARGEST: usize = 200 * 1024 * 1024;

/// What a chunk has that was begun in time, of what is kept back to report that there is no more.
const TO_FINISH: Duration = Duration::from_millis(10);

/// The bytes of an error in the trailers: a third more in base64. Go's `net/http`, by which AWS's emulator
/// reads them, takes trailers of 4 KB together.
const LONGEST_TRAILER: usize = 2_250;

impl Api {
    /// Sends an answer as it comes. Once its head is written there is no other way to fail than by
    /// trailers; where the runtime API goes away meanwhile, so does the caller, and the rest with it.
    pub(super) async fn stream(&mut self, event: &Event, mut answer: Streaming) {
        match self.try_stream(event, &mut answer).await {
            Ok(200..=299) => {}
            Ok(status) => {
                let refusal = self.refusal(status);
                log::error(messages::lambda::stream_refused(event.context.request_id(), &refusal));
            }
            Err(error) => log_failure(&event.context, &error.at(messages::lambda::stream_broken())),
        }
        // "Close the underlying connection after it has successfully written the response."
        self.connection.close();
        ended(|| drop(answer));
    }

    async fn try_stream(&mut self, event: &Event, answer: &mut Streaming) -> Result<u16, Error> {
        // A connection that was kept open may be dead, which the first write need not show: on a new
        // one nothing is lost. The last event came over the old one, so that it seldom is.
        event.response().write_streamed(&mut self.head, &self.common, answer.content_type());
        let stream = self.connection.stream()?;
        if write(stream, &self.head, b"", 0).await.is_err() {
            self.connection.close();
            write(self.connection.stream()?, &self.head, b"", 0).await?;
        }
        let stream = self.connection.stream()?;
        let mut line = std::mem::take(&mut self.head);
        let mut deadline = Deadline::of(&event.context);
        let ended = match send(stream, &mut line, &mut deadline, answer).await {
            Ok(()) => Ok(()),
            // Of a chunk that was not written to its end nothing can be told.
            Err(Broken::Half(error)) => return Err(error),
            Err(Broken::Lost(error)) => Err(error),
            Err(Broken::Answer(error)) => {
                log_failure(&event.context, &error);
                line.clear();
                let body = BASE64_STANDARD.encode(failure::body(&error, LONGEST_TRAILER));
                request::write_trailers(&mut line, &failure::header(&error), &body);
                let trailers = write(stream, &line, b"", 0);
                match timeout(event.context.remaining(), trailers).await {
                    Ok(written) => written,
                    // Who does not read them does not answer either.
                    Err(_) => return Err(error),
                }
            }
        };
        self.head = line;
        self.connection.answer(ended).await
    }
}

/// Why a stream does not end as it should.
enum Broken {
    /// It has an error, which is to be told.
    Answer(Error),
    /// The time was over in the middle of a chunk.
    Half(Error),
    /// Nothing can be written any more. There may be an answer that says why.
    Lost(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Lost(error)
    }
}

/// Writes the chunks and the end.
async fn send(
    stream: &mut TcpStream,
    line: &mut Vec<u8>,
    deadline: &mut Deadline,
    answer: &mut Streaming,
) -> Result<(), Broken> {
    let mut size = 0;
    while let Some(chunk) = deadline.hold(answer.next()).await.map_err(Broken::Answer)? {
        let chunk = chunk.map_err(Broken::Answer)?;
        size += chunk.len();
        if size > LARGEST {
            return Err(Broken::Answer(messages::invocation::stream_too_large(LARGEST)));
        }
        line.clear();
        // A `Vec` takes every write.
        let _ = write!(line, "{:x}\r\n", chunk.len());
        let mut writing = pin!(write_chunk(stream, line, &chunk));
        match deadline.hold(writing.as_mut()).await {
            Ok(written) => written?,
            Err(late) => {
                // With the chunk whole, its end can still be told.
                return Err(match timeout(TO_FINISH, writing).await {
                    Ok(Ok(())) => Broken::Answer(late),
                    Ok(Err(error)) => Broken::Lost(error),
                    Err(_) => Broken::Half(late),
                });
            }
        }
    }
    write(stream, b"0\r\n\r\n", b"", 0).await?;
    Ok(())
}

/// Writes a chunk, of which the line with its length is there.
async fn write_chunk(stream: &mut TcpStream, line: &mut Vec<u8>, chunk: &[u8]) -> io::Result<()> {
    if chunk.len() <= COPIED {
        line.extend_from_slice(chunk);
        line.extend_from_slice(b"\r\n");
        return write(stream, line, b"", 0).await;
    }
    write(stream, line, chunk, 0).await?;
    write(stream, b"\r\n", b"", 0).await
}
