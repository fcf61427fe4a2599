//! From a tree to YAML that people read: block style, intrinsics in their short form, a string in
//! quotes wherever YAML could take it for something else.

use skylift_model::node::{Map, Node};

/// Words that some reader of YAML takes for a truth value or for nothing.
const RESERVED: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

/// Writes a template: top-level sections, and the entries of `spaced` ones, stand apart.
#[must_use]
pub(crate) fn write(sections: &Map, spaced: &[&str]) -> String {
    let mut writer = Writer { out: String::new() };
    for (index, (name, section)) in sections.iter().enumerate() {
        if index > 0 && matches!(section, Node::Map(_)) {
            writer.out.push('\n');
        }
        match section {
            Node::Map(entries) if spaced.contains(&name) && !entries.is_empty() => {
                writer.key(name, 0);
                for (index, (key, node)) in entries.iter().enumerate() {
                    writer.out.push_str(if index == 0 { "\n" } else { "\n\n" });
                    writer.entry(key, node, 2);
                }
            }
            other => writer.entry(name, other, 0),
        }
        writer.out.push('\n');
    }
    writer.out
}

struct Writer {
    out: String,
}

impl Writer {
    fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.out.push(' ');
        }
    }

    fn key(&mut self, key: &str, depth: usize) {
        self.indent(depth);
        scalar(&mut self.out, key, Context::Flow);
        self.out.push(':');
    }

    fn entry(&mut self, key: &str, node: &Node, depth: usize) {
        self.key(key, depth);
        self.value(node, depth);
    }

    /// What follows `key:`: on the same line where it is a scalar, below where it is not.
    fn value(&mut self, node: &Node, depth: usize) {
        match node {
            Node::Map(map) if !map.is_empty() => {
                for (key, node) in map.iter() {
                    self.out.push('\n');
                    self.entry(key, node, depth + 2);
                }
            }
            Node::Seq(items) if !items.is_empty() => self.items(items, depth + 2),
            Node::Tag("Sub", argument) if matches!(**argument, Node::Seq(_)) => {
                self.out.push_str(" !Sub");
                if let Node::Seq(items) = &**argument {
                    self.items(items, depth + 2);
                }
            }
            inline => {
                self.out.push(' ');
                flow(&mut self.out, inline, Context::Block);
            }
        }
    }

    fn items(&mut self, items: &[Node], depth: usize) {
        for item in items {
            self.out.push('\n');
            self.indent(depth);
            self.out.push('-');
            match item {
                Node::Map(map) if !map.is_empty() => {
                    for (index, (key, node)) in map.iter().enumerate() {
                        if index == 0 {
                            self.out.push(' ');
                            scalar(&mut self.out, key, Context::Flow);
                            self.out.push(':');
                            self.value(node, depth + 2);
                        } else {
                            self.out.push('\n');
                            self.entry(key, node, depth + 2);
                        }
                    }
                }
                Node::Seq(inner) if !inner.is_empty() => {
                    self.out.push(' ');
                    flow(&mut self.out, item, Context::Block);
                }
                other => self.value(other, depth),
            }
        }
    }
}

/// Where a scalar stands: between brackets, fewer characters go unquoted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Block,
    Flow,
}

/// One line: scalars, and what is short enough by nature.
fn flow(out: &mut String, node: &Node, context: Context) {
    match node {
        Node::Null => out.push_str("null"),
        Node::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Node::Int(number) => out.push_str(&number.to_string()),
        Node::Float(number) => {
            let text = format!("{number:?}");
            out.push_str(&text);
        }
        Node::Str(text) => scalar(out, text, context),
        Node::Seq(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                flow(out, item, Context::Flow);
            }
            out.push(']');
        }
        Node::Map(map) => {
            out.push('{');
            for (index, (key, node)) in map.iter().enumerate() {
                out.push_str(if index == 0 { " " } else { ", " });
                scalar(out, key, Context::Flow);
                out.push_str(": ");
                flow(out, node, Context::Flow);
            }
            out.push_str(if map.is_empty() { "}" } else { " }" });
        }
        Node::Tag(name, argument) => {
            out.push('!');
            out.push_str(name);
            out.push(' ');
            flow(out, argument, context);
        }
    }
}

fn scalar(out: &mut String, text: &str, context: Context) {
    if is_plain(text, context) {
        out.push_str(text);
    } else {
        quote(out, text);
    }
}

/// Whether every reader of YAML 1.1 and 1.2 takes the bare text for this very string.
fn is_plain(text: &str, context: Context) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else { return false };
    if !(first.is_ascii_alphabetic() || (*first == b'/' && bytes.len() > 1))
        || RESERVED.iter().any(|word| word.eq_ignore_ascii_case(text))
    {
        return false;
    }
    let mut index = 1;
    while index < bytes.len() {
        let plain = match bytes[index] {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'_'
            | b'-'
            | b'.'
            | b'/'
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b'?' => true,
            b' ' => {
                index + 1 < bytes.len() && !matches!(bytes[index + 1], b' ' | b'-' | b'?' | b'*')
            }
            b':' => {
                context == Context::Block && index + 1 < bytes.len() && bytes[index + 1] != b' '
            }
            b'$' | b'{' | b'}' | b',' | b'\'' | b';' => context == Context::Block,
            _ => false,
        };
        if !plain {
            return false;
        }
        index += 1;
    }
    true
}

fn quote(out: &mut String, text: &str) {
    // JSON in a string reads best in single quotes, within which only they are doubled.
    if text.contains('"') && !text.contains(unprintable) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
        return;
    }
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            other if unprintable(other) => {
                let escape = format!("\\u{:04x}", u32::from(other));
                out.push_str(&escape);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// What YAML does not take as it is, or takes for a line break. All of it fits into four digits.
fn unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        let mut out = String::new();
        scalar(&mut out, text, Context::Block);
        out
    }

    #[test]
    fn plain_words_stand_bare() {
        for text in [
            "AWS::Serverless::Function",
            "rate(5 minutes)",
            "s3:ObjectCreated:*",
            "/orders/{id}",
            "code/",
            "arn:${AWS::Partition}:s3:::a",
        ] {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn whatever_yaml_could_misread_stands_in_quotes() {
        for text in [
            "",
            "NO",
            "yes",
            "1e3",
            "0x1f",
            "1.5",
            "~",
            "null",
            "- a",
            "a: b",
            "a #b",
            "*",
            "a ",
            "[a]",
            "ends:",
            "Ünï",
            "2026-11-23",
            "a\nb",
            "a\"b",
            "=",
            "!x",
            "&x",
            "%x",
            "@x",
            "`x",
        ] {
            assert!(line(text).starts_with(['"', '\'']), "{text}: {}", line(text));
        }
        assert_eq!(line("a\nb\"c\\d\u{7}"), r#""a\nb\"c\\d\u0007""#);
        assert_eq!(line(r#"{"it's":1}"#), r#"'{"it''s":1}'"#);
    }

    #[test]
    fn maps_lists_and_intrinsics_nest() {
        let node = Map::new()
            .with(
                "Top",
                Map::new().with(
                    "A",
                    Map::new().with(
                        "list",
                        vec![Node::from(1), Node::from(Map::new().with("k", "v").with("l", "w"))],
                    ),
                ),
            )
            .with("Ref", Node::reference("AWS::StackId"))
            .with("Empty", Map::new());
        let want = "Top:\n  A:\n    list:\n      - 1\n      - k: v\n        l: w\nRef: !Ref AWS::StackId\n\nEmpty: {}\n";
        assert_eq!(write(&node, &["Top"]), want);
    }
}
