//! Writes trees as readable YAML: in block style, with intrinsic functions in their short form, and with quotes
//! around a string wherever YAML could read it as something else.

#[cfg(test)]
use skylift_model::aws::node::Map;
use skylift_model::aws::node::Node;

/// Words that some YAML parser reads as a boolean or as null, by their length.
const RESERVED: [&[&str]; 6] =
    [&[], &["y", "n"], &["no", "on"], &["yes", "off"], &["true", "null"], &["false"]];

/// The length in bytes up to which an intrinsic function's list of arguments, or a text with several lines, is
/// written on one line.
const LINE_LEN: usize = 90;

/// A line break and the spaces of an indentation. Build scripts are compiled without optimisation, where writing
/// one space at a time is slow.
const LINE: &str = "\n                                ";

/// Writes a template as YAML, section by section.
#[derive(Debug)]
pub(crate) struct Writer {
    out: String,
    /// Whether the current section has an entry already. It applies to sections whose entries are separated by
    /// empty lines.
    begun: bool,
    /// The offset of the last entry of a section whose entries are separated by empty lines.
    entry: usize,
}

impl Writer {
    /// Creates a template that begins with a comment.
    pub(crate) fn new(comment: &str) -> Self {
        Self { out: format!("# {comment}"), begun: false, entry: 0 }
    }

    /// Writes a whole section of the template, after an empty line if the section is a map. Returns the offset at
    /// which the section starts.
    pub(crate) fn write_section(&mut self, name: &str, section: &Node) -> usize {
        let start = self.out.len();
        if matches!(section, Node::Map(_)) {
            self.out.push('\n');
        }
        self.write_entry(name, section, 0);
        start
    }

    /// Begins a section whose entries are separated by empty lines. The caller calls `begin_entry` before each
    /// entry.
    pub(crate) fn begin_section(&mut self, name: &str) {
        self.out.push('\n');
        self.write_key(name, 0);
        self.begun = false;
    }

    /// Begins an entry of a section whose entries are separated by empty lines.
    pub(crate) fn begin_entry(&mut self) {
        if self.begun {
            self.out.push('\n');
        }
        self.begun = true;
        self.entry = self.out.len();
    }

    /// Returns the text of the template from the offset `start` on.
    pub(crate) fn text_from(&self, start: usize) -> &str {
        &self.out[start..]
    }

    /// Returns the whole text of the template.
    pub(crate) fn into_string(mut self) -> String {
        self.out.push('\n');
        self.out
    }

    /// Appends lines that were copied from another template.
    pub(crate) fn copy_lines(&mut self, lines: &str) {
        self.out.push_str(lines);
    }

    /// Appends the last entry that another writer has written to the same section.
    pub(crate) fn copy_entry(&mut self, other: &Self) {
        self.begin_entry();
        self.copy_lines(other.text_from(other.entry));
    }

    /// Writes a key and a text on one line; `depth` is the indentation.
    pub(crate) fn write_text(&mut self, key: &str, text: &str, depth: usize) {
        self.write_key(key, depth);
        self.out.push(' ');
        write_scalar(&mut self.out, text, ScalarContext::Block);
    }

    /// Begins a line with an indentation of `depth` spaces.
    fn begin_line(&mut self, depth: usize) {
        let now = depth.min(LINE.len() - 1);
        self.out.push_str(&LINE[..=now]);
        for _ in now..depth {
            self.out.push(' ');
        }
    }

    /// Writes a key on a line of its own; the caller writes its value below.
    pub(crate) fn write_key(&mut self, key: &str, depth: usize) {
        self.begin_line(depth);
        write_scalar(&mut self.out, key, ScalarContext::Flow);
        self.out.push(':');
    }

    /// Writes a key and its value, beginning on a new line with the indentation `depth`.
    pub(crate) fn write_entry(&mut self, key: &str, node: &Node, depth: usize) {
        self.begin_line(depth);
        write_scalar(&mut self.out, key, ScalarContext::Flow);
        self.write_value(":", node, depth);
    }

