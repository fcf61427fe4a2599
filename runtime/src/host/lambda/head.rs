//! The head of an HTTP response: takes the bytes received so far and returns the status, where the body begins,
//! how the body ends, and where the values of an event's headers are. It copies nothing and reads only the
//! headers that it needs: parsing the head is the largest part of an invocation outside the handler.
// See decision 0067.

use memchr::memchr;

use crate::messages::lambda::HttpFault;
use crate::{Error, messages};

/// The headers of an event that the runtime reads. See "Next invocation" in "Using the Lambda runtime API for
/// custom runtimes".
#[derive(Clone, Copy)]
pub(super) enum EventHeader {
    RequestId,
    Deadline,
    FunctionArn,
    TraceId,
    ClientContext,
    Identity,
    InvocationId,
    TenantId,
    ExtensionId,
}

impl EventHeader {
    const COUNT: usize = Self::ExtensionId as usize + 1;

    const ALL: [Self; Self::COUNT] = [
        Self::RequestId,
        Self::Deadline,
        Self::FunctionArn,
        Self::TraceId,
        Self::ClientContext,
        Self::Identity,
        Self::InvocationId,
        Self::TenantId,
        Self::ExtensionId,
    ];

    /// Returns the name of the header, in the upper and lower case that Lambda uses.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::RequestId => "Lambda-Runtime-Aws-Request-Id",
            Self::Deadline => "Lambda-Runtime-Deadline-Ms",
            Self::FunctionArn => "Lambda-Runtime-Invoked-Function-Arn",
            Self::TraceId => "Lambda-Runtime-Trace-Id",
            Self::ClientContext => "Lambda-Runtime-Client-Context",
            Self::Identity => "Lambda-Runtime-Cognito-Identity",
            Self::InvocationId => "Lambda-Runtime-Invocation-Id",
            Self::TenantId => "Lambda-Runtime-Aws-Tenant-Id",
            Self::ExtensionId => "Lambda-Extension-Identifier",
        }
    }
}

/// A header of a response that the runtime reads.
#[derive(Clone, Copy)]
enum KnownHeader {
    Event(EventHeader),
    ContentLength,
    TransferEncoding,
    Connection,
}

impl KnownHeader {
    /// Returns the header with this name, or `None` for a header that the runtime does not read. The length of
    /// a name and one or two of its letters distinguish the headers, so that at most one comparison is needed,
    /// and none for most other headers.
    fn from_name(name: &[u8]) -> Option<Self> {
        let known = match (name.len(), name.last()?.to_ascii_lowercase()) {
            (10, b'n') => Self::Connection,
            (14, b'h') => Self::ContentLength,
            (17, b'g') => Self::TransferEncoding,
            (23, b'd') => Self::Event(EventHeader::TraceId),
            (26, b's') => Self::Event(EventHeader::Deadline),
            (27, b'r') => Self::Event(EventHeader::ExtensionId),
            (28, b'd') if name[15].eq_ignore_ascii_case(&b'i') => {
                Self::Event(EventHeader::InvocationId)
            }
            (28, b'd') => Self::Event(EventHeader::TenantId),
            (29, b'd') => Self::Event(EventHeader::RequestId),
            (29, b't') => Self::Event(EventHeader::ClientContext),
            (31, b'y') => Self::Event(EventHeader::Identity),
            (35, b'n') => Self::Event(EventHeader::FunctionArn),
            _ => return None,
        };
        let written = known.name().as_bytes();
        // Exact comparison first: nearly always the name is as Lambda writes it, and this is the faster
        // check.
        (name == written || name.eq_ignore_ascii_case(written)).then_some(known)
    }

    /// Returns the name of the header.
    const fn name(self) -> &'static str {
        match self {
            Self::Event(field) => field.name(),
            Self::ContentLength => "Content-Length",
            Self::TransferEncoding => "Transfer-Encoding",
            Self::Connection => "Connection",
        }
    }
}

/// Where the body of a response ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// The body has this many bytes.
    Length(usize),
    /// The body ends after an empty chunk.
    Chunked,
    /// The body ends when the connection is closed.
    Close,
}

