//! Streamed responses of a function URL: status and headers first, as JSON with eight NUL bytes after it, and then the
//! body as the handler makes it. Mirrors the content type `application/vnd.awslambda.http-integration-response`, which
//! AWS's runtime for Node.js defines.

use std::pin::Pin;
use std::task::{Context as Waker, Poll};

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_core::Stream;

use super::body::BodyChunks;
use super::response::write_head;
use crate::invocation::FunctionResponse;
use crate::{Error, Streaming, messages};

/// The content type of a response that begins with status and headers.
const CONTENT_TYPE: &str = "application/vnd.awslambda.http-integration-response";

/// The end of status and headers.
const DELIMITER: [u8; 8] = [0; 8];

/// The largest first chunk of a body that is sent in one piece with status and headers.
const MAX_JOINED_BYTES: usize = 16 * 1024;

/// Converts an axum response to a streamed response of Lambda.
pub(super) fn stream_response(response: Response) -> Result<FunctionResponse, Error> {
    let (parts, body) = response.into_parts();
    let mut head = write_head(&parts)?;
    head.extend_from_slice(&DELIMITER);
    let chunks = HttpChunks { head: Some(head), next: None, body: BodyChunks::new(body) };
    Ok(FunctionResponse::Streamed(Streaming::from_stream(CONTENT_TYPE, chunks)))
}

/// Makes the response of an HTTP handler, with status 200. The body leaves as it is made if the request came through a
/// function URL that streams, and is collected otherwise.
impl IntoResponse for Streaming {
    fn into_response(self) -> Response {
        let Ok(content_type) = HeaderValue::try_from(self.content_type()) else {
            return messages::invocation::invalid_content_type(self.content_type()).into_response();
        };
        let body = Body::from_stream(self.into_chunks());
        ([(header::CONTENT_TYPE, content_type)], body).into_response()
    }
}

/// The chunks of a streamed response. Status and headers leave at once, even if the body has no chunk yet.
struct HttpChunks {
    head: Option<Vec<u8>>,
    /// What the body had when status and headers were sent, if it was not sent with them.
    next: Option<Result<Bytes, Error>>,
    body: BodyChunks,
}

impl Stream for HttpChunks {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<Option<Self::Item>> {
        let Some(mut head) = self.head.take() else {
            return match self.next.take() {
                Some(next) => Poll::Ready(Some(next)),
                None => Pin::new(&mut self.body).poll_next(cx),
            };
        };
        match Pin::new(&mut self.body).poll_next(cx) {
            Poll::Ready(Some(Ok(chunk))) if chunk.len() <= MAX_JOINED_BYTES => {
                head.extend_from_slice(&chunk);
            }
            Poll::Ready(next) => self.next = next,
            Poll::Pending => {}
        }
        Poll::Ready(Some(Ok(head.into())))
    }
}

