//! The open document: the page's JSON turned into the values that the server's Python would hold.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::{DocType, Metas};
use crate::python::{Budget, Object, Outcome, Value};

/// Which life the document is in: the host gives the same field different Python types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Read back from the database: date objects, floats.
    Stored,
    /// Inside a save: texts and numbers as the form posted them.
    Posted,
    /// Inside an insert.
    Inserted,
}

/// A document, or a row of one, as Python's `Document`.
#[derive(Debug)]
pub struct Document {
    /// Its doctype, when the page described it.
    pub doctype: Option<Rc<DocType>>,
    /// Its doctypes, its rows' included.
    pub metas: Rc<Metas>,
    /// Which life it is in.
    pub state: State,
    /// Its values by fieldname, in the form's order.
    pub values: Vec<(String, Value)>,
}

impl Document {
    /// The value of a field or of a standard field (`name`, `owner`, `docstatus`...); `None` when the document has none.
    pub fn value(&self, fieldname: &str) -> Option<&Value> {
        self.values.iter().find(|(name, _)| name == fieldname).map(|(_, value)| value)
    }
}

impl Object for Document {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Document")
    }

    fn class_path(&self) -> Cow<'static, str> {
        Cow::Borrowed("frappe.model.document.Document")
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        Ok(String::from("Document"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        Ok(self.value(name).cloned())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
