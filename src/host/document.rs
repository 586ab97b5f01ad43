//! The open document as Python's `Document`: its fields are attributes, and so are the methods of its class.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use indexmap::IndexMap;

use super::document_attributes::{Private, private};
use super::document_methods;
use super::{Context, DocType, Metas};
use crate::python::{Budget, Object, Outcome, Stop, Value};

/// Which life the document is in: the host gives the same field different Python types (host.md 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Read back from the database: date objects, floats.
    Stored,
    /// Inside a save: texts and numbers as the form posted them.
    Posted,
    /// Inside an insert: as posted, with the server's defaults filled in.
    Inserted,
}

/// What is known about a field's value.
#[derive(Debug, Clone)]
pub enum Slot {
    /// The server has this value.
    Known(Value),
    /// Only the server gives it, for example the name of a new document. The text is a key of [`crate::language`].
    Server(&'static str),
    /// This engine does not know what the server makes of it; the text names why.
    Unsupported(&'static str),
}

impl Slot {
    /// The value.
    ///
    /// # Errors
    /// `Server` or `Unsupported` when it is not known.
    pub fn get(&self) -> Outcome<Value> {
        match self {
            Self::Known(value) => Ok(value.clone()),
            Self::Server(key) => Err(Stop::Server(key)),
            Self::Unsupported(reason) => Err(Stop::unsupported(*reason)),
        }
    }
}

/// A document, or a row of one. Never changes: what a template does to its document is not followed. A clone shares all.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its doctype, as the page described it.
    pub doctype: Rc<DocType>,
    /// Its own doctype and its rows'.
    pub metas: Rc<Metas>,
    /// The site and the person, as they were when the document was opened.
    pub context: Rc<Context>,
    /// Which life it is in.
    pub state: State,
    /// Fields and standard fields (`name`, `owner`, `docstatus`...) by name, in the form's order.
    pub values: Rc<IndexMap<Rc<str>, Slot>>,
    /// What the database holds while this one is saved; `None` where the page has not told it.
    pub before: Option<Rc<Document>>,
}

impl Document {
    /// What is known about a field or standard field; `None` when the document has no such field.
    pub fn slot(&self, fieldname: &str) -> Option<&Slot> {
        self.values.get(fieldname)
    }

    /// The rows of a child table; empty for any other field.
    pub fn rows(&self, fieldname: &str) -> Vec<Value> {
        match self.slot(fieldname) {
            Some(Slot::Known(Value::List(rows))) => rows.borrow().clone(),
            _ => Vec::new(),
        }
    }

    /// Whether the site made the doctype itself: then its class is the plain `Document` and adds nothing.
    pub fn is_plain(&self) -> bool {
        self.doctype.custom
    }

    /// Whether it is a row of a table.
    pub fn is_row(&self) -> bool {
        self.slot("parentfield").is_some()
    }

    /// Whether the document has the columns for comments, tags, likes and assignments as attributes: when it was read
    /// from its table, and when inserting it has emptied them.
    fn has_columns(&self) -> bool {
        !self.is_row() && self.state != State::Posted
    }

    fn text_of(&self, fieldname: &str) -> Outcome<Option<Rc<str>>> {
        match self.slot(fieldname).map(Slot::get).transpose()? {
            Some(Value::Str(text)) if !text.is_empty() => Ok(Some(text)),
            _ => Ok(None),
        }
    }
}

impl Object for Document {
    fn type_name(&self) -> Cow<'static, str> {
        if self.is_plain() {
            Cow::Borrowed("Document")
        } else {
            // The class of an app's doctype is its name without spaces and hyphens (frappe.model.base_document.import_controller).
            Cow::Owned(self.doctype.name.replace([' ', '-'], ""))
        }
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        if self.is_plain() {
            Ok(Cow::Borrowed("frappe.model.document.Document"))
        } else {
            Err(Stop::Server("server/class-of-document"))
        }
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        let name = self.text_of("name")?;
        let docstatus = match self.slot("docstatus").map(Slot::get).transpose()? {
            Some(status) => match super::docstatus::number(&status) {
                Some(0) | None => String::new(),
                Some(number) => format!(" docstatus={number}"),
            },
            None => String::new(),
        };
        let parent = self.text_of("parent")?.map(|parent| format!(" parent={parent}")).unwrap_or_default();
        Ok(format!("<{}: {}{docstatus}{parent}>", self.type_name(), name.as_deref().unwrap_or("unsaved")))
    }

    fn str(&self, _budget: &Budget) -> Outcome<String> {
        Ok(format!("{}({})", self.type_name(), self.text_of("name")?.as_deref().unwrap_or("unsaved")))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        if let Some(slot) = self.slot(name).filter(|_| !name.starts_with('_') || private(name) != Private::Column) {
            return slot.get().map(Some);
        }
        if let Some(method) = document_methods::method(self, name)? {
            return Ok(Some(method));
        }
        match private(name) {
            // A template does not see the value: the sandbox hides private names.
            Private::Column if self.has_columns() => return Ok(Some(Value::None)),
            Private::Column if self.is_row() => {}
            Private::Column | Private::Perhaps => return Err(Stop::Server("server/private")),
            Private::Absent if name.starts_with("__") => return Err(Stop::unsupported(format!("doc.{name}"))),
            Private::Absent => {}
        }
        if self.is_plain() { Ok(None) } else { Err(Stop::Server("server/class-of-document")) }
    }

    fn is_subscriptable(&self) -> Option<bool> {
        self.is_plain().then_some(false)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
