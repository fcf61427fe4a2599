//! Writes requests to the runtime API, the head and a small body, into a buffer that is reused.

use std::fmt::{self, Display, Formatter};

/// The largest body that is copied into the buffer after the head, so that both are sent in one piece.
pub(super) const MAX_COPIED_BYTES: usize = 16 * 1024;

const RUNTIME: &str = "/2018-06-01/runtime";

/// Returns the part of a head after the path that all requests have in common: the version of HTTP, and the
/// headers with host and user agent.
pub(super) fn common_headers(host: &str) -> String {
    format!(" HTTP/1.1\r\nhost: {host}\r\nuser-agent: skylift/{}\r\n", env!("CARGO_PKG_VERSION"))
}

/// The path of the runtime API that a request posts to.
#[derive(Clone, Copy)]
pub(super) enum PostPath<'a> {
    /// The path for the response to the invocation with this request id.
    Response(&'a [u8]),
    /// The path for the error of the invocation with this request id.
    Error(&'a [u8]),
    /// The path for an error of the start of the process.
    InitError,
}

impl PostPath<'_> {
    /// Returns the path in three pieces, without the common prefix of all paths.
    fn parts(&self) -> [&[u8]; 3] {
        match self {
            Self::Response(id) => [b"/invocation/", id, b"/response"],
            Self::Error(id) => [b"/invocation/", id, b"/error"],
            Self::InitError => [b"/init/error", b"", b""],
        }
    }
}

impl Display for PostPath<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.parts().iter().try_for_each(|part| f.write_str(&String::from_utf8_lossy(part)))
    }
}

/// A request that posts a body to the runtime API.
#[derive(Clone, Copy)]
pub(super) struct PostRequest<'a> {
    pub(super) path: PostPath<'a>,
    /// The id that some events have besides the request id, and that is sent back; `None` if the event has
    /// none.
    pub(super) invocation_id: Option<&'a str>,
    /// The name of the error that the body describes; `None` if the body is a response.
    pub(super) error: Option<&'a str>,
}

impl PostRequest<'_> {
    /// Writes the head of a request with a JSON body into `head`, and the body as well if it is so small that
    /// copying it costs less than sending a second piece. Returns the part of the body that is left to send.
    pub(super) fn write<'b>(&self, head: &mut Vec<u8>, common: &str, body: &'b [u8]) -> &'b [u8] {
        self.start(head, common);
        let mut digits = itoa::Buffer::new();
        let length = digits.format(body.len());
        append(head, &["content-type: application/json\r\ncontent-length: ", length, "\r\n\r\n"]);
        if body.len() > MAX_COPIED_BYTES {
            return body;
        }
        head.extend_from_slice(body);
        b""
    }

    /// Writes the head of a request whose body is sent in chunks into `head`.
    pub(super) fn write_streamed(&self, head: &mut Vec<u8>, common: &str, content_type: &str) {
        self.start(head, common);
        let mode =
            "lambda-runtime-function-response-mode: streaming\r\ntransfer-encoding: chunked\r\n";
        let trailers = ["trailer: ", ERROR_TYPE, ", ", ERROR_BODY, "\r\n\r\n"];
        append(head, &["content-type: ", content_type, "\r\n", mode]);
        append(head, &trailers);
    }

    /// Writes the first line of a request and the headers that all posts have into `head`.
    fn start(&self, head: &mut Vec<u8>, common: &str) {
        head.clear();
        let [before, id, after] = self.path.parts();
        append(head, &["POST ", RUNTIME]);
        for part in [before, id, after, common.as_bytes()] {
            head.extend_from_slice(part);
        }
        if let Some(id) = self.invocation_id {
            append(head, &["lambda-runtime-invocation-id: ", id, "\r\n"]);
        }
        if let Some(error) = self.error {
            append(head, &[ERROR_TYPE, ": ", error, "\r\n"]);
        }
    }
}

const ERROR_TYPE: &str = "lambda-runtime-function-error-type";
const ERROR_BODY: &str = "lambda-runtime-function-error-body";

/// Writes the end of a chunked body whose response failed: the last chunk, and trailers that report the error.
/// `error` is the name of the error, `body` its JSON in base64.
pub(super) fn write_trailers(end: &mut Vec<u8>, error: &str, body: &str) {
    append(end, &["0\r\n", ERROR_TYPE, ": ", error, "\r\n", ERROR_BODY, ": ", body, "\r\n\r\n"]);
}

/// Returns the whole request for the next event.
pub(super) fn next_request(common: &str) -> String {
    format!("GET {RUNTIME}/invocation/next{common}\r\n")
}

/// Writes the head of a request to the extensions API into `head`; `line` is its method and path.
pub(super) fn write_extension_request(
    head: &mut Vec<u8>,
    common: &str,
    line: &str,
    headers: &[&str],
) {
    head.clear();
    append(head, &[line, common]);
    append(head, headers);
    append(head, &["\r\n"]);
}

/// Appends texts to the head of a request.
fn append(head: &mut Vec<u8>, parts: &[&str]) {
    for part in parts {
        head.extend_from_slice(part.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_have_the_format_of_the_runtime_api() {
        let mut head = b"of before".to_vec();
        let post = PostRequest {
            path: PostPath::Error(b"7"),
            invocation_id: Some("i"),
            error: Some("NoSpace"),
        };
        let common = common_headers("127.0.0.1:9001");
        assert!(common.starts_with(" HTTP/1.1\r\nhost: 127.0.0.1:9001\r\nuser-agent: skylift/"));
        let (small, large) = ([b'x'; 12], vec![b'x'; MAX_COPIED_BYTES + 1]);
        assert_eq!(post.write(&mut head, &common, &large), large);
        assert_eq!(post.write(&mut head, &common, &small), b"");
        let expected = format!(
            "POST /2018-06-01/runtime/invocation/7/error{common}\
             lambda-runtime-invocation-id: i\r\nlambda-runtime-function-error-type: NoSpace\r\n\
             content-type: application/json\r\ncontent-length: 12\r\n\r\nxxxxxxxxxxxx"
        );
        assert_eq!(String::from_utf8(head.clone()).unwrap(), expected);
        let expected = format!("GET /2018-06-01/runtime/invocation/next{common}\r\n");
        assert_eq!(next_request(&common), expected);
    }
}
