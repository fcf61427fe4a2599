//! Writes JSON; indented JSON as `serde_json::to_string_pretty` does but faster. Build scripts are compiled without
//! optimisation, where `serde_json`'s own formatter is slow because it writes the indentation step by step.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use skylift_model::aws::node::Node;

/// A line break and the spaces of an indentation.
const LINE: &[u8] = b"\n                                                                ";

/// The longest indentation that is written in one call.
const LINE_LEN: usize = LINE.len() - 1;

/// Returns a value as indented JSON with a line break at the end. Returns an empty text if a map of the value has
/// keys that are not strings.
pub(crate) fn to_pretty_json(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, PrettyFormatter::default());
    if value.serialize(&mut serializer).is_err() {
        return String::new();
    }
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

/// Returns a tree as JSON on one line. A tree from an attribute can always be written as JSON.
pub(crate) fn to_json(node: &Node) -> String {
    serde_json::to_string(node).unwrap_or_default()
}

/// A formatter of `serde_json` with the same output as `serde_json::to_string_pretty`.
#[derive(Default)]
struct PrettyFormatter {
    depth: usize,
    /// Whether the innermost open collection has an entry.
    has_value: bool,
}

impl PrettyFormatter {
    /// Writes the opening bracket of a list or an object.
    fn begin_collection<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth += 2;
        self.has_value = false;
        out.write_all(bracket)
    }

    /// Writes the closing bracket of a list or an object, on a new line unless the collection is empty.
    fn end_collection<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth -= 2;
        if self.has_value {
            self.break_line(out)?;
        }
        out.write_all(bracket)
    }

    /// Begins a line for an entry of a list or an object, after a comma unless the entry is the first.
    fn begin_entry<W: Write + ?Sized>(&self, out: &mut W, first: bool) -> Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        self.break_line(out)
    }

    /// Writes a line break and the indentation of the current depth.
    fn break_line<W: Write + ?Sized>(&self, out: &mut W) -> Result<()> {
        let now = self.depth.min(LINE_LEN);
        out.write_all(&LINE[..=now])?;
        (now..self.depth).try_for_each(|_| out.write_all(b" "))
    }
}

impl Formatter for PrettyFormatter {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.begin_collection(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.end_collection(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.begin_entry(out, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _out: &mut W) -> Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.begin_collection(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.end_collection(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.begin_entry(out, first)
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
    fn json_has_the_format_of_serde_json() {
        let deep = (0..40).fold(json!({}), |inner, _| json!({ "a": [inner, []] }));
        for value in [
            json!([]),
            json!({}),
            json!({ "a": 1, "b": { "c": [1, [], {}, "d"] }, "e\n\"": null }),
            deep,
            Value::from("é"),
        ] {
            let want = serde_json::to_string_pretty(&value).unwrap();
            assert_eq!(to_pretty_json(&value), format!("{want}\n"));
        }
    }
}
