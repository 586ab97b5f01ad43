//! Doctypes as `frappe.desk.form.load.getdoctype` describes them: what decides the Python type of a field's value.

use std::collections::HashMap;
use std::rc::Rc;

/// One field of a doctype.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// The name in code.
    pub fieldname: String,
    /// `Data`, `Date`, `Currency`, `Table`...
    pub fieldtype: String,
    /// The name people read.
    pub label: Option<String>,
    /// Choices of a Select, doctype of a Link or Table, currency field of a Currency.
    pub options: Option<String>,
    /// Decimals, as text.
    pub precision: Option<String>,
    /// The value of a new document, as text.
    pub default: Option<String>,
    /// Whether it may change on a submitted document; such a field is cleaned of HTML when saved.
    pub allow_on_submit: bool,
    /// Whether saving leaves its HTML as it is.
    pub ignore_xss_filter: bool,
    /// Whether a duration is shown without days.
    pub hide_days: bool,
    /// Whether a duration is shown without seconds.
    pub hide_seconds: bool,
    /// Whether zero is shown as nothing.
    pub hide_zero: bool,
    /// Whether the server computes it instead of storing it: a property of the document's class.
    pub is_virtual: bool,
    /// Whether not everybody who may read the document may read it.
    pub restricted: bool,
}

/// A doctype and its fields, in the order of its form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocType {
    /// `Sales Invoice`
    pub name: String,
    /// Whether its documents are rows of another.
    pub is_table: bool,
    /// Whether the site made it itself; the class of its documents is then the plain `Document`.
    pub custom: bool,
    /// Whether its documents are submitted; their table then has a column `amended_from`.
    pub is_submittable: bool,
    /// The field whose value names a document to people; `None` where the page hands over none.
    pub title_field: Option<String>,
    /// Its fields.
    pub fields: Vec<Field>,
}

impl DocType {
    /// The field that names a document to people (`get_title_field` of frappe/model/meta.py).
    pub fn shown_by(&self) -> &str {
        match self.title_field.as_deref() {
            Some(fieldname) if !fieldname.is_empty() => fieldname,
            _ if self.field("title").is_some() => "title",
            _ => "name",
        }
    }

    /// The field of a name.
    pub fn field(&self, fieldname: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.fieldname == fieldname)
    }
}

/// A doctype and the doctypes of its child tables.
#[derive(Debug, Clone, Default)]
pub struct Metas {
    doctypes: HashMap<String, Rc<DocType>>,
    first: Option<Rc<DocType>>,
}

impl Metas {
    /// The first is the document's own doctype.
    pub fn new(doctypes: Vec<DocType>) -> Self {
        let doctypes: Vec<_> = doctypes.into_iter().map(Rc::new).collect();
        Self {
            first: doctypes.first().cloned(),
            doctypes: doctypes.into_iter().map(|doctype| (doctype.name.clone(), doctype)).collect(),
        }
    }

    /// The document's own doctype.
    pub fn main(&self) -> Option<&Rc<DocType>> {
        self.first.as_ref()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Rc<DocType>> {
        self.doctypes.values()
    }

    /// A doctype by name.
    pub fn get(&self, name: &str) -> Option<&Rc<DocType>> {
        self.doctypes.get(name)
    }
}
