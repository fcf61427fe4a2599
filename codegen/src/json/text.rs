//! Writes a string of JSON. Build scripts are compiled without optimisation, so eight bytes are looked at in one step.

use std::fmt::Write as _;

/// Each byte of a word set to 1, and each byte set to its highest bit.
const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGHEST_BITS: u64 = u64::from_ne_bytes([0x80; 8]);

/// Writes a string with its quotes and escapes.
pub(super) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    if needs_escapes(text.as_bytes()) {
        write_escaped(out, text);
    } else {
        out.push_str(text);
    }
    out.push('"');
}

/// Returns whether a text has a quote, a backslash or a control character.
fn needs_escapes(text: &[u8]) -> bool {
    let (words, rest) = text.as_chunks::<8>();
    for word in words {
        if word_needs_escapes(u64::from_ne_bytes(*word)) {
            return true;
        }
    }
    // Spaces fill the last word: they need no escape.
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    word_needs_escapes(u64::from_ne_bytes(last))
}

/// Returns whether any of eight bytes needs an escape. Subtracting from a byte that is too small borrows its highest bit.
/// A borrow can also mark the byte beside such a byte, but never a byte of a word without one.
const fn word_needs_escapes(word: u64) -> bool {
    let control = word.wrapping_sub(ONES * 0x20);
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    // A byte of 128 and more belongs to a letter that is not ASCII.
    (control | quote | backslash) & !word & HIGHEST_BITS != 0
}

fn write_escaped(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control @ '\0'..='\u{1f}' => {
                // Writing to a text never fails.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        write_text(&mut out, text);
        out
    }

    #[test]
    fn every_letter_is_written_as_serde_json_writes_it_at_any_position() {
        let letters = ('\0'..='\u{ff}').chain(['ā', '€', '\u{2028}', '🦀']);
        for letter in letters {
            for before in ["", "1234567", "12345678", "äöü", "  !"] {
                for after in ["", "abc", "123456789"] {
                    let text = format!("{before}{letter}{after}");
                    assert_eq!(written(&text), serde_json::to_string(&text).unwrap(), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn only_texts_with_escapes_take_the_slow_way() {
        for plain in ["", "arn:aws:s3:::a/*", "!#[]~ é 🦀 \u{7f}"] {
            assert!(!needs_escapes(plain.as_bytes()), "{plain}");
        }
        for escaped in ["\"", "a\\", "12345678\n", "\0", "\u{1f}é"] {
            assert!(needs_escapes(escaped.as_bytes()), "{escaped:?}");
        }
    }
}