    /// Writes a mark, `:` or `-`, and the value that belongs to it: a scalar on the same line, a collection below.
    fn write_value(&mut self, mark: &str, node: &Node, depth: usize) {
        self.out.push_str(mark);
        match node {
            Node::Map(map) if !map.is_empty() => {
                for (key, node) in map.iter() {
                    self.write_entry(key, node, depth + 2);
                }
            }
            Node::Seq(items) if !items.is_empty() => self.write_items(items, depth + 2),
            Node::Str(text) if is_block(text) => self.write_block(text, depth + 2),
            Node::Tag(name, argument) if needs_own_lines(name, argument) => {
                self.out.push_str(" !");
                self.write_value(name, argument, depth);
            }
            inline => {
                self.out.push(' ');
                write_flow(&mut self.out, inline, ScalarContext::Block);
            }
        }
    }

    /// Writes a text with several lines as a block scalar.
    fn write_block(&mut self, text: &str, depth: usize) {
        self.out.push_str(if text.ends_with('\n') { " |" } else { " |-" });
        for line in text.trim_end_matches('\n').split('\n') {
            if line.is_empty() {
                self.out.push('\n');
            } else {
                self.begin_line(depth);
                self.out.push_str(line);
            }
        }
    }

    /// Writes the items of a list, each on its own line.
    fn write_items(&mut self, items: &[Node], depth: usize) {
        for item in items {
            self.begin_line(depth);
            match item {
                Node::Map(map) if !map.is_empty() => {
                    for (index, (key, node)) in map.iter().enumerate() {
                        if index == 0 {
                            self.out.push_str("- ");
                            write_scalar(&mut self.out, key, ScalarContext::Flow);
                            self.write_value(":", node, depth + 2);
                        } else {
                            self.write_entry(key, node, depth + 2);
                        }
                    }
                }
                Node::Seq(inner) if needs_own_lines("", item) => {
                    self.out.push('-');
                    self.write_items(inner, depth + 2);
                }
                Node::Seq(inner) if !inner.is_empty() => {
                    self.out.push_str("- ");
                    write_flow(&mut self.out, item, ScalarContext::Block);
                }
                other => self.write_value("-", other, depth),
            }
        }
    }
}

/// Returns whether the argument of an intrinsic function has to be written in several lines; `name` is the
/// function's name, or empty for an item of a list.
fn needs_own_lines(name: &str, argument: &Node) -> bool {
    let nests = |items: &[Node]| items.iter().any(|item| matches!(item, Node::Map(_)));
    match argument {
        Node::Seq(items) if name == "Sub" || nests(items) => !items.is_empty(),
        Node::Map(map) => !map.is_empty(),
        Node::Str(text) => is_block(text),
        Node::Seq(items) if !items.is_empty() => {
            let mut line = String::new();
            write_flow(&mut line, argument, ScalarContext::Flow);
            line.len() > LINE_LEN
        }
        _ => false,
    }
}

/// Returns whether a text is more readable as a block scalar, and every YAML parser reads the block scalar as the
/// same text.
fn is_block(text: &str) -> bool {
    text.len() > LINE_LEN
        && text.trim_end_matches('\n').contains('\n')
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with("\n\n")
        && !text.contains(|letter| letter != '\n' && is_unprintable(letter))
        && text.split('\n').all(|line| !line.ends_with(char::is_whitespace))
}

/// The context in which a scalar is written. In a flow collection, more characters need quotes than in block style.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ScalarContext {
    Block,
    Flow,
}

/// Writes a node on one line, in YAML's flow style.
fn write_flow(out: &mut String, node: &Node, context: ScalarContext) {
    match node {
        Node::Null => out.push_str("null"),
        Node::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Node::Int(number) => out.push_str(&number.to_string()),
        Node::Float(number) => {
            out.push_str(&format_float(*number));
        }
        Node::Str(text) => write_scalar(out, text, context),
        Node::Seq(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                write_flow(out, item, ScalarContext::Flow);
            }
            out.push(']');
        }
        Node::Map(map) => {
            out.push('{');
            for (index, (key, node)) in map.iter().enumerate() {
                out.push_str(if index == 0 { " " } else { ", " });
                write_scalar(out, key, ScalarContext::Flow);
                out.push_str(": ");
                write_flow(out, node, ScalarContext::Flow);
            }
            out.push_str(if map.is_empty() { "}" } else { " }" });
        }
        Node::Tag(name, argument) => {
            out.push('!');
            out.push_str(name);
            out.push(' ');
            write_flow(out, argument, context);
        }
    }
}

