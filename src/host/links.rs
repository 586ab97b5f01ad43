//! Addresses of the desk, as the host writes them.

use super::{Context, Document, Slot};
use crate::python::Value;

/// Bytes that the host leaves as they are (`frappe.utils.quoted`), besides letters, digits and `_.-~`.
const LEFT_ALONE: &[u8] = b"~@#$&()*!+=:;,.?/'_-";

/// The form of a document, `<site>/app/chat-ticket/CT-00092` (`frappe.utils.get_url_to_form`).
pub fn form_url(context: &Context, doctype: &str, name: &str) -> String {
    let slug = doctype.to_lowercase().replace(' ', "-");
    format!("{}/app/{}/{}", context.site_url, quoted(&slug), quoted(name))
}

/// The form of the open document; `None` while only the server knows its name.
pub fn document_url(context: &Context, document: &Document) -> Option<String> {
    match document.slot("name") {
        Some(Slot::Known(Value::Str(name))) => Some(form_url(context, &document.doctype.name, name)),
        _ => None,
    }
}

fn quoted(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || LEFT_ALONE.contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_the_host_leaves_alone_stays() {
        // Python 3.11: quote("FCX/2026 n°3 & É#1", safe="~@#$&()*!+=:;,.?/'")
        assert_eq!(quoted("FCX/2026 n°3 & É#1"), "FCX/2026%20n%C2%B03%20&%20%C3%89#1");
    }
}