/// The head of a response, parsed.
pub(super) struct ResponseHead {
    pub(super) status: u16,
    /// The length of the head, which is where the body begins.
    pub(super) len: usize,
    pub(super) framing: Framing,
    /// Whether the connection is closed after this response.
    pub(super) close: bool,
    /// The positions at which the value of each event header begins and ends; both are 0 if the header is
    /// missing.
    values: [(u32, u32); EventHeader::COUNT],
}

impl ResponseHead {
    /// Parses the head of a response; `None` if the bytes do not contain the whole head yet.
    pub(super) fn parse(bytes: &[u8]) -> Result<Option<Self>, Error> {
        let Some(mut end) = memchr(b'\n', bytes) else { return Ok(None) };
        let mut head = Self::from_status_line(trim_line_end(&bytes[..end]))?;
        loop {
            let start = end + 1;
            let Some(length) = memchr(b'\n', &bytes[start..]) else { return Ok(None) };
            end = start + length;
            let line = trim_line_end(&bytes[start..end]);
            if line.is_empty() {
                break;
            }
            let colon = find_colon(line)
                .ok_or_else(|| messages::lambda::invalid_response(HttpFault::HeaderWithoutColon))?;
            head.read_header(start, line, colon)?;
        }
        head.len = end + 1;
        if head.status < 200 || head.status == 204 || head.status == 304 {
            head.framing = Framing::Length(0);
        }
        Ok(Some(head))
    }

    /// Reads the status of a response that was rejected; `None` if its first line is not complete, or has none.
    #[cold]
    pub(super) fn salvage_status(bytes: &[u8]) -> Option<u16> {
        let end = memchr(b'\n', bytes)?;
        let digits = bytes[..end].strip_prefix(b"HTTP/1.")?.get(2..5)?;
        parse_number(digits)?.try_into().ok()
    }

    /// Reads the event headers of a response that was rejected, as far as their lines are complete. The status is 200
    /// if the first line has none. It shares no code with [`parse`](Self::parse), which is inlined as a whole.
    #[cold]
    pub(super) fn salvage(bytes: &[u8]) -> Self {
        let mut head = Self::without_headers(b'1', Self::salvage_status(bytes).unwrap_or(200));
        let mut start = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let end = start + line.len();
            if !line.ends_with(b"\n") || line.trim_ascii().is_empty() {
                break;
            }
            if let Some(colon) = line.iter().position(|byte| *byte == b':') {
                let value = line[colon + 1..].trim_ascii();
                // The value ends before the white space at the end of the line.
                let after = line.len() - line.trim_ascii_end().len();
                let field = EventHeader::ALL
                    .into_iter()
                    .find(|field| line[..colon].eq_ignore_ascii_case(field.name().as_bytes()));
                if let Some(field) = field
                    && let Ok(end) = u32::try_from(end - after)
                    && let Ok(length) = u32::try_from(value.len())
                {
                    head.values[field as usize] = (end - length, end);
                }
            }
            start = end;
        }
        head
    }

    /// Makes a head without headers from the first line of a response.
    fn from_status_line(line: &[u8]) -> Result<Self, Error> {
        let (version, status) = parse_status_line(line)
            .ok_or_else(|| messages::lambda::invalid_response(HttpFault::StatusLine))?;
        Ok(Self::without_headers(version, status))
    }

    /// Makes a head without headers; `version` is the last digit of the version of HTTP.
    fn without_headers(version: u8, status: u16) -> Self {
        Self {
            status,
            len: 0,
            framing: Framing::Close,
            // HTTP/1.0 closes the connection by default, and the runtime API does not change that.
            close: version == b'0',
            values: [(0, 0); EventHeader::COUNT],
        }
    }

    /// Reads the header on the line that begins at position `start`; `colon` is the position of the colon in
    /// the line.
    fn read_header(&mut self, start: usize, line: &[u8], colon: usize) -> Result<(), Error> {
        let Some(known) = KnownHeader::from_name(&line[..colon]) else {
            // A line that continues the one before it has no known name.
            return match line {
                [b' ' | b'\t', ..] => {
                    Err(messages::lambda::invalid_response(HttpFault::FoldedHeader))
                }
                _ => Ok(()),
            };
        };
        let mut value = &line[colon + 1..];
        let mut start = start + colon + 1;
        while let [b' ' | b'\t', rest @ ..] = value {
            (value, start) = (rest, start + 1);
        }
        while let [rest @ .., b' ' | b'\t'] = value {
            value = rest;
        }
        match known {
            KnownHeader::Event(field) => {
                // A head is far shorter than 4 GiB.
                if let (Ok(start), Ok(end)) = (start.try_into(), (start + value.len()).try_into()) {
                    self.values[field as usize] = (start, end);
                }
            }
            // If the body is chunked as well, the chunks define its length.
            KnownHeader::ContentLength if self.framing == Framing::Chunked => {}
            KnownHeader::ContentLength => {
                let length = parse_number(value).and_then(|length| length.try_into().ok());
                let length = length
                    .filter(|length| match self.framing {
                        // A second length has to be the same.
                        Framing::Length(first) => first == *length,
                        _ => true,
                    })
                    .ok_or_else(|| messages::lambda::invalid_response(HttpFault::ContentLength))?;
                self.framing = Framing::Length(length);
            }
            KnownHeader::TransferEncoding if value.eq_ignore_ascii_case(b"chunked") => {
                self.framing = Framing::Chunked;
            }
            KnownHeader::TransferEncoding => {
                return Err(messages::lambda::invalid_response(HttpFault::TransferEncoding));
            }
            KnownHeader::Connection => self.close |= value.eq_ignore_ascii_case(b"close"),
        }
        Ok(())
    }

    /// Returns the value of a header in the bytes from which the head was parsed; empty if the header is
    /// missing.
    pub(super) fn value<'a>(&self, field: EventHeader, bytes: &'a [u8]) -> &'a [u8] {
        let (start, end) = self.values[field as usize];
        bytes.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Returns the position of the colon in the line of a header; `None` if there is no colon. Names of headers are
