//! JSON exactly as Python's `json.dumps` writes it by default, because that is what the host posts.

use std::fmt::Write;

use serde_json::Value as Json;

/// The text that `json.dumps(value)` gives: `", "` and `": "` as separators, everything outside ASCII as `\uXXXX` in
/// lower-case hexadecimal, two of them for a character beyond U+FFFF (host.md 1, measured; CPython `json.encoder`).
///
/// Numbers are written as `serde_json` has them; payloads hold none.
pub fn python_json(value: &Json) -> String {
    let mut out = String::new();
    write_value(value, &mut out);
    out
}

fn write_value(value: &Json, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(number) => out.push_str(&number.to_string()),
        Json::String(text) => write_string(text, out),
        Json::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_value(item, out);
            }
            out.push(']');
        }
        Json::Object(entries) => {
            out.push('{');
            for (index, (key, item)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_string(key, out);
                out.push_str(": ");
                write_value(item, out);
            }
            out.push('}');
        }
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Expectations from CPython 3.11: `json.dumps(...)`.
    #[test]
    fn it_is_what_json_dumps_writes() {
        assert_eq!(
            python_json(&json!({"text": "é 😀\n\"\\/\u{7f}\u{1}", "a": [1, true, null, {}, []]})),
            "{\"text\": \"\\u00e9 \\ud83d\\ude00\\n\\\"\\\\/\\u007f\\u0001\", \"a\": [1, true, null, {}, []]}"
        );
        assert_eq!(python_json(&json!("\u{8}\u{c}\r\t\u{2028}")), "\"\\b\\f\\r\\t\\u2028\"");
    }
}
