//! Parses the trace header of X-Ray, `Root=1-…;Parent=…;Sampled=1`. Mirrors "Tracing header" of the AWS X-Ray
//! Developer Guide. Lambda adds further parts, such as the `Lineage` by which it detects functions that invoke
//! themselves. Therefore requests to AWS carry the whole header unchanged, and not only the parsed parts.

/// The parts of the trace header of X-Ray that Skylift uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TraceHeader<'a> {
    /// The id of the trace, `None` if the header has none: `1-5759e988-bd862e3fe1be46a994272793`.
    pub(crate) root: Option<&'a str>,
    /// The id of the segment that the invocation belongs to, 16 hexadecimal digits; `None` if the header has none.
    pub(crate) parent: Option<&'a str>,
    /// Whether X-Ray samples the trace; `false` if the header does not say so.
    pub(crate) sampled: bool,
}

impl<'a> TraceHeader<'a> {
    /// Parses the trace header of X-Ray. Unknown parts are ignored. Missing parts are `None`, or `false` for
    /// `Sampled`.
    pub(crate) fn parse(header: &'a str) -> Self {
        let mut parsed = Self::default();
        for part in header.split(';') {
            match part.trim().split_once('=') {
                Some(("Root", root)) => parsed.root = Some(root),
                Some(("Parent", parent)) => parsed.parent = Some(parent),
                Some(("Sampled", sampled)) => parsed.sampled = sampled == "1",
                _ => {}
            }
        }
        parsed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_found_in_any_order_and_among_other_parts() {
        let header = "Lineage=1:2:3;Sampled=1; Root=1-5759e988-bd862e3f;Parent=53995c3f42cd8ad8";
        let expected = TraceHeader {
            root: Some("1-5759e988-bd862e3f"),
            parent: Some("53995c3f42cd8ad8"),
            sampled: true,
        };
        assert_eq!(TraceHeader::parse(header), expected);
    }

    #[test]
    fn an_invalid_header_has_no_parts() {
        for header in ["", ";;", "Root", "Sampled=yes", "nonsense"] {
            assert_eq!(TraceHeader::parse(header), TraceHeader::default(), "{header}");
        }
    }
}
