//! A streamed answer: a chunked request whose chunks leave one by one, each in a packet of its own. An
//! error on the way is told in the trailers. Mirrors "Implementing response streaming in a custom
//! runtime" of the AWS Lambda Developer Guide.

use std::io::{self, Write as _};
use std::pin::pin;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tokio::net::TcpStream;

use super::api::{Api, log_failure};
use super::connection::write;
use super::deadline::within;
use super::event::Event;
use super::request;
use crate::host::failure;
use crate::{Error, Streaming, log};

/// The bytes that Lambda takes in a stream: 200 MB, by "Lambda quotas".
const LARGEST: usize = 200 * 1024 * 1024;

impl Api {
    /// Sends an answer as it comes. Once its head is written there is no other way to fail than by
    /// trailers; where the runtime API goes away meanwhile, so does the caller, and the rest with it.
    pub(super) async fn stream(&mut self, event: &Event, mut answer: Streaming) {
        match self.try_stream(event, &mut answer).await {
            Ok(200..=299) => {}
            Ok(status) => {
                let refusal = self.refusal(status);
                log::line(format_args!(
                    "the stream of {} was answered {refusal}",
                    event.context.request_id()
                ));
            }
            Err(error) => log_failure(&event.context, &error.at("the answer's stream broke")),
        }
        // "Close the underlying connection after it has successfully written the response."
        self.connection.close();
    }

    async fn try_stream(&mut self, event: &Event, answer: &mut Streaming) -> Result<u16, Error> {
        // A connection that was kept open may be dead, which the first write need not show: on a new
        // one nothing is lost. The last event came over the old one, so that it seldom is.
        event.response().write_streamed(&mut self.head, &self.common, answer.content_type());
        let stream = self.connection.stream().await?;
        if write(stream, &self.head, b"", 0).await.is_err() {
            self.connection.close();
            write(self.connection.stream().await?, &self.head, b"", 0).await?;
        }
        let stream = self.connection.stream().await?;
        let written = send(stream, &mut self.head, event, answer).await;
        self.connection.answer(written).await
    }
}

/// Writes the chunks and the end.
async fn send(
    stream: &mut TcpStream,
    line: &mut Vec<u8>,
    event: &Event,
    answer: &mut Streaming,
) -> io::Result<()> {
    let mut size = 0;
    let failed = loop {
        let next = pin!(async { Ok(answer.next().await) });
        let chunk = match within(&event.context, next).await {
            Ok(None) => break None,
            Ok(Some(Ok(chunk))) => chunk,
            Ok(Some(Err(error))) | Err(error) => break Some(error),
        };
        size += chunk.len();
        if size > LARGEST {
            break Some(too_large());
        }
        line.clear();
        // A `Vec` takes every write.
        let _ = write!(line, "{:x}\r\n", chunk.len());
        if chunk.len() <= 16 * 1024 {
            line.extend_from_slice(&chunk);
            line.extend_from_slice(b"\r\n");
            write(stream, line, b"", 0).await?;
        } else {
            write(stream, line, &chunk, 0).await?;
            write(stream, b"\r\n", b"", 0).await?;
        }
    };
    line.clear();
    match failed {
        None => line.extend_from_slice(b"0\r\n\r\n"),
        Some(error) => {
            log_failure(&event.context, &error);
            let body = BASE64_STANDARD.encode(failure::body(&error));
            request::write_trailers(line, &failure::header(&error), &body);
        }
    }
    write(stream, line, b"", 0).await
}

fn too_large() -> Error {
    let message =
        format!("the answer has more than {LARGEST} bytes, which is all that Lambda takes");
    Error::new("ResponseTooLarge", message)
}