/// Reads status and headers of a streamed response. Returns them with an empty body, and the first bytes of the body.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) async fn read_head(stream: &mut Streaming) -> Result<(Response, Bytes), Error> {
    let mut read = Vec::new();
    loop {
        if let Some(at) = read.windows(DELIMITER.len()).position(|bytes| bytes == DELIMITER) {
            let rest = read.split_off(at + DELIMITER.len());
            read.truncate(at);
            return Ok((super::response::read_response(&read)?, rest.into()));
        }
        match stream.next().await {
            Some(chunk) => read.extend_from_slice(&chunk?),
            None => return Err(messages::http::head_incomplete()),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;
    use crate::testing::block_on;

    /// A body whose chunks are ready one after the other.
    struct Slow(Vec<Poll<Option<Result<Bytes, Error>>>>);

    impl Stream for Slow {
        type Item = Result<Bytes, Error>;

        fn poll_next(mut self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<Option<Self::Item>> {
            cx.waker().wake_by_ref();
            self.0.remove(0)
        }
    }

    /// Returns the chunks of the streamed response as text, and the name of the error that ends it.
    fn chunks(response: Response) -> (Vec<String>, Option<String>) {
        let FunctionResponse::Streamed(mut stream) = stream_response(response).unwrap() else {
            panic!("not streamed")
        };
        assert_eq!(stream.content_type(), CONTENT_TYPE);
        block_on(async {
            let mut chunks = Vec::new();
            while let Some(chunk) = stream.next().await {
                match chunk {
                    Ok(chunk) => chunks.push(String::from_utf8(chunk.to_vec()).unwrap()),
                    Err(error) => return (chunks, Some(error.name().to_owned())),
                }
            }
            (chunks, None)
        })
    }

    const HEAD: &str = "{\"statusCode\":200,\"headers\":{}}\0\0\0\0\0\0\0\0";

    fn slow(chunks: Vec<Poll<Option<Result<Bytes, Error>>>>) -> Response {
        Response::new(Body::from_stream(Slow(chunks)))
    }

    fn ready(text: &'static str) -> Poll<Option<Result<Bytes, Error>>> {
        Poll::Ready(Some(Ok(Bytes::from(text))))
    }

    #[test]
    fn status_and_headers_come_first_and_do_not_wait_for_the_body() {
        let late = slow(vec![Poll::Pending, ready("a"), ready("b"), Poll::Ready(None)]);
        assert_eq!(chunks(late).0, [HEAD, "a", "b"]);
        let early = slow(vec![ready("a"), Poll::Pending, ready("b"), Poll::Ready(None)]);
        assert_eq!(chunks(early).0, [format!("{HEAD}a"), "b".to_owned()]);
        assert_eq!(chunks(Response::new(Body::empty())).0, [HEAD]);
    }

    #[test]
    fn a_streaming_answer_is_a_body_with_its_content_type() {
        let streaming = |content_type: &'static str| {
            Streaming::new(content_type, |mut out| async move {
                out.write("a").await?;
                out.write("b").await?;
                Err(Error::new("NoMore", "c is missing"))
            })
        };
        let head =
            "{\"statusCode\":200,\"headers\":{\"content-type\":\"text/csv\"}}\0\0\0\0\0\0\0\0a";
        let found = chunks(streaming("text/csv").into_response());
        assert_eq!(found, (vec![head.to_owned(), "b".to_owned()], Some("NoMore".to_owned())));
        assert_eq!(streaming("text\r\nx: y").into_response().status(), 500);
    }

    #[test]
    fn a_large_first_chunk_is_not_copied() {
        let large = Body::from(vec![b'x'; MAX_JOINED_BYTES + 1]);
        let (chunks, _) = chunks(Response::new(large));
        assert_eq!((chunks[0].as_str(), chunks[1].len()), (HEAD, MAX_JOINED_BYTES + 1));
    }

    #[test]
    fn an_error_comes_after_status_and_headers() {
        let error = Poll::Ready(Some(Err(Error::new("NoMore", "gone"))));
        let found = chunks(slow(vec![error]));
        assert_eq!(found, (vec![HEAD.to_owned()], Some("NoMore".to_owned())));
        let found = chunks(slow(vec![ready("a")]));
        assert_eq!(found, (vec![format!("{HEAD}a")], Some("Panic".to_owned())));
    }

    #[test]
    fn cookies_have_a_field_of_their_own() {
        let headers = [("set-cookie", "a=1"), ("content-type", "text/plain")];
        let mut response = (StatusCode::CREATED, headers).into_response();
        response.headers_mut().append("set-cookie", "b=2".parse().unwrap());
        let head = &chunks(response).0[0];
        let expected = "{\"statusCode\":201,\"headers\":{\"content-type\":\"text/plain\"},\"cookies\":[\"a=1\",\"b=2\"]}";
        assert!(head.starts_with(expected), "{head}");
    }

    #[test]
    #[cfg(all(feature = "local", debug_assertions))]
    fn the_local_host_reads_status_and_headers_back() {
        let body = Body::from("body\0\0\0\0\0\0\0\0");
        let response = (StatusCode::CREATED, [("x-a", "b")], body).into_response();
        let FunctionResponse::Streamed(mut stream) = stream_response(response).unwrap() else {
            panic!("not streamed")
        };
        let (head, rest) = block_on(read_head(&mut stream)).unwrap();
        assert_eq!((head.status().as_u16(), &head.headers()["x-a"]), (201, &"b".parse().unwrap()));
        assert_eq!(rest, "body\0\0\0\0\0\0\0\0");
        let mut cut = Streaming::from_stream("a/b", BodyChunks::new(Body::from("{")));
        assert!(block_on(read_head(&mut cut)).is_err());
    }
}
