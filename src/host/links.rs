//! The address of the open document's form, as the host adds it to a message (`frappe.utils.get_url_to_form`).

use std::rc::Rc;

use super::functions::links;
use super::{Context, Document, Slot};
use crate::python::{Arguments, Budget, Value};

/// `<site>/app/chat-ticket/CT-00092`; `None` while only the server knows the document's name, or how it writes the address.
pub fn document_url(context: &Rc<Context>, document: &Document) -> Option<String> {
    let Some(Slot::Known(name @ Value::Str(_))) = document.slot("name") else { return None };
    let arguments = Arguments::positional(vec![Value::str(&document.doctype.name), name.clone()]);
    match links::get_url_to_form(context, arguments, &Budget::default()) {
        Ok(Value::Str(url)) => Some(url.to_string()),
        _ => None,
    }
}