/// Formats a number with a point, and with a sign in its exponent. YAML 1.1 reads a number as text without them.
fn format_float(number: f64) -> String {
    let text = format!("{number:?}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    format!("{mantissa}{point}e{sign}{exponent}")
}

/// Writes a text as a scalar, with quotes if YAML could read it as something else.
fn write_scalar(out: &mut String, text: &str, context: ScalarContext) {
    if is_plain(text, context) {
        out.push_str(text);
    } else {
        write_quoted(out, text);
    }
}

/// Returns whether every parser of YAML 1.1 and 1.2 reads the text as the same string if it has no quotes.
fn is_plain(text: &str, context: ScalarContext) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else { return false };
    if !(first.is_ascii_alphabetic() || (*first == b'/' && bytes.len() > 1))
        || text.len() < RESERVED.len() && is_reserved(text)
    {
        return false;
    }
    let mut index = 1;
    while index < bytes.len() {
        let class = CLASSES[bytes[index] as usize];
        index += 1;
        if class == PLAIN {
            continue;
        }
        let next = bytes.get(index);
        let plain = match class {
            SPACE => next.is_some_and(|next| !matches!(next, b' ' | b'-' | b'?' | b'*')),
            COLON => context == ScalarContext::Block && next.is_some_and(|next| *next != b' '),
            BLOCK => context == ScalarContext::Block,
            _ => false,
        };
        if !plain {
            return false;
        }
    }
    true
}

/// Returns whether some YAML parser reads the text as a boolean or as null. The text must be shorter than the list
/// of reserved words by length.
fn is_reserved(text: &str) -> bool {
    RESERVED[text.len()].iter().any(|word| word.eq_ignore_ascii_case(text))
}

// Where a byte may be in a plain scalar, after the first: anywhere, …
const PLAIN: u8 = 0;
const SPACE: u8 = 1;
const COLON: u8 = 2;
// … not in a flow collection, …
const BLOCK: u8 = 3;
// … nowhere.
const NEVER: u8 = 4;

/// The class of each byte of a scalar. Comparing numbers needs no function call, even without optimisation.
static CLASSES: [u8; 256] = {
    let mut classes = [NEVER; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        classes[byte as usize] = match byte {
            b'_' | b'-' | b'.' | b'/' | b'(' | b')' | b'*' | b'+' | b'?' => PLAIN,
            letter if letter.is_ascii_alphanumeric() => PLAIN,
            b' ' => SPACE,
            b':' => COLON,
            b'$' | b'{' | b'}' | b',' | b'\'' | b';' => BLOCK,
            _ => NEVER,
        };
        byte += 1;
    }
    classes
};

/// Writes a text in quotes: in single quotes if that needs fewer escapes.
fn write_quoted(out: &mut String, text: &str) {
    // JSON in a string is most readable in single quotes, where only single quotes are escaped.
    if text.contains('"') && !text.contains(is_unprintable) {
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
            other if is_unprintable(other) => {
                let escape = format!("\\u{:04x}", u32::from(other));
                out.push_str(&escape);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// Returns whether YAML does not accept the character unescaped, or reads it as a line break. Every such character
/// fits into four hexadecimal digits.
fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Writes the sections of a template; the entries of the sections in `apart` are separated by empty lines.
#[cfg(test)]
pub(crate) fn write_test_template(sections: &Map, apart: &[&str]) -> String {
    let mut writer = Writer::new("");
    for (name, section) in sections.iter() {
        let entries = match section {
            Node::Map(entries) if apart.contains(&name) && !entries.is_empty() => entries,
            other => {
                writer.write_section(name, other);
                continue;
            }
        };
        writer.begin_section(name);
        for (key, node) in entries.iter() {
            writer.begin_entry();
            writer.write_entry(key, node, 2);
        }
    }
    let text = writer.into_string();
    text.trim_start_matches(|letter| "# \n".contains(letter)).to_owned()
}

#[cfg(test)]
mod tests;
