//! JavaScript values to structs and back.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json};
use wasm_bindgen::prelude::*;

use crate::text::HALF_PAIR;

/// A few plain options: read field by field, without a text in between. `undefined` and `null` read as the default.
pub fn options<T: DeserializeOwned + Default>(value: JsValue) -> Result<T, JsValue> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    serde_wasm_bindgen::from_value(value).map_err(|error| type_error(&error.to_string()))
}

/// Options that may hold whole documents; `undefined` and `null` read as the default.
pub fn large_options<T: DeserializeOwned + Default>(value: JsValue) -> Result<T, JsValue> {
    if value.is_undefined() || value.is_null() { Ok(T::default()) } else { read(value) }
}

/// A struct of the contract. It crosses as one JSON text: walking a large object from Rust costs two to three times more.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    let text = js_sys::JSON::stringify(&value)?;
    let text = text.as_string().ok_or_else(|| type_error("expected an object"))?;
    serde_json::from_str(&without_halves(text)).map_err(|error| type_error(&error.to_string()))
}

/// JavaScript writes half a surrogate pair as `\ud83d`, which is no character; a stand-in keeps the rest readable.
fn without_halves(text: String) -> String {
    if !text.contains("\\ud") {
        return text;
    }
    let mut parts = text.split('\\');
    let mut out = parts.next().unwrap_or_default().to_owned();
    while let Some(part) = parts.next() {
        match part.strip_prefix("ud").and_then(|half| half.get(3..)) {
            Some(rest) => {
                out.push(HALF_PAIR);
                out.push_str(rest);
            }
            None => {
                out.push('\\');
                out.push_str(part);
                // Behind an escaped backslash nothing is escaped.
                if part.is_empty() {
                    out.push('\\');
                    out.push_str(parts.next().unwrap_or_default());
                }
            }
        }
    }
    out
}

/// A text that a person wrote; a field of the desk that was never filled is null.
pub fn text(value: &JsValue) -> Result<String, JsValue> {
    match value.as_string() {
        Some(text) => Ok(text),
        None if value.is_undefined() || value.is_null() => Ok(String::new()),
        None => Err(type_error("expected a text")),
    }
}

/// A document.
pub fn document(value: JsValue) -> Result<Map<String, Json>, JsValue> {
    read(value)
}

/// Room for an answer of the usual length.
const ANSWER_BYTES: usize = 4096;

/// An answer, as plain objects and arrays; what is absent stays absent, what is null is null. It crosses as one JSON
/// text, as what comes in does.
pub fn answer(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let mut text = Text(Vec::with_capacity(ANSWER_BYTES));
    let mut writer = serde_json::Serializer::with_formatter(&mut text, Ascii);
    value.serialize(&mut writer).map_err(|error| type_error(&error.to_string()))?;
    let text = String::from_utf8(text.0).map_err(|error| type_error(&error.to_string()))?;
    js_sys::JSON::parse(&text)
}

/// JSON as it is written: most pieces of it are a single quote, comma or brace, which a plain `Vec` would hand to the
/// function that copies memory.
struct Text(Vec<u8>);

impl std::io::Write for Text {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match bytes {
            [byte] => self.0.push(*byte),
            _ => self.0.extend_from_slice(bytes),
        }
        Ok(())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Writes short texts in ASCII: a browser decodes and reads such JSON in one pass, byte by byte (a seventh faster for
/// the answer of a keystroke). A long text, which escapes would make much longer, is written as it is.
struct Ascii;

/// The longest text that is escaped, in bytes.
const ESCAPED_BYTES: usize = 256;

impl serde_json::ser::Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> std::io::Result<()> {
        if fragment.len() > ESCAPED_BYTES || fragment.is_ascii() {
            return writer.write_all(fragment.as_bytes());
        }
        for c in fragment.chars() {
            if c.is_ascii() {
                writer.write_all(c.encode_utf8(&mut [0; 4]).as_bytes())?;
                continue;
            }
            for unit in c.encode_utf16(&mut [0; 2]) {
                let digit = |shift: u32| char::from_digit(u32::from(*unit >> shift) & 15, 16).unwrap_or('0') as u8;
                writer.write_all(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)])?;
            }
        }
        Ok(())
    }
}

/// What a page's author reads in the console.
pub fn type_error(message: &str) -> JsValue {
    js_sys::TypeError::new(message).into()
}