/// so short that a search by blocks would take longer.
fn find_colon(line: &[u8]) -> Option<usize> {
    let find = |bytes: &[u8]| bytes.iter().position(|byte| *byte == b':');
    match line.strip_prefix(NAME_PREFIX) {
        Some(rest) => Some(NAME_PREFIX.len() + find(rest)?),
        None => find(line),
    }
}

/// The prefix of the names of an event's headers, as Lambda writes them.
const NAME_PREFIX: &[u8] = b"Lambda-Runtime-";

/// Removes the carriage return at the end of a line, if there is one.
fn trim_line_end(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Parses a line such as `HTTP/1.1 200 OK`. Returns the last digit of the version and the status, or `None` if
/// the line is not such a line.
fn parse_status_line(line: &[u8]) -> Option<(u8, u16)> {
    let [version @ (b'0' | b'1'), b' ', digits @ ..] = line.strip_prefix(b"HTTP/1.")? else {
        return None;
    };
    let (digits, rest) = digits.split_at_checked(3)?;
    let status = parse_number(digits).filter(|status| *status >= 100)?;
    let ends = matches!(rest, [] | [b' ', ..]);
    ends.then_some((*version, u16::try_from(status).ok()?))
}

/// Parses a whole number in decimal digits; `None` if the text has other characters or is empty, or if the
/// number is too large.
pub(super) fn parse_number(digits: &[u8]) -> Option<u64> {
    let add = |number: u64, digit: &u8| match digit {
        b'0'..=b'9' => number.checked_mul(10)?.checked_add(u64::from(digit - b'0')),
        _ => None,
    };
    digits.iter().try_fold(0, add).filter(|_| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> ResponseHead {
        ResponseHead::parse(text.as_bytes()).unwrap().unwrap()
    }

    const FIELDS: [EventHeader; EventHeader::COUNT] = EventHeader::ALL;

    #[test]
    fn every_header_is_found_by_its_name_in_any_case() {
        for field in FIELDS {
            for name in [field.name().to_owned(), field.name().to_ascii_lowercase()] {
                let text = format!("HTTP/1.1 200 OK\r\nx: y\r\n{name}: value\r\n\r\n");
                let head = parse(&text);
                assert_eq!(head.value(field, text.as_bytes()), b"value", "{name}");
                let others = FIELDS.iter().filter(|it| **it as usize != field as usize);
                assert!(others.into_iter().all(|it| head.value(*it, text.as_bytes()).is_empty()));
            }
        }
    }

    #[test]
    fn the_head_determines_where_the_body_ends() {
        let framing = |lines: &str| parse(&format!("HTTP/1.1 200 OK\r\n{lines}\r\n")).framing;
        assert_eq!(framing("content-length: 12\r\n"), Framing::Length(12));
        assert_eq!(framing("Transfer-Encoding: Chunked\r\n"), Framing::Chunked);
        assert_eq!(
            framing("content-length: 1\r\ntransfer-encoding: chunked\r\n"),
            Framing::Chunked
        );
        assert_eq!(
            framing("transfer-encoding: chunked\r\ncontent-length: 1\r\n"),
            Framing::Chunked
        );
        assert_eq!(framing(""), Framing::Close);
        assert_eq!(parse("HTTP/1.1 204 No Content\r\n\r\n").framing, Framing::Length(0));
    }

    #[test]
    fn the_event_headers_of_a_malformed_head_are_read() {
        for lines in [
            "HTTP/1.1 200 OK\r\n folded\r\ncontent-length: 1, 1\r\n",
            "nothing\r\ntransfer-encoding: gzip, chunked\r\n",
        ] {
            let text =
                format!("{lines}Lambda-Runtime-Aws-Request-Id: 7 \r\nLambda-Runtime-Trace-Id: R");
            let head = ResponseHead::salvage(text.as_bytes());
            assert_eq!(head.value(EventHeader::RequestId, text.as_bytes()), b"7");
            assert_eq!(head.value(EventHeader::TraceId, text.as_bytes()), b"", "it is cut off");
            assert_eq!(head.status, 200);
        }
        assert_eq!(ResponseHead::salvage(b"HTTP/1.1 500 No\r\nx").status, 500);
    }

    #[test]
    fn the_head_determines_whether_the_connection_closes() {
        assert!(!parse("HTTP/1.1 200 OK\r\n\r\n").close);
        assert!(parse("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").close);
        assert!(parse("HTTP/1.0 200 OK\r\n\r\n").close);
    }

    #[test]
    fn an_incomplete_head_is_none_and_an_invalid_one_is_an_error() {
        assert!(ResponseHead::parse(b"HTTP/1.1 200 OK\r\nconte").unwrap().is_none());
        for wrong in [
            "SSH-2.0-x\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 20\r\n\r\n",
            "HTTP/1.1 2000\r\n\r\n",
            "HTTP/2 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 17, 17\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 17\r\ncontent-length: 18\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nx: folded\r\n header: y\r\n\r\n",
        ] {
            let error = ResponseHead::parse(wrong.as_bytes()).err().unwrap();
            assert_eq!(error.name(), "RuntimeApi", "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn parsing_arbitrary_bytes_does_not_panic(bytes in vec(any::<u8>(), 0..200)) {
            let _ = ResponseHead::parse(&bytes);
            let _ = ResponseHead::parse(&[b"HTTP/1.1 200 OK\r\n", &bytes[..]].concat());
        }

        #[test]
        fn a_head_is_parsed_as_httparse_parses_it(
            status in 200_u16..600,
            reason in "[ -~]{0,12}",
            lines in vec(("[!-9;-~&&[^()<>@,;\\\\\"/\\[\\]?={}]]{1,40}", "[!-~]([ -~]{0,30}[!-~])?"), 0..12),
            field in 0..EventHeader::COUNT,
        ) {
            let field = FIELDS[field];
            let mut text = format!("HTTP/1.1 {status} {reason}\r\n");
            let special = ["content-length", "transfer-encoding", "connection"];
            for (name, value) in lines.iter().filter(|(name, _)| {
                !special.contains(&name.to_ascii_lowercase().as_str())
            }) {
                text.extend([name, ": ", value, "\r\n"]);
            }
            text.extend([field.name(), ":  the value \r\n\r\nbody"]);
            let head = ResponseHead::parse(text.as_bytes()).unwrap().unwrap();
            let mut headers = [httparse::EMPTY_HEADER; 16];
            let mut oracle = httparse::Response::new(&mut headers);
            let len = oracle.parse(text.as_bytes()).unwrap().unwrap();
            let value = oracle.headers.iter().rfind(|header| header.name == field.name()).unwrap();
            prop_assert_eq!((head.len, Some(head.status)), (len, oracle.code));
            prop_assert_eq!(head.value(field, text.as_bytes()), value.value);
        }
    }
}
