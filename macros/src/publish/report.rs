//! Reports an error after rustc has finished the compilation, in the form in which Cargo reads rustc's errors.

use std::fmt::Write as _;

use skylift_model::message::Message;

use crate::compiler;

/// Prints an error to standard error. Cargo asks rustc for errors as JSON, and shows them as rustc renders them.
pub(super) fn report_error(message: &Message) {
    let rendered = format!("error: {}\n\n", message.full());
    if compiler::reports_as_json() {
        eprintln!("{}", to_json_diagnostic(&message.text, &rendered));
    } else {
        eprint!("{rendered}");
    }
}

/// Returns a diagnostic of rustc without a place in the source, as JSON on one line.
fn to_json_diagnostic(text: &str, rendered: &str) -> String {
    let (text, rendered) = (escape(text), escape(rendered));
    format!(
        r#"{{"$message_type":"diagnostic","message":"{text}","code":null,"level":"error","spans":[],"children":[],"rendered":"{rendered}"}}"#
    )
}

/// Escapes a text, so that it can be written in a JSON string.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '\\' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            // Writing to a string cannot fail.
            control if control < ' ' => drop(write!(escaped, "\\u{:04x}", u32::from(control))),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_a_json_diagnostic_on_one_line() {
        let diagnostic = to_json_diagnostic("no `a\\b`", "error: no \"a\"\tb\n\n");
        assert_eq!(
            diagnostic,
            "{\"$message_type\":\"diagnostic\",\"message\":\"no `a\\\\b`\",\"code\":null,\"level\":\"error\",\"spans\":[],\
             \"children\":[],\"rendered\":\"error: no \\\"a\\\"\\u0009b\\n\\n\"}"
        );
    }
}
