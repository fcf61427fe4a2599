//! The trace header of X-Ray, `Root=1-…;Parent=…;Sampled=1`: takes its text, gives its parts. Mirrors
//! "Tracing header" of the AWS X-Ray Developer Guide. Lambda adds parts of its own, such as the
//! `Lineage` by which it finds functions that call themselves, so whoever passes the header on passes
//! it on whole.

/// The parts that are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TraceHeader<'a> {
    /// The trace: `1-5759e988-bd862e3fe1be46a994272793`.
    pub(crate) root: Option<&'a str>,
    /// The segment that the invocation belongs to, 16 hexadecimal digits.
    pub(crate) parent: Option<&'a str>,
    /// Whether X-Ray keeps the trace.
    pub(crate) sampled: bool,
}

impl<'a> TraceHeader<'a> {
    /// Reads what is there; what cannot be read is left out.
    pub(crate) fn read(header: &'a str) -> Self {
        let mut read = Self::default();
        for part in header.split(';') {
            match part.trim().split_once('=') {
                Some(("Root", root)) => read.root = Some(root),
                Some(("Parent", parent)) => read.parent = Some(parent),
                Some(("Sampled", sampled)) => read.sampled = sampled == "1",
                _ => {}
            }
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_found_in_any_order_among_others() {
        let header = "Lineage=1:2:3;Sampled=1; Root=1-5759e988-bd862e3f;Parent=53995c3f42cd8ad8";
        let expected = TraceHeader {
            root: Some("1-5759e988-bd862e3f"),
            parent: Some("53995c3f42cd8ad8"),
            sampled: true,
        };
        assert_eq!(TraceHeader::read(header), expected);
    }

    #[test]
    fn what_is_no_header_has_no_parts() {
        for header in ["", ";;", "Root", "Sampled=yes", "nonsense"] {
            assert_eq!(TraceHeader::read(header), TraceHeader::default(), "{header}");
        }
    }
}
