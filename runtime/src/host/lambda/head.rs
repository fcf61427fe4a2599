//! The head of a response: takes the bytes received so far, gives the status, where the body is and how
//! it ends, and where the values of the headers stand that an event can have. Nothing is copied.

use std::mem::MaybeUninit;
use std::ops::Range;

use crate::Error;

/// More than the runtime API sends; with more than that it is no runtime API.
const MOST_HEADERS: usize = 64;

/// The headers of an event. "Next invocation" in "Using the Lambda runtime API for custom runtimes".
#[derive(Clone, Copy)]
pub(super) enum Field {
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

impl Field {
    const COUNT: usize = Self::ExtensionId as usize + 1;

    /// The header's name, as Lambda writes it.
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

    /// The field of that name. A length and a letter or two tell them apart, so that one comparison is
    /// enough.
    fn of(name: &str) -> Option<Self> {
        let field = match (name.len(), name.as_bytes().last()?.to_ascii_lowercase()) {
            (29, b'd') => Self::RequestId,
            (26, b's') => Self::Deadline,
            (35, b'n') => Self::FunctionArn,
            (23, b'd') => Self::TraceId,
            (29, b't') => Self::ClientContext,
            (31, b'y') => Self::Identity,
            (28, b'd') if name.as_bytes()[15].eq_ignore_ascii_case(&b'i') => Self::InvocationId,
            (28, b'd') => Self::TenantId,
            (27, b'r') => Self::ExtensionId,
            _ => return None,
        };
        // In this order: nearly always it is just as Lambda writes it, which is quickly seen.
        (name == field.name() || name.eq_ignore_ascii_case(field.name())).then_some(field)
    }
}

/// How a body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// After so many bytes.
    Length(usize),
    /// After a chunk without content.
    Chunked,
    /// With the connection.
    Close,
}

/// The head of a response.
pub(super) struct Head {
    pub(super) status: u16,
    /// Where the body begins.
    pub(super) len: usize,
    pub(super) framing: Framing,
    /// Whether the connection ends with this response.
    pub(super) close: bool,
    values: [Range<u32>; Field::COUNT],
}

impl Head {
    /// Reads it; none where it is not complete.
    pub(super) fn parse(bytes: &[u8]) -> Result<Option<Self>, Error> {
        let mut headers = [const { MaybeUninit::uninit() }; MOST_HEADERS];
        let mut response = httparse::Response::new(&mut []);
        let parsed = httparse::ParserConfig::default()
            .parse_response_with_uninit_headers(&mut response, bytes, &mut headers)
            .map_err(broken)?;
        let httparse::Status::Complete(len) = parsed else { return Ok(None) };
        let mut head = Self {
            status: response.code.unwrap_or_default(),
            len,
            framing: Framing::Close,
            // HTTP/1.0 closes unless told otherwise, which nobody tells it here.
            close: response.version == Some(0),
            values: [const { 0..0 }; Field::COUNT],
        };
        for header in response.headers.iter() {
            head.take(header, bytes)?;
        }
        if head.status < 200 || head.status == 204 || head.status == 304 {
            head.framing = Framing::Length(0);
        }
        Ok(Some(head))
    }

    fn take(&mut self, header: &httparse::Header<'_>, bytes: &[u8]) -> Result<(), Error> {
        if let Some(field) = Field::of(header.name) {
            // The values lie within the bytes, and a head is far shorter than 4 GiB.
            let start = header.value.as_ptr().addr() - bytes.as_ptr().addr();
            let range = start..start + header.value.len();
            if let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end)) {
                self.values[field as usize] = start..end;
            }
        } else if header.name.eq_ignore_ascii_case("content-length") {
            // What is chunked as well is as long as its chunks.
            if self.framing != Framing::Chunked {
                let length = std::str::from_utf8(header.value).ok().and_then(|it| it.parse().ok());
                self.framing = Framing::Length(length.ok_or_else(|| broken("a length"))?);
            }
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            if !header.value.trim_ascii().eq_ignore_ascii_case(b"chunked") {
                return Err(broken("a transfer encoding that is not `chunked`"));
            }
            self.framing = Framing::Chunked;
        } else if header.name.eq_ignore_ascii_case("connection") {
            self.close |= header.value.trim_ascii().eq_ignore_ascii_case(b"close");
        }
        Ok(())
    }

    /// A header's value, in the bytes that the head was read from; none where it is missing or empty.
    pub(super) fn value<'a>(&self, field: Field, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let Range { start, end } = self.values[field as usize];
        bytes.get(start as usize..end as usize).filter(|value| !value.is_empty())
    }
}

pub(super) fn broken(what: impl std::fmt::Display) -> Error {
    Error::new("RuntimeApi", format!("a response that is no HTTP/1.1: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Head {
        Head::parse(text.as_bytes()).unwrap().unwrap()
    }

    const FIELDS: [Field; Field::COUNT] = [
        Field::RequestId,
        Field::Deadline,
        Field::FunctionArn,
        Field::TraceId,
        Field::ClientContext,
        Field::Identity,
        Field::InvocationId,
        Field::TenantId,
        Field::ExtensionId,
    ];

    #[test]
    fn every_field_is_found_by_its_name_in_any_case() {
        for field in FIELDS {
            for name in [field.name().to_owned(), field.name().to_ascii_lowercase()] {
                let text = format!("HTTP/1.1 200 OK\r\nx: y\r\n{name}: value\r\n\r\n");
                let head = parse(&text);
                assert_eq!(head.value(field, text.as_bytes()), Some(&b"value"[..]), "{name}");
                let others = FIELDS.iter().filter(|it| **it as usize != field as usize);
                assert!(others.into_iter().all(|it| head.value(*it, text.as_bytes()).is_none()));
            }
        }
    }

    #[test]
    fn the_body_ends_as_the_head_says() {
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
    fn the_connection_ends_where_the_head_says_so() {
        assert!(!parse("HTTP/1.1 200 OK\r\n\r\n").close);
        assert!(parse("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").close);
        assert!(parse("HTTP/1.0 200 OK\r\n\r\n").close);
    }

    #[test]
    fn half_a_head_is_none_and_no_head_is_an_error() {
        assert!(Head::parse(b"HTTP/1.1 200 OK\r\nconte").unwrap().is_none());
        for wrong in [
            "SSH-2.0-x\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n",
        ] {
            let error = Head::parse(wrong.as_bytes()).err().unwrap();
            assert_eq!(error.name(), "RuntimeApi", "{wrong}");
        }
    }
}
