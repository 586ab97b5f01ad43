//! The address of the open document's form, as the host adds it to a message (`frappe.utils.get_url_to_form`).

use std::rc::Rc;

use super::functions::links;
use super::{Context, DeskPath, Document, Flavour, Slot};
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

/// The same, in a Frappe whose page does not tell where its desk is, for a host that knows more chats than Slack: the
/// versions with the doctype Notification Webhook URL write `/desk/…` (frappe/frappe, `test_notification_webhook_url.py`).
pub fn document_url_of_many_chats(context: &Rc<Context>, document: &Document) -> Option<String> {
    match (context.flavour, context.desk_path) {
        (Flavour::Frappe, None) => {
            let context = Context { desk_path: Some(DeskPath::Desk), ..Context::clone(context) };
            document_url(&Rc::new(context), document)
        }
        _ => document_url(context, document),
    }
}

/// An address on the site, as `frappe.utils.get_url` makes it; `None` when that is not certain.
pub fn address_on_site(context: &Context, address: &str) -> Option<String> {
    links::site_url(context, address).ok()
}
