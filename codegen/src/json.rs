//! JSON that people read. A build script is compiled without optimisation, where the formatter of
//! `serde_json` takes its time over one step of the indentation after the other.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A new line and what it may be indented by.
const LINE: &[u8] = b"\n                                                                ";

/// The longest indentation that is written at once.
const LINE_LEN: usize = LINE.len() - 1;

/// The text of a value, with a line for each entry and an end of its last line; nothing where the value has
/// keys that are no text.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, Pretty::default());
    if value.serialize(&mut serializer).is_err() {
        return String::new();
    }
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

/// Writes as `serde_json::to_string_pretty` does.
#[derive(Default)]
struct Pretty {
    depth: usize,
    /// Whether the collection that ends next has anything in it.
    has_value: bool,
}

impl Pretty {
    fn begin<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth += 2;
        self.has_value = false;
        out.write_all(bracket)
    }

    fn end<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth -= 2;
        if self.has_value {
            self.line(out)?;
        }
        out.write_all(bracket)
    }

    fn next<W: Write + ?Sized>(&self, out: &mut W, first: bool) -> Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        self.line(out)
    }

    fn line<W: Write + ?Sized>(&self, out: &mut W) -> Result<()> {
        let now = self.depth.min(LINE_LEN);
        out.write_all(&LINE[..=now])?;
        (now..self.depth).try_for_each(|_| out.write_all(b" "))
    }
}

impl Formatter for Pretty {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.next(out, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _out: &mut W) -> Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _out: &mut W) -> Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn json_is_written_as_serde_writes_it() {
        let deep = (0..40).fold(json!({}), |inner, _| json!({ "a": [inner, []] }));
        for value in [
            json!([]),
            json!({}),
            json!({ "a": 1, "b": { "c": [1, [], {}, "d"] }, "e\n\"": null }),
            deep,
            Value::from("é"),
        ] {
            let want = serde_json::to_string_pretty(&value).unwrap();
            assert_eq!(pretty(&value), format!("{want}\n"));
        }
    }
}
